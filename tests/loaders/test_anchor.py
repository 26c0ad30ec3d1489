"""Quotes become places, exactly or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile import CLAIMS, TEXT, problems
from keiretsu_loaders import load, locate, rewrite
from keiretsu_loaders.anchor import locate_in_file, rewrite_file
from keiretsu_ontology.errors import SeedError, UsageError
from keiretsu_ontology.evidence import Evidence, digest

WORDS = "It was “new”. The pier is long – and the pier is old. 上海 at the pier."
HEAD = "source: {text: {file: a.txt}}\nclaims:\n  - id: one\n    evidence:\n"


def test_a_quote_becomes_its_offsets_and_digest() -> None:
    """Offsets count code points, and the digest is of the exact words."""
    assert locate("上海 at", WORDS, source="a") == Evidence("a", 54, 59, digest("上海 at"))


@pytest.mark.parametrize(
    ("quote", "hint"),
    [
        ('It was "new".', "at 0-13"),
        ("it was “new”.", "at 0-13"),
        ("The  pier is\nlong", "at 14-30"),
        ("long - and", "at 26-36"),
        ("The quay", ""),
        ("The pier … old", ""),
    ],
)
def test_what_only_looks_alike_is_named_and_never_taken(quote: str, hint: str) -> None:
    """Other spaces, marks or letter case are a hint in the message; the words are not in the text."""
    with pytest.raises(UsageError, match="is not in the text") as caught:
        locate(quote, WORDS)

    assert hint in str(caught.value)
    assert ("it stands with other" in str(caught.value)) == bool(hint)


def test_words_that_stand_several_times_are_asked_back() -> None:
    """Which one is meant is never guessed."""
    with pytest.raises(UsageError, match="stands 2 times, at 18, 41"):
        locate("pier is", WORDS)
    with pytest.raises(UsageError, match="stands 2 times only"):
        locate("pier is", WORDS, nth=3)
    assert locate("pier is", WORDS, nth=2).start == 41


@pytest.mark.parametrize("quote", ["", " ", "\n"])
def test_no_words_are_refused(quote: str) -> None:
    """A quote has words."""
    with pytest.raises(UsageError, match="a quote is wanted here"):
        locate(quote, WORDS)


def _place(quote: str, joint: str) -> str:
    place = locate(quote, WORDS)
    return f"at: {place.start}-{place.end}{joint}sha256: {place.sha256}"


LONG = "The pier is long"
BLOCK, FLOW = "\n        ", ", "
WRITTEN = [
    ("      - quote: The pier is long\n", "      - {}\n", [LONG], BLOCK),
    ("      - quote: 'The pier is long'  # said once\n", "      - {}  # said once\n", [LONG], BLOCK),
    ("      - quote: >\n          The pier\n          is long\n", "      - {}\n", [LONG], BLOCK),
    ("      - quote: |\n          The pier is long\n\n  # next\n", "      - {}\n\n  # next\n", [LONG], BLOCK),
    ("      - quote: The pier\n          is long", "      - {}", [LONG], BLOCK),
    ("      - {quote: 'The pier is long'}\n", "      - {{{}}}\n", [LONG], FLOW),
    ("      - {\n        quote: The pier is long\n      }\n", "      - {{\n        {}\n      }}\n", [LONG], FLOW),
    ("      [{quote: It was}, {quote: 'at the pier'}]\n", "      [{{{}}}, {{{}}}]\n", ["It was", "at the pier"], FLOW),
    ("      - {quote: It was}\r\n      - quote: 上海\n", "      - {{{}}}\r\n      - {}\n", ["It was", "上海"], FLOW),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "quotes", "joint"), WRITTEN)
def test_quotes_of_a_file_become_places(before: str, after: str, quotes: list[str], joint: str) -> None:
    """However YAML writes a quote, only the quote changes; all else stays byte for byte."""
    joints = [BLOCK if quote == "上海" else joint for quote in quotes]

    found = rewrite(Path("a.yaml"), HEAD + before, WORDS)

    assert found == HEAD + after.format(*(_place(quote, one) for quote, one in zip(quotes, joints, strict=True)))


def test_a_byte_order_mark_stays() -> None:
    """What stands at the very beginning is no reason to miss a quote by one."""
    written = "\ufeff" + HEAD + "      - quote: It was\n"

    assert rewrite(Path("a.yaml"), written, WORDS) == "\ufeff" + HEAD + f"      - {_place('It was', BLOCK)}\n"


def test_every_quote_that_is_not_there_is_told() -> None:
    """All at once, each at its line, and nothing is rewritten."""
    written = HEAD + "      - quote: It is\n      - quote: It was\n      - quote: pier\n"

    with pytest.raises(SeedError) as caught:
        rewrite(Path("a.yaml"), written, WORDS)

    assert [(row.line, row.message.partition(";")[0]) for row in caught.value.problems] == [
        (5, "the quote 'It is' is not in the text"),
        (7, "the quote 'pier' stands 3 times, at 18, 41, 64"),
    ]


def test_a_quote_beside_its_place_stays_only_where_it_may() -> None:
    """A source whose licence allows quotes keeps them; elsewhere the quote is told."""
    beside = f"      - {{{_place('It was', FLOW)}, quote: It was}}\n"
    free = HEAD.replace("{text", "{quotable: true, text")

    assert rewrite(Path("a.yaml"), free + beside, WORDS) == free + beside
    with pytest.raises(SeedError, match="1 problem"):
        rewrite(Path("a.yaml"), HEAD + beside, WORDS)


@pytest.mark.parametrize(
    "written", ["", "- a", "a: {quote: x}", "source: x", "source: {text: [file]}", "evidence: {quote: x"]
)
def test_a_file_that_is_no_file_of_claims_is_an_error_of_ours(written: str, tmp_path: Path) -> None:
    """Whatever stands in the file, no error of another library comes out."""
    (tmp_path / "a.yaml").write_text(written)

    with pytest.raises((SeedError, UsageError)):
        rewrite_file(tmp_path / "a.yaml", [tmp_path], write=True)

    assert (tmp_path / "a.yaml").read_text() == written


def test_a_rewritten_dataset_passes_every_check(folder: Path) -> None:
    """A file in which one typed quotes holds places afterwards, and they are verified."""
    path = folder / CLAIMS
    quotes = ["The pier", "Pier Cloud is developed by Quay Systems"]
    lines = path.read_text().split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith("      - at:"))
    lines[start : start + 3] = [f"      - quote: {quotes[1]}"]
    path.write_text("\n".join(lines))

    rewrite_file(path, [folder / "sources"], write=True)

    assert problems(folder) == ()
    assert quotes[1] not in path.read_text().split("\n")[start]
    assert [place.quote for claim in load(folder).claims for place in claim.evidence].count(None) == 1


def test_only_plain_files_are_read(folder: Path) -> None:
    """A link is refused for the text as for the claims."""
    (folder / "link.yaml").symlink_to(folder / CLAIMS)

    with pytest.raises(UsageError, match="links are not followed"):
        rewrite_file(folder / "link.yaml", [folder / "sources"], write=True)
    with pytest.raises(UsageError, match="cannot be read"):
        locate_in_file(folder / "nowhere.txt", "x")
    assert locate_in_file(folder / TEXT, "Basin Data").sha256 == digest("Basin Data")
