"""A working copy of a build: a folder of builds of its own, begun with the one that is served."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from keiretsu_graph.build import Build, open_build
from keiretsu_graph.manifest import NAME, write_manifest
from keiretsu_ontology.errors import StoreError


def begin_copy(build: Build, folder: Path) -> Build:
    """Return the working copy in a folder: the one that is there, else a copy of a build.

    Raises:
        StoreError: The folder holds something else, or cannot be written.
    """
    if (folder / NAME).exists():
        found = open_build(folder)
        if found.manifest.name != build.manifest.name:
            raise StoreError(
                f"{folder} is a working copy of {found.manifest.name!r}, not of {build.manifest.name!r}; name another"
            )
        return found
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; name a folder for the working copy")
    if folder.exists() and (strangers := sorted(e.name for e in folder.iterdir() if not _is_ours(e))):
        raise StoreError(f"{folder} holds {strangers[0]!r}, which is no working copy; name a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copied(build, folder)
        write_manifest(folder, build.manifest)
    except OSError as error:
        raise StoreError(f"the working copy in {folder} cannot be written: {error.strerror or error}") from None
    return open_build(folder)


def _is_ours(entry: Path) -> bool:
    return entry.name.startswith(("b-", ".b-", ".v-", f".{NAME}"))


def _copied(build: Build, folder: Path) -> None:
    work = Path(tempfile.mkdtemp(prefix=".b-", dir=folder))
    try:
        shutil.copytree(build.files, work / "files")
        final = folder / build.manifest.current
        if final.exists():  # left by one who was ended before the manifest was there
            shutil.rmtree(final)
        os.rename(work / "files", final)  # noqa: PTH104  a folder, in one step
    finally:
        shutil.rmtree(work, ignore_errors=True)
