"""The claims of a table, under the sources that its rows name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from keiretsu_loaders.reading import ClaimsOf, Entries, Located, remember, validated
from keiretsu_loaders.tables.rules import Draft, Rule, alike
from keiretsu_loaders.tables.table import MAX_PROBLEMS, Row
from keiretsu_ontology.entries import ClaimEntry, ClaimsFile
from keiretsu_ontology.evidence import digest
from keiretsu_ontology.writing import to_slug

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_TOPIC_MAX = 60  # characters of an id before its digest
_WORD = re.compile(r"(?=[^a-z]*[a-z])[a-z0-9][a-z0-9_-]*")


def claim_id(data: dict[str, Any], source: str) -> str:
    """Return the id of a claim that has none: what it is about, and a short digest of all that it says.

    Example:
        >>> claim_id({"statement": ["a", "supplier_of", "b"]}, "s1")
        'a-supplier-of-b-34a277ac'
    """
    topic = next((value for value in data.values() if isinstance(value, (dict, list))), [])
    words: list[str] = []
    _collect(topic, words)
    written = _CANONICAL.encode([source, data])
    about = to_slug("-".join(words))[:_TOPIC_MAX].strip("-")
    return f"{about or 'claim'}-{digest(written)[:8]}"


def _collect(value: Any, words: list[str]) -> None:
    """Gather the first words of what a claim says: what it is of, and who takes part."""
    if len(words) >= 3:
        return
    if isinstance(value, str):
        if _WORD.fullmatch(value):
            words.append(value)
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            _collect(part, words)


@dataclass(slots=True)
class _Sourced:
    """A source and its claims so far."""

    head: Located[ClaimsFile]
    draft: Draft
    claims: list[Located[ClaimEntry]] = field(default_factory=list)
    said: dict[str, dict[str, Any]] = field(default_factory=dict)  # by rules that say each thing once, by id


@dataclass(slots=True)
class Writer:
    """The claim rules at work."""

    entries: Entries
    head: Rule
    rules: list[Rule]
    unmatched: int = 0  # rows that no rule is for
    _heads: dict[object, _Sourced | None] = field(default_factory=dict)
    _sources: dict[str, _Sourced] = field(default_factory=dict)

    def gather(self, rows: Iterable[Row]) -> None:
        """Take in what the rows claim."""
        before = len(self.entries.problems)
        for row in rows:
            rules = [rule for rule in self.rules if rule.takes(row, self.entries.problems)]
            self.unmatched += not rules
            sourced = self._source(row) if rules else None
            if sourced is not None:
                for rule in rules:
                    self._add(sourced, rule, rule.draft(row, self.entries.problems))
            if len(self.entries.problems) - before >= MAX_PROBLEMS:
                self.entries.unread.add("claims")
                break
        files = [ClaimsOf(one.head, tuple(one.claims)) for one in self._sources.values()]
        self.entries.files.extend(files)

    def _add(self, sourced: _Sourced, rule: Rule, draft: Draft | None) -> None:
        if draft is None:
            self.entries.unread.add("claims")
            return
        data = draft.data
        if "id" not in data:
            data = {"id": claim_id(data, sourced.head.entry.source.id), **data}
        if rule.once:
            before = sourced.said.setdefault(str(data["id"]), data)
            if before is not data and before == data:
                return
        located = validated(self.entries.problems, ClaimEntry, draft.document, (), data)
        if located is not None:
            sourced.claims.append(located)
        else:
            remember(self.entries, "claims", data)

    def _source(self, row: Row) -> _Sourced | None:
        """Return the source that a row was read from; each is looked at once."""
        same = alike(self.head.origins, row)
        if same is None or same not in self._heads:
            found = self._new_source(row)
            if same is None:
                return found
            self._heads[same] = found
        return self._heads[same]

    def _new_source(self, row: Row) -> _Sourced | None:
        draft = self.head.draft(row, self.entries.problems)
        if draft is None:
            return None
        head = validated(self.entries.problems, ClaimsFile, draft.document, (), {**draft.data, "claims": []})
        if head is None:
            return None
        known = self._sources.setdefault(head.entry.source.id, _Sourced(head, draft))
        self._compare(known, draft)
        return known

    def _compare(self, known: _Sourced, draft: Draft) -> None:
        """Tell of rows that describe a source otherwise than a row before them."""
        for part, data in draft.data.items():
            before = known.draft.data.get(part)
            pairs = data.items() if isinstance(data, dict) and isinstance(before, dict) else ()
            for key, value in pairs:
                if value != before.get(key):  # type: ignore[union-attr]
                    line = known.draft.document.row.line
                    message = f"the {key} of {known.head.entry.source.id!r} is another one than in line {line}"
                    self.entries.problems.append(draft.document.problem((part, key), message))
