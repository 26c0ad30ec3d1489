"""From what the user names, or does not name, to an open graph."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu_graph.build import Build, cached, open_build
from keiretsu_ontology.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu_graph.sqlite import SqliteView
    from keiretsu_ontology.dataset import Dataset

DATASET = "KEIRETSU_DATASET"
SOURCES = "KEIRETSU_SOURCES"


def dataset_folder(named: Path | None = None) -> Path:
    """Return the folder that is meant: the one named, else the environment's, else the bundled one."""
    if named is not None:
        return named
    if set_there := os.environ.get(DATASET):
        return Path(set_there)
    from keiretsu_loaders.location import bundled

    return bundled()


def own_folder(named: Path | None = None) -> Path:
    """Return the dataset that is meant, where its files may be edited.

    Raises:
        UsageError: It is a build, or the copy of the bundled facts that belongs to the installed program.
    """
    from keiretsu_loaders.location import is_shipped

    folder = dataset_folder(named)
    if is_shipped(folder):
        raise UsageError("the bundled facts belong to the installed program; name a dataset of your own with -d DIR")
    if (folder / "manifest.json").is_file():
        raise UsageError(f"{folder} is a build; name the dataset that it was built from")
    return folder


def find_build(named: Path | None = None, *, progress: Callable[[str], None] | None = None) -> Build:
    """Return the build of a dataset or of a build folder; what is not built yet is built into the cache.

    Raises:
        SeedError: The facts do not load.
        StoreError: Neither a dataset nor a build.
    """
    folder = dataset_folder(named)
    if (folder / "manifest.json").is_file():
        return open_build(folder)
    if not folder.is_dir():
        raise StoreError(f"there is no folder {str(folder)!r}; name a dataset or a build")

    def load() -> Dataset:
        from keiretsu.asked_views import views_ask_what_can_be_asked
        from keiretsu_loaders import load

        if progress is not None:
            progress(f"building the graph of {folder} (once)")
        return load(folder, rules=(views_ask_what_can_be_asked,))

    return cached(folder, load)


def open_view(named: Path | None = None, *, progress: Callable[[str], None] | None = None) -> SqliteView:
    """Return a view of a dataset or build, through the engine for look-ups."""
    from keiretsu_graph.sqlite import SqliteView

    return SqliteView.open(find_build(named, progress=progress).sqlite)


def text_folders(named: Path | None, sources: Path | None) -> tuple[Path, ...]:
    """Return the folders in which texts of sources may lie, nearest first."""
    folders = [sources, os.environ.get(SOURCES), dataset_folder(named) / "sources"]
    return tuple(Path(folder) for folder in folders if folder and _is_folder(Path(folder)))


def _is_folder(path: Path) -> bool:
    """Say whether a path is a folder; what cannot be looked at, such as a name too long, is none."""
    try:
        return path.is_dir()
    except OSError:
        return False
