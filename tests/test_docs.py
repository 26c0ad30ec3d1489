"""What the documents show is what the program says now."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from keiretsu import cli

ROOT = Path(__file__).parents[1]
SESSIONS = ("curating.md",)  # told from one end to the other, and run so by a test of their own
PAGES = (
    "README.md",
    *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in SESSIONS),
)
BLOCK = re.compile(r"```console\n\$ (keiretsu [^\n]*)\n(.*?)```", re.DOTALL)


def _shown() -> list[tuple[str, str, str]]:
    return [
        (page, command, output)
        for page in PAGES
        for command, output in BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    ]


def test_there_is_something_shown() -> None:
    """The documents show real output, and this test sees it."""
    assert len(_shown()) >= 8


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all commands: the bundled graph is built once."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize(("page", "command", "output"), _shown())
def test_shown_output_is_what_comes_out(
    page: str, command: str, output: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command in a document prints what stands under it; three dots stand for the rest."""
    monkeypatch.setenv("KEIRETSU_CACHE", str(cache))
    monkeypatch.chdir(ROOT)
    for name in ("KEIRETSU_DATASET", "KEIRETSU_SOURCES", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    ran = CliRunner().invoke(cli.make_app(), shlex.split(command)[1:])

    shown, cut, _ = output.rstrip("\n").partition("\n...")
    printed = ran.stdout.rstrip("\n")
    assert (printed[: len(shown)] if cut else printed) == shown, (
        f"{page}: {command} now prints\n{printed}\n`python scripts/shown` writes it"
    )


TEXTS = ("README.md", "CONTRIBUTING.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md"))))


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_somewhere(page: str) -> None:
    """Every relative link of a document names a file that is there."""
    text = (ROOT / page).read_text(encoding="utf-8")

    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", text):
        assert (ROOT / page).parent.joinpath(target).exists(), target
