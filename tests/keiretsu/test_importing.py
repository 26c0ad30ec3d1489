"""`keiretsu import` as a person uses it: preview, dry run, files whole or not at all, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import keiretsu.cli as cli
from keiretsu_graph.keys import key_of
from keiretsu_loaders import load
from keiretsu_ontology.errors import KeiretsuError, SeedError
from tabled import MAPPING, ORDERS, changed, lay

ROOT = Path(__file__).parents[2]


class Ran:
    """What a command printed and how it ended."""

    def __init__(self, *words: str | Path) -> None:
        result = CliRunner().invoke(cli.make_app(), ["import", *map(str, words)])
        self.out, self.err, self.code, self.error = result.stdout, result.stderr, result.exit_code, result.exception


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_a_dataset_the_first_claims_are_shown(tmp_path: Path) -> None:
    """A preview is what would be written, beside counts; nothing is."""
    table = lay(tmp_path)
    before = _files(tmp_path)

    ran = Ran(table)

    assert ran.code == 0
    assert ran.out.splitlines()[13:16] == [
        "  - id: quay-systems-revenue-c4358add",
        "    observation: {of: quay-systems, metric: revenue, value: 1200.50 USD, period: 2025-03-04}",
        "    text: Order 1 brought in 1,200.50.",
    ]
    assert ran.err.splitlines() == [
        "3 rows: 5 entities; 1 source; 5 claims (3 statements, 2 observations)",
        "nothing written; name a dataset with -o",
    ]
    assert _files(tmp_path) == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says what would be written, and even the folder is not made."""
    ran = Ran(lay(tmp_path), "-o", tmp_path / "set", "--dry-run")

    assert ran.err.splitlines()[-1] == (
        "nothing written; this would write keiretsu.yaml, entities/orders.yaml, claims/orders.yaml"
    )
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize("how", [[], ["--keep"]])
def test_a_dataset_is_made_and_can_be_asked(how: list[str], tmp_path: Path) -> None:
    """Written out or kept as a table, what was imported is a dataset."""
    ran = Ran(lay(tmp_path), "-o", tmp_path / "set", *how)

    assert ran.code == 0
    dataset = load(tmp_path / "set")
    assert (dataset.name, dataset.title) == ("set", "Orders")
    assert [len(dataset.entities), len(dataset.claims)] == [6, 5]


def test_machine_output_stands_alone(tmp_path: Path) -> None:
    """One JSON document on stdout, of what came out or of every problem, with the exit code of bad input."""
    fine = Ran(lay(tmp_path), "--json")
    broken = Ran(lay(tmp_path, changed(ORDERS, "3/4/2025", "x")), "--json")

    assert json.loads(fine.out)["counts"]["claims"] == 5
    found = json.loads(broken.out)
    assert (broken.code, broken.err) == (2, "")
    assert [(row["line"], row["column"]) for row in found["problems"]] == [(2, 47)]


def test_problems_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    """One wrong cell keeps the whole table out."""
    ran = Ran(lay(tmp_path, changed(ORDERS, "3/4/2025", "x")), "-o", tmp_path / "set")

    assert isinstance(ran.error, SeedError)
    assert [row.message for row in ran.error.problems] == ["'x' is not a date of the form M/D/YYYY"]
    assert not (tmp_path / "set").exists()


def test_files_that_are_there_are_replaced_only_by_force(tmp_path: Path) -> None:
    """A second import is refused; with --force it takes the place of the first, and nothing else changes."""
    target, table = tmp_path / "set", lay(tmp_path)
    Ran(table, "-o", target)
    (target / "claims/mine.yaml").write_text(
        "source: {id: mine, title: Mine, kind: post}\nrecorded: 2026-11-25\ndefaults: {speaker: us}\nclaims:\n"
        "  - {id: m1, statement: [quay-systems, competitor_of, basin-data], text: Rivals.}\n", encoding="utf-8",
    )  # fmt: skip
    before = _files(target)

    lay(tmp_path, ORDERS + "4,Basin Data,Pier & Sons,,,1/3/2025,\n")
    refused, forced = Ran(table, "-o", target), Ran(table, "-o", target, "--force")

    assert isinstance(refused.error, KeiretsuError)
    assert forced.code == 0, forced.error
    after = _files(target)
    assert [name for name in after if after[name] != before[name]] == ["claims/orders.yaml"]
    assert len(load(target).claims) == 7


def test_a_table_that_is_kept_can_be_replaced(tmp_path: Path) -> None:
    """With --force the new table is read in the place of the old one."""
    target, table = tmp_path / "set", lay(tmp_path)
    Ran(table, "-o", target, "--keep")
    lay(tmp_path, ORDERS + "4,Basin Data,Pier & Sons,,,1/3/2025,\n")

    refused, forced = Ran(table, "-o", target, "--keep"), Ran(table, "-o", target, "--keep", "--force")

    assert refused.code != 0
    assert (forced.code, len(load(target).claims)) == (0, 6)


def test_an_import_that_breaks_off_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second file cannot be put in place, the first one is taken back."""
    target, table = tmp_path / "set", lay(tmp_path)
    Ran(table, "-o", target)
    before, put = _files(target), Path.replace
    lay(tmp_path, ORDERS + "4,Cedar,Pier & Sons,,,1/3/2025,\n")

    def replace(self: Path, goal: Path) -> Path:
        if self.parent.parent.name == "new" and self.parent.name == "claims":
            raise OSError(28, "no space left on device")
        return put(self, goal)

    monkeypatch.setattr(Path, "replace", replace)
    ran = Ran(table, "-o", target, "--force")

    assert str(ran.error) == f"{target} cannot be written: no space left on device"
    assert _files(target) == before


def test_the_result_passes_the_rules_together_with_the_dataset(tmp_path: Path) -> None:
    """What is wrong in the dataset, or only beside it, is told before anything is written."""
    target = tmp_path / "set"
    Ran(lay(tmp_path), "-o", target)
    (target / "entities/more.yaml").write_text("entities:\n  - {id: zed, kind: company, name: Z, colour: red}\n")
    other = lay(tmp_path / "other", changed(ORDERS, "Pier & Sons", "Zed!"), changed(MAPPING, "id: orders", "id: more"))

    ran = Ran(other, "-o", target)

    assert isinstance(ran.error, SeedError)
    assert [(row.path.name, row.message) for row in ran.error.problems] == [
        ("orders.csv", f"the entity 'zed' is already at {target / 'entities/more.yaml'}:2"),
        ("more.yaml", "unknown key 'colour'"),
    ]


@pytest.mark.parametrize(("words", "says"), [
    (["orders.csv", "-m", "nothing.yaml"], "nothing.yaml:0:0: cannot be read: no such file or directory"),
    (["nothing.csv", "-m", "orders.map.yaml"], "nothing.csv:0:0: cannot be read: no such file or directory"),
    (["orders.txt", "-m", "orders.map.yaml"], "orders.txt:0:0: what is in this file its name does not tell"),
])  # fmt: skip
def test_files_that_are_not_there_are_told(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing table or mapping is a problem like any other."""
    lay(tmp_path)
    lay(tmp_path, name="orders.txt")
    monkeypatch.chdir(tmp_path)

    ran = Ran(*words)

    assert isinstance(ran.error, SeedError)
    assert str(ran.error.problems[0]).startswith(says)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Where something other than a dataset stands, nothing is written."""
    lay(tmp_path)
    (tmp_path / "set").mkdir()
    (tmp_path / "set/letter.txt").write_text("Dear")

    ran = Ran(tmp_path / "orders.csv", "-o", tmp_path / "set")

    assert isinstance(ran.error, KeiretsuError)
    assert _files(tmp_path / "set") == {"letter.txt": b"Dear"}


def test_more_than_a_file_of_facts_holds_stays_a_table(tmp_path: Path) -> None:
    """A great table is not written as YAML that nothing could read; it can be kept as it is."""
    rows = "".join(
        f"{number},Quay Systems,Firm {number % 50},g{number},{number},1/1/2025,\n" for number in range(9_000)
    )
    table = lay(tmp_path, ORDERS.splitlines(keepends=True)[0] + rows)

    written, kept = Ran(table, "-o", tmp_path / "set"), Ran(table, "-o", tmp_path / "set", "--keep")

    assert "--keep" in str(written.error)
    assert kept.code == 0
    assert not any(path.name.startswith(".") for path in tmp_path.iterdir())


def test_a_changed_table_is_another_graph(tmp_path: Path) -> None:
    """The cache of builds is keyed by tables too."""
    Ran(lay(tmp_path), "-o", tmp_path / "set", "--keep")
    before = key_of(tmp_path / "set")

    lay(tmp_path / "set/tables", ORDERS + "4,Basin Data,Pier & Sons,,,1/3/2025,\n")

    assert key_of(tmp_path / "set") != before


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs/examples").glob("*.map.yaml")))
def test_mappings_of_the_documents_are_well_formed(name: str) -> None:
    """Every mapping that is shown can be read; what it fits is a table that not everyone has."""
    from keiretsu_loaders.tables.mapping import read_mapping

    mapping, problems, _ = read_mapping(ROOT / "docs/examples" / name)

    assert problems == []
    assert mapping is not None


def test_facts_of_one_shape_are_mapped_with_their_sources_and_entities(tmp_path: Path) -> None:
    """The mapping of collected facts takes figures, ties, deals and events, each from its own source."""
    columns = ("object", "object_type", "value", "unit", "period_start", "period_end", "event_date", "scope")
    fact: dict[str, object] = {
        **dict.fromkeys(columns), "subject": "North", "subject_type": "company", "source": "s1",
        "attribution": "company statement (Ann)",
    }  # fmt: skip
    facts: list[dict[str, object]] = [
        {"id": "f1", "relation": "reported_metric", "object": "Revenue", "object_type": "metric", "value": 2.50,
         "unit": "RMB million (more than)", "period_start": "2025-01-01", "period_end": "2025-03-31"},
        {"id": "f2", "relation": "released_on", "subject": "Spark", "subject_type": "ai_model",
         "event_date": "2025-04"},
        {"id": "f3", "relation": "acquired", "object": "South", "object_type": "company", "source": "s2"},
        {"id": "f4", "relation": "developed_by", "subject": "Spark", "subject_type": "ai_model", "object": "North",
         "object_type": "company", "attribution": "company statement (Joe Tsai)"},
        {"id": "f5", "relation": "claims"},
    ]  # fmt: skip
    entities: list[dict[str, object]] = [
        {"name": name, "aliases": [f"{name} Ltd"], "chinese_name": None, "identifiers": {}}
        for name in ("North", "South", "Spark")
    ]
    sources: list[dict[str, object]] = [
        {"id": f"s{number}", "title": "T", "kind": "news", "published": "2025-05", "url": None} for number in (1, 2)
    ]
    for name, rows in (("facts", facts), ("entities", entities), ("sources", sources)):
        lines = "".join(
            json.dumps({**(fact if name == "facts" else {}), "statement": "So it is.", **row}) + "\n" for row in rows
        )
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")

    ran = Ran(tmp_path / "facts.jsonl", "-m", ROOT / "docs/examples/collected-facts.map.yaml", "-o", tmp_path / "set")

    assert ran.err.splitlines()[:2] == [
        "5 rows: 10 entities; 2 sources; 4 claims (1 statement, 1 deal, 1 observation, 1 occurrence)",
        "1 row that no rule for claims takes",
    ]
    dataset = load(tmp_path / "set")
    assert {claim.key: (claim.source, claim.speaker) for claim in dataset.claims} == {
        "f1": ("s1", "the-company-itself"), "f2": ("s1", "the-company-itself"), "f3": ("s2", "the-company-itself"),
        "f4": ("s1", "joe-tsai"),
    }  # fmt: skip


def test_a_mapping_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    """Without --map the mapping lies beside the table; where there is none, or no table, that is said."""
    (tmp_path / "a.csv").write_text("x\n1\n")

    assert str(Ran(tmp_path / "a.csv").error) == (
        "there is no mapping 'a.map.yaml' beside the table; write one, or name it with --map"
    )
    assert str(Ran(tmp_path / "b.csv").error) == f"there is no table {str(tmp_path / 'b.csv')!r}"
