"""What workers do for assistants."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from typing import Any

from keiretsu.mcp.telling import told
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_graph.records import to_record
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.errors import UnknownClaimError, UnknownEntityError, UsageError
from keiretsu_queries.calling import call
from keiretsu_queries.questions import QUESTIONS


def assist(
    desk: Desk, *, question: str, given: Mapping[str, Sequence[Any]], cursor: str | None, budget: int
) -> Product:
    """Return the answer to a question, as an assistant is told it."""
    asked = QUESTIONS[question]
    found = call(desk.view, asked, given)
    graph = desk.build.manifest.digest
    record = told(asked, found, graph=graph, asked=[question, given], cursor=cursor, budget=budget)
    return _sent(record, rows=len(record["claims"]))


def query(desk: Desk, *, text: str, rows: int) -> Product:
    """Return what a SPARQL query finds: its rows as plain data, so many at most."""
    from keiretsu.http.sparql_job import answer

    narrow = copy.copy(desk)
    narrow.limits = desk.limits._replace(rows=rows, answer=min(desk.limits.answer, 1_000_000))
    found = answer(narrow, text=text, accept="application/sparql-results+json, application/n-triples;q=0.9")
    if "json" not in found.media:
        lines = found.body.decode("utf-8").splitlines()
        return _sent({"columns": ["triple"], "rows": [[line] for line in lines], "cut": found.cut}, rows=found.rows)
    record = json.loads(found.body)
    if "boolean" in record:
        return _sent({"columns": ["answer"], "rows": [[record["boolean"]]], "cut": False}, rows=1)
    columns = record["head"]["vars"]
    values = [
        [row[name]["value"] if name in row else None for name in columns] for row in record["results"]["bindings"]
    ]
    return _sent({"columns": columns, "rows": values, "cut": found.cut}, rows=found.rows)


def resource(desk: Desk, *, kind: str, name: str) -> Product:
    """Return a resource: an entity, a claim, a source, the ontology or the dataset.

    Raises:
        UnknownEntityError: There is no such entity.
        UnknownClaimError: There is no such claim.
        UsageError: There is no such source.
    """
    return _RESOURCES[kind](desk, name)


def _entity(desk: Desk, name: str) -> Product:
    """Return what the graph says of an entity, as its document of linked data does."""
    from keiretsu.http.linked.jobs import document

    if name not in desk.view.entities([name]):
        raise UnknownEntityError(name, [row.entity for row in desk.view.names(name, limit=3)])
    return document(desk, sort="entity", name=f"{name}.jsonld")


def _claim(desk: Desk, name: str) -> Product:
    found = call(desk.view, QUESTIONS["why"], {"claim": [name]})
    if found.state == "not known" and not found.claims:
        raise UnknownClaimError(name)
    graph = desk.build.manifest.digest
    return _sent(told(QUESTIONS["why"], found, graph=graph, asked=name, cursor=None, budget=50_000))


def _source(desk: Desk, name: str) -> Product:
    found = desk.view.sources([name])
    if not found:
        raise UsageError(f"no source {name[:80]!r} in the graph")
    keys = [claim.key for claim in desk.view.claims(ClaimFilter(sources=(name,)))]
    return _sent({**to_record(found[0]), "claims": keys})


def _ontology(_: Desk, __: str) -> Product:
    from keiretsu_ontology.owl import to_turtle

    return Product(to_turtle().encode("utf-8"), "text/turtle")


def _dataset(desk: Desk, _: str) -> Product:
    return _sent(desk.view.about()._asdict())


_RESOURCES = {"entity": _entity, "claim": _claim, "source": _source, "ontology": _ontology, "dataset": _dataset}


def complete(desk: Desk, *, kind: str, begins: str) -> Product:
    """Return ids that begin as is said, or whose names are like it."""
    if kind == "claim":
        found = [key for key in desk.view.keys().values() if key.startswith(begins)]
    elif kind == "source":
        found = [source.id for source in desk.view.sources() if source.id.startswith(begins)]
    else:
        found = [row.entity for row in desk.view.names(begins, limit=100)] if begins else []
        found = list(dict.fromkeys([slug for slug in found if slug.startswith(begins)] + found))
    return _sent({"values": found[:100], "total": len(found)})


def _sent(record: Mapping[str, Any], *, rows: int = 0) -> Product:
    return Product(
        json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8"), rows=rows
    )
