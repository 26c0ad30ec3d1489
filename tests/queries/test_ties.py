"""Ties: how much is said, of what sort, when and by whom."""

from __future__ import annotations

from datetime import date

import pytest

from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.sheets import Bars, Said
from keiretsu_queries.things.ties import GROUPINGS, Tally, tell_ties, ties
from keiretsu_queries.words.sorts import sort_named


def _counts(answer: Answer[Tally]) -> dict[str, tuple[int, int, int]]:
    return {row.label: (row.facts, row.derived, row.claimed) for row in answer.result.counts}


def test_ties_are_counted_by_relation(sea: SqliteView) -> None:
    """Each thing said counts once: as said, as following by rule, or as only claimed; denials do not count."""
    answer = ties(sea)

    assert _counts(answer) == {
        "is a partner of": (6, 2, 0), "develops": (2, 7, 1), "is a member of": (3, 0, 0), "supplies": (2, 0, 0),
        "launch": (2, 0, 0), "adoption": (1, 0, 0), "competes with": (0, 0, 1), "is a customer of": (0, 2, 0),
        "is a unit of": (1, 0, 0), "is an officer of": (1, 0, 0), "is chief executive of": (1, 0, 0),
        "offers": (0, 1, 0),
    }  # fmt: skip
    assert answer.result.headline == f"{answer.result.total} ties, deals and events, 2 of them only claimed"
    assert "what is denied is not counted: no-pact" in answer.notes


def test_what_two_say_counts_once(sea: SqliteView) -> None:
    """Reef supplies ferry by two claims of two sources; pearl 2 came out by two: one tie and one event."""
    (supplies,) = [row for row in ties(sea).result.counts if row.label == "supplies"]
    (launches,) = ties(sea, "launches", by="relation").result.counts

    assert (supplies.facts, supplies.claims, supplies.sources) == (2, 3, ("paper", "wire"))
    assert (launches.facts, launches.claims) == (2, 3)


def test_years_stand_in_order_and_the_undated_are_counted(sea: SqliteView) -> None:
    """What nobody dates is counted as undated; a beginning counts for its year."""
    assert list(_counts(ties(sea, by="year"))) == ["2025", "undated"]
    assert _counts(ties(sea, "deals", by="year")) == {"2025": (1, 0, 0)}


def test_roles_are_of_deals_and_events(sea: SqliteView) -> None:
    """Each role with how often it is played; ties have none, and asking for theirs is a misuse."""
    assert _counts(ties(sea, by="role")) == {
        "product": (2, 0, 0), "agent": (1, 0, 0), "customer": (1, 0, 0), "provider": (1, 0, 0),
    }  # fmt: skip
    with pytest.raises(UsageError, match="have no roles"):
        ties(sea, "develops", by="role")


@pytest.mark.parametrize("by", GROUPINGS)
def test_everything_is_counted_by_anything(sea: SqliteView, by: str) -> None:
    """Each grouping counts all that it can be asked of, and bars show the same numbers."""
    answer = ties(sea, by=by)
    counts = answer.result.counts

    assert sum(row.facts + row.derived + row.claimed for row in counts) >= answer.result.total
    (bars,) = [block for block in tell_ties(answer) if isinstance(block, Bars)] or [Bars("", ())]
    assert [bar.text for bar in bars.bars] == (
        [str(row.facts + row.derived + row.claimed) for row in counts[:12]] if len(counts) > 1 else []
    )


@pytest.mark.parametrize(
    ("word", "shape", "topics"),
    [
        ("develops", "statement", ("develops",)), ("developed_by", "statement", ("develops",)),
        ("is developed by", "statement", ("develops",)), ("customers", "statement", ("customer_of",)),
        ("adoptions", "deal", ("adoption",)), ("co-development", "deal", ("co_development",)),
        ("Launches", "occurrence", ("launch",)), ("deal", "deal", ()), ("observations", "observation", ()),
        ("figures", "observation", ()), ("events", "occurrence", ()), ("net income", "observation", ("net-income",)),
        ("investment", "deal", ("investment",)),
    ],
)  # fmt: skip
def test_words_are_understood(word: str, shape: str, topics: tuple[str, ...]) -> None:
    """A relation, its inverse and words, kinds of deal and event in both numbers, shapes and metrics."""
    sort = sort_named(word)

    assert (sort.shape, sort.topics) == (shape, topics)


def test_a_heading_is_all_its_relations(sea: SqliteView) -> None:
    """A group heading counts every relation under it."""
    assert set(_counts(ties(sea, "people"))) == {"is an officer of", "is chief executive of"}
    assert set(_counts(ties(sea, "Partners and customers"))) == {
        "is a partner of", "supplies", "competes with", "is a customer of",
    }  # fmt: skip


@pytest.mark.parametrize("word", ["lunches", "adoptoins", "develop", "", "'; DROP TABLE claim; --", "x" * 10_000])
def test_an_unknown_word_is_a_misuse(sea: SqliteView, word: str) -> None:
    """Nothing is guessed; where a word is near, it is offered."""
    with pytest.raises(UsageError, match="is called"):
        ties(sea, word)


def test_an_unknown_grouping_is_told(sea: SqliteView) -> None:
    """The nearest grouping is offered."""
    with pytest.raises(UsageError, match="did you mean 'speaker'"):
        ties(sea, by="speakr")


def test_a_kind_lists_its_ties_with_claims(sea: SqliteView) -> None:
    """Stated ones first, the newest before the undated; every claim stands under what it says."""
    answer = ties(sea, "supplier_of")

    assert [[claim.key for claim in thing.claims] for thing in answer.result.listed] == [
        ["ferry-delta"], ["reef-ferry", "reef-ferry-wire"],
    ]  # fmt: skip
    assert [block.claim.key for block in tell_ties(answer) if isinstance(block, Said)] == [
        "ferry-delta", "reef-ferry", "reef-ferry-wire",
    ]  # fmt: skip
    short = ties(sea, "supplier_of", limit=1)
    assert (len(short.result.listed), short.result.left) == (1, 1)


def test_about_one_thing(sea: SqliteView) -> None:
    """Only what a thing takes part in counts; a name that nothing has is not known, with the nearest."""
    assert _counts(ties(sea, about="Marsh")) == {
        "is a partner of": (2, 2, 0), "is a customer of": (0, 2, 0), "adoption": (1, 0, 0),
    }  # fmt: skip
    unknown = ties(sea, about="<script>")
    assert (unknown.state, unknown.claims) == ("not known", ())
    none = ties(sea, "acquisitions", about="Marsh")
    assert none.instead[0] == "no acquisition of Marsh is known"
    assert "of Marsh there is" in none.instead[1]


def test_stated_only_leaves_out_what_follows(sea: SqliteView) -> None:
    """Without rules nothing follows; deals and events stay."""
    counts = _counts(ties(sea, stated_only=True))

    assert all(derived == 0 for _, derived, _ in counts.values())
    assert counts["adoption"] == (1, 0, 0)
    assert "is a customer of" not in counts


def test_the_clocks_count_what_was_so(sea: SqliteView) -> None:
    """A deal of July does not count in May."""
    assert ties(sea, "deals", clocks=Clocks(as_of=date(2025, 5, 1))).state == "not known"
    assert ties(sea, clocks=Clocks(known_by=date(2025, 1, 1))).state == "not known"


def test_only_forecasts_are_only_claimed(sea: SqliteView) -> None:
    """What rests on forecasts alone is told as such."""
    answer = ties(sea, "competitor_of")

    assert (answer.state, answer.result.headline) == (
        "only claimed", "1 tie 'competes with', 1 of them only claimed",
    )  # fmt: skip
