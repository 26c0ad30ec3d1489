"""Common: what do things share?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie
from keiretsu_ontology.entities import FAMILIES, KINDS, Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.chains.neighbours import Link, around
from keiretsu_queries.chains.reached import Most
from keiretsu_queries.parameters import Param, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, Said, Table, line, spans, table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import STRUCTURE, groups_apart, known_of, meant
from keiretsu_queries.wording import kinds_words, listed_words, name, tie_words, words_of

EachName = Annotated[str, Param("Names, aliases, ids or identifiers.", "NAME...", completes="entity")]
_SHOWN = 2  # claims a side


class Side(NamedTuple):
    """How one of the things asked about is tied to what it shares."""

    of: str  # its id
    through: tuple[str, ...]  # ids of its units that the ties are of
    links: tuple[Link, ...]  # what is said before what follows


class Shared(NamedTuple):
    """Something that several have in common."""

    entity: Entity
    sides: tuple[Side, ...]  # in the order in which they were asked about


class Voices(NamedTuple):
    """How many claims about each thing come from one speaker or source."""

    name: str
    counts: tuple[int, ...]


class Common(NamedTuple):
    """What things share: by kind, what most of them share first."""

    entities: tuple[Entity, ...]
    shared: tuple[Shared, ...]
    speakers: tuple[Voices, ...]
    sources: tuple[Voices, ...]
    limit: int


def common(
    view: View, *names: EachName, clocks: Clocks = ALWAYS, stated_only: StatedOnly = False, limit: Most = 8
) -> Answer[Common]:
    """Return what is tied to each of several things, or to all but some of them where there are more than two.

    Only facts count, no remarks. What a unit shares its group shares, and the unit is named. Speakers and sources that
    speak of all of them come last.

    Raises:
        AmbiguousNameError: Several things have one of the names.
        UsageError: Fewer than two things are named.
    """
    found = [meant(view, text) for text in names]
    told = [row.entity.name if row.entity else text for row, text in zip(found, names, strict=True)]
    question = f"What do {listed_words(told)} have in common?"
    missing = [sentence for row in found if row.entity is None for sentence in row.nearest]
    if missing:
        instead = tuple(dict.fromkeys(missing))
        return answer(view, question, Common((), (), (), (), limit), (), sparql=these([]), instead=instead)
    entities = [row.entity for row in found if row.entity]
    ids = [entity.id for entity in entities]
    if len(set(ids)) < max(len(ids), 2):
        raise UsageError("name two different things or more")
    groups = groups_apart(view, ids, clocks.ties(relations=STRUCTURE, stated_only=True))
    shared = tuple(_shared(view, ids, groups, clocks, stated_only=stated_only))
    result = Common(tuple(entities), shared, *_voices(view, groups, clocks), limit)
    rests = sorted({claim for row in shared for side in row.sides for link in side.links for claim in link.rests})
    claims = view.claims(ClaimFilter(ids=tuple(rests))) if rests else []
    return answer(
        view, question, result, claims, sparql=these(rests), notes=_notes(claims, clocks), clocks=clocks,
        entities=[*ids, *(row.entity.id for row in shared), *(end for group in groups for end in group)],
        instead=() if shared else _instead(view, result),
    )  # fmt: skip


def _notes(claims: Sequence[AnyClaim], clocks: Clocks) -> list[str]:
    doubts = sum(clocks.doubt(claim) is not None for claim in claims)
    return [f"{doubts} of {len(claims)} claims are undated or only possibly pass the clocks"] if doubts else []


def _instead(view: View, result: Common) -> list[str]:
    told = ["nothing is known that they have in common"]
    if voices := [row.name for row in (*result.speakers, *result.sources)]:
        told.append(f"but who speaks of them: {', '.join(voices[:4])}")
    return told + [sentence for entity in result.entities for sentence in known_of(view, entity)]


def _shared(
    view: View, ids: Sequence[str], groups: Sequence[tuple[str, ...]], clocks: Clocks, *, stated_only: bool
) -> Iterable[Shared]:
    """Yield what two or more have in common, what most share first, by kind and name."""
    asked = {end for group in groups for end in group}
    near = [around(view, group, asked, clocks, stated_only=stated_only) for group in groups]
    sides: defaultdict[str, dict[str, list[Link]]] = defaultdict(dict)
    for one, found in zip(ids, near, strict=True):
        for other, links in found.items():
            sides[other][one] = links
    several = {other: own for other, own in sides.items() if len(own) > 1}
    below = _below(view, several, clocks)
    kept = [other for other, own in several.items() if not _follows(own, [several[unit] for unit in below[other]])]
    entities = view.entities(kept)
    for other in sorted(kept, key=lambda slug: (*_by_kind(entities[slug]), -len(several[slug]), entities[slug].name)):
        own = several[other]
        yield Shared(entities[other], tuple(_side(one, own[one]) for one in ids if one in own))


def _by_kind(entity: Entity) -> tuple[int, int]:
    return list(FAMILIES).index(entity.family), list(KINDS).index(entity.kind)


def _side(one: str, links: list[Link]) -> Side:
    plain = [link for link in links if not any(set(less.rests) < set(link.rests) for less in links)]
    ordered = sorted(plain, key=lambda link: (link.tie is not None, link.end != one))
    return Side(one, tuple(sorted({link.end for link in ordered} - {one})), tuple(ordered))


def _below(view: View, shared: Iterable[str], clocks: Clocks) -> defaultdict[str, set[str]]:
    """Return the units of each shared thing that are shared too."""
    listed = sorted(shared)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for tie in view.neighbours(listed, clocks.ties(relations=STRUCTURE, stated_only=True)):
        if tie.subject in listed:
            found[tie.object].add(tie.subject)
    return found


def _follows(own: Mapping[str, list[Link]], units: Iterable[Mapping[str, list[Link]]]) -> bool:
    """Say whether a thing is shared by rule alone, and a unit of its is shared by the same."""
    ruled = all(link.tie for links in own.values() for link in links)
    return ruled and any(own.keys() <= unit.keys() for unit in units)


def _voices(
    view: View, groups: Sequence[tuple[str, ...]], clocks: Clocks
) -> tuple[tuple[Voices, ...], tuple[Voices, ...]]:
    """Return the speakers and the sources that speak of every group, those that say most first."""
    wanted = [clocks.claims(entities=group) for group in groups]
    speakers = _in_all([view.counts(where, "speaker") for where in wanted])
    sources = _in_all([view.counts(where, "source") for where in wanted])
    names = view.entities(speakers)
    titles: dict[str, Source] = {row.id: row for row in view.sources(sorted(sources))} if sources else {}
    return (
        tuple(Voices(name(names, slug), counts) for slug, counts in speakers.items()),
        tuple(Voices(titles[slug].title if slug in titles else slug, counts) for slug, counts in sources.items()),
    )


def _in_all(counts: Sequence[Mapping[str, int]]) -> dict[str, tuple[int, ...]]:
    every = set(counts[0]).intersection(*counts[1:])
    found = {slug: tuple(count[slug] for count in counts) for slug in every}
    return dict(sorted(found.items(), key=lambda row: (-min(row[1]), row[0])))


def tell_common(answer: Answer[Common]) -> Iterator[Block]:
    """Yield what is shared, by kind, with the claims on every side; then who speaks of all."""
    result, kind = answer.result, ""
    totals = {row.entity.kind: 0 for row in result.shared}
    for row in result.shared:
        totals[row.entity.kind] += 1
    yield spans((listed_words([entity.name for entity in result.entities]), "title"))
    yield line(f"share {kinds_words(totals)}")
    place = 0
    for row in result.shared:
        place = place + 1 if row.entity.kind == kind else 1
        if row.entity.kind != kind:
            kind = row.entity.kind
            yield from (BLANK, line(kinds_words({kind: totals[kind]}, number=False), 0, "heading"))
        if not result.limit or place <= result.limit:
            yield from _told(row, answer)
        elif place == result.limit + 1:
            yield line(f"... and {totals[kind] - result.limit} more: --limit 0", 2, "quiet")
    yield from _tell_voices(result)


def _told(row: Shared, answer: Answer[Common]) -> Iterator[Block]:
    some = len(row.sides) < len(answer.result.entities)
    whose = listed_words([name(answer.entities, side.of) for side in row.sides])
    yield spans((row.entity.name, "name"), (f"  {whose} only" if some else "", "quiet"), indent=2)
    claims = {claim.id: claim for claim in answer.claims}
    alike: defaultdict[tuple[tuple[tuple[str, ...], Tie | None], ...], list[Side]] = defaultdict(list)
    for side in row.sides:
        alike[tuple((link.rests, link.tie) for link in side.links)].append(side)
    for sides in alike.values():  # what one claim says of several is told once
        yield line(listed_words([_whose(side, answer) for side in sides]), 4)
        for link in sides[0].links[:_SHOWN]:
            yield from _tell_link(link, claims, answer)
        if more := [claims[claim].key for link in sides[0].links[_SHOWN:] for claim in link.rests]:
            yield line("and " + ", ".join(dict.fromkeys(more)), 6, "quiet")


def _whose(side: Side, answer: Answer[Common]) -> str:
    units = ", ".join(name(answer.entities, unit) for unit in side.through)
    return name(answer.entities, side.of) + (f" through {units}" if units else "")


def _tell_link(link: Link, claims: Mapping[str, AnyClaim], answer: Answer[Common]) -> Iterator[Block]:
    if link.tie is None:
        claim = claims[link.rests[0]]
        yield line(words_of(claim, answer.entities), 6)
        yield Said(claim, 8)
        return
    yield line(tie_words(link.tie, answer.entities), 6)
    keys = " and ".join(claims[claim].key for claim in link.rests)
    yield line(f"by the rule {link.tie.rule!r} from {keys}", 8, "quiet")


def _tell_voices(result: Common) -> Iterator[Block]:
    for title, voices in (("Speakers", result.speakers), ("Sources", result.sources)):
        if voices:
            yield from (BLANK, line(f"{title} that speak of all", 0, "heading"))
        for row in voices[:5]:
            of = ", ".join(f"{count} of {it.name}" for it, count in zip(result.entities, row.counts, strict=True))
            yield spans(row.name, (f"  claims: {of}", "quiet"), indent=2)
        if len(voices) > 5:
            yield line(f"... and {len(voices) - 5} more", 2, "quiet")


def rows_common(answer: Answer[Common]) -> Table:
    """Return what is shared, one side a row."""
    columns = {"shared": "shared", "id": "id", "kind": "kind", "of": "of", "through": "through", "claims": "claims"}
    keys = {claim.id: claim.key for claim in answer.claims}
    rows = (
        (row.entity.name, row.entity.id, row.entity.kind, side.of, " ".join(side.through),
         " ".join(dict.fromkeys(keys[claim] for link in side.links for claim in link.rests)))
        for row in answer.result.shared
        for side in row.sides
    )  # fmt: skip
    return table(columns, rows)
