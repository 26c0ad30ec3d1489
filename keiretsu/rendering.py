"""Answers on a terminal: one function a question, from an answer to lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.terminal import plain_but_styles
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.evidence import Evidence
from keiretsu_queries.wording import name, speaker_words, tie_words, when_words, words_of

if TYPE_CHECKING:
    from keiretsu.terminal import Paper, Style
    from keiretsu_ontology.claims import AnyClaim, Tie
    from keiretsu_ontology.entities import Entity
    from keiretsu_queries.base import Answer, State
    from keiretsu_queries.conflicts import Dispute
    from keiretsu_queries.find import Found
    from keiretsu_queries.metrics import Series
    from keiretsu_queries.partners import Partner
    from keiretsu_queries.paths import Path
    from keiretsu_queries.show import Line, Page
    from keiretsu_queries.timeline import Timeline
    from keiretsu_queries.why import Grounds

_STATES: dict[State, Style] = {"known": "good", "only claimed": "warn", "conflicting": "warn", "not known": "bad"}


# Gives the words at a place of a source, where its text is at hand.
Excerpts = Callable[[Evidence], str | None]


class Desk(NamedTuple):
    """What a renderer needs beside the answer."""

    paper: Paper
    excerpt: Excerpts


def render(question: str, answer: Answer[Any], desk: Desk) -> Iterator[str]:
    """Yield the lines of an answer; whatever stands in names, nothing but our own styles steers a terminal."""
    for line in _lines(question, answer, desk):
        yield plain_but_styles(line)


def _lines(question: str, answer: Answer[Any], desk: Desk) -> Iterator[str]:
    state = desk.paper.style(answer.state, _STATES[answer.state])
    if answer.state == "not known":
        yield state
        for line in answer.instead:
            yield from desk.paper.wrap(line, 2)
        return
    yield from _RENDERERS[question](answer, desk)
    yield ""
    rests = f"{len(answer.claims)} claim{'s' * (len(answer.claims) != 1)}"
    disputed = f", {len(answer.conflicts)} in conflict: keiretsu conflicts" if answer.conflicts else ""
    yield f"{state}, on {rests}{disputed}" if answer.claims else state
    for note in answer.notes:
        yield from desk.paper.wrap(note, 0, "quiet")


def _claim(claim: AnyClaim, answer: Answer[Any], desk: Desk, indent: int) -> Iterator[str]:
    """Yield who says a claim, when it held, and the place that it was read at."""
    when = when_words(claim)
    said = "; ".join(part for part in (speaker_words(claim, answer.entities), when, claim.key) if part)
    yield from desk.paper.wrap(said, indent, "quiet")
    yield from _evidence(claim, desk, indent)


def _evidence(claim: AnyClaim, desk: Desk, indent: int) -> Iterator[str]:
    for place in claim.evidence or (Evidence(claim.source),):
        excerpt = place.quote or desk.excerpt(place)
        if excerpt is None:
            yield from desk.paper.wrap(f"{place} (text not here)", indent, "quiet")
        else:
            yield from desk.paper.wrap(f"{place}: “{excerpt}”", indent, "quiet")


def _mark(line: Line) -> str:
    marks: list[str] = [line.claim.modality] if not line.claim.factual else []
    marks += ["disputed"] if line.conflicts else []
    marks += [line.doubt] if line.doubt else []
    return f"  [{', '.join(marks)}]" if marks else ""


def _line(line: Line, answer: Answer[Any], desk: Desk, seen_from: str | None, lead: str = "") -> Iterator[str]:
    style: Style | None = "warn" if line.conflicts or not line.claim.factual else None
    yield from desk.paper.wrap(lead + words_of(line.claim, answer.entities, seen_from) + _mark(line), 2, style)
    yield from _claim(line.claim, answer, desk, 6)
    for again in line.restated:
        yield from desk.paper.wrap(f"said again: {again.key}, {speaker_words(again, answer.entities)}", 6, "quiet")


def _header(entity: Entity, desk: Desk) -> Iterator[str]:
    title, slug = desk.paper.style(entity.name, "title"), desk.paper.style(entity.id, "quiet")
    yield f"{title}  {KINDS[entity.kind].label}  {slug}"
    others = [f"{other.text} ({other.language})" for other in entity.names if other.text != entity.name]
    if others:
        yield from desk.paper.wrap("also " + ", ".join(others), 0)
    if entity.identifiers:
        yield from desk.paper.wrap(", ".join(f"{found.scheme} {found.value}" for found in entity.identifiers), 0)
    if entity.description:
        yield from desk.paper.wrap(entity.description, 0)


def _show(answer: Answer[Page], desk: Desk) -> Iterator[str]:
    page = answer.result
    if page.entity is None:
        return
    yield from _header(page.entity, desk)
    for group in page.groups:
        yield from ("", desk.paper.style(group.title, "heading"))
        for line in group.lines:
            yield from _line(line, answer, desk, page.entity.id)
    if page.derived:
        yield from ("", desk.paper.style("Follows from these", "heading"))
        yield from _ties(page.derived, answer, desk, page.entity.id, page.beside)


def _ties(
    ties: Iterable[Tie], answer: Answer[Any], desk: Desk, seen_from: str | None, beside: Iterable[AnyClaim] = ()
) -> Iterator[str]:
    by_words: dict[str, list[Tie]] = {}
    for tie in ties:
        words = tie_words(tie, answer.entities, seen_from) + ("" if tie.factual else "  [only claimed]")
        by_words.setdefault(words, []).append(tie)
    keys = {claim.id: claim.key for claim in (*answer.claims, *beside)}
    for words, own in by_words.items():
        yield from desk.paper.wrap(words, 2)
        for tie in own:
            rests = " and ".join(keys.get(claim, claim) for claim in tie.claims)
            yield from desk.paper.wrap(f"by the rule {tie.rule!r} from {rests}" if tie.rule else rests, 6, "quiet")


def _find(answer: Answer[tuple[Found, ...]], desk: Desk) -> Iterator[str]:
    width = max(len(found.entity.id) for found in answer.result)
    for found in answer.result:
        how = "" if found.match in ("id", "name") else f"  {found.match} {found.score:.0f}"
        called = "" if found.name == found.entity.name else f"  as {found.name}"
        kind = KINDS[found.entity.kind].label
        slug = desk.paper.style(found.entity.id.ljust(width), "name")
        yield f"{slug}  {found.entity.name}, {kind}{called}{how}  {found.claims} claims"


def _partners(answer: Answer[tuple[Partner, ...]], desk: Desk) -> Iterator[str]:
    for number, partner in enumerate(answer.result):
        yield from ("",) * (number > 0)
        kind = KINDS[partner.entity.kind].label
        doubt = f"  [{partner.doubt}]" if partner.doubt else ""
        yield f"{desk.paper.style(partner.entity.name, 'name')}  {kind}{doubt}"
        yield from desk.paper.wrap(", ".join(partner.relations), 4)
        if partner.what_for:
            yield from desk.paper.wrap("for " + "; ".join(partner.what_for), 4)
        if partner.through:
            yield from desk.paper.wrap("through " + ", ".join(partner.through), 4)
        for claim in partner.claims:
            yield from _claim(claim, answer, desk, 8)


def _path(answer: Answer[tuple[Path, ...]], desk: Desk) -> Iterator[str]:
    claims = {claim.id: claim for claim in answer.claims}
    for number, chain in enumerate(answer.result, start=1):
        yield from ("",) * (number > 1)
        names = " → ".join(name(answer.entities, node) for node in chain.nodes)
        yield desk.paper.style(f"{number}. {names}", "title")
        for hop in chain.hops:
            for tie in hop.ties:
                derived = f"  [by the rule {tie.rule!r}]" if tie.rule else ""
                weak = "" if tie.factual else "  [only claimed]"
                yield from desk.paper.wrap(tie_words(tie, answer.entities) + derived + weak, 3)
            for claim in dict.fromkeys(claim for tie in hop.ties for claim in tie.claims):
                yield from _claim(claims[claim], answer, desk, 7)


def _timeline(answer: Answer[Timeline], desk: Desk) -> Iterator[str]:
    entity = answer.result.entity
    if entity is None:
        return
    yield from _header(entity, desk)
    yield ""
    for moment in answer.result.moments:
        first, last = moment.when.earliest, moment.when.latest
        dates = str(first or "?") if first == last else f"{first or '?'} to {last or '?'}"
        yield from _line(moment.line, answer, desk, entity.id, lead=f"{dates}  ")


def _metrics(answer: Answer[tuple[Series, ...]], desk: Desk) -> Iterator[str]:
    for number, series in enumerate(answer.result):
        yield from ("",) * (number > 0)
        yield desk.paper.style(series.label, "heading") + desk.paper.style(f"  {series.comparable}", "quiet")
        for line in series.lines:
            yield from _line(line, answer, desk, None)


def _conflicts(answer: Answer[tuple[Dispute, ...]], desk: Desk) -> Iterator[str]:
    for number, dispute in enumerate(answer.result):
        yield from ("",) * (number > 0)
        yield from _dispute(dispute, answer, desk)


def _dispute(dispute: Dispute, answer: Answer[Any], desk: Desk) -> Iterator[str]:
    found = "" if dispute.conflict.curated else desk.paper.style("  found by comparing", "quiet")
    yield f"{desk.paper.style(dispute.conflict.id, 'heading')}: {dispute.why}{found}"
    if dispute.conflict.note:
        yield from desk.paper.wrap(dispute.conflict.note, 2)
    for side in dispute.sides:
        yield from desk.paper.wrap("• " + side.text, 2, "warn")
        yield from _claim(side, answer, desk, 6)


def _why(answer: Answer[Grounds], desk: Desk) -> Iterator[str]:
    grounds = answer.result
    claim = grounds.claim
    yield from desk.paper.wrap(claim.text, 0, "title")
    yield from desk.paper.wrap(words_of(claim, answer.entities), 2)
    yield from _claim(claim, answer, desk, 2)
    yield f"  id {claim.id}, recorded {claim.recorded}"
    for source in grounds.sources:
        out = f", published {source.published}" if source.published else ""
        yield from desk.paper.wrap(f"source {source.id}: {source.title} ({source.kind}{out})", 2)
        if source.url:
            yield f"  {source.url}"
    if grounds.restates:
        yield from desk.paper.wrap(f"says again what {grounds.restates.key} says", 2)
    for again in grounds.restated_by:
        yield from desk.paper.wrap(f"said again by {again.key}", 2)
    if grounds.ties:
        yield from ("", desk.paper.style("Ties that rest on it", "heading"))
        yield from _ties(grounds.ties, answer, desk, None, grounds.beside)
    for dispute in grounds.disputes:
        yield ""
        yield from _dispute(dispute, answer, desk)


_RENDERERS: dict[str, Callable[[Answer[Any], Desk], Iterator[str]]] = {
    "show": _show,
    "find": _find,
    "partners": _partners,
    "path": _path,
    "timeline": _timeline,
    "metrics": _metrics,
    "conflicts": _conflicts,
    "why": _why,
}
