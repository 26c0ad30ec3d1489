"""Tables within a dataset: `tables/NAME.map.yaml` beside `tables/NAME.csv` is read like any other file of facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keiretsu_loaders.files import NO_LINK, WORDS, is_file, is_folder, is_link, lies, listed, trouble
from keiretsu_loaders.reading import Entries
from keiretsu_loaders.tables.loading import Progress, load_rows, read_tables
from keiretsu_loaders.tables.mapping import SUFFIXES as MAPPINGS
from keiretsu_loaders.tables.mapping import read_mapping
from keiretsu_loaders.tables.reading import SUFFIXES
from keiretsu_ontology.errors import Problem, UsageError
from keiretsu_ontology.mapping import MappingFile
from keiretsu_ontology.notation import nearest

FOLDER = "tables"


def read_folder(entries: Entries, take: Callable[[str, bytes], None], progress: Progress | None = None) -> None:
    """Add what the tables of a dataset say to its entries.

    Args:
        entries: What was read of the dataset so far; the entities in it are known to the tables.
        take: Is given the name and the bytes of every file that was read.
        progress: Is told what is going on.
    """
    folder = entries.folder / FOLDER
    if not lies(folder):
        return
    if not is_folder(folder):
        message = NO_LINK.format("folder") if is_link(folder) else "a folder is wanted"
        entries.problems.append(trouble(folder, message))
        return
    files = _files(entries, folder)
    used: set[str] = set()
    for path in files:
        if path.name.endswith(MAPPINGS):
            _read(entries, path, files, used, take, progress)
    for path in files:
        if path.name not in used and not path.name.endswith(MAPPINGS) and not entries.problems:
            message = f"no mapping reads this table; lay {path.stem}.map.yaml beside it"
            entries.problems.append(trouble(path, message))


def _files(entries: Entries, folder: Path) -> list[Path]:
    found = []
    for entry in listed(folder):
        if isinstance(entry, Problem):
            entries.problems.append(entry)
        elif not is_file(entry):
            link = NO_LINK.format("file")
            entries.problems.append(trouble(entry, link if is_link(entry) else "not a regular file; tables stand here"))
        elif entry.name.endswith(MAPPINGS) or entry.suffix.lower() in SUFFIXES:
            found.append(entry)
        elif entry.suffix.lower() not in WORDS:
            known = f"tables end in {', '.join(SUFFIXES)}, their mappings in {MAPPINGS[0]}"
            entries.problems.append(trouble(entry, f"neither a table nor a mapping; {known}"))
    return found


def _read(
    entries: Entries, path: Path, files: list[Path], used: set[str], take: Callable[[str, bytes], None],
    progress: Progress | None,
) -> None:  # fmt: skip
    mapping, problems, data = read_mapping(path)
    take(f"{FOLDER}/{path.name}", data)
    entries.problems.extend(problems)
    if mapping is None:
        entries.unread.update(("entities", "claims"))
        return
    try:
        table = table_of(path, mapping.entry, files)
    except UsageError as error:
        entries.problems.append(mapping.problem(("table", "file"), str(error)))
        entries.unread.update(("entities", "claims"))
        return
    tables = read_tables(table, mapping.entry)
    for name, read in tables.files.items():
        used.add(name)
        take(f"{FOLDER}/{name}", read)
    tally = load_rows(entries, mapping, tables, progress=progress)
    if tally.unmatched:
        entries.notes.append(f"{table}: {tally.unmatched} of {tally.rows} rows make no claim")


def table_of(mapping: Path, entry: MappingFile, files: list[Path]) -> Path:
    """Return the table that a mapping is for: the one that it names, else the one that is called like it.

    Raises:
        UsageError: There is none, or there are several.
    """
    named = entry.table.file if entry.table is not None else None
    if named is not None:
        found = [path for path in files if path.name == named]
        if not found:
            raise UsageError(
                f"there is no table {named!r} beside the mapping{nearest(named, [row.name for row in files])}"
            )
        return found[0]
    stem = next(mapping.name.removesuffix(end) for end in MAPPINGS if mapping.name.endswith(end))
    found = [path for path in files if path.stem == stem and path.suffix.lower() in SUFFIXES]
    if len(found) != 1:
        count = "no table" if not found else f"{len(found)} tables"
        raise UsageError(
            f"{count} called {stem!r} beside the mapping; name the one that is meant: `table: {{file: ...}}`"
        )
    return found[0]
