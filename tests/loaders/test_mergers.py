"""Two entities become one and two again: every reference in place, the reason written down, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from hostile import CLAIMS, THINGS
from keiretsu_loaders import load
from keiretsu_loaders.editing import write_files
from keiretsu_loaders.mergers import Merger, merge, undo
from keiretsu_loaders.references import references
from keiretsu_loaders.tidy import tidy
from keiretsu_ontology.entities import Merged
from keiretsu_ontology.entries import ClaimEntry, ClaimsFile, EntityEntry
from keiretsu_ontology.errors import SeedError, UsageError

MORE = """\
entities:
  # a house on the quay
  - id: quays  # seen in the Post
    kind: company
    name: Quays Ltd
    aliases: {en: [Quay Systems], zh: 码头}
    identifiers: {lei: 5493001NTNQJDH60PM02, ticker: 'NYSE:QS'}
    # its own year
    fiscal_year_end: 03-31
    description: A supplier.
    merged: [the-quays]

  - id: dock-data
    kind: company
    name: Dock Data
"""
POST = """\
source:
  id: post
  title: The Post
  kind: article
  author: quays
recorded: 2025-03-07
defaults: {speaker: quays, modality: stated}
claims:
  - id: quays-dock
    statement: [quays, competitor_of, dock-data]  # a rival
    text: Quays competes with Dock Data.
    relayed_by: harbour-gazette
    scope: {counterparty: quays, excludes: [quays, pier-cloud]}
  - id: quays-own
    deal:
      kind: cooperation
      parties: {partner: [dock-data, basin-data]}
    text: Quay Systems sees two others work together, says Quays.
    speaker: quays
    scope: {note: quays, counterparty: quay-systems}
"""


@pytest.fixture
def doubled(folder: Path) -> Path:
    """A dataset in which one company stands twice, once with its own source."""
    (folder / "entities/more.yaml").write_text(MORE, encoding="utf-8")
    (folder / "claims/post.yaml").write_text(POST, encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    """Return all files of facts of a dataset."""
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}


def record(made: Merger) -> str:
    """Write a merger; return the lines that it adds and takes away."""
    write_files(made.files)
    lines = "".join(file.to_diff() for file in made.files).splitlines()
    return "\n".join(line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---"))


def test_a_merger_turns_every_reference_and_is_written_down(doubled: Path) -> None:
    """Claims and sources name the one that stays; its entry knows the other's names, and what was there."""
    made = merge(doubled, "quay-systems", "quays", reason="one house: one register entry")

    assert (
        record(made)
        == """\
-  author: quays
+  author: quay-systems
-defaults: {speaker: quays, modality: stated}
+defaults: {speaker: quay-systems, modality: stated}
-    statement: [quays, competitor_of, dock-data]  # a rival
+    statement: [quay-systems, competitor_of, dock-data]  # a rival
-    scope: {counterparty: quays, excludes: [quays, pier-cloud]}
+    scope: {counterparty: quay-systems, excludes: [quay-systems, pier-cloud]}
-    speaker: quays
+    speaker: quay-systems
-  - id: quays  # seen in the Post
-    kind: company
-    name: Quays Ltd
-    aliases: {en: [Quay Systems], zh: 码头}
-    identifiers: {lei: 5493001NTNQJDH60PM02, ticker: 'NYSE:QS'}
-    # its own year
-    fiscal_year_end: 03-31
-    description: A supplier.
-    merged: [the-quays]
+    aliases: {en: [Quays Ltd], zh: [码头]}
+    identifiers: {lei: 5493001NTNQJDH60PM02, ticker: NYSE:QS}
+    merged:
+      - the-quays
+      # seen in the Post
+      # its own year
+      - id: quays
+        reason: 'one house: one register entry'
+        was:
+          kind: company
+          name: Quays Ltd
+          aliases: {en: [Quay Systems], zh: [码头]}
+          identifiers: {lei: 5493001NTNQJDH60PM02, ticker: NYSE:QS}
+          merged: [the-quays]
+          description: A supplier.
+          fiscal_year_end: 03-31
+        shared: [Quay Systems]
+        claims: [quays-dock, quays-own/speaker]
+        sources: [post]
+    fiscal_year_end: 03-31"""
    )
    assert (made.claims, made.sources) == (("quays-dock", "quays-own"), ("post",))
    assert list(made.to_lines()) == [
        "quays is quay-systems",
        "  reason: one house: one register entry",
        "  names of quay-systems now: Quays Ltd, 码头",
        "  identifiers of quay-systems now: lei 5493001NTNQJDH60PM02, ticker NYSE:QS",
        "  ids of quay-systems now: the-quays",
        "  2 claims and 1 source that named quays name quay-systems now",
    ]
    entity = next(row for row in load(doubled).entities if row.id == "quay-systems")
    assert entity.merged == (Merged("quays", "one house: one register entry"), Merged("the-quays"))
    assert {name.text for name in entity.names} == {"Quay Systems", "Quays Ltd", "码头"}
    assert (doubled / "entities/more.yaml").read_text().startswith("entities:\n  # a house on the quay\n\n  - id: dock")


def test_taking_it_back_says_what_was_said_before(doubled: Path) -> None:
    """Every claim, name and identifier is where it was; the entry stands after the other one, with its comments."""
    before, files = load(doubled), texts(doubled)
    record(merge(doubled, "quay-systems", "quays", reason="so"))

    made = undo(doubled, "quay-systems", "quays")
    record(made)

    after = load(doubled)
    assert (after.entities, after.claims, after.sources) == (before.entities, before.claims, before.sources)
    assert {name for name, text in texts(doubled).items() if text != files[name]} == {THINGS, "entities/more.yaml"}
    assert "  # seen in the Post\n  # its own year\n  - id: quays\n" in (doubled / THINGS).read_text()
    assert [row for row in tidy([doubled / THINGS, doubled / CLAIMS]) if row.changed] == []
    with pytest.raises(UsageError, match="'quays' was not merged into 'quay-systems'; what was is nothing"):
        undo(doubled, "quay-systems", "quays")


def test_a_neighbour_comes_back_byte_for_byte(folder: Path) -> None:
    """Where the two stand one after the other in tidy files, nothing is left of a merger that was taken back."""
    before = texts(folder)
    (folder / THINGS).write_text(before[THINGS].replace("  - id: basin-data", "  - id: quays\n    kind: company\n"
                                 "    name: Quays\n  - id: basin-data"))  # fmt: skip
    before = texts(folder)

    record(merge(folder, "quay-systems", "quays", reason="so"))
    assert texts(folder) != before
    record(undo(folder, "quay-systems", "quays"))

    assert texts(folder) == before


def test_what_came_later_stays(doubled: Path) -> None:
    """Claims entered since the merger keep naming what they name; those that are gone are told."""
    record(merge(doubled, "quay-systems", "quays", reason="so"))
    path = doubled / "claims/post.yaml"
    text = path.read_text().replace("    speaker: quay-systems\n", "    speaker: harbour-gazette\n")
    path.write_text(text + "  - {id: late, statement: [quay-systems, competitor_of, dock-data], text: Late.}\n")

    made = undo(doubled, "quay-systems", "quays")
    record(made)

    assert made.notes == ("named it and do not name quay-systems any more: quays-own/speaker",)
    assert {claim.key: getattr(claim, "subject", "") for claim in load(doubled).claims if claim.source == "post"} == {
        "late": "quay-systems", "quays-dock": "quays", "quays-own": "",
    }  # fmt: skip


def test_mergers_are_taken_back_in_any_order(doubled: Path) -> None:
    """One that was merged into another that was merged comes out of where it is now."""
    before = load(doubled)
    record(merge(doubled, "harbour-foods", "dock-data", reason="one"))
    record(merge(doubled, "quay-systems", "quays", reason="two"))
    record(undo(doubled, "harbour-foods", "dock-data"))
    record(undo(doubled, "quay-systems", "quays"))

    assert load(doubled).claims == before.claims


def test_a_file_that_holds_nothing_else_goes(folder: Path) -> None:
    """The file of an only entry is removed; taken back, the entry stands beside the other one."""
    other = folder / "entities/other.yaml"
    other.write_text("entities:\n  - {id: quays, kind: organisation, name: Quays}\n")

    made = merge(folder, "quay-systems", "quays", reason="so")
    record(made)

    assert not other.exists()
    assert any(entity.id == "quay-systems" for entity in load(folder).entities)
    record(undo(folder, "quay-systems", "quays"))
    assert next(entity.kind for entity in load(folder).entities if entity.id == "quays") == "organisation"


REFUSED = [
    ({"other": "quay"}, "no entity 'quay' in .*did you mean 'quays'"),
    ({"kept": "../../etc"}, "no entity '../../etc'"),
    ({"other": "the-quays"}, "'the-quays' was merged into 'quays' at .*more.yaml:3"),
    ({"other": "quay-systems"}, "is one thing already"),
    ({"other": "pier-cloud"}, "is of the kind company and 'pier-cloud' of the kind platform; neither is a kind of"),
    ({"kept": "revenue"}, "'revenue' is a metric of the ontology"),
    ({"reason": None}, "needs its reason"),
    ({"reason": " "}, "a text is wanted"),
    ({"reason": "a\x1b[31mb"}, "control character"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "says"), REFUSED)
def test_what_cannot_be_one_is_refused(wanted: dict[str, Any], says: str, doubled: Path) -> None:
    """Unknown ids with what was meant, other kinds of thing, no reason: told, and nothing is written."""
    before = texts(doubled)

    with pytest.raises(UsageError, match=says):
        merge(doubled, **{"kept": "quay-systems", "other": "quays", "reason": "so", **wanted})

    assert texts(doubled) == before


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("identifiers", "{wikidata: Q2}", "has the wikidata Q2 and 'quays' has Q1: these are two things"),
        ("fiscal_year_end", "12-31", "the fiscal_year_end of 'quay-systems' is 12-31 and that of 'quays' is 03-31"),
    ],
)
def test_contradictions_are_refused(key: str, value: str, says: str, doubled: Path) -> None:
    """Two values of a register that numbers each thing once, and two fiscal years, are of two things."""
    more, things = doubled / "entities/more.yaml", doubled / THINGS
    more.write_text(more.read_text("utf-8").replace("{lei", "{wikidata: Q1, lei"), encoding="utf-8")
    things.write_text(things.read_text().replace("name: Quay Systems", f"name: Quay Systems\n    {key}: {value}"))

    with pytest.raises(UsageError, match=says):
        merge(doubled, "quay-systems", "quays", reason="so")


def test_every_rule_is_tried_before(doubled: Path) -> None:
    """What would stand at both ends, or say what another claim says, is told at its place; nothing is written."""
    path = doubled / "claims/post.yaml"
    path.write_text(
        path.read_text()
        + """\
  - {id: both, statement: [quays, competitor_of, quay-systems], text: Rivals.}
  - {id: again, statement: [quays, uses, pier-cloud], text: Used.}
"""
    )
    before = texts(doubled)
    with pytest.raises(SeedError) as caught:
        merge(doubled, "quay-systems", "quays", reason="so")
    assert [str(row) for row in caught.value.problems] == [
        f"{path}:21:27: once they are merged: 'quay-systems' stands at both ends"
    ]

    text = path.read_text().replace("quays, competitor_of, quay-systems", "quay-systems, uses, pier-cloud")
    path.write_text(text.replace("text: Rivals", "text: Used").replace("id: both,", "id: both, speaker: quay-systems,"))
    with pytest.raises(SeedError, match="1 problem") as caught:
        merge(doubled, "quay-systems", "quays", reason="so")
    assert [str(row) for row in caught.value.problems] == [
        f"{path}:22:5: once they are merged: this says just what 'both' says, from the same place"
    ]
    assert texts(doubled) | {"claims/post.yaml": ""} == before | {"claims/post.yaml": ""}


def test_the_same_merger_again_writes_nothing(doubled: Path) -> None:
    """What is recorded is recorded; another reason wants the first one taken back."""
    record(merge(doubled, "quay-systems", "quays", reason="so"))

    assert merge(doubled, "quay-systems", "quays", reason="so").files == ()
    with pytest.raises(UsageError, match="was merged into 'quay-systems' already: so; take that back first"):
        merge(doubled, "quay-systems", "quays", reason="because")


def test_an_entry_that_was_not_kept_is_in_git(folder: Path) -> None:
    """An id that someone merged by hand cannot come back by itself; the message says where to look."""
    things = folder / THINGS
    things.write_text(things.read_text().replace("name: Quay Systems", "name: Quay Systems\n    merged: [quays]"))

    with pytest.raises(UsageError, match=r"git -C .* log -S 'id: quays' -- entities"):
        undo(folder, "quay-systems", "quays")


def test_conflicts_that_come_of_it_are_told(folder: Path) -> None:
    """Two figures that were of two things are of one now, and may disagree."""
    things, claims = folder / THINGS, folder / CLAIMS
    things.write_text(things.read_text() + "  - {id: foods, kind: company, name: Foods}\n")
    claims.write_text(
        claims.read_text()
        + """\
  - id: foods-sales
    observation: {of: foods, metric: revenue, value: 50 million EUR, period: 2024}
    text: Foods sold for 50 million euros in 2024.
    evidence:
      - quote: Harbour Foods
"""
    )

    made = merge(folder, "harbour-foods", "foods", reason="so")

    assert (len(made.arisen), made.settled) == (1, ())
    assert made.to_record()["conflicts"] == {"arisen": list(made.arisen), "settled": []}


def test_windows_line_ends_and_marks_are_kept(doubled: Path) -> None:
    """A file with carriage returns and a byte order mark keeps both."""
    for name in (THINGS, "entities/more.yaml", "claims/post.yaml"):
        path = doubled / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    record(merge(doubled, "quay-systems", "quays", reason="so"))

    for name in (THINGS, "entities/more.yaml", "claims/post.yaml"):
        data = (doubled / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n") > 5
    assert load(doubled).claims


def _slugs(model: type[BaseModel], where: str = "") -> set[str]:
    """Return the keys of a model that hold an id of something."""
    found: set[str] = set()
    for name, info in model.model_fields.items():
        told = repr(info.annotation) + repr(info.metadata)
        for inner in _models(info.annotation):
            found |= _slugs(inner, f"{where}{name}/")
        if "_slug" in told or name == "statement":
            found.add(f"{where}{name}")
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def test_every_id_in_a_file_of_claims_is_marked_or_known_to_be_of_something_else() -> None:
    """A new key that names an entity is marked as such, so that a merger turns it."""
    others = {"source/id", "claims/id", "claims/restates", "conflicts/id", "conflicts/claims"}
    one = {"id": "x", "statement": ["x", "uses", "x"], "deal": {"parties": {"partner": "x"}},
           "occurrence": {"parties": {"subject": ["x"]}}, "observation": {"of": "x", "metric": "x"},
           "scope": dict.fromkeys(("product", "market", "place", "benchmark", "counterparty", "excludes"), "x"),
           "speaker": "x", "relayed_by": "x"}  # fmt: skip
    data = {"source": {"publisher": "x", "author": "x"}, "defaults": {"speaker": "x", "relayed_by": "x"},
            "claims": [one]}  # fmt: skip

    found = {
        "/".join(step for step in location if isinstance(step, str)) for location, _ in references(ClaimsFile, data)
    }

    assert found == {name if "parties" not in name else f"{name}/{'partner' if 'deal' in name else 'subject'}"
                     for name in _slugs(ClaimsFile) - others}  # fmt: skip
    assert list(references(EntityEntry, {"id": "x", "merged": ["x"]})) == []
    assert list(references(ClaimEntry, {"id": "x", "restates": "x"})) == []
