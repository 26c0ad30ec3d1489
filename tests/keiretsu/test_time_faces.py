"""Questions of figures and time on the command line and in Python."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import keiretsu
from keiretsu import cli
from keiretsu_ontology.errors import UsageError
from timely import timely_build

FOLDER = str(timely_build().folder)


def _run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(cli.make_app(), [*words, "-d", FOLDER])
    return found.exit_code, found.output


def test_days_are_options_from_and_to() -> None:
    """A timeline is cut by --from and --to, words that Python keeps for itself."""
    code, text = _run("timeline", "Harbor", "Pier", "--from", "2023-09-01", "--to", "2023-09-30", "--json")

    assert code == 0
    assert {claim["key"] for claim in json.loads(text)["claims"]} == {"bo-led", "cy-leads", "stake", "h-23"}


@pytest.mark.parametrize("words", [("at", "2023-09-11", "Harbor"), ("at", "Harbor", "2023-09-11")])
def test_a_day_may_come_first_or_second(words: tuple[str, ...]) -> None:
    """What was understood stands over the answer."""
    code, text = _run(*words)

    assert code == 0
    assert text.splitlines()[0] == "Harbor  on 2023-09-11"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("at", "2023-02-30", "Harbor"), "no day '2023-02-30'"),
        (("compare", "Harbor"), "name two different things"),
        (("metrics", "Harbor", "--period", "soon"), "'soon' is not a period"),
        (("changes", "Harbor", "--since", "2025-02-01", "--until", "2025-01-01"), "comes before"),
    ],
)
def test_a_misuse_is_told(words: tuple[str, ...], told: str) -> None:
    """What cannot be asked is an error of usage with what would be right."""
    found = CliRunner().invoke(cli.make_app(), [*words, "-d", FOLDER])

    assert isinstance(found.exception, UsageError)
    assert told in str(found.exception)


def test_python_takes_days_as_texts() -> None:
    """The same questions are methods; a day is a text or a date."""
    kg = keiretsu.open(FOLDER)

    assert len(kg.timeline("Harbor", from_="2023-09-01", to=date(2023, 9, 30)).result.moments) == 4
    assert kg.at(date(2023, 9, 11), "Harbor").result.day == kg.at("Harbor", "2023-09-11").result.day
    assert [row["claim"] for row in kg.changes("Harbor", since="2023-09-01", until="2023-09-29")] == [
        "bo-led",
        "cy-leads",
    ]
    frame = kg.metrics("Harbor", metric="revenue").to_pandas()
    assert list(frame[frame["claim"] == "h-25"]["year_computed"].astype(str)) == ["10.5"]


def test_figures_and_times_are_drawn(tmp_path: Path) -> None:
    """Bars and an axis with its years, as a picture that reaches for nothing."""
    kg = keiretsu.open(FOLDER)
    bars = kg.metrics("Harbor", metric="revenue").picture(tmp_path / "bars.svg").read_text(encoding="utf-8")
    axis = kg.timeline("Harbor", "Pier").picture(tmp_path / "axis.svg").read_text(encoding="utf-8")

    assert ("revenue, CNY, by quarter" in bars, "+10.5%*" in bars) == (True, True)
    assert (">Harbor and Pier<" in axis, ">2023<" in axis) == (True, True)
    assert "http" not in (bars + axis).replace("http://www.w3.org/2000/svg", "")
