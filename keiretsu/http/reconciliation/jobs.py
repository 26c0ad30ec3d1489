"""What workers do for the reconciliation service."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from keiretsu.http.pages import html_page
from keiretsu.http.reconciliation.properties import PROPERTIES, Value, type_of, values_of
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_graph.names import fold
from keiretsu_graph.view import Candidate, View
from keiretsu_ontology.entities import ABSTRACT, KINDS, Entity, ancestry
from keiretsu_ontology.errors import UnknownEntityError

_OF_NAME, _OF_PROPERTIES = 0.7, 0.3  # how much of a score each makes where properties are given


def reconcile(desk: Desk, *, queries: dict[str, dict[str, Any]]) -> Product:
    """Return the candidates for each query of a batch; the queries have been checked."""
    return _sent({name: {"result": _matches(desk.view, query)} for name, query in queries.items()})


def _matches(view: View, query: Mapping[str, Any]) -> list[Value]:
    limit = query["limit"]
    best: dict[str, Candidate] = {}
    for candidate in view.names(query["query"], limit=5 * limit + 20):
        best.setdefault(candidate.entity, candidate)
    entities = view.entities(best)
    kept = {slug: best[slug] for slug in best if _fits(entities[slug], query["types"])}
    values = values_of(view, {slug: entities[slug] for slug in kept}, [pid for pid, _ in query["properties"]])
    found = [_result(entities[slug], candidate, query, values[slug]) for slug, candidate in kept.items()]
    found.sort(key=lambda row: (-row["score"], row["id"]))
    _decide(found, {slug for slug, candidate in kept.items() if candidate.match in ("id", "identifier", "name")})
    return found[:limit]


def _fits(entity: Entity, types: list[str]) -> bool:
    return not types or bool(set(ancestry(entity.kind)) & set(types))


def _result(entity: Entity, candidate: Candidate, query: Mapping[str, Any], values: dict[str, list[Value]]) -> Value:
    """Return a candidate as the service tells it, with what its score is made of."""
    features = [{"id": "name", "value": round(candidate.score, 1)}]
    score = candidate.score
    if query["properties"]:
        hits = [_agrees(values[pid], wanted) for pid, wanted in query["properties"]]
        features += [{"id": pid, "value": hit} for (pid, _), hit in zip(query["properties"], hits, strict=True)]
        score = _OF_NAME * score + _OF_PROPERTIES * 100 * sum(hits) / len(hits)
    told = {"description": entity.description} if entity.description else {}
    return {
        "id": entity.id,
        "name": entity.name,
        **told,
        "type": [type_of(kind) for kind in ancestry(entity.kind) if kind not in ABSTRACT],
        "score": round(score, 1),
        "features": features,
        "match": False,
    }


def _agrees(values: list[Value], wanted: list[str]) -> bool:
    known = {fold(str(value[name])) for value in values for name in ("str", "id", "name") if name in value}
    return any(fold(one) in known for one in wanted)


def _decide(found: list[Value], exact: set[str]) -> None:
    """Mark the one candidate that is surely meant: the only one of exactly this name, if nothing speaks against it."""
    sure = [row for row in found if row["id"] in exact]
    agreeing = [row for row in sure if all(part["value"] for part in row["features"][1:])]
    chosen = agreeing if len(sure) > 1 else sure
    if len(chosen) == 1 and chosen == agreeing:
        chosen[0]["match"] = True


def suggest(desk: Desk, *, prefix: str, start: int, limit: int) -> Product:
    """Return the entities whose names begin with a text, or hold it, best first."""
    best: dict[str, Candidate] = {}
    for candidate in desk.view.names(prefix, limit=start + 4 * limit):
        best.setdefault(candidate.entity, candidate)
    entities = desk.view.entities(best)
    rows = [
        {
            "id": slug,
            "name": entities[slug].name,
            "description": entities[slug].description or type_of(entities[slug].kind)["name"],
            "notable": [type_of(entities[slug].kind)],
        }
        for slug in list(best)[start : start + limit]
    ]
    return _sent({"result": rows})


def extend(desk: Desk, *, ids: list[str], properties: list[tuple[str, int]]) -> Product:
    """Return values of properties for entities, so many of each at most (0 for all)."""
    entities = desk.view.entities(ids)
    limits = dict(properties)
    values = values_of(desk.view, entities, limits)
    rows = {
        slug: {
            name: (found[: limits[name]] if limits[name] else found)
            for name, found in values.get(slug, {key: [] for key in limits}).items()
        }
        for slug in ids
    }
    meta = [{"id": name, "name": PROPERTIES[name].name} for name in limits]
    return _sent({"meta": meta, "rows": rows})


def preview(desk: Desk, *, entity: str, address: str) -> Product:
    """Return a small page on an entity, to be shown in a frame beside a candidate.

    Raises:
        UnknownEntityError: There is none of this id.
    """
    found = desk.view.entities([entity]).get(entity)
    if found is None:
        raise UnknownEntityError(entity)
    names = [name.text for name in found.names if name.text != found.name][:8]
    kind = KINDS[found.kind].label
    identifiers = [(one.scheme, one.value) for one in found.identifiers[:6]]
    return html_page(
        "preview.html", found.name, entity=found, names=names, kind=kind, identifiers=identifiers, address=address
    )


def _sent(record: Mapping[str, Any]) -> Product:
    rows: Iterable[Any] = record.get("result", record)
    return Product(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(), rows=len(list(rows)))
