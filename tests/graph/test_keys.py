"""What a folder of facts is known by, and that a note of it never hides a change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from keiretsu_graph import keys
from keiretsu_graph.keys import AT_REST_NS, key_of, known_key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of facts."""
    made = tmp_path / "facts"
    (made / "claims" / "deep").mkdir(parents=True)
    (made / "keiretsu.yaml").write_text("name: facts\n", encoding="utf-8")
    (made / "claims" / "deep" / "one.yaml").write_text("claims: []\n", encoding="utf-8")
    return made


def _later(folder: Path) -> int:
    """Return a time at which all files of a folder have been at rest."""
    return max(file.stat().st_ctime_ns for file in folder.rglob("*")) + 2 * AT_REST_NS


def _never(*_: object) -> str:
    raise AssertionError("the files are read again")


def test_what_is_untouched_is_not_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note gives the very key that reading the files gives."""
    key = key_of(folder)
    assert known_key(folder, tmp_path, now_ns=_later(folder)) == key
    monkeypatch.setattr(keys, "_digest", _never)

    assert known_key(folder, tmp_path, now_ns=_later(folder)) == key


@pytest.mark.parametrize("name", ["keiretsu.yaml", "claims/deep/one.yaml", "claims/two.yaml", "tables/rows.csv"])
def test_a_touched_file_is_read_again(folder: Path, tmp_path: Path, name: str) -> None:
    """A file of the same length is seen, even where somebody sets its time back; so is one that is new."""
    known_key(folder, tmp_path, now_ns=_later(folder))
    file = folder / name
    state = file.stat() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text("name: other\n"[: state.st_size if state else None], encoding="utf-8")
    if state:
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))

    assert known_key(folder, tmp_path, now_ns=_later(folder)) == key_of(folder)


def test_what_was_just_written_gets_no_note(folder: Path, tmp_path: Path) -> None:
    """Another change in the same tick of the clock could not be seen."""
    newest = _later(folder) - 2 * AT_REST_NS

    assert known_key(folder, tmp_path, now_ns=newest) == key_of(folder)
    assert list(tmp_path.glob("*.note")) == []


def test_a_spoilt_note_is_done_without(folder: Path, tmp_path: Path) -> None:
    """A note that is no key leads nowhere; a folder that cannot be written is no matter."""
    known_key(folder, tmp_path, now_ns=_later(folder))
    (note,) = tmp_path.glob("*.note")
    _, _, listing = note.read_text(encoding="utf-8").partition("\n")
    for spoilt in (f"../../elsewhere\n{listing}", "\xff", ""):
        note.write_bytes(spoilt.encode("latin-1"))
        assert known_key(folder, tmp_path, now_ns=_later(folder)) == key_of(folder)

    assert known_key(folder, tmp_path / "missing", now_ns=_later(folder)) == key_of(folder)
