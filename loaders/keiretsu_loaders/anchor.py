"""From quotes to places: offsets and a digest, exactly or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from keiretsu_loaders.editing import Change, to_page
from keiretsu_loaders.files import MAX_TEXT_BYTES, read_file
from keiretsu_loaders.texts import SourceTexts
from keiretsu_loaders.yaml_reader import Document, Location, read_yaml
from keiretsu_ontology.errors import SeedError, UsageError
from keiretsu_ontology.evidence import Evidence, digest


def locate(quote: str, text: str, *, source: str = "", nth: int | None = None) -> Evidence:
    """Return the place of a quote in a text.

    Args:
        quote: The exact words.
        text: The text of the source.
        source: Its id.
        nth: Which one is meant where the words stand several times, from 1.

    Raises:
        UsageError: The words do not stand there, or stand there several times.

    Example:
        >>> place = locate("deal", "A deal is a deal.", nth=2)
        >>> place.start, place.end
        (12, 16)
    """
    if not quote.strip():
        raise UsageError("a quote is wanted here")
    places = [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text)]
    if not places:
        raise UsageError(f"the quote {quote[:60]!r} is not in the text{_nearly(quote, text)}")
    if len(places) > 1 and nth is None:
        listed = ", ".join(map(str, places[:8]))
        raise UsageError(
            f"the quote {quote[:60]!r} stands {len(places)} times, at {listed}; quote more, or name the nth"
        )
    if nth is not None and nth > len(places):
        raise UsageError(f"the quote {quote[:60]!r} stands {len(places)} times only")
    start = places[(nth or 1) - 1]
    return Evidence(source, start, start + len(quote), digest(quote))


_ALIKE = ("'‘’‚`´", '"“”„«»', "-‐‑‒–—−")  # marks that people type for one another


def _nearly(quote: str, text: str) -> str:
    """Return where the words stand with other spaces, marks or letter case: a hint, never taken."""
    alike = {mark: f"[{re.escape(marks)}]" for marks in _ALIKE for mark in marks}
    words = ("".join(alike.get(char, re.escape(char)) for char in word) for word in quote.split())
    found = re.search(r"\s+".join(words), text, re.IGNORECASE)
    if found is None:
        return ""
    return f"; at {found.start()}-{found.end()} it stands with other spaces, quotation marks, dashes or letter case"


def locate_in_file(file: Path, quote: str, *, nth: int | None = None) -> Evidence:
    """Return the place of a quote in a file of text.

    Raises:
        UsageError: The file cannot be read, or the words are not there once.
    """
    found = read_file(file, limit=MAX_TEXT_BYTES)
    if found.text is None:
        raise UsageError(str(found.problem))
    return locate(quote, found.text, nth=nth)


def rewrite(path: Path, written: str, text: str) -> str:
    """Return a file of claims with each quote turned into offsets and digest; the rest stays byte for byte.

    Quotes that stand beside their place already, in a source whose licence allows them, are left.

    Raises:
        SeedError: The file is not ours to read, or quotes are not in the text exactly once: every such place.
    """
    page = to_page(path, written)
    problems, changes = [], []
    for location in _quotes(page.document):
        quote = page.part(location)
        try:
            place = locate(quote.value.value.removesuffix("\n"), text)
        except UsageError as error:
            problems.append(page.document.problem(location, str(error)))
            continue
        column = page.document.keys[location].column
        joint = ", " if quote.value.flow else page.line_end + " " * (column - 1)
        locator = f"at: {place.start}-{place.end}{joint}sha256: {place.sha256}"
        changes.append(Change(quote.start, quote.value.end, locator))
    if problems:
        raise SeedError(sorted(problems))
    return page.edit(changes)


def _quotes(document: Document) -> list[Location]:
    """Return the quotes of evidence that are to become places.

    Raises:
        SeedError: A quote that may not be kept stands beside a place, which may be another one.
    """
    found = [location for location in document.keys if location[-1] == "quote" and "evidence" in location]
    beside = {location[:-1] for location in document.keys if location[-1] == "at"}
    if _at(document, ("source", "quotable")) != "true":
        message = "this quote stands beside its place already; take the quote out"
        if doubled := [row for row in found if row[:-1] in beside]:
            raise SeedError([document.problem(row, message, key=True) for row in doubled])
    return [location for location in found if location[:-1] not in beside]


def _at(document: Document, location: Location) -> Any:
    """Return what stands at a location, or None."""
    data = document.data
    for part in location:
        if isinstance(data, dict):
            data = data.get(part)
        else:
            data = data[part] if isinstance(data, list) and isinstance(part, int) else None
    return data


def rewrite_file(path: Path, folders: Iterable[Path], *, write: bool) -> str:
    """Return a file of claims with its quotes turned into places, and write it where wanted.

    Raises:
        SeedError: The file is not ours to read, or quotes are not in the text exactly once: every such place.
        UsageError: The text of its source is not at hand.
    """
    found = read_file(path)
    if found.text is None:
        raise UsageError(str(found.problem))
    document, problems = read_yaml(path, found.text)
    if document is None:
        raise SeedError(problems)
    name = _at(document, ("source", "text", "file"))
    if not isinstance(name, str):
        raise UsageError(f"{path}: the source names no 'text' that places are counted in")
    text = SourceTexts(folders).text(name)
    if text is None:
        raise UsageError(f"the text {name!r} is in none of the folders {', '.join(map(str, folders))}")
    rewritten = rewrite(path, found.text, text)
    if write:
        from keiretsu_graph.manifest import replace_file

        replace_file(path, rewritten.encode("utf-8"))
    return rewritten
