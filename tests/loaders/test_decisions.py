"""Decisions on conflicts are recorded where the claims stand, minimally, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile import CLAIMS
from keiretsu_loaders import load
from keiretsu_loaders.decisions import Decision, Standing, decide, undo
from keiretsu_loaders.editing import to_page, write_files
from keiretsu_loaders.keys import with_key, without_key
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.errors import SeedError, UnknownClaimError, UsageError

MORE = """\
  - id: harbour-sales-other  # from the table
    observation: {of: harbour-foods, metric: revenue, value: 50 million EUR, period: 2024}
    text: Harbour Foods sold for 50 million euros in 2024.
    # checked twice
    evidence:
      - {quote: Harbour Foods}
conflicts:
  - id: growth-or-not
    claims: [harbour-growth, pier-rival]
    why: wording
    note: An example.
"""


@pytest.fixture
def disputed(folder: Path) -> Path:
    """A dataset in which two figures disagree, and a curator has written down another conflict."""
    path = folder / CLAIMS
    path.write_text(path.read_text() + MORE)
    return folder


def the_conflict(folder: Path) -> str:
    """Return the id of the conflict that the program finds."""
    (found,) = find_conflicts(load(folder).claims)
    return found.id


def record(decision: Decision) -> str:
    """Write a decision; return the lines that it adds and takes away."""
    write_files(decision.files)
    lines = "".join(file.to_diff() for file in decision.files).splitlines()
    return "\n".join(line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---"))


def test_a_preference_is_two_lines_in_the_file(disputed: Path) -> None:
    """Rank and reason stand where the canonical form has them; the other side is outranked, and the facts load."""
    conflict = the_conflict(disputed)
    decision = decide(disputed, conflict, prefer="harbour-sales-other", reason="the table: audited")

    assert decision.sides == (
        Standing("harbour-sales", "stands", "outranked"), Standing("harbour-sales-other", "stands", "preferred"),
    )  # fmt: skip
    assert decision.others == ()
    assert record(decision) == "+    rank: preferred\n+    rank_reason: 'the table: audited'"
    claims = {claim.key: claim for claim in load(disputed).claims}
    assert claims["harbour-sales-other"].rank_reason == "the table: audited"
    assert claims["harbour-sales"].outranked
    assert (disputed / CLAIMS).read_text().count("# checked twice\n    evidence:") == 1


def test_undo_leaves_the_file_as_it_was(disputed: Path) -> None:
    """A settled conflict is found by its id, and taking the decision back restores every byte."""
    before, conflict = (disputed / CLAIMS).read_bytes(), the_conflict(disputed)
    record(decide(disputed, conflict, prefer="harbour-sales", reason="long " * 40 + "reason"))

    record(undo(disputed, conflict))

    assert (disputed / CLAIMS).read_bytes() == before
    with pytest.raises(UsageError, match="there is nothing to take back"):
        undo(disputed, conflict)


def test_sides_can_be_deprecated_with_or_without_a_preference(disputed: Path) -> None:
    """A side that is wrong is deprecated; the same decision again writes nothing, another reason is put in."""
    wrong = decide(disputed, "growth-or-not", prefer="pier-rival", deprecate=["harbour-growth"], reason="a misprint")
    assert [row.after for row in wrong.sides] == ["deprecated", "preferred"]
    assert record(wrong).count("\n+") == 3

    again = decide(disputed, "growth-or-not", deprecate=["harbour-growth"], reason="a misprint")
    other = decide(disputed, "growth-or-not", deprecate=["harbour-growth"], reason="two\nlines")
    assert again.files == ()
    assert record(other) == (
        "-    rank_reason: a misprint\n+    rank_reason: |-\n+      two\n+      lines"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"prefer": "harbour-sales"}, "needs its reason"),
        ({"prefer": "harbour-sales", "reason": " "}, "a text is wanted"),
        ({"prefer": "harbour-sales", "reason": "a\x1b[31mb"}, "control character"),
        ({"reason": "so"}, "--prefer harbour-sales or --prefer harbour-sales-other"),
        ({"prefer": "pier-maker", "reason": "so"}, "is no side of"),
        ({"prefer": "harbour-sale", "reason": "so"}, "did you mean 'harbour-sales'"),
        ({"prefer": "../../x", "reason": "so"}, "no claim '../../x'"),
        ({"prefer": "harbour-sales", "deprecate": ["harbour-sales"], "reason": "so"}, "at once"),
    ],
)
def test_what_is_no_decision_is_refused(wanted: dict[str, str], says: str, disputed: Path) -> None:
    """A missing reason, an unknown claim, one that is no side: told with what was probably meant."""
    with pytest.raises(UsageError, match=says):
        decide(disputed, the_conflict(disputed), **wanted)  # type: ignore[arg-type]


def test_an_unknown_conflict_is_told_with_the_nearest(disputed: Path) -> None:
    """The id of a conflict is offered where one is like it."""
    with pytest.raises(UsageError, match="did you mean 'growth-or-not'"):
        undo(disputed, "growth-or-no")
    with pytest.raises(UsageError, match="`keiretsu conflicts` lists them"):
        undo(disputed, "?")
    with pytest.raises(UnknownClaimError):
        decide(disputed, "growth-or-not", prefer="nobody", reason="so")


def test_a_second_decision_waits_for_the_first_to_be_taken_back(disputed: Path) -> None:
    """Two sides are not preferred at once, and no verdict is turned round unseen."""
    record(decide(disputed, the_conflict(disputed), prefer="harbour-sales", reason="so"))
    conflict = "growth-or-not"
    record(decide(disputed, conflict, prefer="pier-rival", reason="so"))

    for wanted in ({"prefer": "harbour-growth"}, {"deprecate": ["pier-rival"]}):
        with pytest.raises(UsageError, match="'pier-rival' is preferred already: so; take that back first"):
            decide(disputed, conflict, reason="no", **wanted)


def test_a_broken_dataset_is_not_edited(disputed: Path) -> None:
    """All problems are told before anything is decided."""
    path = disputed / CLAIMS
    path.write_text(path.read_text().replace("speaker: harbour-foods", "speaker: harbour-fods"))

    with pytest.raises(SeedError) as caught:
        decide(disputed, "growth-or-not", prefer="pier-rival", reason="so")

    assert [problem.path for problem in caught.value.problems] == [path]


def test_nothing_is_written_over_another_hand(disputed: Path) -> None:
    """A file that was changed since it was read stays as it is."""
    decision = decide(disputed, "growth-or-not", prefer="pier-rival", reason="so")
    (disputed / CLAIMS).write_text("changed")

    with pytest.raises(UsageError, match="was changed meanwhile"):
        write_files(decision.files)

    assert (disputed / CLAIMS).read_text() == "changed"


def test_all_files_are_written_or_none(disputed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second file cannot be written, the first is put back."""
    first = decide(disputed, "growth-or-not", prefer="pier-rival", reason="so").files[0]
    second = first._replace(path=disputed / "keiretsu.yaml", before=(disputed / "keiretsu.yaml").read_bytes())
    before = first.path.read_bytes()

    def replace(path: Path, data: bytes) -> None:
        if path == second.path:
            raise OSError(28, "No space left on device", str(path))
        path.write_bytes(data)

    monkeypatch.setattr("keiretsu_loaders.editing.replace_file", replace)
    with pytest.raises(UsageError, match="no space left on device"):
        write_files([first, second])

    assert first.path.read_bytes() == before


ORDER = ("id", "text", "rank", "rank_reason", "evidence")
EDITS = [
    ("- id: a\n  text: t\n  evidence: []\n", "- id: a\n  text: t\n  rank: x\n  evidence: []\n"),
    ("- id: a\n  text: t  # said\n", "- id: a\n  text: t  # said\n  rank: x\n"),
    ("- id: a\n  text: t", "- id: a\n  text: t\n  rank: x"),
    ("- id: a\r\n  text: t\r\n# end\r\n", "- id: a\r\n  text: t\r\n  rank: x\r\n# end\r\n"),
    ("- id: a\n  text: |\n    t\n\n    u\n\n# end\n", "- id: a\n  text: |\n    t\n\n    u\n  rank: x\n\n# end\n"),
    ("- id: a\n  text: >-  # why\n    t\n", "- id: a\n  text: >-  # why\n    t\n  rank: x\n"),
    ("- {id: a, text: 't', evidence: []}\n", "- {id: a, text: 't', rank: x, evidence: []}\n"),
    ("- evidence: []\n  id: a\n", "- evidence: []\n  id: a\n  rank: x\n"),
    ("\ufeff- id: 甲\n", "\ufeff- id: 甲\n  rank: x\n"),
    ("-   id: a\n    text: t\n", "-   id: a\n    text: t\n    rank: x\n"),
]


@pytest.mark.parametrize(("before", "after"), EDITS)
def test_a_key_is_put_in_and_taken_out_in_place(before: str, after: str) -> None:
    """However a mapping is written, one key comes and goes, and all else stays byte for byte."""
    page = to_page(Path("a.yaml"), before)

    edited = with_key(page, (0,), "rank", "x", ORDER)

    assert edited.to_bytes().decode() == after
    assert without_key(edited, (0,), "rank").to_bytes().decode() == before
    changed = with_key(edited, (0,), "rank", "no, b", ORDER).to_bytes().decode()
    assert changed == after.replace("rank: x", "rank: 'no, b'" if "{" in before else "rank: no, b")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- rank: x\n  id: a\n", "- id: a\n"),
        ("- rank: x  # why\n  id: a\n", "- # why\n  id: a\n"),
        ("- id: a\n  rank: x  # why\n  text: t\n", "- id: a\n  # why\n  text: t\n"),
        ("- id: a\n  # why\n  rank: x\n  text: t\n", "- id: a\n  # why\n  text: t\n"),
        ("- {rank: x, id: a}\n", "- {id: a}\n"),
        ("- {id: a, rank: x}\n", "- {id: a}\n"),
        ("- id: a\n", "- id: a\n"),
    ],
)
def test_comments_outlive_their_key(before: str, after: str) -> None:
    """What a person wrote beside a key that is taken out stays in the file."""
    assert without_key(to_page(Path("a.yaml"), before), (0,), "rank").to_bytes().decode() == after
