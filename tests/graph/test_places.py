"""Neighbourhoods and places: what the explorer asks of the engine for look-ups."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from factories import small_claims, small_dataset
from keiretsu_graph.build import Build, build, cached
from keiretsu_graph.neighbourhoods import Tally
from keiretsu_graph.places import Place
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import TieFilter
from keiretsu_ontology.dataset import Dataset
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


def _copied(build: Build, folder: Path) -> SqliteView:
    shutil.copytree(build.files, folder)
    return SqliteView.open(folder / "graph.sqlite")


def test_a_build_is_laid_out_when_somebody_asks(tmp_path: Path) -> None:
    """A look-up makes no places; the first question for them does, and keeps them, byte for byte the same."""
    files = [build(small_dataset(), tmp_path / name).files for name in ("a", "b")]
    told: list[str] = []
    assert not (files[0] / "places.sqlite").exists()

    views = [SqliteView.open(folder / "graph.sqlite") for folder in files]
    views[0].arrange(progress=told.append)
    assert views[0].places() == views[1].places()
    assert told == ["laying out 11 things"]
    assert (files[0] / "places.sqlite").read_bytes() == (files[1] / "places.sqlite").read_bytes()
    views[0].arrange(progress=told.append)
    SqliteView.open(files[0] / "graph.sqlite").arrange(progress=told.append)
    assert len(told) == 1


def test_places_outlive_facts(tmp_path: Path) -> None:
    """In the next build of a folder what was there stands where it stood, also over builds that nobody looked at."""
    out = tmp_path / "out"
    before = SqliteView.open(build(_small(11), out, layout="now").sqlite).places()
    build(_small(12), out)
    built = build(_small(14), out)
    after = SqliteView.open(built.sqlite).places()

    assert {one: place[:2] for one, place in after.items()} == {one: place[:2] for one, place in before.items()}
    assert (
        SqliteView.open(build(_small(14), out, layout="afresh").sqlite).places()
        == SqliteView.open(build(_small(14), tmp_path / "other", layout="now").sqlite).places()
    )


def _small(claims: int) -> Dataset:
    return replace(small_dataset(small_claims()[:claims]), digest=str(claims).ljust(64, "0"))


def test_the_cache_hands_places_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed file is another build in the cache, with the places of the one before."""
    monkeypatch.setenv("KEIRETSU_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "data"
    (folder / "claims").mkdir(parents=True)
    (folder / "keiretsu.yaml").write_text("name: x", encoding="utf-8")
    first = cached(folder, small_dataset)
    _moved_places(first.files)
    (folder / "claims" / "a.yaml").write_text("x", encoding="utf-8")
    second = cached(folder, lambda: _small(11))

    assert second != first
    assert set(SqliteView.open(second.sqlite).places().values()) >= {Place(0.5, 0.25, 0)}


def _moved_places(files: Path) -> None:
    SqliteView.open(files / "graph.sqlite").arrange()
    with contextlib.closing(sqlite3.connect(files / "places.sqlite")) as db:
        db.execute("UPDATE place SET x = 0.5, y = 0.25")
        db.commit()


def test_a_build_that_cannot_be_written_is_laid_out_in_memory(
    small_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no file can be put, places are there all the same, and are the same."""
    kept = _copied(small_build, tmp_path / "kept").places()
    view = _copied(small_build, tmp_path / "locked")
    monkeypatch.setattr("keiretsu_graph.places.Path.replace", _refuse)

    assert view.places() == kept
    assert view.places(["north"]) == {"north": kept["north"]}
    assert sorted(entry.name for entry in (tmp_path / "locked").iterdir()) == ["graph.nq", "graph.sqlite", "oxigraph"]


def _refuse(*_: object) -> None:
    raise PermissionError("read only")


@pytest.mark.parametrize("what", [b"", b"not a database", b"SQLite format 3\0" + bytes(200)])
def test_damaged_places_are_made_again(small_build: Build, tmp_path: Path, what: bytes) -> None:
    """Rubbish in the file of places is replaced."""
    kept = _copied(small_build, tmp_path / "kept").places()
    view = _copied(small_build, tmp_path / "damaged")
    (tmp_path / "damaged" / "places.sqlite").write_bytes(what)

    assert view.places() == kept
    assert (tmp_path / "damaged" / "places.sqlite").read_bytes()[:15] == b"SQLite format 3"
    view.close()


def test_places_stay_for_their_readers(small_build: Build, tmp_path: Path) -> None:
    """Who opened a build goes on reading its places after its folder is gone."""
    view = _copied(small_build, tmp_path / "gone")
    kept = view.places()
    shutil.rmtree(tmp_path / "gone")

    assert view.places() == kept
