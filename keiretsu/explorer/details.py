"""Details: what panes read of things and claims, with the words at each place of evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from keiretsu.explorer.about import KIND, Coverage
from keiretsu.explorer.figures import figure
from keiretsu.explorer.links import identifier_address, web_address
from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Conflict, Observation, Statement, parts_of, shape_of
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import ALWAYS, Clocks, named_in, standings_of
from keiretsu_queries.figures.periods import fiscal_year_ends
from keiretsu_queries.standing import reason_words
from keiretsu_queries.wording import Names, date_words, name, voice_words, when_words, words_of

Excerpt = Callable[[Evidence], str | None]
STANDINGS = {"open": "open", "settled": "settled by rank", "explained": "explained"}


def details(
    view: View,
    excerpt: Excerpt,
    entities: Iterable[str] = (),
    claims: Iterable[str] = (),
    clocks: Clocks = ALWAYS,
) -> dict[str, Any]:
    """Return what panes read (Details in explorer/src/format.ts).

    Args:
        view: The graph.
        excerpt: Gives the words at a place, or None where the text is not at hand.
        entities: Ids of things, of each of which all claims are told.
        claims: Ids or keys of claims that are told beside those.
        clocks: Claims that do not pass are left out.
    """
    things = view.entities(sorted(set(entities)))
    told = _claims(view, tuple(things), tuple(sorted(set(claims))), clocks)
    conflicts = view.conflicts([claim.id for claim in told]) if told else []
    told = _with_sides(view, told, conflicts, clocks)
    sources = {source.id: source for source in _sources(view, told)}
    names = _named(view, told, things, sources.values())
    return {
        "entities": _entities(things, told),
        "claims": _told(view, told, names, excerpt),
        "conflicts": _conflicts(view, told, conflicts, clocks),
        "sources": {slug: source_detail(source, names) for slug, source in sources.items()},
        "names": {slug: entity.name for slug, entity in names.items()},
    }


def coverage_of(claims: Iterable[AnyClaim], excerpt: Excerpt) -> Coverage:
    """Return of how many places of evidence the words are at hand."""
    read = [bool(place.quote or excerpt(place)) for claim in claims for place in claim.evidence]
    return Coverage(sum(read), len(read))


def coverage_in(read: Mapping[str, Any]) -> Coverage:
    """Return of how many places of evidence in details the words are told."""
    told = [bool(place["words"]) for claim in read["claims"].values() for place in claim["places"]]
    return Coverage(sum(told), len(told))


def _claims(view: View, things: tuple[str, ...], ids: tuple[str, ...], clocks: Clocks) -> list[AnyClaim]:
    found = view.claims(clocks.claims(entities=things)) if things else []
    found += view.claims(clocks.claims(ids=ids)) if ids else []
    return sorted({claim.id: claim for claim in found}.values(), key=lambda claim: claim.key)


def _with_sides(view: View, told: Sequence[AnyClaim], conflicts: Iterable[Conflict], clocks: Clocks) -> list[AnyClaim]:
    """Return claims with all that stand against them: disputes are read side by side."""
    known = {claim.id for claim in told}
    others = tuple(sorted({side for conflict in conflicts for side in conflict.claims} - known))
    beside = view.claims(clocks.claims(ids=others)) if others else []
    return sorted((*told, *beside), key=lambda claim: claim.key)


def _sources(view: View, claims: Iterable[AnyClaim]) -> list[Source]:
    read = {claim.source for claim in claims}
    read |= {place.source for claim in claims for place in claim.evidence}
    return view.sources(sorted(read)) if read else []


def _named(
    view: View, claims: Iterable[AnyClaim], things: Iterable[str], sources: Iterable[Source]
) -> dict[str, Entity]:
    spoken = chain.from_iterable(map(named_in, claims))
    published = (source.publisher for source in sources if source.publisher)
    return view.entities(sorted({*things, *spoken, *published}))


def _entities(things: Mapping[str, Entity], claims: Iterable[AnyClaim]) -> dict[str, Any]:
    own: defaultdict[str, list[str]] = defaultdict(list)
    for claim in claims:
        for slug in {part.entity for part in parts_of(claim) if part.entity in things}:
            own[slug].append(claim.id)
    return {
        slug: {
            "name": entity.name,
            "kind": KIND[entity.kind],
            "description": entity.description,
            "names": [[one.text, one.language or None] for one in entity.names if one.text != entity.name],
            "identifiers": [
                [one.scheme, one.value, identifier_address(one.scheme, one.value)] for one in entity.identifiers
            ],
            "claims": own[slug],
        }
        for slug, entity in things.items()
    }


def _told(view: View, claims: Sequence[AnyClaim], names: Names, excerpt: Excerpt) -> dict[str, Any]:
    measured = {claim.about for claim in claims if isinstance(claim, Observation)}
    years = fiscal_year_ends(view, [names[slug] for slug in sorted(measured) if slug in names])
    return {claim.id: _claim(claim, names, years, excerpt) for claim in claims}


def _claim(claim: AnyClaim, names: Names, years: Mapping[str, str | None], excerpt: Excerpt) -> dict[str, Any]:
    when = date_of(claim)
    day = (when.earliest or when.latest) if when is not None else None
    return {
        "key": claim.key,
        "shape": shape_of(claim),
        "group": RELATIONS[claim.relation].group if isinstance(claim, Statement) else shape_of(claim),
        "text": claim.text,
        "says": words_of(claim, names),
        "who": voice_words(claim, names),
        "speaker": claim.speaker,
        "modality": claim.modality,
        "factual": claim.factual,
        "rank": claim.rank,
        "why": _why(claim),
        "when": when_words(claim),
        "day": str(day) if day is not None else None,
        "published": date_words(claim.published) if claim.published else "undated",
        "about": sorted({part.entity for part in parts_of(claim)}),
        "restates": claim.restates,
        "source": claim.source,
        "places": [_place(place, excerpt) for place in claim.evidence],
        "figure": figure(claim, names, years.get(claim.about)) if isinstance(claim, Observation) else None,
    }


def _why(claim: AnyClaim) -> str | None:
    """Return why a claim is ranked as it is, and whether it was taken back."""
    said = [claim.rank_reason] if claim.rank_reason else []
    said += ["another claim on the same thing is preferred"] if claim.outranked else []
    said += [f"retracted {claim.retracted}"] if claim.retracted else []
    return "; ".join(said) or None


def _place(place: Evidence, excerpt: Excerpt) -> dict[str, Any]:
    whole = place.start is None
    return {
        "source": place.source,
        "at": "the source as a whole" if whole else f"characters {place.start} to {place.end}",
        "words": place.quote or excerpt(place),
    }


def _conflicts(
    view: View, claims: Sequence[AnyClaim], conflicts: Sequence[Conflict], clocks: Clocks
) -> list[dict[str, Any]]:
    """Return conflicts of which two sides are told."""
    known = {claim.id for claim in claims}
    standings = standings_of(view, claims, conflicts, clocks)
    rows = [(conflict, [side for side in conflict.claims if side in known]) for conflict in conflicts]
    return [
        {
            "id": conflict.id,
            "why": reason_words(conflict.why),
            "note": conflict.note,
            "standing": STANDINGS[standings[conflict.id]],
            "claims": sides,
        }
        for conflict, sides in rows
        if len(sides) > 1
    ]


def source_detail(source: Source, names: Names) -> dict[str, Any]:
    """Return what is read of a source (Source in explorer/src/format.ts)."""
    return {
        "title": source.title,
        "publisher": name(names, source.publisher) if source.publisher else None,
        "kind": source.kind.replace("_", " "),
        "published": date_words(source.published) if source.published else None,
        "recorded": str(source.recorded),
        "url": web_address(source.url),
    }
