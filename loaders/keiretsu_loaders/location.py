"""Where the facts that ship with the program are. Imports nothing heavy: every look-up asks."""

from __future__ import annotations

from pathlib import Path


def bundled() -> Path:
    """Return the folder of the bundled facts: the checkout's own, else the copy in the installed package."""
    here = Path(__file__).resolve().parent
    checkout = here.parent.parent / "seeds"
    return checkout if (checkout / "keiretsu.yaml").is_file() else here / "_seeds"


def is_shipped(folder: Path) -> bool:
    """Say whether a folder belongs to the installed program, whose facts are not there to be edited."""
    installed = Path(__file__).resolve().parent / "_seeds"
    return folder.resolve() == installed or installed in folder.resolve().parents
