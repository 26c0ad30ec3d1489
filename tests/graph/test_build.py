"""Building: whole or not at all, the same bytes for the same facts, nothing of strangers touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factories import small_claims, small_dataset
from keiretsu_graph.build import build, cached, open_build
from keiretsu_graph.exports import EXPORTS, export_to
from keiretsu_graph.keys import key_of
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.errors import StoreError


def _other() -> Dataset:
    return replace(small_dataset(small_claims()[:5]), digest="f" * 64)


def test_two_builds_are_alike(tmp_path: Path) -> None:
    """SQLite and N-Quads of two builds are equal to the byte."""
    one, other = build(small_dataset(), tmp_path / "a"), build(small_dataset(), tmp_path / "b")

    assert one.sqlite.read_bytes() == other.sqlite.read_bytes()
    assert one.quads.read_bytes() == other.quads.read_bytes()
    assert (tmp_path / "a/manifest.json").read_bytes() == (tmp_path / "b/manifest.json").read_bytes()


@pytest.mark.parametrize("name", EXPORTS)
def test_two_exports_are_alike(name: str, tmp_path: Path) -> None:
    """Every export of two builds gives equal bytes."""
    builds = [build(small_dataset(), tmp_path / folder) for folder in ("a", "b")]

    assert export_to(builds[0], name) == export_to(builds[1], name)


def test_a_build_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    """Wherever a build stops, readers find the old graph whole, and no rubbish stays."""
    out = tmp_path / "out"
    before = build(small_dataset(), out)
    steps: list[str] = []
    build(_other(), tmp_path / "count", progress=steps.append)

    for fatal in steps:

        def stop(step: str, fatal: str = fatal) -> None:
            if step == fatal:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            build(_other(), out, progress=stop)
        assert open_build(out) == before
        assert len(SqliteView.open(open_build(out).sqlite).all_entities()) == 11
    assert len(steps) >= 4
    assert build(_other(), out).manifest.claims == 5
    assert not [entry for entry in out.iterdir() if entry.name.startswith(".b-")]


def test_the_build_before_stays_for_its_readers(tmp_path: Path) -> None:
    """Who opened the old graph goes on reading it after the new one is in place."""
    view = SqliteView.open(build(small_dataset(), tmp_path / "out").sqlite)
    build(_other(), tmp_path / "out")

    assert view.about().claims == 14


def test_what_is_built_is_left(tmp_path: Path) -> None:
    """The same facts are not built twice, unless forced."""
    steps: list[str] = []
    build(small_dataset(), tmp_path / "out")
    build(small_dataset(), tmp_path / "out", progress=steps.append)
    assert steps == []
    build(small_dataset(), tmp_path / "out", progress=steps.append, force=True)
    assert steps != []


def test_strangers_files_are_left_alone(tmp_path: Path) -> None:
    """A folder that holds something else is refused, and so is a file."""
    (tmp_path / "thesis.doc").write_text("years of work", encoding="utf-8")

    with pytest.raises(StoreError, match=r"thesis\.doc"):
        build(small_dataset(), tmp_path)
    with pytest.raises(StoreError, match="is a file"):
        build(small_dataset(), tmp_path / "thesis.doc")
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 99}', '{"current": "../../etc"}'])
def test_a_damaged_manifest_is_named(tmp_path: Path, text: str) -> None:
    """A manifest that is no manifest is an error in plain words, and is built anew."""
    out = tmp_path / "out"
    build(small_dataset(), out)
    (out / "manifest.json").write_text(text, encoding="utf-8")

    with pytest.raises(StoreError, match="manifest"):
        open_build(out)
    assert build(small_dataset(), out).manifest.claims == 14


def test_a_manifest_does_not_lead_out(tmp_path: Path) -> None:
    """The folder that a manifest names lies in the build."""
    out = tmp_path / "out"
    made = build(small_dataset(), out)
    text = (out / "manifest.json").read_text(encoding="utf-8")
    (out / "manifest.json").write_text(text.replace(made.manifest.current, "../secret"), encoding="utf-8")

    with pytest.raises(StoreError, match="leads out"):
        open_build(out)


def test_the_cache_follows_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed file is another build; an unchanged one is not loaded again."""
    monkeypatch.setenv("KEIRETSU_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "data"
    (folder / "claims").mkdir(parents=True)
    (folder / "keiretsu.yaml").write_text("name: x", encoding="utf-8")
    loads: list[int] = []

    def load() -> Dataset:
        loads.append(1)
        return small_dataset()

    first, key = cached(folder, load), key_of(folder)
    assert cached(folder, load) == first
    (folder / "claims" / "a.yaml").write_text("x", encoding="utf-8")
    assert key_of(folder) != key
    cached(folder, load)
    assert len(loads) == 2
