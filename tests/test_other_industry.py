"""Another industry needs files and no code: the example on car makers and batteries answers every question."""

from __future__ import annotations

from pathlib import Path

import pytest

import keiretsu
from keiretsu.library import Graph
from keiretsu_loaders import check

CARS = Path(__file__).parents[1] / "docs" / "examples" / "cars"


@pytest.fixture(scope="module")
def cars(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The example, open in Python."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEIRETSU_CACHE", str(tmp_path_factory.mktemp("cache")))
        return keiretsu.open(CARS)


def test_every_place_is_verified() -> None:
    """The texts of the sources lie beside, and every quote stands in them."""
    report = check(CARS)

    assert report.problems == ()
    assert report.evidence == {"verified": 35, "moved": 0, "unchecked": 0}


def test_two_counts_disagree(cars: Graph) -> None:
    """What the maker and the counting house say of one quarter is a conflict, as are two ranges of one car."""
    sides = [{side.claim.key for side in dispute.sides} for dispute in cars.conflicts().result]

    assert sorted(sides, key=sorted) == [{"n1-range", "n1-range-own"}, {"nordwagen-cars", "nordwagen-cars-counted"}]


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("Who is the chief executive of Nordwagen?", {"lind-chief", "berg-chief"}),
        ("Who led Nordwagen in January 2023?", {"berg-chief"}),
        ("Who makes the VX4?", {"vx4-maker"}),
        ("When was the N1 launched?", {"n1-out", "n1-due"}),
        ("Who is the ceo of 桜自動車?", set()),
    ],
)
def test_questions_in_english(cars: Graph, question: str, keys: set[str]) -> None:
    """The fixed forms work on any graph, and what is not known is not known."""
    found = cars.ask(question)

    assert {claim.key for claim in found.claims} == keys
    assert found.state == ("known" if keys else "not known")
