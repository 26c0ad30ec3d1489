"""Central: what stands in the middle of the graph."""

from __future__ import annotations

from datetime import date

import pytest

from archipelago import archipelago, tides
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Clocks
from keiretsu_queries.sheets import Network, Table
from keiretsu_queries.whole import central as module
from keiretsu_queries.whole.central import central, tell_central


def test_the_most_central_comes_first(sea: SqliteView) -> None:
    """Things by how many others they are tied to, equal ones by name, each with what its place rests on."""
    answer = central(sea, top=3)

    assert [(place.rank, place.entity.id, place.values["degree"]) for place in answer.result.places] == [
        (1, "coral", 5.0), (2, "reef", 5.0), (3, "pearl", 4.0),
    ]  # fmt: skip
    first = answer.result.places[1]
    assert first.rests_on == ("coral-unit", "kim-leads", "lagoon-reef", "reef-atoll", "reef-ferry", "reef-ferry-wire")
    assert (first.ties, first.sources) == (6, ("paper", "wire"))
    assert {claim.key for claim in answer.claims} >= set(first.rests_on)


def test_a_kind_is_listed_and_the_whole_is_measured(sea: SqliteView) -> None:
    """Asked for people, people are ranked by their place among everything."""
    answer = central(sea, kind="people", measure="closeness")

    assert [place.entity.id for place in answer.result.places] == ["lee", "kim"]
    assert answer.result.things == central(sea).result.things


@pytest.mark.parametrize("measure", ["degree", "betweenness", "closeness", "pagerank", "eigenvector"])
def test_every_measure_ranks_and_is_explained(sea: SqliteView, measure: str) -> None:
    """The table is ordered by the measure asked for, stands beside the usual ones, and says what each means."""
    answer = central(sea, measure=measure)
    blocks = list(tell_central(answer))

    values = [place.values[measure] for place in answer.result.places]
    assert values == sorted(values, reverse=True)
    (shown,) = [block for block in blocks if isinstance(block, Table)]
    assert {"degree", "betweenness", "pagerank", measure} <= {column.name for column in shown.columns}
    assert sum(getattr(block, "text", "").startswith(f"{measure}: ") for block in blocks) == 1


def test_a_slip_is_told(sea: SqliteView) -> None:
    """Neither a measure nor a kind is guessed."""
    with pytest.raises(UsageError, match="did you mean 'pagerank'"):
        central(sea, measure="pagerang")
    with pytest.raises(UsageError, match="did you mean 'companies'"):
        central(sea, kind="compnies")


def test_a_picture_shows_sizes_of_what_it_draws(sea: SqliteView) -> None:
    """Each thing in the picture has its size, the first the largest."""
    (drawn,) = [block for block in tell_central(central(sea)) if isinstance(block, Network)]

    assert {end for tie in drawn.ties for end in (tie.subject, tie.object)} == set(drawn.sizes)
    assert drawn.sizes["reef"] == 1.0


def test_the_clocks_take_ties_away(sea: SqliteView) -> None:
    """Before a deal its parties are not tied by it; before the sources came out nothing is."""
    early = central(sea, clocks=Clocks(as_of=date(2025, 1, 1)), top=30)

    degrees = {place.entity.id: place.values["degree"] for place in early.result.places}
    assert (degrees["delta"], degrees["coral"]) == (2.0, 3.0)
    assert any("undated" in note for note in early.notes)
    nothing = central(sea, clocks=Clocks(known_by=date(2025, 1, 1)))
    assert (nothing.state, nothing.claims) == ("not known", ())
    assert nothing.instead[0] == "no fact known by 2025-01-01 ties two things of this graph"


def test_an_estimate_is_said(sea: SqliteView, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the graph is large the answer says what betweenness rests on."""
    monkeypatch.setattr(module, "EXACT", 5)

    assert any("estimated from" in note for note in central(sea).notes)


def test_the_order_of_claims_changes_nothing(sea: SqliteView, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same facts written in another order give the same answer."""
    turned = build(archipelago(tides()[::-1]), tmp_path_factory.mktemp("turned") / "out")

    assert central(SqliteView.open(turned.sqlite), measure="eigenvector") == central(sea, measure="eigenvector")
