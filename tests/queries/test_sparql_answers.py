"""Answers and SPARQL agree: what a question rests on is what its query finds."""

from __future__ import annotations

import pytest

from keiretsu_graph.build import Build
from keiretsu_graph.oxigraph import open_store, query
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.vocabulary import slug_of
from keiretsu_queries.questions import QUESTIONS

ASKED = {
    "show": ("alibaba",), "partners": ("alibaba",), "path": ("nba", "bosch"), "metrics": ("alibaba",),
    "conflicts": (), "timeline": ("qwen3",),
    "central": (), "communities": (), "bridges": (), "ties": (), "list": ("chips",),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_the_query_of_an_answer_finds_its_claims(name: str, seeds: SqliteView, seeds_build: Build) -> None:
    """Every claim that an answer rests on is among the rows of its SPARQL."""
    answer = QUESTIONS[name].ask(seeds, *ASKED[name])

    rows = query(open_store(seeds_build.store), answer.sparql).rows()
    assert answer.claims
    assert {claim.id for claim in answer.claims} <= {slug_of(str(row["claim"])) for row in rows}
