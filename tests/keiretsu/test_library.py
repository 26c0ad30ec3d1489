"""The graph in Python and in a notebook."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import keiretsu
from keiretsu.drawing import axis_svg, bars_svg
from keiretsu.library import Graph
from keiretsu.rendering import width_of
from keiretsu_graph.build import Build
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.sheets import Axis, Bar, Bars, Stretch

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def kg(small_build: Build) -> Graph:
    """The small graph, open in Python."""
    return keiretsu.open(small_build.folder)


def test_questions_are_methods(kg: Graph) -> None:
    """A question is asked by its name, with days as texts, and its answer can be counted on."""
    found = kg.partners("North", as_of="2025-10-01")

    assert (found.state, bool(found), len(found)) == ("known", True, 1)
    assert [claim.key for claim in found.claims] == ["north-south"]
    assert not kg.partners("North", as_of=date(2025, 6, 1))
    assert {"show", "partners", "path"} <= set(dir(kg))
    assert repr(kg) == "<graph 'A small graph': 11 entities, 14 claims, 1 sources>"


def test_a_misspelt_question_or_option_is_told(kg: Graph) -> None:
    """The nearest right word is offered; what is no day is no day."""
    with pytest.raises(AttributeError, match="did you mean 'partners'"):
        kg.partnrs("North")
    with pytest.raises(UsageError, match="did you mean 'stated_only'"):
        kg.partners("North", statedonly=True)
    with pytest.raises(UsageError, match="not a day"):
        kg.partners("North", as_of="yesterday")


def test_methods_are_signed(kg: Graph) -> None:
    """What a question is asked with is read off its method, both days included, and told in its help."""
    assert str(inspect.signature(kg.partners)).startswith("(name: str, *, stated_only: bool = False, as_of: ")
    assert "max_hops: How many ties a path may have." in (kg.path.__doc__ or "")


def test_values_of_another_sort_are_told(kg: Graph) -> None:
    """A value of the wrong type or out of its bounds is a misuse in plain words; so is none at all."""
    with pytest.raises(UsageError, match="name is a text, not 5"):
        kg.partners(5)
    with pytest.raises(UsageError, match="stated_only is True or False, not 'yes'"):
        kg.partners("North", stated_only="yes")
    with pytest.raises(UsageError, match="limit is a whole number from 1 to 50, not 51"):
        kg.path("North", "Spark", limit=51)
    with pytest.raises(UsageError, match="limit is a whole number, not True"):
        kg.path("North", "Spark", limit=True)
    with pytest.raises(TypeError, match=r"partners\(\) missing a required argument: 'name'"):
        kg.partners()


def test_an_answer_shows_itself(kg: Graph) -> None:
    """As text, as HTML with its sources, as Markdown, as plain data."""
    found = kg.metrics("North")

    assert "revenue" in str(found)
    assert "on 3 claims" in repr(found)
    assert "https://example.org/paper" in found._repr_html_()
    assert found.to_dict()["version"] == 1
    assert found.to_csv().splitlines()[0].startswith("entity,")
    assert found.to_markdown().startswith("### ")


def test_hostile_names_stay_text(kg: Graph) -> None:
    """Neither the notebook nor Markdown nor a drawing takes a name for markup."""
    asked = kg.show(HOSTILE)
    bars = bars_svg(Bars(HOSTILE, (Bar(HOSTILE, Decimal(1), Decimal(2), HOSTILE),)))
    axis = axis_svg(Axis((Stretch(HOSTILE, HOSTILE, date(2025, 1, 1), date(2025, 2, 1)),)))

    for drawn in (asked._repr_html_(), bars, axis):
        assert "<script" not in drawn
        assert "&lt;script" in drawn
    assert "<script" not in asked.to_markdown()


def test_frames(kg: Graph) -> None:
    """Rows become frames of pandas and polars with their columns."""
    found = kg.partners("North")

    assert list(found.to_pandas()["claim"]) == ["north-south"]
    assert found.to_polars()["claim"].to_list() == ["north-south"]
    assert found.to_pandas(claims=True).shape[0] == 1


def test_a_reply_is_drawn(kg: Graph, tmp_path: Path) -> None:
    """A picture goes into the file that is named."""
    assert kg.partners("North").picture(tmp_path / "p.html").read_text(encoding="utf-8").startswith("<html")


def test_sparql_and_networkx(kg: Graph) -> None:
    """The same graph is asked in SPARQL and walked in networkx."""
    assert not kg.sparql("SELECT ?who { ?who kei:customerOf entity:south }").empty
    assert kg.to_networkx().has_edge("lab", "spark")


def test_chinese_takes_two_columns() -> None:
    """Tables stay straight beside Chinese names."""
    assert width_of("千问 app") == 8
