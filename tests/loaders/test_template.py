"""The dataset to start from works, and nothing of anyone's is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from keiretsu_loaders import SourceTexts, bundled, check, init, load
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.evidence import Evidence, digest


@pytest.mark.parametrize(
    "title", ["Harbour", "It's: a #title", "'quoted'", "- dash", "上海", "null", "[x]", "{x}", "true", "!x"]
)
def test_what_is_written_passes_every_check(title: str, tmp_path: Path) -> None:
    """Whatever the title, the dataset is read back with it, and all of its evidence is verified."""
    init(tmp_path / "new" / "set", "harbour", title)

    report = check(tmp_path / "new" / "set")

    assert report.problems == ()
    assert report.evidence == {"verified": 5, "moved": 0, "unchecked": 0}
    assert load(tmp_path / "new" / "set").title == title


@pytest.mark.parametrize(
    ("name", "title"), [("Not A Slug", "T"), ("", "T"), ("none\n", "T"), ("ok", ""), ("ok", "a\x00b")]
)
def test_names_that_are_not_admitted_write_nothing(name: str, title: str, tmp_path: Path) -> None:
    """A bad name or title is refused before anything is written."""
    with pytest.raises(UsageError):
        init(tmp_path / "set", name, title)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    """An empty folder is filled; one with a file, or a file in its place, is refused and stays as it is."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")

    init(tmp_path / "empty", "harbour", "Harbour")

    for taken in ("full", "full/mine.txt", "full/mine.txt/below", "empty"):
        with pytest.raises(UsageError):
            init(tmp_path / taken, "harbour", "Harbour")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "full"]


def test_the_bundled_facts_are_found() -> None:
    """The folder of the bundled facts holds a dataset."""
    assert (bundled() / "keiretsu.yaml").is_file()


def test_words_are_shown_only_where_their_digest_fits(tmp_path: Path) -> None:
    """An excerpt comes from the exact text, where it stands or where it moved to; else there is none."""
    from factories import small_dataset

    source = small_dataset().sources[0]
    (tmp_path / "paper.txt").write_text("He said: one\n two. And more.")
    texts = SourceTexts([tmp_path / "nowhere", tmp_path])

    def excerpt(start: int, words: str) -> str | None:
        return texts.excerpt(Evidence("paper", start, start + len(words), digest(words)), source)

    assert excerpt(9, "one\n two") == "one two"
    assert excerpt(3, "one\n two") == "one two"
    assert excerpt(9, "one two!") is None
    assert SourceTexts([]).excerpt(Evidence("paper", 9, 12, digest("one")), source) is None


@pytest.mark.parametrize(
    "name", ["../paper.txt", "/etc/hostname", "a/paper.txt", "", "..", "x" * 300, "a\0b", "上" * 200]
)
def test_texts_outside_of_their_folder_are_not_found(name: str, tmp_path: Path) -> None:
    """A name with folders in it, or none that a file can have, finds nothing."""
    (tmp_path / "paper.txt").write_text("x")
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "paper.txt").write_text("x")

    assert SourceTexts([tmp_path / "in"]).text(name) is None


def test_links_to_texts_are_not_followed(tmp_path: Path) -> None:
    """A link in a folder of texts is as if nothing were there."""
    (tmp_path / "paper.txt").symlink_to("/etc/hostname")

    assert SourceTexts([tmp_path]).text("paper.txt") is None
