"""Calls of a `View` as plain data, so that one process may ask another: what is asked, and the list that is given.

Both sides stand here, one beside the other. What comes from a stranger is checked: nothing but texts, days and truths
gets into a filter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from keiretsu_graph.records import to_claim, to_conflict, to_entity, to_record, to_source, to_tie
from keiretsu_graph.view import About, Candidate, ClaimFilter, Grouping, TieFilter, View
from keiretsu_ontology.errors import UsageError

Given = Mapping[str, Any]
Filter = TypeVar("Filter", ClaimFilter, TieFilter)
GROUPINGS: tuple[Grouping, ...] = ("shape", "topic", "speaker", "source", "modality", "rank")
MOST_NAMES = 10_000


class Primitive(NamedTuple):
    """A primitive of the contract, as it is called from afar."""

    call: Callable[[View, Given], Sequence[Any]]
    write: Callable[[Any], Any]  # an item as plain data
    read: Callable[[Any], Any]  # and back


def _texts(value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(f"{name} is a list of texts")
    return tuple(value)


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name} is a text")
    return value


def _number(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_NAMES:
        raise UsageError(f"{name} is a whole number up to {MOST_NAMES}")
    return value


def _day(value: Any, name: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise UsageError(f"{name} is a day such as 2025-10-01") from None


def _truth(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{name} is true or false")
    return value


_DAYS, _TRUTHS = ("as_of", "known_by"), ("factual", "stated_only", "walkable")


def write_filter(where: ClaimFilter | TieFilter) -> dict[str, Any]:
    """Return a filter as plain data."""
    named = where._asdict().items()
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in named
        if value not in ((), None) or name == "factual"
    }


def read_filter(kind: type[Filter], given: Any) -> Filter:
    """Return the filter that plain data tells of.

    Raises:
        UsageError: It tells of none.
    """
    if not isinstance(given, dict) or not set(given) <= set(kind._fields):
        raise UsageError(f"a filter holds some of {', '.join(kind._fields)}")
    read: dict[str, Any] = {}
    for name, value in given.items():
        if name in _DAYS:
            read[name] = _day(value, name)
        elif name in _TRUTHS:
            read[name] = None if value is None and name == "factual" else _truth(value, name)
        else:
            read[name] = _texts(value, name)
    return kind(**read)


def _grouping(value: Any) -> Grouping:
    if value not in GROUPINGS:
        raise UsageError(f"by is one of {', '.join(GROUPINGS)}")
    found: Grouping = value
    return found


def _claims_in(given: Given) -> ClaimFilter:
    return read_filter(ClaimFilter, given.get("where", {}))


def _ties_in(given: Given) -> TieFilter:
    return read_filter(TieFilter, given.get("where", {}))


# Every primitive of the contract by name.
PRIMITIVES: dict[str, Primitive] = {
    "about": Primitive(lambda view, _: [view.about()], lambda row: list(row), lambda row: About(*row)),
    "names": Primitive(
        lambda view, given: view.names(
            _text(given.get("text"), "text")[:1_000],
            limit=_number(given.get("limit", 10), "limit"),
            exact=_truth(given.get("exact", False), "exact"),
        ),
        list,
        lambda row: Candidate(*row),
    ),
    "entities": Primitive(
        lambda view, given: list(view.entities(_texts(given.get("ids"), "ids")).values()), to_record, to_entity
    ),
    "all_entities": Primitive(lambda view, _: view.all_entities(), to_record, to_entity),
    "keys": Primitive(lambda view, _: list(view.keys().items()), list, tuple),
    "claims": Primitive(lambda view, given: view.claims(_claims_in(given)), to_record, to_claim),
    "ties": Primitive(lambda view, given: view.ties(_ties_in(given)), to_record, to_tie),
    "neighbours": Primitive(
        lambda view, given: view.neighbours(_texts(given.get("ids"), "ids"), _ties_in(given)), to_record, to_tie
    ),
    "counts": Primitive(
        lambda view, given: list(view.counts(_claims_in(given), _grouping(given.get("by"))).items()), list, tuple
    ),
    "sources": Primitive(
        lambda view, given: view.sources(_texts(given.get("ids", []), "ids")), to_record, to_source
    ),
    "conflicts": Primitive(
        lambda view, given: view.conflicts(_texts(given.get("claims", []), "claims")), to_record, to_conflict
    ),
}  # fmt: skip
