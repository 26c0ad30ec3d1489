"""Texts of sources, where they lie beside the facts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu_ontology.evidence import Evidence, Source, Standing, digest, find_moved, standing

if TYPE_CHECKING:
    from keiretsu_loaders.files import Found

SEARCHED = 3_000_000  # places that are tried in one run to find texts that have moved: each costs a digest


class SourceTexts:
    """Finds the text of a source in some folders, the first of which that has it counts."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._folders = tuple(folders)
        self._read: dict[str, Found | None] = {}
        self._standings: dict[tuple[str | None, Evidence], Standing] = {}
        self._left = SEARCHED

    def text(self, file: str | None) -> str | None:
        """Return the text in a file of this name, or None where it is not at hand or cannot be read safely."""
        found = self.find(file)
        return found.text if found is not None else None

    def find(self, file: str | None) -> Found | None:
        """Return the file of this name with its text, or with what keeps it from being read; None where none is."""
        if file is None:
            return None
        if file not in self._read:
            self._read[file] = self._find(file)
        return self._read[file]

    def _find(self, file: str) -> Found | None:
        from keiretsu_loaders.files import MAX_TEXT_BYTES, is_link, lies, read_file

        if Path(file).name != file or "\0" in file:
            return None
        for folder in self._folders:
            if lies(folder / file) and not is_link(folder / file):
                return read_file(folder / file, limit=MAX_TEXT_BYTES)
        return None

    def standing(self, place: Evidence, file: str | None) -> Standing:
        """Say how a place stands beside the text in a file; each is looked at once.

        A text that has moved is looked for as long as that takes little time; then it counts as orphaned.
        """
        if (file, place) not in self._standings:
            self._standings[file, place] = self._compare(place, self.text(file))
        return self._standings[file, place]

    def _compare(self, place: Evidence, text: str | None) -> Standing:
        if text is not None and place.start is None and place.quote is not None:
            return "verified" if place.quote in text else "orphaned"
        if text is None or place.start is None or place.end is None:
            return "unchecked"
        if place.end <= len(text) and digest(text[place.start : place.end]) == place.sha256:
            return "verified"
        self._left -= len(text)
        return standing(place, text) if self._left >= 0 else "orphaned"

    def excerpt(self, place: Evidence, source: Source) -> str | None:
        """Return the words at a place, only where its digest fits them."""
        text = self.text(source.file)
        if text is None or place.start is None or place.end is None:
            return place.quote
        match self.standing(place, source.file):
            case "verified":
                return " ".join(text[place.start : place.end].split())
            case "moved":
                moved = find_moved(place, text) or 0
                return " ".join(text[moved : moved + place.end - place.start].split())
            case _:
                return None
