"""What a build was built from, and which of its folders is the one to read."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from keiretsu_ontology.errors import StoreError

NAME = "manifest.json"
BUILD_VERSION = 6  # counts every change to what a build holds


class Manifest(NamedTuple):
    """The table of contents of a build."""

    version: int
    name: str
    title: str
    digest: str  # of the facts
    current: str  # the folder to read
    entities: int
    claims: int
    sources: int
    conflicts: int
    ties: int


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a build folder.

    Raises:
        StoreError: There is none, it is damaged, or another version of the program wrote it.
    """
    try:
        record = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = Manifest(**record)
    except FileNotFoundError:
        raise StoreError(f"{folder} is not a build: it holds no {NAME}; `keiretsu build` makes one") from None
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"the {NAME} in {folder} cannot be read: {error}; build it again") from None
    if manifest.version != BUILD_VERSION:
        raise StoreError(f"the build in {folder} is of version {manifest.version}, not {BUILD_VERSION}; build it again")
    if not isinstance(manifest.current, str) or Path(manifest.current).name != manifest.current:
        raise StoreError(f"the {NAME} in {folder} leads out of the folder; build it again")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in place at once: readers see the one before or this one."""
    text = json.dumps(manifest._asdict(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    replace_file(folder / NAME, text.encode("utf-8"))


def replace_file(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, by way of a temporary one beside it; who may read it stays as it was."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if file.exists():
            shutil.copymode(file, temporary)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
