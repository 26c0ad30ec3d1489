"""Whatever a stranger writes into a dataset is refused at its line or accepted, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile import TABLES, TEXT, TEXTS, Variant, problems

ROWS = [pytest.param(row, id=f"{name}-{number}") for name, rows in TABLES.items() for number, row in enumerate(rows)]


def test_the_tables_are_not_empty() -> None:
    """The corpus cannot shrink unseen."""
    assert len(ROWS) >= 400
    assert all(len(rows) >= 20 for rows in TABLES.values())


@pytest.mark.parametrize("row", ROWS)
def test_a_hostile_variant_is_told_at_its_line(row: Variant, folder: Path) -> None:
    """What is wrong is said at the line of the change; what is right is accepted."""
    line = row.apply(folder)

    found = problems(folder)

    if row.says is None:
        assert found == ()
        return
    there = [problem.message for problem in found if problem.path == folder / row.file and problem.line == line]
    assert any(row.says in message for message in there), [str(problem) for problem in found]
    assert all(len(message) < 400 and message.isprintable() for message in there)


@pytest.mark.parametrize("row", TEXTS)
def test_a_text_that_was_changed_is_told_where_it_is_named(row: Variant, folder: Path) -> None:
    """A changed text orphans what it no longer says; what has only moved is no problem."""
    row.apply(folder)

    found = problems(folder)

    assert bool(found) == (row.says is not None)
    assert all(TEXT not in str(problem.path) for problem in found)
