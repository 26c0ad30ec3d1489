"""Too deep, too many, too long: refused in a moment; and whatever the text, no other error comes out."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostile import CLAIMS, THINGS, problems
from keiretsu_loaders.yaml_reader import read_yaml
from keiretsu_ontology.notation import NotationError, parse_period, parse_quantity, parse_when

HERE = Path("x.yaml")
SECONDS = 5.0  # a hang, not a measurement

BOMBS = {
    "aliases": "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40)),
    "an alias of itself": "a: &a [*a]",
    "merge keys": "b0: &b0 {a: x}\n" + "".join(f"b{i}: &b{i} {{<<: *b{i - 1}}}\n" for i in range(1, 3_000)),
    "brackets": "[" * 5_000,
    "closed brackets": "[" * 5_000 + "]" * 5_000,
    "braces": "{a: " * 5_000,
    "brackets in lines": "[\n" * 50_000,
    "dashes": "- " * 5_000,
    "question marks": "? " * 5_000,
    "indentation": "\n".join(" " * depth + "a:" for depth in range(1_500)),
    "indented dashes": "\n".join("  " * depth + "-" for depth in range(1_000)),
    "keys": "".join(f"key{i}: x\n" for i in range(250_000)),
    "one key": "a: x\n" * 100_000,
    "items": "- x\n" * 250_000,
    "a long key": "a" * 1_000_000 + ": x",
    "a long text": "a: " + "b" * 4_000_000,
    "a long quoted text": "a: '" + "b\n\n" * 1_000_000 + "'",
    "an open quotation mark": "a: '" + "b: x\n" * 100_000,
    "documents": "--- a\n" * 100_000,
    "tags": "- !x y\n" * 100_000,
    "comments": "#\n" * 1_000_000,
    "colons": "a" + ": a" * 100_000,
    "anchors": "- &a x\n" * 100_000,
    "escapes": 'a: "' + "\\u0041" * 300_000 + '"',
    "a directive": "%TAG ! " + "x" * 1_000_000 + "\n--- a",
}  # fmt: skip

MANY = {
    "entities": (THINGS, "entities:\n" + "".join(f"  - {{id: e-{i}, kind: chip, name: E}}\n" for i in range(40_000))),
    "malformed entities": (THINGS, "entities:\n" + "".join(f"  - {{id: e-{i}}}\n" for i in range(10_000))),
    "one id": (THINGS, "entities:\n" + "  - {id: e, kind: company, name: E}\n" * 5_000),
    "unknown keys": (THINGS, "".join(f"key{i}: x\n" for i in range(20_000))),
    "aliases": (THINGS, "entities:\n  - id: e\n    kind: company\n    name: E\n    aliases:\n      en:\n"
                + "".join(f"        - E {i}\n" for i in range(50_000))),
    "empty claims": (CLAIMS, "claims:\n" + "  - {}\n" * 10_000),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_a_moment(name: str) -> None:
    """What would cost too much is given up where it gets too much; harmless length is read."""
    start = perf_counter()

    document, found = read_yaml(HERE, BOMBS[name])

    assert perf_counter() - start < SECONDS
    assert (document is None) == bool(found)
    assert (document is not None) == (name in ("a long text", "a long quoted text", "escapes"))
    assert all(problem.line >= 1 and problem.column >= 1 and len(problem.message) < 300 for problem in found)
    assert len(found) <= 1_000


@pytest.mark.parametrize("name", MANY)
def test_too_many_of_anything_is_told_in_a_moment(name: str, folder: Path) -> None:
    """A file with very many faults is answered with the first of them."""
    file, text = MANY[name]
    (folder / file).write_text(text)
    start = perf_counter()

    found = problems(folder)

    assert perf_counter() - start < SECONDS
    assert 0 < len(found) <= 1_000


def test_unknown_names_are_told_in_a_moment(folder: Path) -> None:
    """A hint costs time: very many unknown names get none."""
    path = folder / CLAIMS
    text = path.read_text()
    more = "".join(
        f"  - {{id: x-{i}, statement: [no-{i}, competitor_of, nor-{i}], text: X., evidence: [{{quote: Its rival}}]}}\n"
        for i in range(2_000)
    )
    path.write_text(text + more)
    start = perf_counter()

    found = problems(folder)

    assert perf_counter() - start < SECONDS
    assert len(found) == 1_000


@pytest.mark.parametrize("cross", [False, True])
def test_a_long_chain_is_walked_without_recursion(cross: bool, folder: Path) -> None:  # noqa: FBT001
    """Two thousand units under one another are no circle; joined at the ends they are one."""
    units = "".join(f"  - {{id: u-{i}, kind: company, name: U {i}}}\n" for i in range(2_000))
    ends = [*range(1, 2_000), *([0] if cross else [])]
    claims = "".join(
        f"  - {{id: x-{i}, statement: [u-{i}, unit_of, u-{end}], text: X., evidence: [{{quote: Its rival}}]}}\n"
        for i, end in enumerate(ends)
    )
    (folder / THINGS).write_text((folder / THINGS).read_text() + units)
    (folder / CLAIMS).write_text((folder / CLAIMS).read_text() + claims)

    found = problems(folder)

    assert [problem.message[:22] for problem in found] == ["this closes a circle: "] * cross


PIECES = [*"ab: -[]{},'\"&*!|>%@`#?<~\n\t\\0", "\x00", "\u202e", "上", "- ", ": ", "<<", "---\n"]
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(text=st.one_of(YAMLISH, st.text(max_size=80)))
def test_any_text_is_read_or_refused(text: str) -> None:
    """The reader gives plain data or problems with places, whatever the text."""
    document, found = read_yaml(HERE, text)

    assert (document is None) == bool(found)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in found)
    if document is not None:
        assert set(document.places) >= {()}


@settings(max_examples=150, derandomize=True, deadline=None)
@given(text=st.one_of(st.text(alphabet="0123456789-/.~?%XYSTQZ[]{},:+FH u", max_size=40), st.text(max_size=20)))
def test_any_text_is_a_date_or_none(text: str) -> None:
    """The notation of dates, periods and quantities refuses with its own error only."""
    for parse in (parse_when, parse_period, parse_quantity):
        try:
            parse(text)
        except NotationError as error:
            assert str(error)  # noqa: PT017


@settings(max_examples=150, derandomize=True, deadline=None)
@given(data=st.data())
def test_any_change_of_a_file_is_answered(data: st.DataObject) -> None:
    """A dataset in which a piece of any file was replaced by anything is checked without an error."""
    import tempfile

    from keiretsu_loaders import check, init

    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "set"
        init(folder, "harbour", "Harbour")
        path = folder / data.draw(st.sampled_from(["keiretsu.yaml", THINGS, CLAIMS]))
        raw = path.read_bytes()
        start = data.draw(st.integers(0, len(raw)))
        width = data.draw(st.integers(0, 40))
        path.write_bytes(raw[:start] + data.draw(st.binary(max_size=8)) + raw[start + width :])

        report = check(folder)

    assert bool(report.problems) != bool(report.counts)
