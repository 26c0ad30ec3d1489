"""Rules made ready: for which rows they are, and what they make of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import BaseModel

from keiretsu_loaders.tables.compiling import Scope, Test
from keiretsu_loaders.tables.mapping import pattern_tree
from keiretsu_loaders.tables.nodes import Branch, Leaf, RowDocument, render
from keiretsu_loaders.tables.origins import Origin
from keiretsu_loaders.tables.table import Row, Table
from keiretsu_loaders.yaml_reader import Location
from keiretsu_ontology.errors import Problem


class Draft(NamedTuple):
    """What a rule makes of a row, not yet looked at."""

    data: dict[str, Any]
    document: RowDocument


@dataclass(frozen=True)
class Rule:
    """A rule made ready."""

    table: Table
    root: Branch
    when: tuple[Test, ...] = ()
    key: Leaf | None = None
    once: bool = False  # rows that say the same make one claim

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Everything that decides what the rule makes of a row."""
        conditions = [source for test in self.when for source in (test.source, test.other) if source is not None]
        sources = [*conditions, *self.root.sources, *(self.key.sources if self.key is not None else ())]
        return tuple(dict.fromkeys(source.origin for source in sources))

    def takes(self, row: Row, problems: list[Problem]) -> bool:
        """Say whether the rule is for a row."""
        return all_hold(self.when, row, problems)

    def draft(self, row: Row, problems: list[Problem]) -> Draft | None:
        """Return what the rule makes of a row, or None where something is wrong with its values."""
        found: list[Problem] = []
        data = render(self.root, row, found)
        problems.extend(found)
        return None if found else Draft(data if isinstance(data, dict) else {}, RowDocument(self.table, self.root, row))


def all_hold(tests: tuple[Test, ...], row: Row, problems: list[Problem]) -> bool:
    """Say whether all conditions hold for a row; where that cannot be said it is told, and they do not."""
    for test in tests:
        try:
            if not test.holds(row):
                return False
        except ValueError as error:
            problems.append(test.source.origin.problem(row, str(error)))
            return False
    return True


def alike(origins: tuple[Origin, ...], row: Row) -> tuple[object, ...] | None:
    """Return what rows share of which a rule makes the same, or None where a value is missing that should be there."""
    try:
        values = [origin.value(row) for origin in origins]
    except ValueError:
        return None
    return tuple(value if value is None or isinstance(value, str) else repr(value) for value in values)


def make_rule(scope: Scope, entry: BaseModel, where: Location) -> Rule:
    """Return a rule of a mapping made ready."""
    when = scope.conditions(getattr(entry, "when", {}), where)
    key = getattr(entry, "key", None)
    leaf = scope.leaf(key, (*where, "key")) if key is not None else None
    return Rule(scope.table, scope.tree(pattern_tree(entry), where), when, leaf, getattr(entry, "once", False))


def rows_of(scope: Scope, limit: int | None) -> list[Row]:
    """Return the rows that are wanted: the first ones, without those that the mapping passes over."""
    tests = [scope.conditions(skip.when, ("skip", number)) for number, skip in enumerate(scope.mapping.entry.skip)]
    rows = scope.table.rows if limit is None else scope.table.rows[:limit]
    return [row for row in rows if not any(all_hold(test, row, scope.problems) for test in tests)]
