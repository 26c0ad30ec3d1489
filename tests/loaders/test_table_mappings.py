"""What mappings say, and what is wrong in them; which thing a row means; tables beside a table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from keiretsu_loaders import check, load
from keiretsu_loaders.tables.importing import read_import, write_import
from tabled import MAPPING, ORDERS, changed, imported, lay, told

# what stands in the mapping instead of what, and what is said of it
BROKEN_MAPPINGS = {
    "an unknown column": (
        '"{supplier} supplies',
        '"{suplier} supplies',
        "14:13: no column 'suplier' in orders.csv; did you mean 'supplier'?",
    ),
    "an unknown column after another": (
        '{customer}."',
        '{custmer}."',
        "14:33: no column 'custmer' in orders.csv; did you mean 'customer'?",
    ),
    "an unknown filter": (
        "{amount|number}",
        "{amount|nubmer}",
        "20:23: unknown filter 'nubmer'; did you mean 'number'?",
    ),
    "a filter without what it needs": ("{amount|number}", "{amount|pad}", "20:23: the filter 'pad' takes 1 to 2 texts"),
    "a form that is none": ("date(M/D/YYYY)", "date(month)", "13:17: the filter 'date': 'month' names no date"),
    "an unknown kind": (
        "{supplier|id}",
        "{supplier|id(compny)}",
        "12:28: unknown kind 'compny'; did you mean 'company'?",
    ),
    "a brace left open": ('"{supplier} supplies', '"{supplier supplies', "14:12: this brace is never closed"),
    "a brace never closed": ('{customer}."', '{customer."', "14:32: this brace is never closed"),
    "a brace without another": ('{customer}."', 'customer}."', "14:40: a closing brace without an opening one"),
    "an unknown key": ("statement:", "statment:", "12:5: unknown key 'statment'; did you mean 'statement'?"),
    "an unknown key further in": (
        "metric: revenue",
        "metrik: revenue",
        "19:7: unknown key 'metrik'; did you mean 'metric'?",
    ),
    "a kind that is none": ("kind: company", "kind: compny", "6:11: unknown kind 'compny'; did you mean 'company'?"),
    "a role of an event that is none": (
        'statement: ["{supplier|id}", supplier_of, "{customer|id}"]\n    from: "{day|date(M/D/YYYY)}"',
        "deal: {kind: supply, parties: {provder: x}}",
        "12:36: unknown role 'provder'; did you mean 'provider'?",
    ),
    "an unknown condition": ("{given: true}", "{givn: true}", "16:21: unknown key 'givn'; did you mean 'given'?"),
    "a condition on no column": (
        "when: {amount:",
        "when: {amuont:",
        "16:12: no column 'amuont' in orders.csv; did you mean 'amount'?",
    ),
    "a claim without a text": ('    text: "Order {order} brought in {amount}."\n', "", "16:5: 'text' is missing"),
    "no source": (
        "source: {id: orders, title: Orders, kind: dataset, published: 2025-05-01}\n",
        "",
        "1:1: claims need 'source'",
    ),
    "nothing made": (MAPPING[MAPPING.index("entities:") :], "", "1:1: a mapping makes 'entities' or 'claims'"),
    "a lookup that is a filter": ("entities:", "lookup: {number: {a: b}}\nentities:", "4:10: 'number' is a filter"),
    "a column that is not there": (
        "entities:",
        "columns: {price: {required: true}}\nentities:",
        "4:11: no column 'price'",
    ),
    "a header that is not there": (
        "entities:",
        "columns: {price: {header: Amount}}\nentities:",
        "4:27: no column 'Amount' in orders.csv; did you mean 'amount'?",
    ),
    "an unknown metric": (
        "metric: revenue",
        "metric: revenu",
        "19:15: unknown metric 'revenu'; did you mean 'revenue'?",
    ),
    "an unknown relation": (
        "supplier_of",
        "suplier_of",
        "12:34: unknown relation 'suplier_of'; did you mean 'supplier_of'?",
    ),
    "a relation of other kinds": (
        "supplier_of",
        "located_in",
        "orders.csv:2:16: 'harbour-foods' is of the kind company",
    ),
    "an unknown speaker": ("speaker: us", "speaker: uss", "3:21: unknown entity 'uss'; did you mean 'us'?"),
    "a unit that is none": ("{amount|number} USD", "{amount|number} USDD", "orders.csv:2:36: unknown unit 'USDD'"),
    "a list within a text": (
        "{supplier} supplies",
        "{supplier|split(' ')} supplies",
        "orders.csv:2:3: a list does not fit",
    ),
    "evidence without a text": (
        '    scope: {note: "{goods}"}',
        '    evidence: [{quote: "{goods}"}]',
        "orders.csv:2:30: quotes of 'orders' are not kept",
    ),
    "not YAML": ("claims:", "claims: [", "not YAML"),
    "a tag": ("recorded: 2026-11-25", "recorded: !!python/name:os.system x", "2:11: tags such as"),
    "an attribute": ("{amount|number}", "{amount.__class__}", "20:16: no column 'amount.__class__' in orders.csv"),
}


@pytest.mark.parametrize("name", BROKEN_MAPPINGS)
def test_what_is_wrong_in_a_mapping_is_told_at_its_place(name: str, tmp_path: Path) -> None:
    """Unknown columns, filters, keys and words are told in the mapping, with what was probably meant."""
    old, new, says = BROKEN_MAPPINGS[name]

    made = imported(tmp_path, mapping=changed(MAPPING, old, new))

    assert any(says in line for line in told(made)), told(made)


def test_a_fault_of_the_mapping_is_told_once(tmp_path: Path) -> None:
    """What is wrong in every row because the mapping says so stands once, in the mapping."""
    made = imported(tmp_path, mapping=changed(MAPPING, "metric: revenue", "metric: revenu"))

    assert told(made) == ["orders.map.yaml:19:15: unknown metric 'revenu'; did you mean 'revenue'?"]


HOSTILE = [
    "<script>alert(1)</script>", "'; DROP TABLE x; --", "} INSERT DATA { <a> <b> <c> } #", "../../etc/passwd",
    "=HYPERLINK(1)", "{{supplier}}", "{amount}", "%s %(x)s ${HOME} $(id)", "| rm -rf /", "null", "~", "- a", "a: b",
    "#x", "&a", "*a", "!!str x", "'", '"', "\\", "@x", "`x`", "[x]", "yes", "010", "1e3", "a #b", "x:", "x-",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_stands_in_a_cell_is_data(text: str, tmp_path: Path) -> None:
    """Markup, queries, paths, formulas and braces come out as the text that they are, also by way of files."""
    rows = [{"name": f"A{text}", "note": text}]
    mapping = (
        "source: {id: s, title: S, kind: dataset}\nrecorded: 2026-11-25\ndefaults: {speaker: us}\nentities:\n"
        '  - {id: us, kind: voice, name: Us}\n  - {id: a, kind: company, name: "{name}"}\n'
        'claims:\n  - {statement: [us, competitor_of, "{name|id}"], text: "{note}", scope: {note: "x {note}"}}\n'
    )
    lay(tmp_path, json.dumps(rows[0]), mapping, "orders.jsonl")

    made = read_import(tmp_path / "orders.jsonl", tmp_path / "orders.map.yaml", tmp_path / "out")
    write_import(made, tmp_path / "out")

    assert made.problems == ()
    dataset = load(tmp_path / "out")
    assert [(row.name, claim.text, claim.scope.note) for row in dataset.entities[:1] for claim in dataset.claims] == [
        (f"A{text}", text, f"x {text}")
    ]
    assert sorted(path.name for path in (tmp_path / "out").rglob("*.*")) == ["keiretsu.yaml", "orders.yaml", "s.yaml"]


def _dataset(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "keiretsu.yaml").write_text("name: orders\ntitle: Orders\n", encoding="utf-8")
    return folder


def test_a_table_in_a_dataset_is_what_its_import_is(tmp_path: Path) -> None:
    """Facts in tables/ and the files that import writes of them give the same graph."""
    kept = _dataset(tmp_path / "kept")
    lay(kept / "tables")
    written = tmp_path / "written"
    write_import(read_import(kept / "tables/orders.csv", kept / "tables/orders.map.yaml", written), written)

    one, other = load(kept), load(written)

    assert (one.claims, one.entities, one.sources) == (other.claims, other.entities, other.sources)
    assert len(one.claims) == 5


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    """Nothing that is written depends on when or where."""
    made = [read_import(lay(tmp_path / name), tmp_path / name / "orders.map.yaml", tmp_path / "set") for name in "ab"]

    assert made[0].files == made[1].files
    assert sorted(made[0].files) == ["claims/orders.yaml", "entities/orders.yaml", "keiretsu.yaml"]


def test_ids_of_claims_say_what_they_are_about(tmp_path: Path) -> None:
    """Who, what, whom, and a digest of all that is said; they do not depend on the place of a row."""
    lines = ORDERS.splitlines(keepends=True)

    made = imported(tmp_path / "a")
    turned = imported(tmp_path / "b", "".join([lines[0], *reversed(lines[1:])]))

    ids = [row.entry.id for row in made.sources[0].claims]
    assert ids[0] == "quay-systems-supplier-of-harbour-foods-" + ids[0][-8:]
    assert sorted(ids) == sorted(row.entry.id for row in turned.sources[0].claims)


def test_one_source_is_described_once(tmp_path: Path) -> None:
    """Rows of one source that describe it otherwise are told."""
    mapping = changed(MAPPING, "title: Orders", 'title: "{goods|default(Orders)}"')

    assert told(imported(tmp_path, mapping=mapping)) == [
        "orders.csv:3:28: the title of 'orders' is another one than in line 2",
        "orders.csv:4:28: the title of 'orders' is another one than in line 2",
    ]


def test_rows_may_be_passed_over_and_what_no_rule_takes_is_counted(tmp_path: Path) -> None:
    """What makes no claim is said, never hidden."""
    mapping = changed(MAPPING, "entities:", "skip: [{when: {order: ['2']}, why: It was cancelled.}]\nentities:")
    mapping = changed(mapping, "  - statement", "  - when: {goods: {given: true}}\n    statement")

    made = imported(tmp_path, mapping=mapping)

    assert told(made) == []
    assert made.to_record()["counts"] == {
        "rows": 2, "entities": 4, "known": 0, "skipped": 1, "sources": 1, "claims": 2, "unmatched": 1,
    }  # fmt: skip


def test_what_all_claims_share_is_said_once(tmp_path: Path) -> None:
    """Common keys are those of every claim that has not its own."""
    mapping = changed(MAPPING, "claims:", 'common: {modality: reported, text: "{order}", scope: {note: x}}\nclaims:')

    made = imported(tmp_path, mapping=mapping)

    entries = [row.entry for row in made.sources[0].claims]
    assert {entry.modality for entry in entries} == {"reported"}
    assert [entry.scope.note for entry in entries if entry.scope] == ["parts", "x", "disks, small", "x"]


FOLDERS = {
    "a mapping without a table": ({"x.map.yaml": MAPPING}, "x.map.yaml:1:1: no table called 'x' beside the mapping"),
    "two tables of one name": (
        {"x.map.yaml": MAPPING, "x.csv": ORDERS, "x.tsv": ORDERS},
        "x.map.yaml:1:1: 2 tables called 'x'",
    ),
    "a table that is named wrongly": (
        {"x.map.yaml": "table: {file: y.csv}\n" + MAPPING, "z.csv": ORDERS},
        "x.map.yaml:1:15: there is no table 'y.csv'",
    ),
    "a table without a mapping": (
        {"orders.map.yaml": MAPPING, "orders.csv": ORDERS, "more.csv": ORDERS},
        "more.csv:0:0: no mapping reads this table",
    ),
    "something else": ({"x.exe": "x"}, "x.exe:0:0: neither a table nor a mapping"),
    "a fault in a cell": (
        {"orders.map.yaml": MAPPING, "orders.csv": changed(ORDERS, "3/4/2025", "x")},
        "orders.csv:2:47: 'x' is not a date",
    ),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_of_tables_is_looked_through(name: str, tmp_path: Path) -> None:
    """`check` tells of tables as it tells of files of facts."""
    files, says = FOLDERS[name]
    folder = _dataset(tmp_path / "set")
    (folder / "tables").mkdir()
    for file, text in files.items():
        (folder / "tables" / file).write_text(text, encoding="utf-8")

    lines = [f"{row.path.name}:{row.line}:{row.column}: {row.message}" for row in check(folder).problems]

    assert [line for line in lines if line.startswith(says)], lines


def test_links_among_tables_are_not_followed(tmp_path: Path) -> None:
    """What lies outside of a dataset is not read by way of a link."""
    folder = _dataset(tmp_path / "set")
    lay(folder / "tables")
    (tmp_path / "outside.csv").write_text(ORDERS)
    (folder / "tables/orders.csv").unlink()
    (folder / "tables/orders.csv").symlink_to(tmp_path / "outside.csv")

    messages = [row.message for row in check(folder).problems]

    assert "a link; links are not followed, put the file itself here" in messages
