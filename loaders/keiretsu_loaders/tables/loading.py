"""From a mapping and its table to entries of a dataset: the same as from a file of facts, each at its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from keiretsu_loaders.reading import Entries
from keiretsu_loaders.tables.claims import Writer
from keiretsu_loaders.tables.compiling import Scope
from keiretsu_loaders.tables.entities import Groups, Maker
from keiretsu_loaders.tables.mapping import Mapping, pattern_tree
from keiretsu_loaders.tables.naming import Names
from keiretsu_loaders.tables.origins import Column, Made
from keiretsu_loaders.tables.reading import read_table
from keiretsu_loaders.tables.rules import Rule, make_rule, rows_of
from keiretsu_loaders.tables.table import Row, Table
from keiretsu_ontology.entries import ClaimEntry
from keiretsu_ontology.mapping import MappingFile

Progress = Callable[[str], None]
_STEP = 5_000  # rows between two words on how far it is
_OTHER_KEYS = ("table", "columns", "empty", "lookup", "join", "skip", "common", "entities", "claims")


@dataclass(slots=True)
class Tally:
    """What came out of a table."""

    rows: int = 0
    unmatched: int = 0  # rows that no rule for claims is for
    skipped: int = 0  # rows that the mapping passes over
    known: int = 0  # things that the dataset has already


@dataclass(frozen=True, slots=True)
class Tables:
    """A table with those that it is joined with, by name of file, and the bytes of all."""

    main: Table
    beside: dict[str, Table] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def read_tables(path: Path, entry: MappingFile) -> Tables:
    """Return the table at a path with the tables beside it that a mapping joins."""
    main, data = read_table(path, entry.table)
    tables = Tables(main, {}, {path.name: data})
    for name in sorted({join.file for join in entry.join.values()}):
        tables.beside[name], tables.files[name] = read_table(path.parent / name)
    return tables


def load_rows(
    entries: Entries, mapping: Mapping, tables: Tables, *, limit: int | None = None, progress: Progress | None = None
) -> Tally:
    """Add what a table says to the entries of a dataset, with every problem at its cell."""
    tell = progress or (lambda _: None)
    table = tables.main
    for read in (table, *tables.beside.values()):
        entries.problems.extend(read.problems)
        if read.problems:
            entries.unread.update(("entities", "claims"))
    if not table.columns:
        return Tally()
    scope = Scope(mapping, table, Names(entries), tables.beside)
    scope.prepare()
    ids: dict[tuple[str, str], str] = {}
    makers = _makers(scope, ids)
    head, rules = _claim_rules(scope)
    rows = rows_of(scope, limit)
    if scope.problems:
        entries.problems.extend(scope.problems)
        entries.unread.update(("entities", "claims"))
        return Tally()
    tally = _load(entries, scope, makers, Writer(entries, head, rules), ids, rows, tell)
    tally.skipped = len(table.rows if limit is None else table.rows[:limit]) - len(rows)
    return tally


def _makers(scope: Scope, ids: dict[tuple[str, str], str]) -> list[Maker]:
    makers = []
    for number, entry in enumerate(scope.mapping.entry.entities):
        maker = Maker(make_rule(scope, entry, ("entities", number)), ids=ids)
        makers.append(maker)
        if entry.as_ is not None:
            if entry.as_ in scope.made or entry.as_ in scope.joins:
                message = f"{entry.as_!r} is the name of another rule or join already"
                scope.problems.append(scope.mapping.problem(("entities", number, "as"), message))
            scope.made[entry.as_] = Made(maker.find, maker.blame)
    return makers


def _claim_rules(scope: Scope) -> tuple[Rule, list[Rule]]:
    entry = scope.mapping.entry
    head = Rule(scope.table, scope.tree(pattern_tree(entry, _OTHER_KEYS), ()))
    common = scope.tree(pattern_tree(entry.common) if entry.common is not None else {}, ("common",))
    rules = []
    for number, row in enumerate(entry.claims):
        rule = make_rule(scope, row, ("claims", number))
        rule = replace(rule, root=rule.root.over(common))
        for name, info in ClaimEntry.model_fields.items():
            if info.is_required() and name != "id" and name not in rule.root.children:
                scope.problems.append(scope.mapping.problem(("claims", number), f"{name!r} is missing"))
        rules.append(rule)
    return head, rules


def _load(
    entries: Entries, scope: Scope, makers: list[Maker], writer: Writer, ids: dict[tuple[str, str], str],
    rows: list[Row], tell: Progress,
) -> Tally:  # fmt: skip
    groups, name = Groups(scope.names, entries, ids=ids), scope.table.path.name
    groups.gather(makers, _told(rows, tell, f"entities of {name}"))
    groups.settle()
    required = scope.required()
    if writer.rules or required:
        writer.gather(_complete(_told(rows, tell, f"claims of {name}"), required, entries))
    return Tally(len(rows), writer.unmatched if writer.rules else 0, known=groups.known)


def _complete(rows: Iterator[Row], required: list[Column], entries: Entries) -> Iterator[Row]:
    """Yield rows, telling of cells that are empty and should not be."""
    for row in rows:
        for column in required:
            if column.value(row) is None:
                entries.problems.append(column.problem(row, "a value is wanted here"))
        yield row


def _told(rows: Iterable[Row], tell: Progress, what: str) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number and number % _STEP == 0:
            tell(f"{what}: {number:,} rows")
        yield row
