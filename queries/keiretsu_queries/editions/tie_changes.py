"""Ties that a reader newly sees, no longer sees, or sees otherwise; derived ones are among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from keiretsu_ontology.claims import Tie
from keiretsu_queries.editions.edition import Edition
from keiretsu_queries.wording import tie_words

What = Literal["seen", "missed", "fact now", "only claimed now"]
_Ends = tuple[str, str, str]


class TieChange(NamedTuple):
    """A tie that a reader sees newly or otherwise, or no longer."""

    what: What
    subject: str
    relation: str
    object: str
    rules: tuple[str, ...]  # that it follows by; empty where a statement says it
    factual: bool
    words: str


def tie_changes(old: Edition, new: Edition, moved: Mapping[str, str]) -> Iterator[TieChange]:
    """Yield the ties that differ, in the order of their ends.

    Args:
        old: The edition before.
        new: The edition after.
        moved: Ids of entities that are gone, and those that stand for them now.
    """
    before, after = _seen(old, moved), _seen(new, {})
    names = old.entities | new.entities
    for ends in sorted(before.keys() | after.keys()):
        was, now = before.get(ends), after.get(ends)
        what: What
        if was is None:
            what = "seen"
        elif now is None:
            what = "missed"
        elif was.factual != now.factual:
            what = "fact now" if now.factual else "only claimed now"
        else:
            continue
        tie = now or was
        if tie is not None:
            yield tie._replace(what=what, words=tie_words(Tie(*ends, claims=()), names))


def _seen(edition: Edition, moved: Mapping[str, str]) -> dict[_Ends, TieChange]:
    """Return the ties of an edition by their ends, whatever says them; a fact where any of these is."""
    found: dict[_Ends, TieChange] = {}
    for tie in edition.ties:
        ends = (moved.get(tie.subject, tie.subject), tie.relation, moved.get(tie.object, tie.object))
        known = found.get(ends)
        rules = {*(known.rules if known else ()), tie.rule or ""}
        factual = tie.factual or (known is not None and known.factual)
        found[ends] = TieChange("seen", *ends, tuple(sorted(rules)), factual, "")
    return {ends: row._replace(rules=() if "" in row.rules else row.rules) for ends, row in found.items()}
