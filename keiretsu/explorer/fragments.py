"""Fragments: some things, every tie between any two of them, and the claims that those rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from keiretsu.explorer.about import KIND, MODALITY, RELATION, ROLE, RULE
from keiretsu.explorer.bounds import bounds_of
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie, parts_of
from keiretsu_queries.base import ALWAYS, Clocks, standings_of

MOST = 20_000  # things in one file, where not all are asked for


def fragment(view: SqliteView, ids: Iterable[str], clocks: Clocks = ALWAYS) -> dict[str, Any]:
    """Return some things with every tie between any two of them (Fragment in explorer/src/format.ts).

    Args:
        view: The graph.
        ids: The things, in the order wanted; those that are not there are left out.
        clocks: Ties that do not pass are left out.
    """
    wanted = list(dict.fromkeys(ids))
    return _fragment(view, wanted, view.among(wanted), clocks)


def everything(
    view: SqliteView, most: int | None = None, clocks: Clocks = ALWAYS, *, first: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the whole graph as a fragment, or so many of its things: those named first, then the most tied ones."""
    limit = view.about().entities if most is None else most
    wanted = list(dict.fromkeys([*first, *view.foremost(limit)]))[:limit]
    return _fragment(view, wanted, view.ties(TieFilter(factual=None)), clocks)


def _fragment(view: SqliteView, wanted: Sequence[str], ties: Sequence[Tie], clocks: Clocks) -> dict[str, Any]:
    entities, standing = view.entities(wanted), view.places(wanted)
    listed = [slug for slug in wanted if slug in entities and slug in standing]
    node = {slug: place for place, slug in enumerate(listed)}
    ties = [tie for tie in ties if tie.subject in node and tie.object in node]
    ties, claims = _resting(view, ties, clocks)
    row = {claim.id: place for place, claim in enumerate(claims)}
    disputed = _disputed(view, claims, clocks)
    return {
        "nodes": [[slug, entities[slug].name, KIND[entities[slug].kind], *standing[slug]] for slug in listed],
        "ties": [
            [
                node[tie.subject],
                RELATION[tie.relation],
                node[tie.object],
                -1 if tie.rule is None else RULE[tie.rule],
                [row[claim] for claim in tie.claims],
                *_leaning(tie, [claims[row[claim]] for claim in tie.claims]),
            ]
            for tie in ties
        ],
        "claims": [_claim(claim, disputed=claim.id in disputed) for claim in claims],
        "names": _names(view, claims),
    }


def _leaning(tie: Tie, claims: Iterable[AnyClaim]) -> list[int]:
    """Return 0 where a tie is no fact though its claims are: what a deal plans is said, and is not so yet."""
    return [0] if not tie.factual and all(claim.factual for claim in claims) else []


def _resting(view: View, ties: Sequence[Tie], clocks: Clocks) -> tuple[list[Tie], list[AnyClaim]]:
    """Return the ties of which every claim passes the clocks, and those claims."""
    resting = tuple(sorted({claim for tie in ties for claim in tie.claims}))
    passing = view.claims(clocks.claims(ids=resting)) if resting else []
    known = {claim.id for claim in passing}
    kept = [tie for tie in ties if known.issuperset(tie.claims)]
    used = {claim for tie in kept for claim in tie.claims}
    return kept, [claim for claim in passing if claim.id in used]


def _disputed(view: View, claims: Sequence[AnyClaim], clocks: Clocks) -> set[str]:
    """Return the ids of those claims that are sides of open conflicts."""
    conflicts = view.conflicts([claim.id for claim in claims]) if claims else []
    standings = standings_of(view, claims, conflicts, clocks)
    return {side for conflict in conflicts if standings[conflict.id] == "open" for side in conflict.claims}


def _claim(claim: AnyClaim, *, disputed: bool) -> list[Any]:
    bounds = bounds_of(claim)
    return [
        claim.id,
        claim.speaker,
        MODALITY[claim.modality],
        claim.source,
        sorted({ROLE[part.role] for part in parts_of(claim) if part.role in ROLE}),
        int(claim.factual),
        int(disputed),
        *(str(day) if day is not None else None for day in bounds),
    ]


def _names(view: View, claims: Sequence[AnyClaim]) -> dict[str, str]:
    speakers = view.entities(sorted({claim.speaker for claim in claims}))
    read = sorted({claim.source for claim in claims})
    sources = view.sources(read) if read else []
    return {source.id: source.title for source in sources} | {slug: one.name for slug, one in speakers.items()}
