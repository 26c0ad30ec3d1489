"""Communities: which things hang together."""

from __future__ import annotations

from datetime import date

import pytest

from factories import a_statement
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Clocks
from keiretsu_queries.sheets import Network, Table
from keiretsu_queries.whole.communities import communities, tell_communities


def test_triangles_are_groups(sea: SqliteView) -> None:
    """What hangs together closely is one group, named by its most central members, with what ties it."""
    found = communities(sea, stated_only=True).result.communities

    assert {group.name: [member.id for member in group.members] for group in found} == {
        "Pearl, Coral, Lee Park": ["pearl", "coral", "lee", "pearl-1", "pearl-2", "pearl-3"],
        "Reef Group, Atoll, Lagoon": ["reef", "atoll", "lagoon", "kim", "opal"],
        "Delta, Creek, Marsh": ["delta", "creek", "marsh", "ferry"],
    }
    assert found[1].relations == (("partner_of", 3), ("chief_executive_of", 1), ("develops", 1))
    assert (found[1].inside, found[1].outside, found[1].claims, found[1].sources) == (5, 2, 5, ("paper",))


def test_numbers_add_up(sea: SqliteView) -> None:
    """Everything tied is in one group; ties inside and between groups are all ties; shares of modularity add up."""
    division = communities(sea).result

    groups = division.communities
    assert sum(len(group.members) for group in groups) == division.things
    assert sum(group.inside for group in groups) + sum(group.outside for group in groups) / 2 == division.pairs
    assert sum(group.modularity for group in groups) == pytest.approx(division.modularity, abs=1e-3)
    assert all(0 <= group.conductance <= 1 for group in groups)


def test_resolution_makes_more_or_fewer(sea: SqliteView) -> None:
    """A high resolution gives more groups than a low one; one that is no number above 0 is refused."""
    assert communities(sea, resolution=4).result.found > communities(sea, resolution=0.1).result.found
    for wrong in (0, -1, float("nan"), float("inf")):
        with pytest.raises(UsageError, match="above 0"):
            communities(sea, resolution=wrong)


def test_groups_left_out_are_counted(sea: SqliteView) -> None:
    """The table has so many groups as were asked for, and a line says how many more there are."""
    answer = communities(sea, limit=1)
    blocks = list(tell_communities(answer))

    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert len(table.rows) == 1
    assert f"... and {answer.result.found - 1} smaller: --limit {answer.result.found}" in [
        getattr(block, "text", "") for block in blocks
    ]


def test_a_picture_has_a_group_for_all_that_it_draws(sea: SqliteView) -> None:
    """Each thing that is drawn has the colour of its group."""
    (drawn,) = [block for block in tell_communities(communities(sea)) if isinstance(block, Network)]

    assert {end for tie in drawn.ties for end in (tie.subject, tie.object)} == set(drawn.groups)


def test_one_pair_is_one_group(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The smallest graph divides into itself; nothing leads out of it."""
    from archipelago import archipelago

    claims = [a_statement("only", "reef", "partner_of", "atoll")]
    view = SqliteView.open(build(archipelago(claims), tmp_path_factory.mktemp("pair") / "out").sqlite)

    (group,) = communities(view).result.communities
    assert (group.inside, group.outside, group.conductance) == (1, 0, 0.0)


def test_nothing_known_is_no_group(sea: SqliteView) -> None:
    """Before the sources came out there was nothing to divide."""
    assert communities(sea, clocks=Clocks(known_by=date(2025, 1, 1))).state == "not known"
