"""What an address names: the thing with an id, the thing into which an id was merged, or what comes nearest."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox
from pyoxigraph import NamedNode

from keiretsu.http.linked.addresses import SORTS, is_id
from keiretsu.http.linked.described import blocks_of
from keiretsu.workers.plan import Desk
from keiretsu_graph.terms_back import gathered, read_conflict, read_tie
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.claims import AnyClaim, Conflict, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import ALWAYS
from keiretsu_queries.doubts.disputes import disputes_of
from keiretsu_queries.wording import tie_words

Topic = Entity | AnyClaim | Source | Conflict | Tie
_NEAREST = 5


class Settled(NamedTuple):
    """The thing that an address names."""

    id: str
    title: str
    topic: Topic
    merged: bool = False  # whether the address names it by an id that was merged into it


class Nearest(NamedTuple):
    """What comes nearest to an id that is not there: id and name of each."""

    rows: tuple[tuple[str, str], ...]


def settle(desk: Desk, sort: str, name: str) -> Settled | None:
    """Return the thing of a sort that an id names, also a claim's key or an id that was merged; None where none is."""
    return _FINDERS[sort](desk, name) if is_id(name) else None


def _entity(desk: Desk, name: str) -> Settled | None:
    if found := desk.view.entities([name]):
        return Settled(name, found[name].name, found[name])
    ids = {row.entity for row in desk.view.names(name, limit=3) if row.match == "id" and row.name == name}
    if len(ids) != 1:
        return None
    [entity] = desk.view.entities(ids).values()
    return Settled(entity.id, entity.name, entity, merged=True)


def _claim(desk: Desk, name: str) -> Settled | None:
    found = desk.view.claims(ClaimFilter(ids=(name,)))
    return Settled(found[0].id, found[0].text, found[0]) if found else None


def _source(desk: Desk, name: str) -> Settled | None:
    found = desk.view.sources([name])
    return Settled(name, found[0].title, found[0]) if found else None


def _conflict(desk: Desk, name: str) -> Settled | None:
    node = SORTS["conflict"].iri(name)
    if (own := _properties(desk, node)) is None:
        return None
    conflict = read_conflict(NamedNode(node), lambda _: own)
    disputes = disputes_of(desk.view, [conflict], ALWAYS)
    about = next((", ".join(part for part in (row.whom, row.what, row.when) if part) for row in disputes), "")
    return Settled(name, f"Conflict: {about}" if about else f"Conflict {name}", conflict)


def _tie(desk: Desk, name: str) -> Settled | None:
    node = SORTS["tie"].iri(name)
    if (own := _properties(desk, node)) is None:
        return None
    tie = read_tie(NamedNode(node), lambda _: own)
    return Settled(name, tie_words(tie, desk.view.entities([tie.subject, tie.object])), tie)


_FINDERS = {"entity": _entity, "claim": _claim, "source": _source, "conflict": _conflict, "tie": _tie}


def _properties(desk: Desk, node: str) -> dict[NamedNode, list[object]] | None:
    """Return the properties of a node, or None where nothing is said of it."""
    lines = blocks_of(desk).about(node)
    try:
        quads = list(ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS))
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the lines of the graph cannot be read: {error}; build it again") from None
    return dict(gathered((quad.predicate, quad.object) for quad in quads)) if quads else None


def nearest(desk: Desk, sort: str, name: str) -> Nearest:
    """Return what comes nearest to an id that is not there."""
    text = name[:80].lower().replace("_", "-")
    if sort == "entity":
        rows = desk.view.names(text.replace("-", " "), limit=_NEAREST) or desk.view.names(text, limit=_NEAREST)
        names = desk.view.entities([row.entity for row in rows])
        ids = dict.fromkeys(row.entity for row in rows if row.entity in names)
        return Nearest(tuple((slug, names[slug].name) for slug in ids))
    from difflib import get_close_matches

    if sort == "claim":
        keys = desk.view.keys()
        by_key = {key: claim for claim, key in keys.items()}
        near = get_close_matches(text, by_key, n=_NEAREST, cutoff=0.6) if len(by_key) <= _SEARCHED else []
        return Nearest(tuple((by_key[key], key) for key in near))
    if sort == "source":
        titles = {source.id: source.title for source in desk.view.sources()}
        near = get_close_matches(text, titles, n=_NEAREST, cutoff=0.6) if len(titles) <= _SEARCHED else []
        return Nearest(tuple((slug, titles[slug]) for slug in near))
    return Nearest(())


_SEARCHED = 20_000  # ids that are looked through for the nearest ones, at most
