"""Which thing a row means: names, keys and identifiers, the dataset, and tables beside a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from keiretsu_loaders import check
from keiretsu_loaders.tables.importing import read_import
from keiretsu_loaders.tables.writing import to_data
from tabled import MAPPING, changed, imported, lay, told


def _dataset(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "keiretsu.yaml").write_text("name: orders\ntitle: Orders\n", encoding="utf-8")
    return folder


NAMED = """\
source: {id: s, title: S, kind: dataset}
recorded: 2026-11-25
defaults: {speaker: us}
entities:
  - {id: us, kind: voice, name: Us}
  - as: firm
    key: "{key}"
    kind: "{kind}"
    name: "{name}"
    aliases: {en: "{alias|split(;)}"}
    identifiers: {cik: "{cik|pad(10)}"}
claims:
  - {once: true, statement: [us, competitor_of, "{firm.id}"], text: A rival.}
"""


def _rows(*rows: str) -> str:
    return "key,kind,name,alias,cik\n" + "".join(f"{row}\n" for row in rows)


def test_rows_that_name_one_thing_make_one_entity(tmp_path: Path) -> None:
    """Other names become aliases, each once; what is learned later is added."""
    table = _rows("1,company,Acme,A1;A2,", "1,company,ACME,A2,", "1,company,Acme Holding,A3,7")

    made = imported(tmp_path, table, NAMED)

    assert told(made) == []
    assert [to_data(entry) for entry in made.entities] == [
        {"id": "acme", "kind": "company", "name": "Acme", "aliases": {"en": ["A1", "A2", "Acme Holding", "A3"]},
         "identifiers": {"cik": "0000000007"}},
        {"id": "us", "kind": "voice", "name": "Us"},
    ]  # fmt: skip
    assert [row.entry.statement for row in made.sources[0].claims] == [["us", "competitor_of", "acme"]]


def test_things_of_one_name_get_their_keys_into_their_ids(tmp_path: Path) -> None:
    """Two companies that are called alike stay two, whatever the order of the rows."""
    rows = ["1,company,Acme,,", "2,company,Acme,,", "3,company,Bolt,,"]

    made = imported(tmp_path / "a", _rows(*rows), NAMED)
    turned = imported(tmp_path / "b", _rows(*reversed(rows)), NAMED)

    assert [entry.id for entry in made.entities] == ["acme-1", "acme-2", "bolt", "us"]
    assert made.entities == turned.entities


@pytest.mark.parametrize(("row", "says"), [
    ("1,person,Acme,,", "3:3: 'acme' has the kind 'company' at "),
    ("1,company,Acme,,8", "3:17: 'acme' has the cik '0000000007' at "),
    ("2,company,Bolt,,7", "3:17: the cik '0000000007' already belongs to 'acme' at "),
    ("1,company,Other,X;\u200bY,", "3:17: the invisible character U+200B"),
])  # fmt: skip
def test_rows_that_contradict_each_other_are_told(row: str, says: str, tmp_path: Path) -> None:
    """Of what rows say of one thing, what cannot both hold is a problem of the later one."""
    made = imported(tmp_path, _rows("1,company,Acme,,7", row), NAMED)

    assert [line for line in told(made) if line.startswith(f"orders.csv:{says}")], told(made)


def test_nothing_follows_from_a_thing_that_is_broken(tmp_path: Path) -> None:
    """A row whose thing cannot be made is told once, not again by each claim on it."""
    made = imported(
        tmp_path,
        _rows("1,company,Acme,,7", "2,company,Bolt,,x").replace(",x", ",8"),
        changed(NAMED, "{cik|pad(10)}", "{cik|words}") + "lookup: {words: {'7': '0000000007'}}\n",
    )

    assert told(made) == ["orders.csv:3:17: '8' is not in the lookup 'words'"]


def test_a_name_that_is_shared_is_asked_back(tmp_path: Path) -> None:
    """A filter that looks up a name takes none of two, unless the kind tells."""
    rows = _rows("1,company,Acme,,", "2,product,Acme,,")

    shared = imported(tmp_path, rows, changed(NAMED, "{firm.id}", "{name|id}"))
    told_by_kind = imported(tmp_path, rows, changed(NAMED, "{firm.id}", "{name|id(company)}"))

    assert told(shared)[0] == "orders.csv:2:11: 'Acme' may be any of acme-1, acme-2; say which by a lookup or by kind"
    assert told(told_by_kind) == []


def test_names_without_plain_letters_get_an_id(tmp_path: Path) -> None:
    """A Chinese name is as good as another; its id is a digest."""
    made = imported(tmp_path, _rows("1,company,阿里巴巴,,"), NAMED)

    assert made.entities[0].id == "company-47c1e53c"


JOINED = """\
join: {books: {file: books.jsonl, on: {book: id}}}
source:
  id: "{book}"
  title: "{books.title}"
  kind: "{books.kind|kinds}"
  author: "{books.by.name|id}"
recorded: 2026-11-25
defaults: {speaker: "{books.by.name|id}"}
lookup:
  kinds: {Book: book, Paper: report}
entities:
  - {kind: person, name: "{books.by.name}"}
  - {id: a, kind: company, name: A}
claims:
  - {statement: ["{books.by.name|id}", founded, a], text: "{said}"}
"""
BOOKS = (
    '{"id": "b1", "title": "One", "kind": "Book", "by": {"name": "Ada"}}\n'
    '{"id": "b2", "title": "Two", "kind": "Paper", "by": {"name": "Bo"}}\n'
)


def _joined(
    folder: Path, table: str = "book,said\nb1,x\nb2,y\n", books: str = BOOKS, mapping: str = JOINED
) -> list[str]:
    folder.mkdir(exist_ok=True)
    (folder / "books.jsonl").write_text(books, encoding="utf-8")
    return told(imported(folder, table, mapping))


def test_a_table_beside_is_joined(tmp_path: Path) -> None:
    """Each row is read from the source that it names; what is said of a source stands in another table."""
    assert _joined(tmp_path) == []

    made = read_import(tmp_path / "orders.csv", tmp_path / "orders.map.yaml")
    assert [(file.head.entry.source.title, file.head.entry.source.kind) for file in made.sources] == [
        ("One", "book"), ("Two", "report"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"table": "book,said\nb11,x\n"},
            "orders.csv:2:1: no row of books.jsonl has 'b11' as its 'id'; did you mean 'b1'?",
        ),
        ({"books": BOOKS.replace('"id": "b2"', '"id": "b1"')}, "books.jsonl:2:8: 'b1' stands twice; first in line 1"),
        (
            {"books": BOOKS.replace("Paper", "Papr")},
            "books.jsonl:2:38: 'Papr' is not in the lookup 'kinds'; did you mean 'Paper'?",
        ),
        (
            {"books": BOOKS.replace("}}\n", "}\n", 1)},
            "books.jsonl:1:67: not JSON: a comma or a closing bracket is wanted here",
        ),
        (
            {"mapping": JOINED.replace("books.title", "books.titel")},
            "orders.map.yaml:4:12: no column 'titel' in books.jsonl; did you mean 'title'?",
        ),
        (
            {"mapping": JOINED.replace("{book: id}", "{book: idd}")},
            "orders.map.yaml:1:46: no column 'idd' in books.jsonl; did you mean 'id'?",
        ),
        (
            {"mapping": JOINED.replace("{book: id}", "{bok: id}")},
            "orders.map.yaml:1:40: no column 'bok' in orders.csv; did you mean 'book'?",
        ),
        (
            {"mapping": JOINED.replace("books.jsonl", "boks.jsonl")},
            "boks.jsonl:0:0: cannot be read: no such file or directory",
        ),
        (
            {"mapping": JOINED.replace("books.jsonl", "../x.jsonl")},
            "orders.map.yaml:1:22: a file name without folders is wanted",
        ),
    ],
)
def test_what_is_wrong_in_a_join_is_told_in_the_file_to_mend(
    changes: dict[str, str], says: str, tmp_path: Path
) -> None:
    """A value of another table is told there, a missing row where it is asked for."""
    assert [line for line in _joined(tmp_path, **changes) if line.startswith(says)], _joined(tmp_path, **changes)


def test_the_dataset_is_known_to_its_tables(tmp_path: Path) -> None:
    """What the dataset names already is meant by its names, aliases and identifiers, and is not made again."""
    folder = _dataset(tmp_path / "set")
    (folder / "entities").mkdir()
    (folder / "entities/a.yaml").write_text(
        "entities:\n  - {id: qs, kind: company, name: Q. S., aliases: {en: [Quay Systems]}}\n"
        "  - {id: basin, kind: company, name: Basin, identifiers: {ticker: 'NYSE:BSN'}}\n", encoding="utf-8",
    )  # fmt: skip

    made = read_import(lay(tmp_path), tmp_path / "orders.map.yaml", folder)

    assert told(made) == []
    assert [entry.id for entry in made.entities] == ["harbour-foods", "pier-sons", "us"]
    assert made.tally.known == 2
    assert made.sources[0].claims[0].entry.statement == ["qs", "supplier_of", "harbour-foods"]


def test_what_a_table_knows_more_of_a_known_thing_is_noted(tmp_path: Path) -> None:
    """Names and identifiers that the entry has not are told at their row, and the entry stays as it is."""
    folder = tmp_path / "set"
    (folder / "entities").mkdir(parents=True)
    (folder / "keiretsu.yaml").write_text("name: orders\ntitle: Orders\n")
    (folder / "entities/a.yaml").write_text("entities:\n  - {id: bsn, kind: company, name: Basin Data}\n")
    mapping = changed(MAPPING, '{ticker: "{ticker}"}', '{ticker: "{ticker}"}\n    aliases: {en: "{supplier} Ltd"}')

    made = read_import(lay(tmp_path, mapping=mapping), tmp_path / "orders.map.yaml", folder)

    assert made.notes == (
        f"{tmp_path / 'orders.csv'}:3: the table has more of 'bsn' than its entry, which stays as it is: "
        "ticker NYSE:BSN, 'Basin Data Ltd'",
    )
    assert "bsn" not in {entity.id for entity in made.entities}
    (folder / "tables").mkdir()
    lay(folder / "tables", mapping=mapping)
    assert any("the table has more of 'bsn'" in note for note in check(folder).notes)
