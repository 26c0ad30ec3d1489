"""A dataset folder that a stranger prepared: links, pipes, sockets, odd names, too much of everything."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from hostile import ABOUT, CLAIMS, TEXT, THINGS, problems

OUTSIDE = "root:x:0:0"  # what lies outside and must never be told


def _link(folder: Path, name: str) -> None:
    """Put a link to something outside in the place of a file."""
    outside = folder.parent / "outside.yaml"
    outside.write_text(f"entities: [{OUTSIDE!r}]\n")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(outside)


def _linked_part(folder: Path, part: str) -> None:
    (folder / part).rename(folder.parent / part)
    (folder / part).symlink_to(folder.parent / part)


def _pipe(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)


def _socket(folder: Path, name: str) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket has to be short
        try:
            server.bind(name)
        finally:
            os.chdir(here)


def _folder(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()


def _bytes(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)


def _recoded(folder: Path, name: str, encoding: str) -> None:
    text = (folder / name).read_text(encoding="utf-8").replace("Gazette", "Gazétte").replace("euros", "€")
    (folder / name).write_bytes(text.encode(encoding, "replace"))


def _stray_conflict(folder: Path) -> None:
    (folder / "conflicts").mkdir()
    _bytes(folder, "conflicts/x.json", b"{}")


def _deep(folder: Path) -> None:
    (folder / "entities" / "/".join("abcdefghijkl")).mkdir(parents=True)


def _without_part(folder: Path, part: str) -> None:
    (folder / part).rename(folder.parent / part)


def _file_for_part(folder: Path, part: str) -> None:
    _without_part(folder, part)
    (folder / part).write_text("x")


def _within(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def _copy(folder: Path, name: str, to: str) -> None:
    (folder / to).write_bytes((folder / name).read_bytes())


FAULTS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "linked facts": (lambda f: _link(f, THINGS), THINGS, "a link"),
    "linked claims": (lambda f: _link(f, CLAIMS), CLAIMS, "a link"),
    "linked about": (lambda f: _link(f, ABOUT), ABOUT, "a link"),
    "linked text": (lambda f: _link(f, TEXT), TEXT, "not a regular file"),
    "dangling link": (lambda f: (f / "entities/x.yaml").symlink_to("nowhere"), "entities/x.yaml", "a link"),
    "link to itself": (lambda f: (f / "entities/x.yaml").symlink_to("x.yaml"), "entities/x.yaml", "a link"),
    "link to a folder": (lambda f: (f / "entities/x").symlink_to("/etc"), "entities/x", "a link"),
    "link to the root": (lambda f: (f / "claims/x").symlink_to(".."), "claims/x", "a link"),
    "link to a device": (lambda f: (f / "claims/x.yaml").symlink_to("/dev/zero"), "claims/x.yaml", "a link"),
    "linked entities": (lambda f: _linked_part(f, "entities"), "entities", "a link"),
    "linked sources": (lambda f: _linked_part(f, "sources"), "sources", "a link"),
    "pipe for facts": (lambda f: _pipe(f, THINGS), THINGS, "not a regular file"),
    "pipe for claims": (lambda f: _pipe(f, CLAIMS), CLAIMS, "not a regular file"),
    "pipe for about": (lambda f: _pipe(f, ABOUT), ABOUT, "not a regular file"),
    "pipe for text": (lambda f: _pipe(f, TEXT), TEXT, "not a regular file"),
    "pipe of another name": (lambda f: _pipe(f, "claims/x.md"), "claims/x.md", "not a file of facts"),
    "socket": (lambda f: _socket(f, "claims/x.yaml"), "claims/x.yaml", "cannot be read"),
    "folder for about": (lambda f: _folder(f, ABOUT), ABOUT, "is a directory"),
    "folder for facts": (lambda f: _folder(f, THINGS), THINGS, "a folder with the name of a file"),
    "folder for text": (lambda f: _folder(f, TEXT), TEXT, "not a regular file"),
    "file for entities": (lambda f: _file_for_part(f, "entities"), "entities", "a folder is wanted"),
    "file for sources": (lambda f: _file_for_part(f, "sources"), "sources", "a folder is wanted"),
    "no about": (lambda f: (f / ABOUT).unlink(), ABOUT, "is missing"),
    "no entities": (lambda f: _without_part(f, "entities"), CLAIMS, "unknown entity"),
    "empty about": (lambda f: _bytes(f, ABOUT, b""), ABOUT, "nothing stands in this file"),
    "empty facts": (lambda f: _bytes(f, THINGS, b""), THINGS, "nothing stands in this file"),
    "empty claims": (lambda f: _bytes(f, CLAIMS, b"\n# nothing\n"), CLAIMS, "nothing stands in this file"),
    "a list": (lambda f: _bytes(f, CLAIMS, b"- a\n- b\n"), CLAIMS, "a mapping is wanted here, not a list"),
    "a word": (lambda f: _bytes(f, CLAIMS, b"hello\n"), CLAIMS, "a mapping is wanted here, not a text"),
    "zero bytes": (lambda f: _bytes(f, THINGS, b"\0" * 1_000), THINGS, "U+0000"),
    "a picture": (lambda f: _bytes(f, THINGS, b"\x89PNG\r\n\x1a\n\0\0"), THINGS, "not UTF-8: byte 0x89"),
    "an archive": (lambda f: _bytes(f, THINGS, b"PK\x03\x04\x14\0"), THINGS, "U+0003"),
    "latin-1": (lambda f: _recoded(f, THINGS, "latin-1"), THINGS, "not UTF-8: byte 0xe9"),
    "utf-16": (lambda f: _recoded(f, THINGS, "utf-16"), THINGS, "it looks like UTF-16"),
    "utf-32": (lambda f: _recoded(f, THINGS, "utf-32"), THINGS, "it looks like UTF-16"),
    "utf-16 unmarked": (lambda f: _recoded(f, THINGS, "utf-16-le"), THINGS, ""),
    "half a character": (lambda f: _bytes(f, ABOUT, b"name: a\ntitle: \xc3\x28\n"), ABOUT, "not UTF-8: byte 0xc3"),
    "overlong": (lambda f: _bytes(f, ABOUT, b"name: a\ntitle: \xc0\xaf\n"), ABOUT, "not UTF-8: byte 0xc0"),
    "surrogates": (lambda f: _bytes(f, ABOUT, b"name: a\ntitle: \xed\xa0\x80\n"), ABOUT, "not UTF-8: byte 0xed"),
    "cut off": (lambda f: _bytes(f, ABOUT, b"name: a\ntitle: \xe4\xb8"), ABOUT, "not UTF-8: byte 0xe4"),
    "gb18030": (lambda f: _bytes(f, ABOUT, "name: a\ntitle: 阿里巴巴\n".encode("gb18030")), ABOUT, "not UTF-8"),
    "shift-jis": (lambda f: _bytes(f, ABOUT, "name: a\ntitle: 系列\n".encode("shift-jis")), ABOUT, "not UTF-8"),
    "text in latin-1": (lambda f: _bytes(f, TEXT, b"caf\xe9"), CLAIMS, "not UTF-8: byte 0xe9"),
    "text of zeros": (lambda f: _bytes(f, TEXT, b"\0" * 1_000), CLAIMS, "not the one meant"),
    "empty text": (lambda f: _bytes(f, TEXT, b""), CLAIMS, "not the one meant"),
    "too large": (lambda f: _bytes(f, THINGS, b"#" * 5_000_001), THINGS, "at most 5000000"),
    "text too large": (lambda f: _bytes(f, TEXT, b"x" * 5_000_001), CLAIMS, "at most 5000000"),
    "large text": (lambda f: _bytes(f, TEXT, b"x" * 4_000_000), CLAIMS, "not the one meant"),
    "too deep": (_deep, "entities/a/b/c/d/e/f/g/h/i", "nested more than"),
    "stray facts": (lambda f: _copy(f, THINGS, "things.yaml"), "things.yaml", "nothing reads this file"),
    "misspelt conflicts": (lambda f: (f / "conflict").mkdir(), "conflict", "did you mean 'conflicts'?"),
    "conflicts in a file": (lambda f: _bytes(f, "conflicts", b""), "conflicts", "a folder is wanted here"),
    "a stray among conflicts": (_stray_conflict, "conflicts/x.json", "not a file of facts"),
    "stray about": (lambda f: _copy(f, ABOUT, "keiretsu.yml"), "keiretsu.yml", "did you mean 'keiretsu.yaml'?"),
    "misnamed folder": (lambda f: (f / "claim").mkdir(), "claim", "did you mean 'claims'?"),
    "facts of another form": (lambda f: _bytes(f, "claims/x.json", b"{}"), "claims/x.json", "not a file of facts"),
    "facts twice": (lambda f: _copy(f, THINGS, "entities/z.yaml"), "entities/z.yaml", "already at"),
    "claims twice": (lambda f: _copy(f, CLAIMS, "claims/z.yaml"), "claims/z.yaml", "already at"),
    "facts among claims": (lambda f: _copy(f, THINGS, "claims/z.yaml"), "claims/z.yaml", "unknown key 'entities'"),
    "claims among facts": (lambda f: _copy(f, CLAIMS, "entities/z.yaml"), "entities/z.yaml", "unknown key 'source'"),
}  # fmt: skip

ODD_NAMES = (
    b"a\nb.yaml",
    b"a\x1b[31m.yaml",
    b"a\xff.yaml",
    "a\u202eb.yaml".encode(),
    "a\u200b".encode(),
    b"a\tb.md",
)

HARMLESS: dict[str, Callable[[Path], object]] = {
    "a readme": lambda f: _bytes(f, "README.md", b"# What this is\n"),
    "a review": lambda f: _bytes(f, "claims/REVIEW.md", b"\xff\xfe"),
    "hidden files": lambda f: _bytes(f, "entities/.x.yaml.swp", b"\0\0"),
    "a backup": lambda f: _bytes(f, "entities/things.yaml~", b"["),
    "a query": lambda f: _within(f, "queries").joinpath("x.rq").write_text("ASK {}"),
    "a licence": lambda f: _bytes(f, "LICENSE", b"CC0"),
    "no text": lambda f: (f / TEXT).unlink(),
    "no sources": lambda f: _without_part(f, "sources"),
    "windows line ends": lambda f: _bytes(f, CLAIMS, (f / CLAIMS).read_bytes().replace(b"\n", b"\r\n")),
    "old mac line ends": lambda f: _bytes(f, ABOUT, (f / ABOUT).read_bytes().replace(b"\n", b"\r")),
    "a byte order mark": lambda f: _bytes(f, CLAIMS, b"\xef\xbb\xbf" + (f / CLAIMS).read_bytes()),
    "no last line end": lambda f: _bytes(f, CLAIMS, (f / CLAIMS).read_bytes().rstrip()),
    "another ending": lambda f: (f / THINGS).rename(f / "entities/things.yml"),
    "an upper-case ending": lambda f: (f / THINGS).rename(f / "entities/things.YAML"),
    "a folder within": lambda f: (f / THINGS).rename(_within(f, "entities/a") / "b.yaml"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_hostile_folder_is_told(name: str, folder: Path) -> None:
    """What may not be read is named with its path, and nothing of its content is shown."""
    spoil, path, says = FAULTS[name]
    spoil(folder)

    found = problems(folder)

    assert any(problem.path == folder / path and says in problem.message for problem in found), found
    assert all(OUTSIDE not in problem.message for problem in found)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_harmless_is_accepted(name: str, folder: Path) -> None:
    """What people keep beside facts, and how editors write files, is no problem."""
    HARMLESS[name](folder)

    assert problems(folder) == ()


@pytest.mark.parametrize("part", ["", "entities", "claims", "sources"])
@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_file_names_are_told_without_being_shown(name: bytes, part: str, folder: Path) -> None:
    """A file name that would upset a terminal is refused, and the message can be printed."""
    Path(os.fsdecode(os.fsencode(folder / part) + b"/" + name)).write_bytes(b"x")

    found = problems(folder)

    assert [problem.path for problem in found] == [folder / part]
    assert "the name of a file in this folder is not admitted" in found[0].message
    assert str(found[0]).isprintable()


@pytest.mark.parametrize("name", ["nowhere", "set/keiretsu.yaml", "x" * 300, "a\0b"])
def test_what_is_no_folder_is_told(name: str, folder: Path) -> None:
    """A path that is no folder is one problem, not a traceback."""
    found = problems(folder.parent / name)

    assert len(found) == 1
    assert (found[0].line, found[0].column) == (0, 0)


def test_a_folder_that_may_not_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system says no, the problem says so in its words."""

    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)

    assert [problem.message for problem in problems(folder)] == ["cannot be read: permission denied"]
