"""One body of tests for every engine: what goes in comes out, and every filter means the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from factories import a_when, small_claims, small_dataset
from keiretsu.remote.line import Line
from keiretsu.remote.view import RemoteView
from keiretsu_graph.build import Build
from keiretsu_graph.derive import all_ties
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.passing import claim_passes
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import ClaimFilter, TieFilter, View
from keiretsu_ontology.errors import StoreError
from servers import serving

_open = ExitStack()


def _remote(build: Build) -> View:
    return RemoteView(Line(_served(str(build.folder)), timeout=30))


ENGINES: dict[str, Callable[[Build], View]] = {
    "sqlite": lambda build: SqliteView.open(build.sqlite),
    "oxigraph": lambda build: OxigraphView.open(build.store),
    "remote": _remote,
}
FILTERS = {
    "all": ClaimFilter(),
    "by key": ClaimFilter(ids=("lab-unit", "rivals")),
    "by id": ClaimFilter(ids=tuple(claim.id for claim in small_claims()[:3])),
    "unknown id": ClaimFilter(ids=("c0000000000000000", "'; DROP TABLE claim; --")),
    "about one": ClaimFilter(entities=("south",)),
    "about one in a role": ClaimFilter(entities=("south",), roles=("object",)),
    "in a role": ClaimFilter(roles=("provider",)),
    "about none": ClaimFilter(entities=("nobody", "x> . DROP ALL")),
    "a shape": ClaimFilter(shapes=("observation", "deal")),
    "a topic": ClaimFilter(topics=("revenue", "unit_of")),
    "a speaker": ClaimFilter(speakers=("ann",)),
    "passed on": ClaimFilter(relays=("reporter", "ann")),
    "passed on by none": ClaimFilter(relays=("nobody",)),
    "a source": ClaimFilter(sources=("paper",)),
    "another source": ClaimFilter(sources=("other",)),
    "a modality": ClaimFilter(modalities=("forecast",)),
    "a rank": ClaimFilter(ranks=("deprecated",)),
    "facts": ClaimFilter(factual=True),
    "no facts": ClaimFilter(factual=False),
    "as of spring": ClaimFilter(as_of=date(2025, 5, 1)),
    "as of autumn": ClaimFilter(entities=("north",), as_of=date(2025, 10, 1)),
    "not yet known": ClaimFilter(known_by=date(2025, 11, 1)),
    "known": ClaimFilter(known_by=date(2025, 11, 25)),
}


@cache
def _served(folder: str) -> str:
    """Return the address of a server of a build, which goes on until all tests here are done."""
    return _open.enter_context(serving(folder))


@pytest.fixture(scope="module", autouse=True)
def _ends_servers() -> Iterator[None]:
    yield
    _open.close()
    _served.cache_clear()


@pytest.fixture(params=ENGINES)
def view(request: pytest.FixtureRequest, small_build: Build) -> Iterator[View]:
    """The small graph in one of the engines."""
    found = ENGINES[request.param](small_build)
    yield found
    if isinstance(found, RemoteView):
        found.close()


def test_the_engines_are_the_ones_meant() -> None:
    """The contract is held by at least two engines."""
    assert len(ENGINES) == 3


def test_what_goes_in_comes_out(view: View) -> None:
    """Entities, sources, claims and conflicts are read as they were written, to the last field."""
    dataset = small_dataset()

    assert view.all_entities() == list(dataset.entities)
    assert tuple(view.sources()) == dataset.sources
    assert sorted(view.claims(ClaimFilter()), key=lambda claim: claim.id) == list(dataset.claims)
    assert tuple(view.conflicts()) == dataset.conflicts
    assert view.ties(TieFilter(factual=None)) == all_ties(dataset.claims, dataset.entities)


def test_a_view_says_what_it_is_of(view: View) -> None:
    """Name, title, digest and counts."""
    dataset = small_dataset()

    assert view.about() == ("small", "A small graph", dataset.digest, len(dataset.entities), len(dataset.claims), 1)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_means_the_same_everywhere(view: View, name: str) -> None:
    """Every engine gives the claims that the one rule of passing lets through, by key."""
    wanted = sorted((claim for claim in small_claims() if claim_passes(claim, FILTERS[name])), key=lambda c: c.key)

    assert view.claims(FILTERS[name]) == wanted


def test_the_filters_tell_claims_apart() -> None:
    """The filters above do not all give the same."""
    found = {name: [c.key for c in small_claims() if claim_passes(c, where)] for name, where in FILTERS.items()}

    assert len({tuple(keys) for keys in found.values()}) > 12
    assert found["a speaker"] == ["ann-wants"]
    assert sorted(found["passed on"]) == ["ann-wants", "north-south", "sales-own"]
    assert found["not yet known"] == []


def test_keys_are_told_without_the_claims(view: View) -> None:
    """Every claim has its key under its id, in the order of the keys."""
    wanted = {claim.id: claim.key for claim in sorted(small_claims(), key=lambda claim: claim.key)}

    assert list(view.keys().items()) == list(wanted.items())


@pytest.mark.parametrize(
    ("where", "pairs"),
    [
        (TieFilter(), {("lab", "develops", "spark"), ("south", "develops", "spark"), ("lab", "offers", "spark"),
                       ("spark", "optimized_for", "reasoning")}),
        (TieFilter(stated_only=True), {("lab", "develops", "spark"), ("spark", "optimized_for", "reasoning")}),
        (TieFilter(relations=("offers",)), {("lab", "offers", "spark")}),
        (TieFilter(as_of=date(2025, 1, 1), relations=("offers",)), set()),
        (TieFilter(known_by=date(2025, 1, 1)), set()),
    ],
)  # fmt: skip
def test_neighbours_pass_their_filter(view: View, where: TieFilter, pairs: set[tuple[str, str, str]]) -> None:
    """The ties of a frontier come from both ends, and only those that the filter lets through."""
    found = view.neighbours(["spark", "nobody"], where)

    assert {(tie.subject, tie.relation, tie.object) for tie in found} == pairs
    assert found == sorted(found, key=lambda tie: (tie.subject, tie.relation, tie.object, tie.rule or "", tie.claims))


def test_remarks_are_not_walked(view: View) -> None:
    """A priority or an assessment is a tie that paths leave out."""
    assert "prioritizes" in {tie.relation for tie in view.neighbours(["ann"], TieFilter())}
    assert "prioritizes" not in {tie.relation for tie in view.neighbours(["ann"], TieFilter(walkable=True))}


@pytest.mark.parametrize("by", ["shape", "topic", "speaker", "source", "modality", "rank"])
def test_counts_add_up(view: View, by: str) -> None:
    """Groups hold every claim once, clocks or not."""
    counts = view.counts(ClaimFilter(), by)  # type: ignore[arg-type]

    assert sum(counts.values()) == len(small_claims())
    assert list(counts) == sorted(counts)
    assert sum(view.counts(ClaimFilter(known_by=date(2025, 1, 1)), by).values()) == 0  # type: ignore[arg-type]


def test_conflicts_are_found_by_side(view: View) -> None:
    """A conflict is found by any of its sides and by nothing else."""
    (conflict,) = view.conflicts()

    assert view.conflicts([conflict.claims[0]]) == [conflict]
    assert view.conflicts(["c0000000000000000"]) == []


@pytest.mark.parametrize(
    ("text", "entity", "match"),
    [("south", "south", "id"), ("South Group", "south", "name"), ("SOUTH  group", "south", "name"),
     ("southern-group", "south", "id"), ("NYSE:STH", "south", "identifier"),
     ("STH", "south", "identifier"), ("南方集团", "south", "name"),
     ("南方", "south", "prefix"), ("Sou", "south", "prefix"), ("Wu", "ann", "words"), ("Soutth", "south", "similar")],
)  # fmt: skip
def test_names_are_found(view: View, text: str, entity: str, match: str) -> None:
    """Ids, identifiers and names in any script, parts of names, and slips."""
    best = view.names(text)[0]

    assert (best.entity, best.match) == (entity, match)


@pytest.mark.parametrize("text", ["", "   ", "zzzzzz", "%", "' OR 1=1 --", "\x00", "x" * 10_000])
def test_nonsense_finds_nothing(view: View, text: str) -> None:
    """What is no name finds nothing and breaks nothing."""
    assert view.names(text) == []


def test_uncertain_dates_come_back(view: View) -> None:
    """A wording, its bounds and whether the year was inferred survive every engine."""
    (deal,) = view.claims(ClaimFilter(ids=("north-south",)))

    expected = a_when("2025-07", date(2025, 7, 1), date(2025, 7, 31), stated="late July", inferred=True)
    assert deal.held.start == expected
    assert replace(deal, id="") != replace(view.claims(ClaimFilter(ids=("spark-out",)))[0], id="")


def test_what_is_no_graph_is_refused(tmp_path: object) -> None:
    """A file or folder of something else is named, not read."""
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "x.sqlite").write_bytes(b"no database at all, but long enough to look at" * 40)
    for opened in (lambda: SqliteView.open(folder / "x.sqlite"), lambda: SqliteView.open(folder / "none.sqlite"),
                   lambda: OxigraphView.open(folder)):  # fmt: skip
        with pytest.raises(StoreError):
            opened()
