"""Differences as people read them: on a terminal and in a pull request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factories import a_statement, an_entity, small_claims, small_dataset
from keiretsu.change_texts import code, to_markdown, to_text
from keiretsu.terminal import Paper
from keiretsu_ontology.dataset import Dataset
from keiretsu_queries.editions.comparison import Differences, compare
from keiretsu_queries.editions.edition import Edition

PAPER = Paper(100, colour=False)
HOSTILE = (
    "@everyone", "#1", "GH-2", "owner/repo#3", "https://evil.example/x", "[a](http://b)", "![a](http://b)",
    "<img src=x>", "<!-- -->", "**b**", "`c`", "``", "`", "a|b", "</td>", "&#64;all", "\\", "a\x1b[31mb",
    "a\nb\n# c", " d ", "$x$", "~~e~~", "- f", "<https://g>", "www.h.example", "i@example.org",
)  # fmt: skip


def differences(new: Dataset) -> Differences:
    """Return what changed from the small dataset to another one."""
    return compare(Edition.of_dataset("old", small_dataset()), Edition.of_dataset("new", new))


def hostile_dataset(name: str) -> Dataset:
    """Return the small dataset with an entity and a claim of a hostile name."""
    dataset = small_dataset([*small_claims(), a_statement("odd", "odd", "develops", "spark", text=name)])
    entities = sorted([*dataset.entities, an_entity("odd", name=name)], key=lambda entity: entity.id)
    return replace(dataset, entities=tuple(entities))


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_name_is_markup(name: str) -> None:
    """Outside of code spans a line holds our own words alone: no mention, link, reference or HTML comes of a name."""
    lines = list(to_markdown(differences(hostile_dataset(name)), 0))

    for line in lines:
        bare = _without_code(line)
        assert "\n" not in line
        assert line.isprintable()
        assert set(bare) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,:|-#*→…"), line
        assert bare.startswith("#") or "#" not in bare


def _without_code(line: str) -> str:
    """Return a line without its code spans, read as CommonMark reads them: a run of backticks to the next like it."""
    import re

    out, at = "", 0
    for _ in range(len(line)):
        opened = re.compile("`+").search(line, at)
        if opened is None:
            break
        closed = re.compile(f"(?<!`){opened[0]}(?!`)").search(line, opened.end())
        assert closed is not None, line
        out, at = out + line[at : opened.start()], closed.end()
    return out + line[at:]


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_name_steers_a_terminal(name: str) -> None:
    """Each line is one line of printable text."""
    assert all(line.isprintable() for line in to_text(differences(hostile_dataset(name)), PAPER, 0))


def test_code_spans_hold_their_text() -> None:
    """Backticks within are fenced by longer runs, white space is one space, nothing is a dash."""
    assert [code(text) for text in ("a", "`", "a``b", " a\n b ", "")] == [
        "`a`", "`` ` ``", "``` a``b ```", "`a b`", "`–`",
    ]  # fmt: skip


def test_rows_are_limited_and_the_rest_counted() -> None:
    """The counts at the top are whole; each section says how much more there is."""
    more = [a_statement(f"more-{number}", "lab", "develops", "cloud", source=f"s{number}") for number in range(5)]
    found = differences(small_dataset([*small_claims(), *more]))
    text, markdown = list(to_text(found, PAPER, 2)), list(to_markdown(found, 2))

    assert text[:2] == ["old → new", "claims     5 added"]
    assert "  … and 3 more (--limit)" in text
    assert markdown[:5] == ["### `old` → `new`", "", "| | |", "|---|---|", "| claims | 5 added |"]
    assert "- … and 3 more" in markdown


def test_no_differences_are_said() -> None:
    """Nothing is told where there is nothing to tell."""
    found = differences(small_dataset())

    assert list(to_text(found, PAPER, 0)) == ["old → new", "no differences"]
    assert list(to_markdown(found, 0)) == ["### `old` → `new`", "", "No differences."]
