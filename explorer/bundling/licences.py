"""The licences of other people's code that stands in the bundles, and of no more than that."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from bundling.node import BundlingError

RULE = "\n\n" + "=" * 78 + "\n\n"
HEAD = "The explorer's script and style contain code of these packages, each under its own licence.\n"
NAMES = ("license", "licence", "copying", "notice")


def bundled(metafile: dict[str, Any]) -> list[str]:
    """Return the folder of every package that gave a byte to a bundle, sorted; nested packages by themselves."""
    inputs = {
        name
        for output in metafile["outputs"].values()
        for name, given in output["inputs"].items()
        if given["bytesInOutput"] > 0
    }
    return sorted({folder for name in inputs if (folder := _folder(name))})


def licences(explorer: Path) -> str:
    """Return the name, the version and the licence of every package in the bundles of `explorer/dist`.

    Raises:
        BundlingError: A package comes without the text of its licence.
    """
    metafile = json.loads((explorer / "dist" / "metafile.json").read_text(encoding="utf-8"))
    parts: dict[str, str] = {}
    for folder in bundled(metafile):
        told = json.loads((explorer / folder / "package.json").read_text(encoding="utf-8"))
        title = f"{told['name']} {told['version']}"
        texts = [
            path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()
            for path in sorted((explorer / folder).iterdir())
            if path.name.lower().startswith(NAMES) and path.is_file()
        ]
        if not texts:
            raise BundlingError(f"the package {title} comes without the text of its licence and cannot be passed on")
        parts[title] = "\n\n".join([f"{title} ({told.get('license', 'licence as below')})", *texts])
    return RULE.join([HEAD.strip(), *(parts[title] for title in sorted(parts))]) + "\n"


def _folder(name: str) -> str | None:
    """Return the folder of the package that a file belongs to, or None where it is ours."""
    parts = PurePosixPath(name).parts
    if "node_modules" not in parts:
        return None
    last = len(parts) - 1 - parts[::-1].index("node_modules")
    end = last + (3 if parts[last + 1].startswith("@") else 2)
    return "/".join(parts[:end])
