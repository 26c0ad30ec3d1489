"""The bench of the explorer on graphs of thirty things: what it makes, and what it makes of figures."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from keiretsu_graph.derive import all_ties
from keiretsu_ontology.claims import Statement
from keiretsu_ontology.entities import is_a
from keiretsu_ontology.relations import RELATIONS

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules of the bench stand beside each other, in no package."""
    monkeypatch.syspath_prepend(str(BENCH))


def the(module: str) -> Any:
    """Return a module of the bench."""
    return import_module(module)


@pytest.mark.parametrize(("sort", "hubs"), [("scale-free", 0), ("grouped", 0), ("scale-free", 3)])
def test_graphs_are_what_the_model_admits(sort: str, hubs: int) -> None:
    """Every tie is one that the relation admits, is said by one claim, and nothing follows by rule."""
    dataset = the("company_graphs").company_graph(30, sort, hubs=hubs)

    kinds = {entity.id: entity.kind for entity in dataset.entities}
    assert len(kinds) == 30
    for claim in dataset.claims:
        assert isinstance(claim, Statement)
        assert claim.object is not None
        assert claim.subject != claim.object
        assert is_a(kinds[claim.subject], *RELATIONS[claim.relation].domain)
        assert is_a(kinds[claim.object], *RELATIONS[claim.relation].range)
    ties = all_ties(dataset.claims, dataset.entities)
    assert 1.3 * 30 < len({(tie.subject, tie.object) for tie in ties}) == len(ties) == len(dataset.claims) < 2.2 * 30
    assert len({claim.id for claim in dataset.claims}) == len(dataset.claims)
    assert {claim.source for claim in dataset.claims} <= {source.id for source in dataset.sources}


@pytest.mark.parametrize("sort", ["scale-free", "grouped"])
def test_the_same_arguments_make_the_same_graph(sort: str) -> None:
    """Chance has a seed, and another seed is another graph."""
    make = the("company_graphs").company_graph

    assert make(30, sort) == make(30, sort)
    assert make(30, sort, seed=8) != make(30, sort)


def test_a_graph_of_groups_has_several() -> None:
    """Most ties of a large enough graph stay within a group; those of a scale-free one do not."""
    make = the("company_graphs").company_graph

    def near(sort: str) -> float:
        pairs = [(int(claim.subject[1:]), int(claim.object[1:])) for claim in make(600, sort).claims]
        return sum(abs(one - other) < 60 for one, other in pairs) / len(pairs)

    assert near("grouped") > 0.8
    assert near("scale-free") < 0.5


def test_hubs_have_far_more_ties_than_chance_gives() -> None:
    """A tenth of all ties is theirs, the first of them having most."""
    dataset = the("company_graphs").company_graph(3_000, hubs=3)

    counts = [sum(f"t{hub}" in (claim.subject, claim.object) for claim in dataset.claims) for hub in range(3)]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) > len(dataset.claims) / 10


def test_a_bare_build_is_read_as_any_other(tmp_path: Path) -> None:
    """All things and ties are in it, and in the picture that every library is given."""
    dataset = the("company_graphs").company_graph(30, "grouped")
    build = the("bare_build").bare_build(dataset, tmp_path / "build")
    picture = the("graph_pages").picture_of(build)

    assert build.manifest.ties == len(picture.ties) == len(dataset.claims)
    assert sorted(node[0] for node in picture.nodes) == sorted(entity.id for entity in dataset.entities)
    assert sum(node[5] for node in picture.nodes) == 2 * len(picture.ties)
    assert len({node[3:5] for node in picture.nodes}) == 30


def rows(**given: dict[str, Any]) -> list[Any]:
    """Return rows of pages by names, all of one graph of 200 nodes."""
    names = {"ours": "keiretsu", "bare": "sigma, bare", "pyvis": "pyvis"}
    return [the("explorer_figures").Row("grouped", 200, 400, names[page], found) for page, found in given.items()]


def test_the_table_tells_what_is_missing() -> None:
    """A page that was given up says so in place of its first picture, and has no figures of what it did not reach."""
    table = the("explorer_figures").table

    _, _, one, other = table(
        rows(ours={"file_kb": 1234.4, "paint_s": 0.5, "main_ms": 4.04}, pyvis={"gave_up": "none in 9 s"})
    )
    assert one.startswith("| grouped | 200 | 400 | keiretsu | 1,234 | 0.50 |  | 4.0 |")
    assert other.startswith("| grouped | 200 | 400 | pyvis |  | none in 9 s |  |")
    assert one.count("|") == other.count("|")


def test_the_brief_table_has_a_row_for_every_page() -> None:
    """What a size lacks is said in its cell."""
    figures = the("explorer_figures")
    found = rows(ours={"paint_s": 0.52, "main_ms": 4.4, "draws_per_s": 30.2, "heap_mb": 6.1}, pyvis={"gave_up": "none"})
    found += [found[0]._replace(nodes=1_000)]

    assert list(figures.brief_table(found, "grouped"))[2:] == [
        "| keiretsu | 0.5 / 4 / 30 / 6 | 0.5 / 4 / 30 / 6 |",
        "| pyvis | none | not tried |",
    ]


def test_goals_hold_are_missed_or_were_not_measured() -> None:
    """Each goal says which, and by what figures."""
    goals = the("explorer_figures").goals
    good = rows(ours={"paint_s": 0.5, "main_ms": 5.0}, bare={"main_ms": 4.0}, pyvis={"paint_s": 5.0})
    bad = rows(ours={"paint_s": 0.6, "main_ms": 5.1}, bare={"main_ms": 4.0}, pyvis={"paint_s": 5.0})

    assert [goal.holds for goal in goals(good)] == [None, True, None, True]
    assert [goal.holds for goal in goals(bad)] == [None, False, None, False]
    assert [str(goal).rpartition(": ")[2] for goal in goals(bad)][1] == "is missed (5.1 to 4.0 ms, 1.27)"
    assert [goal.holds for goal in goals(rows(ours={}, bare={"main_ms": 4.0}, pyvis={"paint_s": 5.0}))][1::2] == [
        False
    ] * 2


def test_several_runs_give_medians() -> None:
    """Of numbers the median, also of those that not every run reached; words stay."""
    found = the("explorer_figures").middle([{"a": 1, "b": 5.0}, {"a": 9, "w": "x"}, {"a": 2}])

    assert found == {"a": 2, "b": 5.0, "w": "x"}


def test_expanding_is_told_and_held_to_its_goal() -> None:
    """Percentiles of the whole and of each request stand in the table; the goal is about 95 of 100."""
    figures = the("explorer_figures")
    found = [figures.Expanding("by chance", 2, "1 to 3", (4.0, 100.0), {"tally": (1.0, 2.0)})]

    assert list(figures.expanding_table(found))[-1] == "| 2 by chance | 1 to 3 | 0 | 4.0 | 100.0 | 1.0, 2.0 |"
    assert [goal.holds for goal in figures.expanding_goals(found)] == [False]
    quick = found[0]._replace(whole=(4.0, 99.0))
    refusing = quick._replace(refused=1)
    assert [goal.holds for goal in figures.expanding_goals([quick, refusing])] == [True, False]


@pytest.mark.browser
def test_pages_are_watched_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    """A page of thirty nodes is opened and moved; every column of its row is filled."""
    file = tmp_path / "figures.json"
    words = ["--nodes", "30", "--sorts", "grouped", "--only", "keiretsu", "--moves", "0.5", "--json", str(file)]
    told = subprocess.run(
        [sys.executable, str(BENCH / "explorer.py"), *words], capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stderr
    (row,) = json.loads(file.read_text(encoding="utf-8"))["figures"]
    assert row["page"] == "keiretsu"
    assert row["figures"]["paint_s"] > 0
    assert row["figures"]["drawings"] > 0
    assert "|  |" not in told.stdout.splitlines()[3]
