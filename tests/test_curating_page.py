"""The session that docs/curating.md shows is what comes out."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from keiretsu import cli

PAGE = Path(__file__).parents[1] / "docs" / "curating.md"
_BLOCK = re.compile(r"```(console|yaml)\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^\$ ([^\n]*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_WHO = {f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def _run(command: str) -> str:
    """Return what a command of the page prints, on either stream."""
    words = shlex.split(command)
    if words[0] == "keiretsu":
        return CliRunner().invoke(cli.make_app(), words[1:]).output
    environment = {**os.environ, **_WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout + done.stderr


def play(text: str) -> str:
    """Return a page with the output of its commands as it comes out now, in the order of the page."""

    def played(block: re.Match[str]) -> str:
        if block[1] == "yaml":
            head, _, body = block[2].partition("\n")
            Path(head.removeprefix("# ")).write_text(body, encoding="utf-8")
            return block[0]
        commands = _COMMAND.findall(block[2])
        return "```console\n" + "".join(f"$ {command}\n{_run(command)}" for command, _ in commands) + "```"

    return _BLOCK.sub(played, text)


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_the_session_of_the_page_is_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints what stands under it, one after the other in one folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEIRETSU_CACHE", str(tmp_path / "cache"))
    for name in (
        "KEIRETSU_DATASET",
        "KEIRETSU_SOURCES",
        "FORCE_COLOR",
        *(n for n in os.environ if n.startswith("GIT_")),
    ):
        monkeypatch.delenv(name, raising=False)
    text = PAGE.read_text(encoding="utf-8")

    assert len(_COMMAND.findall(text)) >= 12
    assert play(text) == text
