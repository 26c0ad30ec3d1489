"""The pages of sources, conflicts and derived ties."""

from __future__ import annotations

from typing import Any

from keiretsu.http.linked.facts import disputed_of, fact_of, follows_of, newest_day, work_of
from keiretsu.workers.plan import Desk
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.claims import AnyClaim, Conflict, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import NotThereError
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import ALWAYS, named_in
from keiretsu_queries.doubts.disputes import claims_in, disputes_of

SIZE = 100  # claims of a page of a source


def source_shown(desk: Desk, source: Source, page: int) -> dict[str, Any]:
    """Return what the page of a source shows: every claim that was read from it, page by page.

    Raises:
        NotThereError: There is no such page.
    """
    claims = sorted(desk.view.claims(ClaimFilter(sources=(source.id,))), key=_place)
    pages = max(1, -(-len(claims) // SIZE))
    if page > pages:
        raise NotThereError(f"the claims of {source.id} end on page {pages}")
    listed = claims[(page - 1) * SIZE : page * SIZE]
    names = _names(desk, listed, source.publisher, source.author)
    sources = {source.id: source}
    return {
        "source": source,
        "work": work_of(source, names, len(claims)),
        "facts": [fact_of(claim, names, sources) for claim in listed],
        "total": len(claims),
        "page_number": page,
        "page_count": pages,
        "day": newest_day(claims, [source]),
    }


def _place(claim: AnyClaim) -> tuple[int, str]:
    """Return where in the text of its source a claim stands, so that claims come in the order of reading."""
    return next((place.start for place in claim.evidence if place.start is not None), 0), claim.key


def conflict_shown(desk: Desk, conflict: Conflict) -> dict[str, Any]:
    """Return what the page of a conflict shows: every side of it, and who stands behind each."""
    disputes = disputes_of(desk.view, [conflict], ALWAYS)
    claims = list(claims_in(disputes))
    names = _names(desk, claims)
    sources = {row.id: row for row in desk.view.sources(sorted({claim.source for claim in claims}))} if claims else {}
    return {
        "conflict": conflict,
        "dispute": disputed_of(disputes[0], names, sources) if disputes else None,
        "works": [work_of(source, names) for source in sources.values()],
        "day": newest_day(claims),
    }


def tie_shown(desk: Desk, tie: Tie) -> dict[str, Any]:
    """Return what the page of a derived tie shows: the rule, and the claims that it rests on."""
    claims = desk.view.claims(ClaimFilter(ids=tie.claims))
    names = _names(desk, claims, tie.subject, tie.object)
    sources = {row.id: row for row in desk.view.sources(sorted({claim.source for claim in claims}))} if claims else {}
    keys = {claim.id: claim.key for claim in claims}
    return {
        "tie": tie,
        "follows": follows_of([tie], keys, names, None)[0],
        "facts": [fact_of(claim, names, sources) for claim in claims],
        "day": newest_day(claims),
    }


def _names(desk: Desk, claims: list[AnyClaim], *more: str | None) -> dict[str, Entity]:
    named = {slug for claim in claims for slug in named_in(claim)} | {slug for slug in more if slug}
    return desk.view.entities(sorted(named)) if named else {}
