"""Find: which things have a name like this?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, NamedTuple

from keiretsu_graph.view import Match, View
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Limit, Param
from keiretsu_queries.sheets import Block, table
from keiretsu_queries.sparql_texts import about


class Found(NamedTuple):
    """An entity whose name is like the one asked for."""

    entity: Entity
    name: str  # the name, id or identifier that fits
    match: Match
    score: float
    claims: int  # how many claims are about it


Text = Annotated[str, Param("What the name may be; typing errors are forgiven.", "TEXT", completes="entity")]


def find(view: View, text: Text, *, clocks: Clocks = ALWAYS, limit: Limit = 10) -> Answer[tuple[Found, ...]]:
    """Return the things that a text may name, best first; typing errors are forgiven, in any script.

    Each entity comes once, by the name that fits best. Under the clocks, names are found all the same, and the claims
    that pass them are counted.
    """
    best: dict[str, Found] = {}
    candidates = view.names(text, limit=4 * limit)
    entities = view.entities(candidate.entity for candidate in candidates)
    for candidate in candidates:
        if candidate.entity in best or len(best) == limit:
            continue
        number = sum(view.counts(clocks.claims(entities=(candidate.entity,)), "shape").values())
        best[candidate.entity] = Found(
            entities[candidate.entity], candidate.name, candidate.match, candidate.score, number
        )
    found = tuple(best.values())
    instead = () if found else (f"no name in this graph is like {text!r}",)
    told = answer(view, f"What is named {text!r}?", found, (), sparql=about(list(best)), entities=best, instead=instead)
    return replace(told, state="known") if found else told  # a name is known where it is found, claims or not


_COLUMNS = {"id": "id", "name": "name", "kind": "kind", "as": "found as", "fit": "fit", "claims": "claims"}


def tell_find(answer: Answer[tuple[Found, ...]]) -> Iterator[Block]:
    """Yield a row for each thing found."""
    rows = (
        (found.entity.id, found.entity.name, KINDS[found.entity.kind].label,
         found.name if found.name != found.entity.name else None,
         "exactly" if found.match in ("id", "name", "identifier") else f"{found.match} {found.score:.0f}", found.claims)
        for found in answer.result
    )  # fmt: skip
    yield table(_COLUMNS, rows)
