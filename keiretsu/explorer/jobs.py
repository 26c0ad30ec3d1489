"""What workers do for the served explorer: parts of the graph, and answers, as explorer/src/format.ts has them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from keiretsu.explorer.about import KIND, NOTHING_READ, RELATION, about
from keiretsu.explorer.commands import command_words
from keiretsu.explorer.details import coverage_of
from keiretsu.explorer.details import details as details_of
from keiretsu.explorer.fragments import everything as everything_of
from keiretsu.explorer.fragments import fragment as fragment_of
from keiretsu.explorer.served_page import POLICY, served_page
from keiretsu.explorer.start import foremost_start
from keiretsu.explorer.told import told
from keiretsu.explorer.views import view_records
from keiretsu.http.api.jobs import Given, asked
from keiretsu.http.pages import HTML
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import LimitError, Product
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.errors import UnknownEntityError
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_queries.questions import QUESTIONS

MOST_DRAWN = 100_000  # things in a picture of everything
MOST_OF_ONE = 500  # claims that are read of one thing
_READ = 100_000  # claims of a graph of which it is looked up how many places can be read


def page(desk: Desk, *, assets: Mapping[str, str]) -> Product:
    """Return the page; the graph itself it asks for.

    Args:
        desk: The graph.
        assets: The address of the script, the style and the script of the SPARQL panel, from the page.
    """
    view, few = desk.view, desk.view.about().claims <= _READ
    coverage = coverage_of(view.claims(ClaimFilter()), excerpts(desk)) if few else NOTHING_READ
    kept = view_records(view.views(), view)
    record = about(view, served=True, start=foremost_start(view), views=kept, coverage=coverage)
    body = served_page(record, assets).encode("utf-8", "replace")
    return Product(body, HTML, headers=(("Content-Security-Policy", POLICY),))


def find(desk: Desk, *, text: str, limit: int) -> Product:
    """Return the things that a text may mean, best first."""
    best: dict[str, str] = {}  # which name of each thing fits best
    for row in desk.view.names(text, limit=limit):
        best.setdefault(row.entity, row.name)
    entities = desk.view.entities(best)
    rows = [
        {"id": slug, "name": entities[slug].name, "kind": KIND[entities[slug].kind], "match": name}
        for slug, name in best.items()
    ]
    return _sent(desk, rows, len(rows))


def tally(desk: Desk, *, entity: str) -> Product:
    """Return the neighbours of a thing by relation and direction, the largest group first.

    Raises:
        UnknownEntityError: There is no such thing.
    """
    if not desk.view.entities([entity]):
        raise UnknownEntityError(entity, [row.entity for row in desk.view.names(entity, limit=3)])
    groups = desk.view.tally(entity)
    named = sorted({slug for group in groups for slug in group.top})
    entities, places = desk.view.entities(named), desk.view.places(named)
    rows = [
        {
            "relation": RELATION[group.relation],
            "outward": group.outward,
            "count": group.count,
            "top": [[slug, entities[slug].name, KIND[entities[slug].kind], places[slug].ties] for slug in group.top],
        }
        for group in groups
    ]
    return _sent(desk, rows, len(rows))


def fragment(desk: Desk, *, ids: Sequence[str]) -> Product:
    """Return some things with every tie between them; ids that are not there are left out."""
    found = fragment_of(desk.view, ids)
    return _sent(desk, found, len(found["nodes"]))


def everything(desk: Desk) -> Product:
    """Return everything, up to as many things as may be drawn, the most tied ones."""
    found = everything_of(desk.view, MOST_DRAWN)
    return _sent(desk, found, len(found["nodes"]))


def details(desk: Desk, *, entities: Sequence[str], claims: Sequence[str]) -> Product:
    """Return what panes read of some things and claims; of a thing with very many claims some of them."""
    found = details_of(desk.view, excerpts(desk), entities, claims, most=MOST_OF_ONE)
    return _sent(desk, found, len(found["claims"]))


def ask(desk: Desk, *, question: str, given: Given) -> Product:
    """Return the answer to a question, laid out, with the command that gives it."""
    row = QUESTIONS[question]
    found = asked(desk, question, given)
    return _sent(desk, told(row, found, command_words(row, given), excerpts(desk)), len(found.claims))


def excerpts(desk: Desk) -> Callable[[Evidence], str | None]:
    """Return what gives the words at a place: where its text is at hand, and may be shown to others."""
    texts, known = desk.texts, dict[str, Source | None]()
    if texts is None:
        return lambda _: None

    def excerpt(place: Evidence) -> str | None:
        if place.source not in known:
            known[place.source] = next(iter(desk.view.sources([place.source])), None)
        source = known[place.source]
        return texts.excerpt(place, source) if source is not None and source.quotable else None

    return excerpt


def _sent(desk: Desk, record: Any, rows: int) -> Product:
    body = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(body) > desk.limits.answer:
        raise LimitError(f"that has {len(body)} bytes, more than may be sent at once; ask for fewer things")
    return Product(body, rows=rows)
