"""Bridges: what would the graph fall apart without."""

from __future__ import annotations

from datetime import date

from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.base import Clocks
from keiretsu_queries.sheets import Network, Said
from keiretsu_queries.whole.bridges import bridges, tell_bridges


def test_key_things_say_what_they_cut_off(sea: SqliteView) -> None:
    """Without a thing so much falls off in so many pieces, with examples, best tied first."""
    found = bridges(sea, stated_only=True).result

    assert [(thing.entity.id, thing.cut_off, thing.pieces, thing.examples) for thing in found.key_things[:3]] == [
        ("reef", 8, (4, 3, 1), ("atoll", "delta", "creek", "ferry")),
        ("coral", 5, (4, 1), ("pearl", "lee", "pearl-1", "pearl-2")),
        ("ferry", 3, (3,), ("delta", "creek", "marsh")),
    ]


def test_key_ties_rest_on_their_claims(sea: SqliteView) -> None:
    """Ferry alone leads to delta, on one source; to ferry two sources lead."""
    ties = {(tie.inside, tie.outside): tie for tie in bridges(sea, stated_only=True).result.key_ties}

    delta, ferry = ties["ferry", "delta"], ties["reef", "ferry"]
    assert (delta.cut_off, delta.examples, [claim.key for claim in delta.claims], delta.sources) == (
        3, ("creek", "marsh"), ["ferry-delta"], ("paper",),
    )  # fmt: skip
    assert (ferry.cut_off, ferry.sources) == (4, ("paper", "wire"))
    assert [claim.key for claim in ferry.claims] == ["reef-ferry", "reef-ferry-wire"]


def test_a_second_way_round_makes_no_bridge(sea: SqliteView) -> None:
    """With the deal between marsh and coral there are two ways between the triangles, and ferry holds nothing alone."""
    found = bridges(sea).result

    assert not {("ferry", "delta"), ("reef", "ferry")} & {(tie.inside, tie.outside) for tie in found.key_ties}
    assert "ferry" not in {thing.entity.id for thing in found.key_things}


def test_one_source_is_marked(sea: SqliteView) -> None:
    """On a page each key tie stands with its claims; one that a single source tells of is marked."""
    blocks = list(tell_bridges(bridges(sea, stated_only=True)))
    texts = [getattr(block, "text", "") for block in blocks]

    assert "Ferry — Delta  holds 3  [one source]" in texts
    assert "Reef Group — Ferry  holds 4" in texts
    assert {block.claim.key for block in blocks if isinstance(block, Said)} >= {"ferry-delta", "reef-ferry-wire"}


def test_single_things_are_counted_and_not_listed(sea: SqliteView) -> None:
    """A tie that holds one thing alone is the end of a chain."""
    found = bridges(sea).result

    assert all(tie.cut_off > 1 for tie in found.key_ties)
    assert found.ends == 5  # kim, lee, opal, and two models; the third is offered as well


def test_brokers_stand_on_more_chains_than_their_ties_let_expect(sea: SqliteView) -> None:
    """Brokers come with their ties and how many times over their share they stand between."""
    brokers = bridges(sea, stated_only=True).result.brokers

    assert brokers[0].entity.id == "ferry"
    assert (brokers[0].degree, brokers[0].times > 1) == (2, True)


def test_a_picture_sizes_what_is_key(sea: SqliteView) -> None:
    """The thing that holds most is the largest."""
    (drawn,) = [block for block in tell_bridges(bridges(sea)) if isinstance(block, Network)]

    assert max(drawn.sizes.values()) == 1.0
    assert drawn.ties


def test_the_clocks_cut(sea: SqliteView) -> None:
    """Before June ferry did not supply delta: the graph was in two pieces then."""
    assert len(bridges(sea, clocks=Clocks(as_of=date(2025, 5, 1))).result.parts) == 2
    assert bridges(sea, clocks=Clocks(known_by=date(2025, 1, 1))).state == "not known"
