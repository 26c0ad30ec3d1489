"""At: how did things stand with something on a day?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Observation
from keiretsu_ontology.clocks import held_at
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.figures.series_sheets import overview
from keiretsu_queries.lines import lines_of
from keiretsu_queries.parameters import DateText, Most, Name, WithUnits
from keiretsu_queries.sheets import BLANK, Block, Cell, Table, line, spans, table
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import group_of, known_of, meant
from keiretsu_queries.telling import told
from keiretsu_queries.times.states import (
    Product,
    Section,
    StateOfThings,
    is_in_force,
    newest_figures,
    products_of,
    sections_of,
    shown_in,
)
from keiretsu_queries.times.weighing import Weighed
from keiretsu_queries.wording import date_words, voice_words, when_words, words_of

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNDATED = 6  # under one heading
_ROWS = {
    "heading": "heading", "standing": "standing", "says": "says", "when": "when", "value": "value", "unit": "unit",
    "speaker": "said by", "claim": "claim", "source": "source",
}  # fmt: skip


def at(
    view: View, day: DateText, name: Name, *, with_units: WithUnits = False, limit: Most = 8, clocks: Clocks = ALWAYS
) -> Answer[StateOfThings]:
    """Return how things stood with something on a day: each thing certainly so, possibly so, or undated.

    Only facts count. What began and of whose end nothing is said was possibly still so; where another claim tells the
    end, that one counts. Products were out from their launch on; figures are the newest of periods that were over.

    Args:
        view: The graph.
        day: The day; it may also come second.
        name: A name of the thing.
        with_units: Whether its units and subsidiaries count with it.
        limit: How many things under one heading; 0 for all.
        clocks: `known_by` is the second clock; the first one is the day itself.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: Neither text is a day, or `as_of` names another one.
    """
    then, text = day_and_name(day, name)
    if clocks.as_of not in (None, then):
        raise UsageError(f"asked for {then} and, by --as-of, for {clocks.as_of}: one day is enough")
    found = meant(view, text)
    question = f"How did things stand with {found.entity.name if found.entity else text} on {then}?"
    if found.entity is None:
        nothing = StateOfThings(None, then, (), (), (), limit)
        return answer(view, question, nothing, (), sparql=about([]), instead=found.nearest)
    entity, own = found.entity, Clocks(known_by=clocks.known_by)
    ids = group_of(view, entity.id) if with_units else (entity.id,)
    claims = [claim for claim in view.claims(own.claims(entities=ids)) if not claim.none]
    facts = [claim for claim in claims if is_in_force(claim)]
    sections = sections_of(lines_of(view, facts, own), entity, ids, then)
    products = products_of(view, entity, ids, then, own)
    figures = newest_figures(view, facts, ids, then, own)
    result = StateOfThings(entity, then, sections, products, figures, limit)
    shown = [*shown_in(result)]
    left = len(claims) - len(facts)
    return answer(
        view, question, result, shown, sparql=about(ids), entities=[*ids, *(row.entity.id for row in products)],
        instead=() if shown else (f"nothing is known of {entity.name} on {then}", *known_of(view, entity)),
        notes=[f"{left} forecasts, opinions, plans and claims put aside are left out"] if left else [],
        clocks=clocks,
    )  # fmt: skip


def day_and_name(one: str | date, other: str | date) -> tuple[date, str]:
    """Return the day and the name among two texts, whichever comes first.

    Raises:
        UsageError: Neither is a day of the calendar.
    """
    for day, name in ((str(one), str(other)), (str(other), str(one))):
        if _DAY.fullmatch(day.strip()):
            try:
                return date.fromisoformat(day.strip()), name
            except ValueError:
                raise UsageError(f"there is no day {day!r} in the calendar") from None
    raise UsageError(f"neither {one!r} nor {other!r} is a day such as 2023-09-11")


def tell_at(answer: Answer[StateOfThings]) -> Iterator[Block]:
    """Yield each heading with what was certainly, then possibly so, then what is undated."""
    result = answer.result
    if result.entity is None:
        return
    yield spans((result.entity.name, "title"), f"  on {result.day}")
    for section in result.sections:
        yield from (BLANK, line(section.title, 0, "heading"))
        yield from _section(section, answer)
    if result.products:
        yield BLANK
        yield from _products(result)
    if result.figures:
        yield from (BLANK, line("Newest figures of periods that were over", 0, "heading"))
        yield from overview(result.figures, [[None]] * len(result.figures), result.limit * 2)


def _section(section: Section, answer: Answer[StateOfThings]) -> Iterator[Block]:
    limit, alone = answer.result.limit, answer.result.entity
    dated = [row for row in section.standings if row.certainty != "undated" and not _is_of_other_days(row)]
    shown = dated[:limit] if limit else dated
    for row in shown:
        for number, said in enumerate(row.lines):
            lead = f"{row.certainty if number == 0 else '':<9}  "
            yield from told(said, answer, alone.id if alone else None, lead)
    if len(shown) < len(dated):
        yield line(f"... and {len(dated) - len(shown)} more: --limit 0", 2, "quiet")
    yield from _in_short(
        "known of other days only:", [row for row in section.standings if _is_of_other_days(row)], answer
    )
    yield from _in_short("undated:", [row for row in section.standings if row.certainty == "undated"], answer)


def _is_of_other_days(row: Weighed) -> bool:
    """Whether nothing but single days before or after is known of a thing: it may well have been otherwise between."""
    return row.certainty == "possibly" and all(said.claim.held.day is not None for said in row.lines)


def _in_short(lead: str, rows: Sequence[Weighed], answer: Answer[StateOfThings]) -> Iterator[Block]:
    if not rows:
        return
    entity, limit = answer.result.entity, _UNDATED if answer.result.limit else len(rows)
    said = (_said_in_short(row, answer, entity.id if entity else None) for row in rows[:limit])
    more = f"; and {len(rows) - limit} more: --limit 0" if len(rows) > limit else ""
    yield line(f"{lead} {'; '.join(said)}{more}", 2, "quiet")


def _said_in_short(row: Weighed, answer: Answer[StateOfThings], seen_from: str | None) -> str:
    claim = row.first.claim
    known = claim.held.day
    on = f", {date_words(known)}" if known is not None else ""
    return f"{words_of(claim, answer.entities, seen_from)}{on} [{claim.key}]"


def _products(result: StateOfThings) -> Iterator[Block]:
    """Yield the products that were out, and how many were not or are undated."""
    known = [row for row in result.products if row.certainty in ("certainly", "possibly")]
    yield line(f"Products and versions out: {len(known)}", 0, "heading")
    newest = list(reversed(known))
    shown = newest[: result.limit] if result.limit else newest
    if shown:
        columns = {"standing": "standing", "product": "product", "out": "came out", "claims": "claims"}
        yield table(columns, (_product_row(row) for row in shown), 2)
    if len(shown) < len(known):
        yield line(f"... and {len(known) - len(shown)} earlier ones: --limit 0", 2, "quiet")
    if later := sum(row.certainty == "no" for row in result.products):
        yield line(f"not out yet: {later} that are known to have come out later", 2, "quiet")
    if undated := [row.entity.name for row in result.products if row.certainty == "undated"]:
        listed = undated[: _UNDATED * 2] if result.limit else undated
        more = f" and {len(undated) - len(listed)} more: --limit 0" if len(listed) < len(undated) else ""
        yield line(f"undated: {', '.join(listed)}{more}", 2, "quiet")


def _product_row(row: Product) -> list[Cell]:
    days = dict.fromkeys(when_words(launch) for launch in row.launches)
    return [
        row.certainty, row.entity.name, " or ".join(days), ", ".join(launch.key for launch in row.launches)
    ]  # fmt: skip


def rows_at(answer: Answer[StateOfThings]) -> Table:
    """Return one row for every claim, with the heading that it stands under and how it stood on the day."""
    return table(_ROWS, _rows(answer))


def _rows(answer: Answer[StateOfThings]) -> Iterator[list[Cell]]:
    result = answer.result
    for section in result.sections:
        for standing in section.standings:
            for row in standing.lines:
                yield _row(section.title, standing.certainty, row.claim, answer)
    for product in result.products:
        for launch in product.launches if product.certainty != "no" else ():
            yield _row("Products", product.certainty, launch, answer)
    for series in result.figures:
        for claim in series.claims:
            yield _row("Figures", held_at(claim, result.day), claim, answer)


def _row(heading: str, standing: str, claim: AnyClaim, answer: Answer[Any]) -> list[Cell]:
    quantity = claim.quantity if isinstance(claim, Observation) else None
    return [
        heading, standing, words_of(claim, answer.entities), when_words(claim) or None,
        quantity.amount if quantity else None, quantity.unit if quantity else None,
        voice_words(claim, answer.entities), claim.key, claim.source,
    ]  # fmt: skip
