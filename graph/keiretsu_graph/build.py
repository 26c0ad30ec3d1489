"""Building a graph into a folder: every engine from one stream of claims, put in place by one rename.

OUT/manifest.json          names the folder to read
OUT/b-<digest>/graph.sqlite, graph.nq, oxigraph/, and places.sqlite once that was asked for
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from keiretsu_graph.keys import known_key
from keiretsu_graph.manifest import BUILD_VERSION, NAME, Manifest, read_manifest, write_manifest
from keiretsu_graph.places import carry_over
from keiretsu_ontology.errors import StoreError

if TYPE_CHECKING:
    from keiretsu_ontology.dataset import Dataset

PARTS = ("graph.sqlite", "graph.nq", "oxigraph")
_LEFT = 24 * 3600.0  # seconds after which a folder of work is of a build that was ended
Progress = Callable[[str], None]
Layout = Literal["later", "now", "afresh"]


class Build(NamedTuple):
    """A built graph and its files."""

    folder: Path
    manifest: Manifest

    @property
    def files(self) -> Path:
        """The folder that is read now."""
        return self.folder / self.manifest.current

    @property
    def sqlite(self) -> Path:
        """The file for look-ups."""
        return self.files / "graph.sqlite"

    @property
    def quads(self) -> Path:
        """The whole graph as sorted N-Quads."""
        return self.files / "graph.nq"

    @property
    def store(self) -> Path:
        """The folder of the SPARQL engine."""
        return self.files / "oxigraph"


def open_build(folder: Path) -> Build:
    """Return the build in a folder.

    Raises:
        StoreError: There is no build, or it is damaged.
    """
    build = Build(folder, read_manifest(folder))
    if missing := [name for name in PARTS if not (build.files / name).exists()]:
        raise StoreError(f"the build in {folder} misses {', '.join(missing)}; build it again")
    return build


def build(
    dataset: Dataset, out: Path, *, progress: Progress | None = None, force: bool = False, layout: Layout = "later"
) -> Build:
    """Return the build of a dataset in a folder, written beside what is there and put in place at the end.

    What is already built from the same facts is left as it is, unless forced. Places in the picture of the whole are
    taken over from the build before (places.py) and made later, now or afresh. The build before stays for those who
    are reading it; older ones are removed.

    Raises:
        StoreError: The folder holds something else, or cannot be written.
    """
    tell = progress or (lambda _: None)
    before = _before(out)
    if before is not None and before.manifest.digest == dataset.digest and not force:
        _arrange(before.files, layout, tell)
        return before
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _workshop(out) as work:
            manifest = _write(dataset, work, tell)
            if before is not None:
                carry_over(before.files, work / "files")
            _arrange(work / "files", layout, tell)
            _settle(work / "files")
            final = out / manifest.current
            _put(work, final, replace=force or not _is_whole(final))
        tell("putting it in place")
        write_manifest(out, manifest)
    except OSError as error:
        raise StoreError(f"{out} cannot be written: {error.strerror or error}") from None
    _tidy(out, keep={manifest.current, before.manifest.current if before else ""})
    return Build(out, manifest)


def _before(out: Path) -> Build | None:
    """Return the build that is there; a folder with anything but builds is refused."""
    if not out.exists():
        return None
    if not out.is_dir():
        raise StoreError(f"{out} is a file; name a folder to build into")
    if (out / NAME).is_file():
        try:
            return open_build(out)
        except StoreError:
            return None  # damaged or of another version: built anew
    if strangers := sorted(entry.name for entry in out.iterdir() if not entry.name.startswith(("b-", ".b-"))):
        raise StoreError(f"{out} holds {strangers[0]!r}, which is not a build; name an empty or a new folder")
    return None


def _arrange(files: Path, layout: Layout, tell: Progress) -> None:
    """Have everything laid out, unless that may wait until somebody asks to see it."""
    if layout != "later":
        from keiretsu_graph.sqlite import SqliteView

        with contextlib.closing(SqliteView.open(files / "graph.sqlite")) as view:
            view.arrange(fresh=layout == "afresh", progress=tell)


@contextlib.contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """Give a folder of one's own beside the builds, gone at the end."""
    import tempfile

    work = Path(tempfile.mkdtemp(prefix=".b-", dir=out))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write(dataset: Dataset, work: Path, tell: Progress) -> Manifest:
    import sqlite3

    from keiretsu_graph.derive import all_ties
    from keiretsu_graph.oxigraph import write_store
    from keiretsu_graph.sqlite_writer import write_sqlite
    from keiretsu_graph.terms import ontology_lines, quads

    files = work / "files"
    files.mkdir()
    tell(f"deriving ties from {len(dataset.claims)} claims")
    ties = all_ties(dataset.claims, dataset.entities)
    tell("writing SQLite")
    try:
        write_sqlite(dataset, ties, files / "graph.sqlite")
    except sqlite3.Error as error:
        raise StoreError(f"the SQLite file cannot be written: {error}") from None
    tell("writing N-Quads")
    with (files / "graph.nq").open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(line + "\n" for line in quads(dataset, ties, ontology_lines()))
    tell("writing Oxigraph")
    write_store(files / "graph.nq", files / "oxigraph")
    counts = (len(rows) for rows in (dataset.entities, dataset.claims, dataset.sources, dataset.conflicts, ties))
    current = f"b-{BUILD_VERSION}-{dataset.digest[:16]}"
    return Manifest(BUILD_VERSION, dataset.name, dataset.title, dataset.digest, current, *counts)


def _settle(files: Path) -> None:
    """Have the system write everything down before the manifest names it, should the machine end."""
    for file in sorted(files.rglob("*")):
        with contextlib.suppress(OSError) if file.is_dir() else contextlib.nullcontext():  # not all write down folders
            opened = os.open(file, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def _put(work: Path, final: Path, *, replace: bool) -> None:
    """Move the written files to their folder; one of the same facts that is already there is moved aside first."""
    if final.exists():
        if not replace:
            return
        final.rename(work / "old")
    (work / "files").rename(final)


def _is_whole(files: Path) -> bool:
    return all((files / name).exists() for name in PARTS)


def _tidy(out: Path, keep: set[str]) -> None:
    """Remove builds that nobody reads any more, and what a build left that was ended while it wrote."""
    for entry in out.iterdir():
        old = entry.name.startswith("b-") and entry.name not in keep
        left = entry.name.startswith(".b-") and time.time() - entry.stat().st_mtime > _LEFT
        if entry.is_dir() and (old or left):
            shutil.rmtree(entry, ignore_errors=True)


def cached(folder: Path, load: Callable[[], Dataset]) -> Build:
    """Return the build of a dataset folder from the cache; what is not there yet is loaded and built.

    The cache is keyed by the names and bytes of the files of facts (keys.py), so a changed file is another build. It
    lies in KEIRETSU_CACHE, else where the system keeps caches; where that cannot be written, in a temporary folder.
    """
    first = _cache_folder()
    key = f"{folder.name}-{known_key(folder, first, now_ns=time.time_ns())}"
    with contextlib.suppress(StoreError):
        return open_build(first / key)
    return _made(key, load, (first, _temporary()), folder)


def _made(key: str, load: Callable[[], Dataset], caches: Iterable[Path], folder: Path) -> Build:
    """Return the build of a key from the first cache that has it or can be written."""
    for cache in caches:
        place = cache / key
        with contextlib.suppress(StoreError):
            return open_build(place)
        try:
            cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(cache, os.W_OK):
            built = build(load(), place)
            if elder := _elder(cache, place.name, built):
                carry_over(elder.files, built.files)
            _prune(cache, keep=place)
            return built
    raise StoreError(f"no folder for the built graph can be written; set KEIRETSU_CACHE, or build {folder} yourself")


def _elder(cache: Path, key: str, built: Build) -> Build | None:
    """Return the newest other build in a cache that was made of a dataset of the same name."""
    alike = (entry for entry in cache.iterdir() if entry.name != key and entry.name[:-20] == key[:-20])
    for entry in _newest(entry for entry in alike if (entry / NAME).is_file()):
        with contextlib.suppress(StoreError):
            if (found := open_build(entry)).manifest.name == built.manifest.name:
                return found
    return None


def _cache_folder() -> Path:
    if named := os.environ.get("KEIRETSU_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("keiretsu", appauthor=False) / "graphs"


def _temporary() -> Path:
    import tempfile

    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"keiretsu-{user}"


def _prune(cache: Path, keep: Path, most: int = 8) -> None:
    """Remove builds that were not made lately, all but the newest few, and notes likewise."""
    for build in _oldest((entry for entry in cache.iterdir() if (entry / NAME).is_file() and entry != keep), most - 1):
        shutil.rmtree(build, ignore_errors=True)
    for note in _oldest(cache.glob("*.note"), 4 * most):
        note.unlink(missing_ok=True)


def _oldest(entries: Iterable[Path], newer: int) -> list[Path]:
    """Return all entries of a folder but the newest few."""
    return _newest(entries)[newer:]


def _newest(entries: Iterable[Path]) -> list[Path]:
    return sorted(entries, key=lambda entry: entry.stat().st_mtime, reverse=True)
