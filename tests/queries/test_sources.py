"""What rests on one source, on one voice, and on several."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from factories import a_statement
from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_queries.base import Clocks
from keiretsu_queries.cited import Cited, cited, more_words
from keiretsu_queries.doubts.sources import Backed, sources
from keiretsu_queries.lines import Line, folded
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import rows_of
from keiretsu_queries.sameness import facts_of
from keiretsu_queries.things.show import show
from newsroom import news_claims


def _keys(claims: tuple[AnyClaim, ...]) -> list[str]:
    return [claim.key for claim in claims]


def _told(rows: tuple[Backed, ...]) -> list[tuple[list[str], int]]:
    return [(_keys(row.fact.claims), row.voices) for row in rows]


def test_facts_are_sorted_by_how_many_say_so(news: View) -> None:
    """The deal has two voices, the papers' figure two; a passed-on figure has one in two sources."""
    several, relayed, alone = sources(news, "acme").result.strengths

    assert _told(several.facts) == [(["deal-filing", "deal-herald"], 2), (["rev-daily", "rev-herald"], 2)]
    assert _told(relayed.facts) == [(["rev-filing", "rev-wire"], 1)]
    assert [keys for keys, _ in _told(alone.facts)] == [
        ["lab-acme"], ["ann-leads"], ["friends"], ["acme-profit"], ["spark-out"],
    ]  # fmt: skip


def test_each_source_says_how_much_stands_nowhere_else(news: View) -> None:
    """Claims, their share, and the facts that no independent source says."""
    rows = rows_of(QUESTIONS["sources"], sources(news, "acme")).to_dicts()

    assert [(row["source"], row["claims"], row["percent"], row["only_here"]) for row in rows] == [
        ("filing", 7, Decimal("46.7"), 6), ("herald-story", 3, Decimal("20.0"), 0),
        ("wire-story", 3, Decimal("20.0"), 1), ("daily-story", 2, Decimal("13.3"), 0),
    ]  # fmt: skip
    assert rows[0]["publisher"] == "Acme"


def test_the_whole_graph_is_counted(news: View) -> None:
    """Without a name every source is told, and the facts are counted."""
    result = sources(news, limit=2).result

    assert (len(result.sources), result.more) == (2, 2)
    assert [(row.number, row.facts) for row in result.strengths] == [(2, ()), (1, ()), (16, ())]


def test_what_had_not_come_out_backs_nothing(news: View) -> None:
    """By the day of the wire all is one voice."""
    several, *_ = sources(news, "acme", clocks=Clocks(known_by=date(2025, 10, 2))).result.strengths

    assert several.number == 0


def test_claims_on_one_thing_are_one_fact_only_where_both_may_hold() -> None:
    """Three billion and four are two facts; a launch on two days is two; order of claims changes nothing."""
    claims = news_claims()

    facts = [_keys(fact.claims) for fact in facts_of(claims)]
    assert ["rev-daily", "rev-herald"] in facts
    assert ["rev-filing", "rev-wire"] in facts
    assert ["spark-out"] in facts
    assert facts == [_keys(fact.claims) for fact in facts_of(reversed(claims))]


def test_beneath_an_answer_stand_the_sources_of_what_is_shown(news: View) -> None:
    """A page that shows one claim under each heading lists their sources and counts the others."""
    answer = show(news, "bolt", limit=1)
    found = cited(list(QUESTIONS["show"].tell(answer)), answer)

    assert ([source.id for source in found.sources], found.more) == (["daily-story", "filing"], 1)
    assert more_words(found) == "... and 1 more source, of claims that are not shown: keiretsu sources"
    assert more_words(Cited((), 2)) == "2 sources, of claims that are not shown: keiretsu sources"


def test_what_was_put_aside_backs_nothing() -> None:
    """A deprecated claim stands for itself beside one that says the same."""
    good, bad = (
        Line(a_statement(key, "north", "partner_of", "south", speaker=key, rank=rank, rank_reason="so"), (), (), None)
        for key, rank in (("good", "normal"), ("bad", "deprecated"))
    )

    assert {(row.claim.key, row.restated) for row in folded([good, bad])} == {("good", ()), ("bad", ())}
