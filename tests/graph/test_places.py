"""Neighbourhoods and places: what the explorer asks of the engine for look-ups."""

from __future__ import annotations

from keiretsu_graph.neighbourhoods import Tally
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import TieFilter
from keiretsu_ontology.relations import RELATIONS

EVERY = TieFilter(factual=None)


def test_among_is_every_tie_with_both_ends_inside(seeds: SqliteView) -> None:
    """Ties among some entities are the ties of the whole graph with both ends among them, in their order."""
    ids = [entity.id for entity in seeds.all_entities()]
    ties = seeds.ties(EVERY)

    for some in (ids, ids[::2], ids[::7], ids[:1], [], ["nobody", *ids[:90]]):
        assert seeds.among(some) == [tie for tie in ties if {tie.subject, tie.object} <= set(some)]


def test_a_tally_counts_distinct_neighbours(seeds: SqliteView) -> None:
    """Every entity's tally is what one counts by hand over all ties, the most tied neighbours first."""
    ties, places = seeds.ties(EVERY), seeds.places()
    groups: dict[str, dict[tuple[str, bool], set[str]]] = {entity: {} for entity in places}
    for tie in ties:
        both = RELATIONS[tie.relation].symmetric
        groups[tie.subject].setdefault((tie.relation, True), set()).add(tie.object)
        groups[tie.object].setdefault((tie.relation, both), set()).add(tie.subject)

    for entity, found in groups.items():
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0][0], not item[0][1]))
        assert seeds.tally(entity, top=3) == [
            Tally(*key, len(others), tuple(sorted(others, key=lambda one: (-places[one].ties, one))[:3]))
            for key, others in ordered
        ]
    assert len(groups) > 500


def test_the_foremost_have_the_most_ties(seeds: SqliteView) -> None:
    """The foremost come by how many ties they have, then by id; ties are distinct and drawn at first."""
    places = seeds.places()

    assert seeds.foremost(len(places)) == sorted(places, key=lambda one: (-places[one].ties, one))
    assert seeds.foremost(0) == seeds.foremost(-1) == []
    drawn = {
        (tie.subject, tie.relation, tie.object)
        for tie in seeds.ties(EVERY)
        if len(tie.claims) == 1 and RELATIONS[tie.relation].group != "remarks"
    }
    turned = {(b, relation, a) for a, relation, b in drawn if RELATIONS[relation].symmetric and a < b}
    distinct = {tie for tie in drawn if tie not in turned or tie[0] < tie[2]}
    first = seeds.foremost(1)[0]
    assert places[first].ties == sum(first in (a, b) for a, _, b in distinct)


def test_places_are_found_by_id(seeds: SqliteView) -> None:
    """Asked for some, the view gives those it knows; asked for none in particular, all of them."""
    places = seeds.places()

    assert list(places) == [entity.id for entity in seeds.all_entities()]
    assert seeds.places(["alibaba", "nobody", "\ud800", "x\0", "' OR 1=1"]) == {"alibaba": places["alibaba"]}
    assert seeds.places([]) == {}
    assert seeds.tally("' OR 1=1") == seeds.tally("\ud800") == []
    assert seeds.among(["\ud800", "x\0"]) == []
