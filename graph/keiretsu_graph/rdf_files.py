"""Plain RDF files read into memory: of any vocabulary, as a store to be asked in SPARQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from keiretsu_ontology.errors import UsageError


def format_of(file: Path) -> ox.RdfFormat:
    """Return the format that the name of a file tells.

    Raises:
        UsageError: It tells none that may be read.
    """
    found = ox.RdfFormat.from_extension(file.suffix.removeprefix(".").lower())
    if found is None:
        raise UsageError(f"{file}: the name does not tell a format; .ttl, .nt, .nq, .trig, .jsonld and .rdf are read")
    return found


def read_files(files: Sequence[Path]) -> ox.Store:
    """Return a store in memory with everything that the files hold.

    Raises:
        UsageError: One of them cannot be read, is no RDF, or is of a format that is not known.
    """
    store = ox.Store()
    for file in files:
        fmt = format_of(file)
        try:
            store.bulk_load(path=str(file), format=fmt, base_iri=file.resolve().as_uri())
        except (OSError, SyntaxError, ValueError) as error:
            raise UsageError(f"{file}: {error}") from None
    return store
