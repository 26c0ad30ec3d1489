"""Every job that a worker does for a server, by name: a face adds its own here and gives them to the crew by name.

A job is a function of an open graph (`Desk`) and of plain data; it returns a `Product` and raises errors of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from keiretsu.http import describing, figures, sparql_job
from keiretsu.workers.product import Product
from keiretsu_queries.questions import QUESTIONS

JOBS: dict[str, Callable[..., Product]] = {
    "sparql": sparql_job.answer,
    "count": figures.count,
    "describe service": describing.describe_service,
    "describe dataset": describing.describe_dataset,
}


def import_all() -> None:
    """Import what jobs import when they are done, so that every worker has it from the start."""
    for question in QUESTIONS.values():
        import_module(f"keiretsu_queries.{question.module}")
    for name in ("pyoxigraph", "networkx", "numpy", "rapidfuzz", "keiretsu_graph.oxigraph", "keiretsu_graph.sqlite"):
        import_module(name)
