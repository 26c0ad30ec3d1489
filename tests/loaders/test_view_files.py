"""Views that a dataset keeps: read, checked, inherited by the steps of a story, and turned by mergers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hostile import ABOUT, CLAIMS, THINGS, VIEWS, problems
from keiretsu_loaders import check, load
from keiretsu_loaders.checks import RULES
from keiretsu_loaders.editing import write_files
from keiretsu_loaders.mergers import merge, undo
from keiretsu_loaders.tidy import tidy_file
from keiretsu_ontology.named_views import NamedView, Scene, Step
from keiretsu_ontology.view_entries import MANY, MAX_STEPS, MAX_VIEWS

VIEW = """\
views:
  - id: trade
    title: The trade
    note: Who deals with whom.
    show: [harbour-foods, quay-systems, harbour-foods]
    as_of: 2025-03-03
    hide: {modalities: opinion, families: [person], speakers: harbour-gazette}
    chosen: quay-systems
    claims: [harbour-pier]
    steps:
      - title: As before
      - title: Elsewhere
        around: {entity: pier-cloud, depth: 2}
        known_by: 2025-03-04
        reveal: {groups: remarks}
        chosen: {claim: pier-rival}
        ask: path "Harbour Foods" basin-data
        claims: [pier-rival, pier-rival]
      - title: Without what was chosen
        note: |
          Two
          lines.
        show: [harbour-foods]
        hide: {}
"""


def write(folder: Path, text: str) -> Path:
    """Write the views of a dataset; return their file."""
    (folder / VIEWS).write_text(text, encoding="utf-8")
    return folder / VIEWS


def messages(folder: Path) -> list[str]:
    """Return what is wrong, each as line and message."""
    return [f"{row.line}: {row.message}" for row in problems(folder)]


def test_a_step_is_as_the_view_where_it_says_nothing(folder: Path) -> None:
    """A place replaces the place, days and words stay, and what was chosen goes where it is out of view."""
    write(folder, VIEW)

    show, hidden = ("harbour-foods", "quay-systems"), ("family:person", "modality:opinion", "speaker:harbour-gazette")
    day, later = date(2025, 3, 3), date(2025, 3, 4)
    assert load(folder).views == (
        NamedView(
            "trade", "The trade", "Who deals with whom.",
            Scene(show, as_of=day, hidden=hidden, chosen="quay-systems", claims=("harbour-pier",)),
            (
                Step("As before", "", Scene(show, as_of=day, hidden=hidden, chosen="quay-systems")),
                Step("Elsewhere", "", Scene(
                    (), "pier-cloud", 2, day, later, hidden, ("group:remarks",), None, "pier-rival",
                    'path "Harbour Foods" basin-data', ("pier-rival",),
                )),
                Step("Without what was chosen", "Two\nlines.", Scene(("harbour-foods",), as_of=day)),
            ),
        ),
    )  # fmt: skip


def test_a_dataset_needs_no_views(folder: Path) -> None:
    """Without the file there are none, and nothing is said of them."""
    (folder / VIEWS).unlink()

    assert load(folder).views == ()
    assert "views" not in check(folder).counts


def test_views_stand_in_the_order_of_the_file(folder: Path) -> None:
    """Tabs are in the order in which they were written, not in that of their ids."""
    write(folder, "views:\n" + "".join(f"  - {{id: {name}, title: T, show: [pier-cloud]}}\n" for name in "cab"))

    assert [view.id for view in load(folder).views] == ["c", "a", "b"]


def test_everything_that_is_wrong_is_told_at_once(folder: Path) -> None:
    """Form and names, in a view and each of its steps, beside the faults of other files."""
    (folder / ABOUT).write_text("name: x\n")
    text = VIEW.replace("harbour-pier", "harbour-pir").replace("basin-data", "'").replace("[harbour-foods]", "[foods]")
    more = "  - {id: trade, title: Again, show: [nobody]}\n  - {id: empty, title: Nothing}\n"
    write(folder, text + more)

    assert messages(folder) == [
        "1: 'title' is missing",
        "9: no claim 'harbour-pir'; did you mean 'harbour-pier'?",
        "17: a quotation mark is not closed",
        "23: unknown entity 'foods'",
        f"25: the view 'trade' already stands at {folder / VIEWS}:2",
        "25: unknown entity 'nobody'",
        "26: a view needs 'show', 'around' or 'ask'; otherwise nothing would be in view",
    ]


def test_what_may_stand_in_a_broken_file_is_not_missing(folder: Path) -> None:
    """A view is not blamed for what cannot be read elsewhere."""
    (folder / CLAIMS).write_text("source: [")
    (folder / THINGS).write_text("entities: [")

    assert {row.path.name for row in problems(folder)} == {Path(CLAIMS).name, Path(THINGS).name}


def test_there_are_bounds(folder: Path) -> None:
    """A file cannot make more tabs, steps or things than a page holds."""
    one = "  - {id: v%d, title: T, show: [pier-cloud]}\n"
    write(folder, "views:\n" + "".join(one % number for number in range(MAX_VIEWS + 1)))
    assert messages(folder) == [f"2: at most {MAX_VIEWS} views are kept, not {MAX_VIEWS + 1}"]
    steps = "".join(f"      - {{title: S{number}}}\n" for number in range(MAX_STEPS + 1))
    write(folder, f"views:\n  - id: v\n    title: T\n    show: [pier-cloud]\n    steps:\n{steps}")
    assert messages(folder) == [f"6: a story has at most {MAX_STEPS} steps, not {MAX_STEPS + 1}"]
    write(folder, f"views:\n  - {{id: v, title: T, show: [{', '.join(['pier-cloud'] * (MANY + 1))}]}}\n")
    assert messages(folder) == [f"2: at most {MANY} items are wanted here"]


@pytest.mark.parametrize(
    "text", ["", "views:\n", "[]\n", "views: {}\n", "views: [x]\n", "- a\n", "\0", "views: [[]]\n"]
)
def test_a_file_of_something_else_is_told(text: str, folder: Path) -> None:
    """Whatever the file holds, there are problems and no crash."""
    write(folder, text)

    assert {row.path for row in problems(folder)} == {folder / VIEWS}


def test_no_views_may_be_kept(folder: Path) -> None:
    """An empty list is fine."""
    write(folder, "views: []\n")

    assert load(folder).views == ()


def test_only_a_plain_file_is_read(folder: Path) -> None:
    """A link, a folder or a file under a similar name is told; nothing leads out of the dataset."""
    path = folder / VIEWS
    text = path.read_text()
    (folder.parent / "elsewhere.yaml").write_text(text)
    path.unlink()
    path.symlink_to(folder.parent / "elsewhere.yaml")
    assert [row.path for row in problems(folder)] == [path]
    path.unlink()
    path.mkdir()
    assert [row.path for row in problems(folder)] == [path]
    path.rmdir()
    (folder / "view.yaml").write_text(text)
    assert "did you mean 'views.yaml'?" in problems(folder)[0].message


def test_a_changed_view_is_another_dataset(folder: Path) -> None:
    """The digest covers the views; nothing else that is loaded changes."""
    before = load(folder)
    write(folder, VIEW)
    after = load(folder)

    assert before.digest != after.digest
    assert (before.claims, before.entities) == (after.claims, after.entities)


def test_a_merger_turns_views_and_back(folder: Path) -> None:
    """Views name the one that stays, and name the other one again when that is taken back, and only there."""
    (folder / "entities/more.yaml").write_text("entities:\n  - {id: quays, kind: company, name: Quays Ltd}\n")
    text = VIEW.replace("show: [harbour-foods, quay-systems", "show: [quays, quay-systems")
    text = text.replace("chosen: quay-systems", "chosen: quays  # the same")
    path = write(folder, text.replace("entity: pier-cloud", "entity: quays"))
    before = path.read_text()

    made = merge(folder, "quay-systems", "quays", reason="one house")
    write_files(made.files)

    assert made.views == ("trade",)
    assert "  1 view that named quays name" in "\n".join(made.to_lines())
    assert made.to_record()["views"] == ["trade"]
    scene = load(folder).views[0].scene
    assert (scene.show, scene.chosen) == (("quay-systems", "harbour-foods"), "quay-systems")
    assert load(folder).views[0].steps[1].scene.around == "quay-systems"
    assert "chosen: quay-systems  # the same" in path.read_text()

    back = undo(folder, "quay-systems", "quays")
    write_files(back.files)

    assert (back.views, path.read_text()) == (("trade",), before)


def test_an_id_that_was_merged_is_told_with_the_one_that_stays(folder: Path) -> None:
    """A view that was written before a merger elsewhere learns whom to name."""
    path = folder / THINGS
    path.write_text(path.read_text().replace("name: Quay Systems", "name: Quay Systems\n    merged: [quays]"))
    write(folder, VIEW.replace("chosen: quay-systems", "chosen: quays"))

    assert "8: unknown entity 'quays'; did you mean 'quay-systems'?" in messages(folder)


def test_views_have_a_canonical_form(folder: Path) -> None:
    """Keys are in the order of the model, short things in one line."""
    path = write(
        folder, "views:\n- {show: pier-cloud, title: T, id: v, steps: [{note: More, title: S, show: pier-cloud}]}\n"
    )

    assert tidy_file(path).after.decode() == (
        "views:\n  - id: v\n    title: T\n    show: pier-cloud\n    steps:\n"
        "      - {title: S, note: More, show: pier-cloud}\n"
    )


def test_rules_of_views_are_among_the_rules() -> None:
    """The table of rules has them."""
    names = {rule.__name__ for rule in RULES}

    assert {"views_have_ids_of_their_own", "views_name_known_things", "what_is_chosen_is_in_view"} <= names
