"""From what the user names to an edition of a graph: a dataset, a build, or a git revision of a dataset."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keiretsu.opening import dataset_folder
from keiretsu_graph.build import open_build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_loaders import load
from keiretsu_loaders.editing import moved_problems
from keiretsu_loaders.revisions import taken_out
from keiretsu_ontology.errors import Problem, SeedError
from keiretsu_queries.editions.edition import Edition


def open_editions(
    old: str, new: str | None, dataset: Path | None, *, progress: Callable[[str], None] | None = None
) -> tuple[Edition, Edition]:
    """Return two editions.

    Args:
        old: A folder, or else a git revision of the dataset.
        new: The same; by default the dataset as it is now.
        dataset: The dataset that revisions are of; by default the usual one.
        progress: Is told what is going on.

    Raises:
        SeedError: One of them or both do not load; it carries the problems of both.
        UsageError: A name is neither a folder nor a revision.
    """
    folder = dataset_folder(dataset)
    problems: list[Problem] = []
    editions: list[Edition] = []
    for named in (old, new if new is not None else str(folder)):
        try:
            editions.append(_open(named, folder, progress))
        except SeedError as error:
            problems += error.problems
    if problems:
        raise SeedError(list(dict.fromkeys(problems)))
    return editions[0], editions[1]


def _open(named: str, folder: Path, progress: Callable[[str], None] | None) -> Edition:
    place = Path(named)
    if _is_folder(place):
        if (place / "manifest.json").is_file():
            return Edition.of_view(named, SqliteView.open(open_build(place).sqlite))
        return Edition.of_dataset(named, load(place, progress=progress))
    with taken_out(named, folder) as copy:
        try:
            return Edition.of_dataset(named, load(copy, progress=progress))
        except SeedError as error:
            told = moved_problems(error, copy, Path())
            raise SeedError([row._replace(path=Path(f"{named.rstrip('/')}:{row.path}")) for row in told]) from None


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):
        return False
