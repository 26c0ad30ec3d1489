"""One form for every file of facts, and nothing said that was not said before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hostile import ABOUT, CLAIMS, TABLES, THINGS, Variant
from keiretsu_loaders import init, load
from keiretsu_loaders.canonical import WIDTH, to_canonical, write
from keiretsu_loaders.nodes import to_nodes
from keiretsu_loaders.scalars import many_lines, one_line
from keiretsu_loaders.tables.importing import read_import, write_import
from keiretsu_loaders.tidy import FILE_MODELS, tidy, tidy_file, tidy_text
from keiretsu_loaders.yaml_reader import read_yaml
from keiretsu_ontology.entries import ClaimsFile, DatasetFile, EntitiesFile
from tabled import lay

FILE = Path("a.yaml")
CARS = Path(__file__).parents[2] / "docs" / "examples" / "cars"
HEAD = "source: {id: s, title: T, kind: article}\nrecorded: 2025-01-01\ndefaults: {speaker: a}\nclaims:\n"


def tidied(text: str) -> str:
    """Return the canonical form of a text, which is its own canonical form."""
    after, problems = tidy_text(FILE, text)
    assert after is not None, problems
    assert tidy_text(FILE, after) == (after, [])
    return after


def entities(body: str) -> str:
    """Return the canonical form of the entities in a body, without their first line."""
    return tidied("entities:\n" + body).partition("\n")[2]


def test_the_bundled_facts_are_tidy(seeds_folder: Path) -> None:
    """The files that ship are their own canonical form: `keiretsu tidy seeds` makes them so."""
    rows = list(tidy([seeds_folder]))

    assert len(rows) >= 7
    assert [row.problems for row in rows if row.problems] == []
    assert [row.to_diff() for row in rows if row.changed] == []


def test_what_the_program_writes_is_tidy(folder: Path, tmp_path: Path) -> None:
    """The dataset to start from, and what comes of a table, are their own canonical form."""
    (tmp_path / "other").mkdir()
    init(tmp_path / "other" / "set", "no", "It's: a #title")
    write_import(
        read_import(lay(tmp_path / "in"), tmp_path / "in" / "orders.map.yaml", tmp_path / "new"), tmp_path / "new"
    )
    rows = list(tidy([folder, tmp_path / "other" / "set", tmp_path / "new"]))

    assert len(rows) == 11
    assert [row for row in rows if row.problems or row.changed] == []


def test_a_folder_without_facts_is_told(tmp_path: Path) -> None:
    """Nothing to tidy is more likely a slip in the name of the folder; --check must not pass by it."""
    assert [str(row.problems[0]) for row in tidy([tmp_path])] == [
        f"{tmp_path}:0:0: no files of facts are in this folder"
    ]


def test_the_example_of_another_industry_is_tidy() -> None:
    """What a new user looks at has the form that the program writes."""
    assert [row.path for row in tidy([CARS]) if row.problems or row.changed] == []


def test_a_folder_gives_its_files_of_facts(folder: Path) -> None:
    """Its description, its views, its entities and claims, also in folders; no texts, queries or strays."""
    for name in ("sources/notes.yaml", "queries/a.yaml", "stray.yaml", "entities/README.md", "claims/more/b.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x: y\n")
    found = [row.path.relative_to(folder).as_posix() for row in tidy([folder])]

    assert found == [CLAIMS, "claims/more/b.yaml", THINGS, ABOUT, "views.yaml"]
    assert [row.path for row in tidy([folder / "claims"])] == [folder / CLAIMS, folder / "claims/more/b.yaml"]


def test_every_sort_of_file_has_its_model() -> None:
    """The models of files are found by their names."""
    assert {DatasetFile, EntitiesFile, ClaimsFile} <= set(FILE_MODELS)


def test_keys_stand_in_the_order_of_the_model() -> None:
    """Whatever the order in which one typed, inner keys included; languages and roles stay in the file's."""
    assert entities("  - {name: A, aliases: {zh: [甲], en: [B]}, kind: company, id: a}\n") == (
        "  - id: a\n    kind: company\n    name: A\n    aliases: {zh: [甲], en: [B]}\n"
    )
    claim = "  - {text: T, observation: {period: 2024, value: 5%, metric: m, of: a}, id: c}\n"
    assert tidied(HEAD + claim).endswith(
        "  - id: c\n    observation: {of: a, metric: m, value: 5%, period: 2024}\n    text: T\n"
    )


def test_what_fits_stands_in_one_line_and_the_rest_in_several() -> None:
    """At most 120 characters; what has an id, and each place of a list, has a line of its own."""
    parties = ", ".join(f"company-{number}" for number in range(6))
    deal = f"deal: {{kind: adoption, parties: {{customer: [{parties}]}}}}"
    claim = f"  - id: c\n    {deal}\n    text: T\n"
    assert len(deal) + 4 <= WIDTH
    assert tidied(HEAD + claim).endswith(claim)

    longer = claim.replace("company-0", "company-number-00000000")
    assert tidied(HEAD + longer).endswith(
        "    deal:\n      kind: adoption\n      parties: {customer: [company-number-00000000, company-1, company-2, "
        "company-3, company-4, company-5]}\n    text: T\n"
    )
    assert entities("  - id: a\n    kind: company\n    name: A\n    aliases:\n      en:\n      - B\n      - C\n") == (
        "  - id: a\n    kind: company\n    name: A\n    aliases: {en: [B, C]}\n"
    )


@pytest.mark.parametrize(
    ("text", "block", "flow"),
    [
        ("Bosch", "Bosch", "Bosch"), ("2025-11-25", "2025-11-25", "2025-11-25"), ("2024", "2024", "2024"),
        ("34.81 billion USD", "34.81 billion USD", "34.81 billion USD"), ("5%", "5%", "5%"), ("-5%", "-5%", "-5%"),
        ("2.5", "2.5", "2.5"), ("2.50", "'2.50'", "'2.50'"), ("0001577552", "'0001577552'", "'0001577552'"),
        ("12:30", "'12:30'", "'12:30'"), ("1_000", "'1_000'", "'1_000'"), ("1e5", "'1e5'", "'1e5'"),
        ("no", "'no'", "'no'"), ("NO", "'NO'", "'NO'"), ("true", "'true'", "'true'"), ("null", "'null'", "'null'"),
        ("~", "'~'", "'~'"), ("north", "north", "north"), ("NYSE:BABA", "NYSE:BABA", "NYSE:BABA"),
        ("a, b", "a, b", "'a, b'"), ("a: b", "'a: b'", "'a: b'"), ("a:", "'a:'", "'a:'"), ("a #b", "'a #b'", "'a #b'"),
        ("C#", "C#", "C#"), ("it's", "it's", "it's"), ("it's: so", '"it\'s: so"', '"it\'s: so"'),
        ("'so' \"no\"", "'''so'' \"no\"'", "'''so'' \"no\"'"), ("- a", "'- a'", "'- a'"), ("-a", "-a", "-a"),
        ("---", "'---'", "'---'"), ("*a", "'*a'", "'*a'"), ("@a", "'@a'", "'@a'"), ("[a]", "'[a]'", "'[a]'"),
        ("阿里巴巴", "阿里巴巴", "阿里巴巴"), ("https://a.org/?b=c#d", "https://a.org/?b=c#d", "https://a.org/?b=c#d"),
        ("a\x00\n", '"a\\u0000\\n"', '"a\\u0000\\n"'), ("", "''", "''"), ("=", "'='", "'='"), ("<<", "'<<'", "'<<'"),
    ],
)  # fmt: skip
def test_quotation_marks_stand_where_they_are_needed(text: str, block: str, flow: str) -> None:
    """By our reader, or because another one would read a number or a truth value that does not come back."""
    assert (one_line(text), one_line(text, flow=True)) == (block, flow)


def test_truth_values_and_counts_stay_plain() -> None:
    """What the model takes for true, false or a number needs no quotation marks."""
    about = HEAD.replace("kind: article", "kind: article, quotable: 'true'") + "  []\nexpect: {claims: {min: '005'}}\n"

    assert "\n  quotable: true\n" in tidied(about)
    assert "\nexpect: {claims: {min: 005}}\n" in tidied(about)


def test_long_texts_are_folded_where_they_have_spaces() -> None:
    """As late as the width allows; a Chinese text without spaces stays whole, line breaks stay."""
    words = ("word " * 60).strip()
    chinese = "阿里巴巴集团" * 30
    body = f"  - id: a\n    kind: company\n    name: A\n    description: '{words}'\n"
    lines = entities(body).splitlines()

    assert lines[3] == "    description: >-"
    assert [len(line) for line in lines[4:]] == [120, 120, 75]
    assert " ".join(line.strip() for line in lines[4:]) == words
    assert entities(body.replace(words, chinese)).endswith(f"    description: {chinese}\n")
    assert entities(body.replace(f"'{words}'", "|\n      one\n\n      two # three\n")).endswith(
        "    description: |-\n      one\n\n      two # three\n"
    )
    assert entities(body.replace(f"'{words}'", "|\n      one\n")).endswith("    description: one\n")


def test_two_spaces_are_kept() -> None:
    """A text is folded at single spaces only, so that it comes back as it was."""
    assert many_lines("a  b c", 3) == (">-", ["a  b", "c"])
    assert many_lines("abc", 1) is None


COMMENTS = """\
# Of the file.

# Of the source.
source:   # who
  kind: article  # sort
  # Its name.
  id: s
  title: T
  # last of source
recorded: 2025-01-01 # day
defaults: {speaker: a}
claims:   # all

  # Part one


  # and more

  - text: T   # words
    statement: [a, b, c] # tie
    # odd
    id: one
    evidence:
        - {at: 0-4, sha256: %(digest)s}  # here
        # - {at: 4-8, sha256: x}
        - sha256: %(digest)s
          # where
          at: 5-9
    # end of one
  # between
  - # before two
    id: two
    statement: [a, # first
      b, c]
    scope: {
      # noted
      note: named
      # closed
    }
    text: |  # header
      Two
      lines.
# all
# done
""" % {"digest": "a" * 64}  # noqa: UP031

COMMENTS_TIDY = """\
# Of the file.

# Of the source.
source:  # who
  # Its name.
  id: s
  title: T
  kind: article  # sort
  # last of source
recorded: 2025-01-01  # day
defaults: {speaker: a}
claims:  # all
  # Part one

  # and more

  # odd
  - id: one
    statement: [a, b, c]  # tie
    text: T  # words
    evidence:
      - {at: 0-4, sha256: %(digest)s}  # here
      # - {at: 4-8, sha256: x}
      # where
      - {at: 5-9, sha256: %(digest)s}
    # end of one
  # between
  # before two
  - id: two
    statement:
      - a  # first
      - b
      - c
    text: |-  # header
      Two
      lines.
    scope:
      # noted
      note: named
      # closed
# all
# done
""" % {"digest": "a" * 64}  # noqa: UP031


def test_comments_stay_with_what_they_are_about() -> None:
    """A comment moves with its key, stays beside its value or at the foot of its list, and never gets lost."""
    assert tidied(COMMENTS) == COMMENTS_TIDY


def test_one_empty_line_is_kept_between_groups() -> None:
    """Several become one, those within an entity go, and none is made."""
    body = "\n\n  - id: a\n\n    kind: company\n    name: A\n\n\n\n  - id: b\n    kind: company\n    name: B\n"

    assert entities(body) == body.replace("\n\n\n\n", "\n\n").replace("a\n\n", "a\n").lstrip("\n")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_end_in_line_feeds_and_no_mark_stands_first(end: str) -> None:
    """What Windows or an old Mac wrote becomes what everyone writes, comments in their places."""
    assert tidied("\ufeff" + COMMENTS.replace("\n", end)) == COMMENTS_TIDY


def test_a_file_with_problems_is_left_alone(folder: Path) -> None:
    """Each problem of form is told at its place; what does not load says nothing that could be kept."""
    path = folder / THINGS
    path.write_text(path.read_text().replace("kind: company", "kidn: company", 1))
    (folder / CLAIMS).write_text("claims: [\n")
    rows = {row.path.name: row for row in tidy([folder]) if row.problems}

    assert [(row.line, row.column) for row in rows["things.yaml"].problems] == [(3, 5), (4, 5)]
    assert [str(row.problems[0]) for row in rows.values() if row.path.name != "things.yaml"] == [
        f"{folder / CLAIMS}:2:1: not YAML: a value is wanted here"
    ]
    assert not any(row.changed for row in rows.values())


def test_no_link_is_followed(folder: Path) -> None:
    """A link in a folder, or as a file, is a problem and not read."""
    (folder / "entities" / "more.yaml").symlink_to(folder / THINGS)
    rows = [row for row in tidy([folder]) if row.problems]

    assert [row.problems[0].message for row in rows] == ["a link; links are not followed, put the file itself here"]
    assert tidy_file(folder / "nowhere.yaml").problems[0].message == "cannot be read: no such file or directory"


def test_what_a_dataset_says_is_the_same_afterwards(folder: Path) -> None:
    """A dataset written badly and the same written well load as the same facts."""
    path = folder / CLAIMS
    text = path.read_text().replace("    text: Quay Systems makes", "    text: >\n      Quay Systems\n      makes")
    path.write_text(text.replace("\n", "\r\n"), newline="")
    before = load(folder)

    for row in tidy([folder]):
        row.path.write_bytes(row.after)

    after = load(folder)
    assert (after.claims, after.entities, after.sources, after.conflicts) == (
        before.claims, before.entities, before.sources, before.conflicts
    )  # fmt: skip


HOSTILE = [pytest.param(row, id=f"{name}-{number}") for name, rows in TABLES.items() for number, row in enumerate(rows)]


@pytest.mark.parametrize("row", HOSTILE)
def test_whatever_a_stranger_writes_is_left_alone_or_tidied(row: Variant, folder: Path) -> None:
    """A hostile file has problems, or a canonical form that says the same and is its own; nothing else happens."""
    row.apply(folder)
    found = tidy_file(folder / row.file)

    if found.problems:
        assert row.says is not None
        return
    text = found.after.decode("utf-8")
    assert tidy_text(FILE, text) == (text, [])
    if row.says is None:
        before = load(folder)
        (folder / row.file).write_bytes(found.after)
        assert load(folder).claims == before.claims
        assert load(folder).entities == before.entities


# Texts as people write them, with everything that means something to YAML.
_PIECES = [*"ab .:#,-?!&*|>%@`'\"[]{}\\=~0129\n", "阿", "é", "\u00a0", "——", ": ", " #", "no", "  ", "a long word " * 9]
_TEXT = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30).map(lambda pieces: "".join(pieces).strip())
_TEXT = _TEXT.filter(bool)
_LINE = _TEXT.map(lambda text: " ".join(text.split("\n")).strip()).filter(bool)
_COMMENT = st.sampled_from(["", "", "# a comment", "# 'quoted: [", "#"])


@st.composite
def _entity_files(draw: st.DrawFn) -> str:
    """Return a file of entities, in one of the ways in which one may write it."""
    import json

    lines = [draw(_COMMENT), "entities:"]
    for number in range(draw(st.integers(1, 3))):
        description = draw(_TEXT)
        aliases = ", ".join(json.dumps(name) for name in draw(st.lists(_LINE, min_size=1, max_size=4)))
        rows = [
            f"id: e{number}", "kind: company", f"name: {json.dumps(draw(_LINE))}",
            f"description: {json.dumps(description)}", f"aliases: {{en: [{aliases}]}}",
        ]  # fmt: skip
        pad = "  - "
        for row in draw(st.permutations(rows)):
            lines += [" " * draw(st.integers(0, 6)) + draw(_COMMENT)] if pad == "    " else [draw(_COMMENT)]
            lines.append(pad + row + draw(st.sampled_from(["", "  # beside"])))
            pad = "    "
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + "\n"


@settings(max_examples=150, deadline=None)
@given(_entity_files())
def test_any_file_says_the_same_and_is_tidy_then(text: str) -> None:
    """For every text that people may write: what is said stays, twice is as once, no comment is lost."""
    before, problems = read_yaml(FILE, text)
    assert before is not None, problems

    after = to_canonical(text, EntitiesFile)

    again, problems = read_yaml(FILE, after)
    assert again is not None, (problems, after)
    assert again.data == before.data
    assert to_canonical(after, EntitiesFile) == after
    assert _comments(after) == _comments(text)


def _comments(text: str) -> list[str]:
    found: list[str] = []

    def gather(node: object) -> None:
        found.extend(remark.text for remark in node.foot)  # type: ignore[attr-defined]
        for part in node.parts:  # type: ignore[attr-defined]
            found.extend(remark.text for remark in (*part.above, *part.beside))
            gather(part.value)

    gather(to_nodes(text))
    return sorted(found)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_count_characters(end: str) -> None:
    """Each node is cut out of the text by its own offsets, whatever ends its lines."""
    values = ["甲", f">-{end}  x{end}  y", "'z'", f"[a, {{b: 乙}},{end} c]"]
    text = "".join(f"{key}: {value}{end}" for key, value in zip("abcd", values, strict=True))

    assert [text[part.value.start : part.value.end] for part in to_nodes(text).parts] == values


_WRITTEN = st.text(min_size=1) | st.lists(st.text(min_size=1))


@example({"k" * 130: [], "long": {"0" * 130: ["a"]}})
@given(st.dictionaries(st.text(min_size=1), _WRITTEN | st.dictionaries(st.text(min_size=1), _WRITTEN), min_size=1))
def test_what_is_written_of_data_is_what_the_reader_reads(data: dict[str, Any]) -> None:
    """Whatever text stands in an entry, the YAML made of it means just that."""
    document, problems = read_yaml(FILE, write(data, DatasetFile))

    if problems:  # characters that no file of facts may hold
        assert all("is not admitted" in row.message for row in problems), problems
    else:
        assert document is not None
        assert _bare(document.data) == _bare(data)


def _bare(data: Any) -> Any:
    """Return data without the line break at the end of a text, which says nothing."""
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items()}
    return [_bare(value) for value in data] if isinstance(data, list) else data.removesuffix("\n")
