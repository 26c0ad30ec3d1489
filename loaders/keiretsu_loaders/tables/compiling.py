"""From a mapping and its tables to patterns made ready; what does not fit is told at its place in the mapping."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from keiretsu_loaders.tables.delimited import unknown_column
from keiretsu_loaders.tables.filters import CONTEXTUAL, FILTERS
from keiretsu_loaders.tables.mapping import Mapping
from keiretsu_loaders.tables.naming import Names
from keiretsu_loaders.tables.nodes import Branch, Leaf, Source, Stage
from keiretsu_loaders.tables.origins import Column, Join, Joined, Made, Origin
from keiretsu_loaders.tables.patterns import Call, Expression, PatternError, parse_expression, parse_pattern
from keiretsu_loaders.tables.table import Row, Table
from keiretsu_loaders.yaml_reader import Location, Place
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.mapping import ColumnEntry, ConditionEntry
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.patterns import is_pattern

_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?", re.ASCII)


@dataclass(slots=True)
class Scope:
    """What the patterns of a mapping may name, and what is wrong with those that name something else."""

    mapping: Mapping
    table: Table
    names: Names
    beside: dict[str, Table]  # tables that are joined, by file
    problems: list[Problem] = field(default_factory=list)
    joins: dict[str, Join] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)  # ids of entities, by the word of their rule

    def prepare(self) -> None:
        """Make the columns and the tables beside this one ready."""
        entry = self.mapping.entry
        for name, column in entry.columns.items():
            if (header := column.header or name) not in self.table.columns:
                where = ("columns", name, "header") if column.header else ("columns", name)
                message = unknown_column(self.table, header)
                self.problems.append(self.mapping.problem(where, message, key=column.header is None))
        for name in entry.lookup:
            if name in FILTERS or name in CONTEXTUAL:
                self.problems.append(
                    self.mapping.problem(("lookup", name), f"{name!r} is a filter; choose another name", key=True)
                )
        for name, join in entry.join.items():
            ((own, other),) = join.on.items()
            beside = self.beside.get(join.file)
            if beside is None or beside.problems:
                continue  # it is told already
            if other not in beside.columns:
                self.problems.append(self.mapping.problem(("join", name, "on", own), unknown_column(beside, other)))
            elif (key := self._column(own)) is None:
                message = unknown_column(self.table, own)
                self.problems.append(self.mapping.problem(("join", name, "on", own), message, key=True))
            else:
                there = Column(beside, other, frozenset(entry.empty))
                self.joins[name] = Join(key, there, self._by_key(there), join.optional, self.names.hints)

    def _by_key(self, column: Column) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for row in column.table.rows:
            value = column.value(row)
            if isinstance(value, str) and value in found:
                message = f"{value[:60]!r} stands twice; first in line {found[value].line}"
                self.problems.append(column.problem(row, message))
            elif isinstance(value, str):
                found[value] = row
        return found

    def required(self) -> list[Column]:
        """Return the columns without which a row is wrong."""
        wanted = [name for name, column in self.mapping.entry.columns.items() if column.required]
        return [column for name in wanted if (column := self._column(name)) is not None]

    def _column(self, name: str) -> Column | None:
        entry = self.mapping.entry
        about = entry.columns.get(name, ColumnEntry())
        empty = frozenset(about.empty if about.empty is not None else entry.empty)
        header = about.header or name
        return Column(self.table, header, empty) if header in self.table.columns else None

    def origin(self, name: str) -> Origin | str:
        """Return what a name means: a column, a column of a table beside, the id of an entity; or what is wrong."""
        if (column := self._column(name)) is not None:
            return column
        first, _, rest = name.partition(".")
        if rest and first in self.made and rest == "id":
            return self.made[first]
        if rest and first in self.joins:
            return self._joined(first, rest)
        if rest and self.table.nested and (column := self._column(first)) is not None:
            return Column(self.table, column.name, column.empty, tuple(rest.split(".")))
        if first in self.mapping.entry.join or name in self.mapping.entry.columns:
            return ""  # it is told already what is amiss with it
        known = [*self.table.columns, *self.mapping.entry.columns, *(f"{word}.id" for word in self.made)]
        hint = nearest(name, known) or self.table.hint
        return f"no column {name[:60]!r} in {self.table.path.name}{hint}"

    def _joined(self, first: str, rest: str) -> Origin | str:
        join = self.joins[first]
        table, empty = join.other.table, frozenset(self.mapping.entry.empty)
        name, _, inner = rest.partition(".")
        if rest in table.columns:
            return Joined(join, Column(table, rest, empty))
        if inner and table.nested and name in table.columns:
            return Joined(join, Column(table, name, empty, tuple(inner.split("."))))
        return unknown_column(table, rest)

    def tree(self, data: dict[str, Any] | list[Any], where: Location) -> Branch:
        """Return the patterns of a rule, made ready."""
        items = data.items() if isinstance(data, dict) else enumerate(data)
        children: dict[str | int, Branch | Leaf] = {key: self._node(item, (*where, key)) for key, item in items}
        keys: dict[str | int, Place] = {key: self.mapping.place((*where, key), key=True) for key in children}
        return Branch(self.mapping.path, self.mapping.place(where), children, keys, isinstance(data, list))

    def _node(self, data: Any, where: Location) -> Branch | Leaf:
        if isinstance(data, (dict, list)):
            return self.tree(data, where)
        return self.leaf(data if isinstance(data, str) else str(data).lower(), where)

    def leaf(self, text: str, where: Location) -> Leaf:
        """Return a pattern made ready; what is wrong in it is written down."""
        place = self.mapping.place(where)
        if not is_pattern(text):
            return Leaf(self.mapping.path, place, ((text,),))
        try:
            alternatives = parse_pattern(text)
        except PatternError as error:
            self._say(where, text, error.at, error.message)
            return Leaf(self.mapping.path, place, ((text,),))
        made = tuple(
            tuple(piece if isinstance(piece, str) else self._source(piece, where, text) or "" for piece in pieces)
            for pieces in alternatives
        )
        return Leaf(self.mapping.path, place, made)

    def _say(self, where: Location, text: str, at: int, message: str, *, key: bool = False) -> None:
        place = self.mapping.place(where, at, text, key=key)
        self.problems.append(Problem(self.mapping.path, place.line, place.column, message))

    def _source(self, expression: Expression, where: Location, text: str, *, key: bool = False) -> Source | None:
        origin = self.origin(expression.column)
        if isinstance(origin, str):
            if origin:
                self._say(where, text, expression.at, origin, key=key)
            return None
        stages: list[Stage] = []
        for call in expression.calls:
            made = self._stage(call)
            if isinstance(made, str):
                self._say(where, text, call.at, made, key=key)
                return None
            stages.append(made)
        return Source(origin, tuple(stages))

    def _stage(self, call: Call) -> Stage | str:
        """Return a filter made ready, or what is wrong with it."""
        count, lookups = len(call.arguments), self.mapping.entry.lookup
        if call.name == "default":
            return (
                Stage(lambda _: call.arguments[0], fills=True)
                if count == 1
                else "default takes one text: default(none)"
            )
        if call.name == "id":
            if unknown := next((kind for kind in call.arguments if kind not in KINDS), None):
                return f"unknown kind {unknown[:60]!r}{nearest(unknown, KINDS)}"
            return Stage(lambda text: self.names.find(text, call.arguments))
        if call.name in lookups:
            if call.arguments not in ((), ("keep",), ("drop",)):
                return f"a lookup takes nothing, `keep` or `drop`: {call.name}(keep)"
            return Stage(_lookup(call.name, lookups[call.name], *call.arguments))
        if (found := FILTERS.get(call.name)) is None:
            return f"unknown filter {call.name[:60]!r}{nearest(call.name, [*FILTERS, *CONTEXTUAL, *lookups])}"
        if not found.least <= count <= found.most:
            wanted = str(found.least) if found.least == found.most else f"{found.least} to {found.most}"
            return f"the filter {call.name!r} takes {wanted} texts in parentheses, not {count}"
        try:
            return Stage(found.make(*call.arguments), found.whole)
        except ValueError as error:
            return f"the filter {call.name!r}: {error}"

    def conditions(self, when: dict[str, ConditionEntry], where: Location) -> tuple[Test, ...]:
        """Return the conditions of a rule, made ready."""
        found = []
        for text, condition in when.items():
            inner = (*where, "when", text)
            source = self._expression(text, inner, key=True)
            beside = "same" if condition.same is not None else "differs"
            named = getattr(condition, beside)
            other = self._expression(named, (*inner, beside)) if named is not None else None
            if source is not None:
                found.append(Test(source, condition, other))
        return tuple(found)

    def _expression(self, text: str, where: Location, *, key: bool = False) -> Source | None:
        try:
            return self._source(parse_expression(text), where, text, key=key)
        except PatternError as error:
            self._say(where, text, error.at, error.message, key=key)
            return None


class Test(NamedTuple):
    """A condition made ready."""

    source: Source
    condition: ConditionEntry
    other: Source | None  # what its value is to be the same as, or not

    def holds(self, row: Row) -> bool:
        """Say whether it holds for a row.

        Raises:
            ValueError: A value does not go through its filters.
        """
        value, condition = self.source.value(row), self.condition
        text = value if isinstance(value, str) else None
        return (
            (condition.given is None or condition.given == (value is not None))
            and (condition.in_ is None or text in condition.in_)
            and (condition.not_ is None or text not in condition.not_)
            and (condition.number is None or condition.number == bool(text and _NUMBER.fullmatch(text)))
            and (condition.same is None or self.other is None or value == self.other.value(row))
            and (condition.differs is None or self.other is None or value != self.other.value(row))
        )


def _lookup(name: str, words: dict[str, str], otherwise: str = "") -> Callable[[str], str | None]:
    def look_up(text: str) -> str | None:
        """Return what a word stands for."""
        if text in words:
            return words[text] or None
        if otherwise:
            return text if otherwise == "keep" else None
        raise ValueError(f"{text[:60]!r} is not in the lookup {name!r}{nearest(text, words)}")

    return look_up
