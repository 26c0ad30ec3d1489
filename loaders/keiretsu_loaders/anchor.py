"""From quotes to places: offsets and a digest, exactly or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from keiretsu_loaders.files import MAX_TEXT_BYTES, read_file
from keiretsu_loaders.texts import SourceTexts
from keiretsu_loaders.yaml_reader import Document, read_yaml
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


def _nearly(quote: str, text: str) -> str:
    """Return where the words stand with other spaces, quotation marks or dashes: a hint, never taken."""
    place = _loose(text).find(_loose(quote))
    return "" if place < 0 else "; it stands there with other spaces, quotation marks, dashes or letter case"


def _loose(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("‘’“”–—‐", "''\"\"---"))
    return " ".join(plain.casefold().split())


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

    Raises:
        SeedError: The file is not ours to read.
        UsageError: A quote is not in the text exactly once.
    """
    document, problems = read_yaml(path, written)
    if document is None:
        raise SeedError(problems)
    lines = written.splitlines(keepends=True)
    for location in sorted(_quotes(document), key=lambda row: document.keys[row], reverse=True):
        place = locate(_at(document, location), text)
        _replace(document, lines, location, place)
    return "".join(lines)


def _quotes(document: Document) -> Iterable[tuple[str | int, ...]]:
    return [location for location in document.keys if location[-1] == "quote" and "evidence" in location]


def _at(document: Document, location: tuple[str | int, ...]) -> str:
    data = document.data
    for part in location:
        data = data[part]
    return str(data)


def _replace(document: Document, lines: list[str], location: tuple[str | int, ...], place: Evidence) -> None:
    """Put a place where a quote stands; what goes with it in the same mapping must be nothing else."""
    key = document.keys[location]
    siblings = [other for other in document.keys if other[:-1] == location[:-1]]
    if len(siblings) > 1:
        line = f"{document.path}:{key.line}"
        raise UsageError(f"{line}: the quote stands beside other keys; leave it alone in its place")
    first = key.line - 1
    last = _last_line(document, lines, location)
    head = lines[first][: key.column - 1]
    flow = head.rstrip().endswith("{")
    tail = lines[last][_end_of_flow(lines[last]) :] if flow else "\n"
    joint = ", " if flow else "\n" + " " * (key.column - 1)
    lines[first : last + 1] = [f"{head}at: {place.start}-{place.end}{joint}sha256: {place.sha256}{tail}"]


def _end_of_flow(line: str) -> int:
    found = re.search(r"\}\s*\]?\s*,?\s*(#.*)?$", line)
    return found.start() if found else len(line.rstrip("\n"))


def _last_line(document: Document, lines: list[str], location: tuple[str | int, ...]) -> int:
    """Return the index of the last line of a scalar: before the next key or item, without comments."""
    begin = document.keys[location].line
    later = [place.line for place in (*document.places.values(), *document.keys.values()) if place.line > begin]
    own = document.places[location].line
    end = min((line for line in later if line > own), default=len(lines) + 1) - 1
    while end > own and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end - 1


def rewrite_file(path: Path, folders: Iterable[Path], *, write: bool) -> str:
    """Return a file of claims with its quotes turned into places, and write it where wanted.

    Raises:
        SeedError: The file is not ours to read.
        UsageError: The text of its source is not at hand, or a quote is not in it exactly once.
    """
    found = read_file(path)
    if found.text is None:
        raise UsageError(str(found.problem))
    document, problems = read_yaml(path, found.text)
    if document is None:
        raise SeedError(problems)
    try:
        name = str(document.data["source"]["text"]["file"])
    except (KeyError, TypeError):
        raise UsageError(f"{path}: the source names no 'text' that places are counted in") from None
    text = SourceTexts(folders).text(name)
    if text is None:
        raise UsageError(f"the text {name!r} is in none of the folders {', '.join(map(str, folders))}")
    rewritten = rewrite(path, found.text, text)
    if write:
        from keiretsu_graph.manifest import replace_file

        replace_file(path, rewritten.encode("utf-8"))
    return rewritten
