"""Texts of sources, where they lie beside the facts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from keiretsu_ontology.evidence import Evidence, Source, find_moved, standing


class SourceTexts:
    """Finds the text of a source in some folders, the first of which that has it counts."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._folders = tuple(folders)
        self._read: dict[str, str | None] = {}

    def text(self, file: str | None) -> str | None:
        """Return the text in a file of this name, or None where it is not at hand or cannot be read safely."""
        if file is None:
            return None
        if file not in self._read:
            self._read[file] = self._find(file)
        return self._read[file]

    def _find(self, file: str) -> str | None:
        from keiretsu_loaders.files import MAX_TEXT_BYTES, read_file

        if Path(file).name != file:
            return None
        for folder in self._folders:
            if (folder / file).is_file() and not (folder / file).is_symlink():
                return read_file(folder / file, limit=MAX_TEXT_BYTES).text
        return None

    def excerpt(self, place: Evidence, source: Source) -> str | None:
        """Return the words at a place, only where its digest fits them."""
        text = self.text(source.file)
        if text is None or place.start is None or place.end is None:
            return place.quote
        match standing(place, text):
            case "verified":
                return " ".join(text[place.start : place.end].split())
            case "moved":
                moved = find_moved(place, text) or 0
                return " ".join(text[moved : moved + place.end - place.start].split())
            case _:
                return None
