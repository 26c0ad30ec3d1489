"""Patterns and filters: what stands in braces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu_loaders.tables.filters import CONTEXTUAL, FILTERS
from keiretsu_loaders.tables.patterns import PatternError, parse_pattern
from keiretsu_loaders.tables.reading import read_table
from tabled import imported, lay, told

FILTERED = [
    ("strip", " a ", "a"), ("strip", "  ", None), ("clean", " a\u00a0 b ", "a b"), ("lower", "AbC", "abc"),
    ("upper", "abc", "ABC"), ("slug", "A. O. Smith", "a-o-smith"), ("number", "$1,234.50", "1234.50"),
    ("number", "(12)", "-12"), ("number", "1e3", "1000"), ("number", "007", "7"), ("number(',')", "1.234,5", "1234.5"),
    ("date", "2025-03-04T10:00:00Z", "2025-03-04"), ("date", "2025-03", "2025-03"),
    ("date(D.M.YYYY)", "4.3.2025", "2025-03-04"),
    ("date(MMM YYYY)", "Sept 2025", "2025-09"), ("date('MMMM D, YYYY')", "March 4, 2025", "2025-03-04"),
    ("date(YYYY*)", "2013 (1888)", "2013"), ("date(M/D/YY)", "1/2/68", "2068-01-02"), ("pad(5)", "12", "00012"),
    ("pad(3, x)", "1", "xx1"), ("cut(8)", "one two three", "one two…"), ("replace(a, b)", "aca", "bcb"),
    ("before(' (')", "a (b)", "a"), ("before(x)", "a", "a"), ("after(:)", "a:b", "b"), ("after(:)", "a", None),
    ("between('(', ')')", "a (b) c", "b"), ("between('(', ')')", "a", None), ("split(;)", "a; b;;", ["a", "b"]),
    ("split(;)|upper", "a;b", ["A", "B"]), ("split(;)|join", "a;b", "a, b"), ("split(;)|join(' + ')", "a;b", "a + b"),
    ("before(x)|default(none)", "xa", "none"), ("default(none)", "a", "a"), ("words", "one", "1"),
    ("words(keep)", "two", "two"), ("words(drop)", "two", None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "expected"), FILTERED)
def test_filters_give_what_they_say(written: str, value: str, expected: object, tmp_path: Path) -> None:
    """Each filter is pure: one value in, one value, a list or nothing out."""
    from keiretsu_loaders.reading import Entries
    from keiretsu_loaders.tables.compiling import Scope
    from keiretsu_loaders.tables.mapping import read_mapping
    from keiretsu_loaders.tables.naming import Names

    lay(
        tmp_path,
        json.dumps({"x": value}),
        'lookup: {words: {one: "1"}}\nentities: [{kind: company, name: "{x}"}]\n',
        "t.jsonl",
    )
    table, (mapping, _, _) = read_table(tmp_path / "t.jsonl")[0], read_mapping(tmp_path / "orders.map.yaml")
    assert mapping is not None
    scope = Scope(mapping, table, Names(Entries(tmp_path)), {})

    leaf = scope.leaf(f"{{x|{written}}}", ("entities", 0, "name"))

    assert scope.problems == []
    assert leaf.value(table.rows[0]) == expected


def test_every_filter_is_tried_and_in_the_document() -> None:
    """No filter joins without a case above and a line for those who use it."""
    tried = {part.partition("(")[0] for written, *_ in FILTERED for part in written.split("|")}
    page = (Path(__file__).parents[2] / "docs/tables.md").read_text(encoding="utf-8")

    assert set(FILTERS) <= tried
    assert [name for name, row in FILTERS.items() if f"| `{name}` | {row.means} |" not in page] == []
    assert [name for name, means in CONTEXTUAL.items() if f"| `{name}` | {means} |" not in page] == []


@pytest.mark.parametrize(("text", "message", "at"), [
    ("{", "a column is wanted here", 1), ("{}", "a column is wanted here", 1), ("}", "a closing brace", 0),
    ("{a|}", "a filter is wanted", 3), ("{a|b(}", "never closed", 3), ("{a|b(c)d}", "or the end is wanted", 7),
    ("{'a}", "never closed", 1), ("{a} ||", "both sides", 0), ('{"a"b}', "after the closing quotation mark", 4),
])  # fmt: skip
def test_patterns_that_are_none_are_told_at_their_place(text: str, message: str, at: int) -> None:
    """The parser says what it wants and where."""
    with pytest.raises(PatternError, match=message) as found:
        parse_pattern(text)

    assert found.value.at == at


def test_columns_may_be_called_anything(tmp_path: Path) -> None:
    """Names with spaces, dots, bars and braces are looked up as they are."""
    table = 'A b,c.d,"e|f",{g}\nW,X,Y,Z\n'
    mapping = (
        "entities:\n"
        '  - {kind: company, name: "{A b}"}\n  - {kind: company, name: "{c.d}"}\n'
        """  - {kind: company, name: "{'e|f'}"}\n  - {kind: company, name: "{'{g}'}"}\n"""
    )

    made = imported(tmp_path, table, mapping)

    assert told(made) == []
    assert [entry.name for entry in made.entities] == ["W", "X", "Y", "Z"]


@given(st.text(max_size=40))
def test_no_pattern_breaks_the_parser(text: str) -> None:
    """Whatever stands in a mapping is parsed or told, never a traceback."""
    at = 0
    try:
        parse_pattern(text)
    except PatternError as error:
        at = error.at

    assert 0 <= at <= len(text)
