"""Every job that a worker does for a server, by name: a face adds its own here and gives them to the crew by name.

A job is a function of an open graph (`Desk`) and of plain data; it returns a `Product` and raises errors of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from keiretsu.explorer import jobs as explorer
from keiretsu.http import describing, figures, graph_store, sparql_job, viewing
from keiretsu.http.api import jobs as api
from keiretsu.http.linked import dataset, front_pages, terms
from keiretsu.http.linked import jobs as linked
from keiretsu.http.reconciliation import jobs as reconciliation
from keiretsu.mcp import jobs as assistance
from keiretsu.workers.product import Product
from keiretsu_queries.questions import QUESTIONS

JOBS: dict[str, Callable[..., Product]] = {
    "answer": api.answer,
    "assist": assistance.assist,
    "candidates": front_pages.candidates,
    "claims": api.claims,
    "complete": assistance.complete,
    "count": figures.count,
    "dataset": dataset.dataset,
    "describe dataset": describing.describe_dataset,
    "describe service": describing.describe_service,
    "document": linked.document,
    "dump": graph_store.dump,
    "explore ask": explorer.ask,
    "explore details": explorer.details,
    "explore everything": explorer.everything,
    "explore find": explorer.find,
    "explore fragment": explorer.fragment,
    "explore page": explorer.page,
    "explore tally": explorer.tally,
    "extend": reconciliation.extend,
    "front": front_pages.front,
    "listing": api.listing,
    "preview": reconciliation.preview,
    "query": assistance.query,
    "reconcile": reconciliation.reconcile,
    "resource": assistance.resource,
    "rows": api.rows,
    "see": viewing.see,
    "sparql": sparql_job.answer,
    "suggest": reconciliation.suggest,
    "terms": terms.terms,
}


def import_all() -> None:
    """Import what jobs import when they are done, so that every worker has it from the start."""
    for question in QUESTIONS.values():
        import_module(f"keiretsu_queries.{question.module}")
    ours = ("keiretsu_graph.answers", "keiretsu_graph.oxigraph", "keiretsu_graph.sqlite")
    for name in ("pyoxigraph", "networkx", "numpy", "rapidfuzz", *ours):
        import_module(name)
