"""A build that holds what the explorer reads, written without the SPARQL engine, which is left empty.

The engine takes by far the most of a build: among 250,000 claims 90 of 176 seconds, and 10 GB of memory (a million
things with two million ties would take 80 GB). The explorer's page and its server read SQLite alone, so that the rest
of a build is what `keiretsu build` writes: the same ties, tables and places by the same functions.
"""

from __future__ import annotations

from pathlib import Path

from keiretsu_graph.build import Build, open_build
from keiretsu_graph.derive import all_ties
from keiretsu_graph.manifest import BUILD_VERSION, Manifest, write_manifest
from keiretsu_graph.oxigraph import write_store
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.sqlite_writer import write_sqlite
from keiretsu_ontology.dataset import Dataset


def bare_build(dataset: Dataset, out: Path) -> Build:
    """Return the build of a dataset in a new folder, with everything laid out."""
    current = f"b-{BUILD_VERSION}-{dataset.digest[:16]}"
    files = out / current
    files.mkdir(parents=True)
    ties = all_ties(dataset.claims, dataset.entities)
    write_sqlite(dataset, ties, files / "graph.sqlite")
    (files / "graph.nq").write_bytes(b"")
    write_store(files / "graph.nq", files / "oxigraph")
    counts = (len(rows) for rows in (dataset.entities, dataset.claims, dataset.sources, dataset.conflicts, ties))
    write_manifest(out, Manifest(BUILD_VERSION, dataset.name, dataset.title, dataset.digest, current, *counts))
    SqliteView.open(files / "graph.sqlite").arrange()
    return open_build(out)
