"""Conflicts: where do claims disagree, who says what, why, and by how much?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import EXPLAINED, REASONS, Conflict
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.doubts.differences import Apart, apart_words, short_words
from keiretsu_queries.doubts.disputes import Dispute, Side, claims_in, disputes_of
from keiretsu_queries.parameters import Most, Param
from keiretsu_queries.sheets import BLANK, Block, Cell, Said, Style, apart, line, spans, table
from keiretsu_queries.sparql_texts import disputed, these
from keiretsu_queries.standing import Standing
from keiretsu_queries.subjects import group_of, known_of, meant
from keiretsu_queries.voices import voice_words

MaybeConflict = Annotated[
    str | None, Param("Only about this thing; or the id of one conflict.", "[NAME]", completes="entity")
]
Why = Annotated[str | None, Param("Only those that differ in this: value, time, scope, object ...", "REASON", "w")]
Settled = Annotated[bool, Param("Also what is settled by the rank of its sides.")]
Explained = Annotated[bool, Param("Also differences that are explained, by definition or conversion.")]
_NEXT = 'to settle one: keiretsu resolve CONFLICT --prefer CLAIM --reason "..."'


def conflicts(
    view: View, name: MaybeConflict = None, *, clocks: Clocks = ALWAYS, why: Why = None, settled: Settled = False,
    explained: Explained = False, limit: Most = 6,
) -> Answer[tuple[Dispute, ...]]:  # fmt: skip
    """Return where claims disagree: everywhere, about a thing and its units, or the one conflict with an id.

    A restatement is no conflict, nor is a forecast that differs from a fact. Conflicts that are settled by rank, and
    differences of definition or conversion, are counted in the notes and come with the others where they are asked
    for. Under the clocks a conflict counts only where two of its sides pass them.

    Args:
        view: The graph.
        name: A name of a thing, or the id of a conflict.
        clocks: The clocks to ask by.
        why: Only conflicts of this reason.
        settled: Whether what is settled comes too.
        explained: Whether explained differences come too.
        limit: How many are told in full; all are in the table.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such reason.
    """
    reasons = {*REASONS, *EXPLAINED}
    if why is not None and why not in reasons:
        known = ", ".join(sorted(reasons))
        raise UsageError(f"no conflict is of the reason {why!r}{nearest(why, reasons)}; there are {known}")
    question = f"Where do claims{f' about {name}' if name else ''} disagree?"
    every, instead = _wanted(view, name)
    found = disputes_of(view, [one for one in every if why in (None, one.why)], clocks)
    wanted: dict[Standing, bool] = {"open": True, "settled": settled, "explained": explained or why in EXPLAINED}
    wanted |= dict.fromkeys(wanted, True) if len(every) == 1 and every[0].id == name else {}
    asked = [dispute for dispute in found if wanted[dispute.standing]]
    shown = tuple(dispute._replace(full=not limit or place < limit) for place, dispute in enumerate(asked))
    left = _left([dispute for dispute in found if not wanted[dispute.standing]])
    more = sum(not dispute.full for dispute in shown)
    notes = [f"{more} more in the table alone: --limit 0, or keiretsu conflicts ID"] if more else []
    notes += [_NEXT] if any(dispute.standing == "open" for dispute in shown) else []
    sides = [claim for dispute in shown for side in dispute.sides for claim in side.claims]
    return answer(
        view, question, shown, sides, sparql=these([side.id for side in sides]) if name else disputed(),
        instead=() if shown else (*left, *instead), notes=[*left, *notes], beside=claims_in(shown), clocks=clocks,
    )  # fmt: skip


def _wanted(view: View, name: str | None) -> tuple[list[Conflict], tuple[str, ...]]:
    """Return the conflicts that are asked for, and what to say where none of them passes."""
    every = view.conflicts()
    if name is None:
        return every, ("no two claims in this graph are known to disagree",)
    if own := [conflict for conflict in every if conflict.id == name]:
        return own, (f"fewer than two sides of {name} pass what was asked for",)
    found = meant(view, name)
    if found.entity is None:
        return [], found.nearest
    claims = view.claims(ClaimFilter(entities=group_of(view, found.entity.id)))
    about = view.conflicts([claim.id for claim in claims]) if claims else []
    return about, (f"no claims about {found.entity.name} are known to disagree", *known_of(view, found.entity))


def _left(disputes: Sequence[Dispute]) -> list[str]:
    """Return how many are left out, and how they are asked for."""
    settled = sum(dispute.standing == "settled" for dispute in disputes)
    explained = len(disputes) - settled
    said = [f"{settled} settled by rank: --settled shows {_them(settled)}"] if settled else []
    return said + ([f"{_differences(explained)}: --explained shows {_them(explained)}"] if explained else [])


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def _differences(number: int) -> str:
    return "1 explained difference" if number == 1 else f"{number} explained differences"


_COLUMNS = {
    "conflict": "id", "about": "about", "why": "", "against": "what stands against what", "apart": "apart",
    "standing": "standing", "period": "", "voices": "", "amount": "", "unit": "", "percent": "", "rounding": "",
    "least_days": "", "most_days": "", "sides": "", "note": "",
}  # fmt: skip
_CLAIMS, _KEYS = 3, 8  # of a side: told in full, and by their keys
_LONG = 32  # words of a side that are longer are told below, not in the table


def tell_conflicts(answer: Answer[tuple[Dispute, ...]]) -> Iterator[Block]:
    """Yield a table of all, then the first ones with every side."""
    if len(answer.result) > 1:
        mixed = len({dispute.standing for dispute in answer.result}) > 1
        columns = {**_COLUMNS, "standing": "standing" if mixed else ""}
        yield table(columns, map(_row, answer.result), whole=("conflict", "apart"))
        yield BLANK
    yield from apart(tell_dispute(dispute) for dispute in answer.result if dispute.full)


def _row(dispute: Dispute) -> tuple[Cell, ...]:
    how = dispute.apart or Apart()
    about = ", ".join(part for part in (dispute.whom, dispute.what) if part)
    return (
        dispute.conflict.id, about, dispute.conflict.why, _against(dispute), short_words(dispute.apart) or None,
        dispute.standing, dispute.when or None, " : ".join(str(side.voices) for side in dispute.sides), how.amount,
        how.unit, how.percent, how.rounding, how.least_days, how.most_days,
        " ".join(claim.key for side in dispute.sides for claim in side.claims), dispute.conflict.note or None,
    )  # fmt: skip


def _against(dispute: Dispute) -> str:
    """Return the sides beside each other, words that all of them end with told once; long ones by the note."""
    words = [side.says for side in dispute.sides]
    if any(len(side) > _LONG for side in words) or len(set(words)) < len(words):
        return dispute.conflict.note or " | ".join(words)
    tails = [side.split(" ") for side in words]
    while len(tails[0]) > 1 and all(len(tail) > 1 and tail[-1] == tails[0][-1] for tail in tails[1:]):
        words = [side.removesuffix(f" {tail[-1]}") for side, tail in zip(words, tails, strict=True)]
        tails = [tail[:-1] for tail in tails]
    end = dispute.sides[0].says.removeprefix(words[0])
    return " | ".join(words) + end


def tell_dispute(dispute: Dispute) -> Iterator[Block]:
    """Yield one conflict with every side, who says it, and how far they are apart."""
    style: dict[Standing, Style] = {"open": "warn", "settled": "good", "explained": "quiet"}
    standing = "explained difference" if dispute.standing == "explained" else dispute.standing
    found = "" if dispute.conflict.curated else ", found by comparing"
    head = f": {dispute.why}  "
    yield spans((dispute.conflict.id, "heading"), head, (standing, style[dispute.standing]), (found, "quiet"))
    yield line(", ".join(part for part in (dispute.whom, dispute.what, dispute.when) if part), 2, "name")
    if dispute.conflict.note:
        yield line(dispute.conflict.note, 2)
    for side in dispute.sides:
        yield from _tell_side(side)
    if words := _difference(dispute):
        yield line(words, 2)
    for row in dispute.settled:
        yield line(f"{row.claim.rank}: {row.claim.key}, because {row.reason}", 2, "good")


def _tell_side(side: Side) -> Iterator[Block]:
    aside = "" if side.stands else "outranked, "
    style: Style = "warn" if side.stands else "quiet"
    voiced = f"{aside}{voice_words(side.voices)}"
    if len(side.says) <= 2 * _LONG:
        yield spans("• ", (side.says, style), (f"  {voiced}", "quiet"), indent=2)
    else:  # a sentence, with the voices behind it where they are more than the one below
        yield line("• " + side.says, 2, style)
        if aside or side.voices > 1:
            yield line(voiced, 6, "quiet")
    for claim in side.claims[:_CLAIMS]:
        if claim.text != side.says:
            yield line(claim.text, 6)
        yield Said(claim)
    more = [claim.key for claim in (*side.claims[_CLAIMS:], *side.also)]
    if more:
        listed = ", ".join(more[:_KEYS]) + (f" and {len(more) - _KEYS} more" if len(more) > _KEYS else "")
        yield line(f"also {listed}", 6, "quiet")


def _difference(dispute: Dispute) -> str:
    words = apart_words(dispute.apart)
    if not words or dispute.apart is None:
        return ""
    if dispute.apart.amount == 0:
        return "the number is the same, and one is a bound" if dispute.apart.bounds else "the figure is the same"
    rounding = {None: "", True: "; rounding could explain it", False: "; more than rounding"}[dispute.apart.rounding]
    return f"apart by {words}{rounding}"
