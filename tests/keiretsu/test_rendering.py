"""Tables and sources on a terminal: what is cut, what is left out, what stands beneath."""

from __future__ import annotations

from keiretsu.rendering import Desk, lines_of, to_text
from keiretsu.terminal import Paper
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.doubts.conflicts import conflicts
from keiretsu_queries.doubts.who_says import who_says
from keiretsu_queries.sheets import table

NARROW = Desk(Paper(40, colour=False), lambda _: None)


def test_what_may_be_copied_is_never_cut(small_view: SqliteView) -> None:
    """A column of ids keeps its width; the others give way. Columns for programs are not shown."""
    rows = [("an-id-that-is-long-enough", "words that go on and on for ever", "https://example.org/")]
    drawn = table({"id": "id", "words": "words", "address": ""}, rows, whole=("id",))

    assert list(lines_of([drawn], conflicts(small_view), NARROW)) == [
        "id                         words",
        "an-id-that-is-long-enough  words that g…",
    ]
    assert drawn.to_dicts()[0]["address"] == "https://example.org/"


def test_a_cell_goes_on_in_further_lines(small_view: SqliteView) -> None:
    """A column that wraps is not cut, and what may not be cut and has no room stands beneath its row."""
    rows = [
        ("Spark", "words that go on and on for ever and ever", "a-key-that-is-long-enough-for-a-line"),
        ("Lab", None, "a-key"),
    ]
    drawn = table({"name": "name", "words": "words", "key": "key"}, rows, whole=("name", "key"), wraps=("words",))

    assert list(lines_of([drawn], conflicts(small_view), NARROW)) == [
        "name   words              key",
        "Spark  words that go on",
        "       and on for ever",
        "       and ever",
        "    a-key-that-is-long-enough-for-a-line",
        "Lab                       a-key",
    ]


def test_an_answer_without_claims_on_the_page_counts_its_sources(small_view: SqliteView) -> None:
    """A table of a whole graph does not end in a list of everything that was read."""
    told = to_text("who-says", who_says(small_view), Paper(100, colour=False))

    assert "1 source, of claims that are not shown: keiretsu sources" in told
    assert "https://example.org/paper" not in told


def test_that_texts_are_not_at_hand_is_said_once(small_view: SqliteView) -> None:
    """Evidence that cannot be shown here is never hidden, and said beneath the answer."""
    told = to_text("conflicts", conflicts(small_view), Paper(100, colour=False))

    assert told.count("texts are not here") == 1
    assert told.endswith('keiretsu resolve CONFLICT --prefer CLAIM --reason "..."')
    assert "sales-own; paper 0-5" in told
