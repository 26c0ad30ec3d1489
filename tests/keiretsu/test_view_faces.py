"""The views of a dataset on the faces: as the page reads them, on the command line, and through a change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from urllib.parse import parse_qsl

import pytest
from typer.testing import CliRunner

from factories import small_dataset
from keiretsu import cli
from keiretsu.asked_views import views_ask_what_can_be_asked
from keiretsu.explorer.views import view_records
from keiretsu.opening import open_view
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import ClaimFilter
from keiretsu_loaders import check, init
from keiretsu_ontology.errors import SeedError, UsageError
from keiretsu_ontology.named_views import NamedView, Scene, Step
from keiretsu_queries.calling import call
from keiretsu_queries.typed import read_typed

APP = cli.make_app()


@pytest.fixture(autouse=True)
def _no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIRETSU_CACHE", str(tmp_path / "cache"))
    for name in ("KEIRETSU_DATASET", "KEIRETSU_SOURCES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small dataset that `init` writes, in a folder of its own."""
    init(tmp_path / "set", "harbour", "Harbour and its partners")
    return tmp_path / "set"


def state_of(scene: Scene, view: SqliteView) -> str:
    """Return the state of a scene in a view of the small graph."""
    return str(view_records([NamedView("v", "T", "", scene)], view)[0]["state"])


def test_a_scene_is_an_address(small_view: SqliteView) -> None:
    """In the words that the page reads, in its order; the claim is named by its id."""
    ids = {key: claim for claim, key in small_view.keys().items()}
    scene = Scene(
        ("north", "south"), None, 1, date(2025, 7, 1), date(2025, 12, 1), ("family:person", "modality:opinion"),
        ("group:remarks",), None, "lab-spark", "path North 'South Group' --limit 2",
    )  # fmt: skip

    assert state_of(scene, small_view) == (
        "show=north,south&off=family:person,modality:opinion&on=group:remarks&asof=2025-07-01&knownby=2025-12-01"
        f"&chosen=claim:{ids['lab-spark']}&ask=path&p.start=North&p.end=South+Group&p.limit=2&view=v"
    )
    assert state_of(Scene(around="lab", depth=3, chosen="lab"), small_view) == "around=lab~3&chosen=entity:lab&view=v"
    assert state_of(Scene(ask="common north south lab"), small_view) == (
        "ask=common&p.names=north&p.names=south&p.names=lab&view=v"
    )


@pytest.mark.parametrize(
    "name",
    ["a&show=east", "#x", "100%", "a=b", "a+b", "<script>alert(1)</script>", "javascript:alert(1)", "上海", "\u202eabc",
     "x" * 400, "a,b~1*", "it's", "😀"],
)  # fmt: skip
def test_whatever_is_asked_stays_one_value(name: str, small_view: SqliteView) -> None:
    """No name of a question adds a part to the address, and what the page reads is the name."""
    quoted = name.replace("'", "'\"'\"'")
    state = state_of(Scene(("north",), ask=f"show '{quoted}'"), small_view)

    assert parse_qsl(state) == [("show", "north"), ("ask", "show"), ("p.name", name), ("view", "v")]
    assert not set(state) & set("<>\"'# ")


def test_what_is_not_there_is_left_out(small_view: SqliteView) -> None:
    """After a change of a served graph a view may name what is gone: the rest is shown."""
    scene = Scene(("north", "gone"), None, chosen="gone", claims=("gone", "lab-spark"))
    record = view_records([NamedView("v", "T", "", scene)], small_view)[0]

    assert record["state"] == "show=north&view=v"
    assert record["claims"] == [claim.id for claim in small_view.claims(ClaimFilter(ids=("lab-spark",)))]
    assert state_of(Scene(around="gone", chosen_claim="gone"), small_view) == "view=v"


def test_a_step_has_an_address_of_its_own(small_view: SqliteView) -> None:
    """Its number stands in it, from 1; titles and notes are texts as they are."""
    odd = "<img src=x onerror=alert(1)>"
    view = NamedView(
        "v", odd, odd, Scene(("north",)), (Step(odd, odd, Scene(("south",))), Step("Two", "", Scene(("lab",))))
    )

    assert view_records([view], small_view) == [{
        "id": "v", "title": odd, "note": odd, "state": "show=north&view=v", "claims": [],
        "steps": [
            {"title": odd, "note": odd, "state": "show=south&view=v&step=1", "claims": []},
            {"title": "Two", "note": "", "state": "show=lab&view=v&step=2", "claims": []},
        ],
    }]  # fmt: skip
    assert view_records([], small_view) == []


def test_a_question_that_slipped_through_is_an_error(small_view: SqliteView) -> None:
    """A build that a program made of its own may hold any question."""
    with pytest.raises(UsageError, match="no question 'paht'; did you mean 'path'"):
        state_of(Scene(ask="paht a b"), small_view)


def test_check_tells_a_question_that_cannot_be_asked(folder: Path) -> None:
    """At its place, beside all else; neither check nor build nor a look-up takes it."""
    path = folder / "views.yaml"
    path.write_text(path.read_text().replace("ask: path", "ask: paht").replace("around: pier-cloud", "ask: why"))

    ran = CliRunner().invoke(APP, ["check", str(folder)])
    built = CliRunner().invoke(APP, ["build", str(folder), "-o", str(folder.parent / "out")])

    assert ran.exit_code == 2
    assert ran.stdout.splitlines() == [
        f"{path}:6:10: claim is missing: Key or id of a claim, as other commands print it.",
        f"{path}:16:14: no question 'paht'; did you mean 'path'?",
        "2 problems",
    ]
    assert isinstance(built.exception, SeedError)
    with pytest.raises(SeedError):
        open_view(folder)
    assert check(folder).problems == ()  # the loader alone knows no questions
    assert len(check(folder, rules=(views_ask_what_can_be_asked,)).problems) == 2


def test_views_are_listed(folder: Path) -> None:
    """Names, titles and numbered steps; --json has what the page reads; from a build too."""
    told = CliRunner().invoke(APP, ["views", "-d", str(folder)])
    assert told.stdout.splitlines() == [
        "pier-cloud  Who uses Pier Cloud", "            1. The maker and its rival",
        "            2. From the customer to the rival",
    ]  # fmt: skip
    CliRunner().invoke(APP, ["build", str(folder), "-o", str(folder.parent / "out")])
    as_json = CliRunner().invoke(APP, ["views", "-d", str(folder.parent / "out"), "--json"])
    record = json.loads(as_json.stdout)
    graph = open_view(folder)
    assert record == {"version": 1, "views": view_records(graph.views(), graph)}
    assert record["views"][0]["steps"][1]["state"] == (
        "around=pier-cloud~1&ask=path&p.start=Harbour+Foods&p.end=Basin+Data&view=pier-cloud&step=2"
    )


def test_that_there_are_none_is_told(folder: Path) -> None:
    """Exit code 1, and where views stand; --json gives an empty list."""
    (folder / "views.yaml").unlink()

    ran = CliRunner().invoke(APP, ["views", "-d", str(folder)])
    as_json = CliRunner().invoke(APP, ["views", "-d", str(folder), "--json"])

    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "views.yaml" in ran.stderr
    assert (as_json.exit_code, json.loads(as_json.stdout)) == (1, {"version": 1, "views": []})


def test_a_changed_view_changes_the_build_and_no_fact(folder: Path) -> None:
    """A look-up sees the new view at once; a comparison finds no changed fact."""
    before = open_view(folder)
    copytree(folder, folder.parent / "old")
    path = folder / "views.yaml"
    path.write_text(path.read_text().replace("Who uses Pier Cloud", "Its users"))

    after = open_view(folder)
    compared = CliRunner().invoke(APP, ["diff", str(folder.parent / "old"), str(folder), "--exit-code"])

    assert (before.views()[0].title, after.views()[0].title) == ("Who uses Pier Cloud", "Its users")
    assert before.about().digest != after.about().digest
    assert compared.exit_code == 0


def test_the_bundled_views_say_what_the_graph_knows(seeds: SqliteView) -> None:
    """Two of them are stories of three to six steps; all words rest on claims, and every question has an answer."""
    views = seeds.views()

    assert len(views) == 4
    assert [len(view.steps) for view in views if view.steps] == [5, 5]
    for view in views:
        for title, scene in [(view.title, view.scene), *((step.title, step.scene) for step in view.steps)]:
            assert title
            assert scene.claims
            if scene.ask:
                typed = read_typed(scene.ask)
                assert call(seeds, typed.question, typed.given).state != "not known"


def test_every_entity_of_a_claim_that_a_bundled_step_rests_on_is_near(seeds: SqliteView) -> None:
    """Each claim that a step names is about something in view."""
    for view in seeds.views():
        for scene in (view.scene, *(step.scene for step in view.steps)):
            for key in scene.claims:
                assert seeds.claims(ClaimFilter(ids=(key,), entities=scene.show)), (view.id, key)


def test_a_change_of_a_served_graph_keeps_its_views(tmp_path: Path) -> None:
    """Views are no RDF: an update neither sees nor loses them, and the digest still covers them."""
    from keiretsu.workers.graph_change import _with_views

    views = (NamedView("v", "T", "", Scene(("north",))),)
    built = build(replace(small_dataset(), views=views), tmp_path / "out")
    bare = build(small_dataset(), tmp_path / "bare")

    kept = _with_views(replace(small_dataset(), digest="0" * 64), built)

    assert kept.views == views
    assert kept.digest != "0" * 64
    assert kept == _with_views(replace(small_dataset(), digest="0" * 64), built)
    assert _with_views(small_dataset(), bare) == small_dataset()
