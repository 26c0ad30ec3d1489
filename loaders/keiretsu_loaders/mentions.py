"""Which claims, sources and views name an entity, and where: what a merger turns, and what it remembers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from keiretsu_loaders.editing import Pages
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.keys import with_texts
from keiretsu_loaders.references import references
from keiretsu_loaders.yaml_reader import Document, Location
from keiretsu_ontology.entries import ClaimsFile
from keiretsu_ontology.view_entries import ViewEntry

PARTS = ("claims", "sources", "views")


class Mention(NamedTuple):
    """A place at which a claim, a source or a view names an entity."""

    part: str  # one of PARTS
    key: str  # of the claim, source or view
    path: Path
    location: Location  # in the file
    inner: Location  # in the claim, source or view

    @property
    def exactly(self) -> str:
        """The place as a record tells it."""
        return "/".join([self.key, *map(str, self.inner)])


def mentions_of(facts: Facts, slug: str) -> list[Mention]:
    """Return every place in files of claims and in views.yaml that names an entity."""
    found = []
    for file in facts.entries.files:
        document = file.head.document
        if not isinstance(document, Document):
            continue  # what a table names, its mapping says
        for location, named in references(ClaimsFile, document.data):
            if named != slug:
                continue
            if location[0] == "claims":
                key = document.data["claims"][location[1]]["id"]
                found.append(Mention("claims", key, document.path, location, location[2:]))
            else:
                key = document.data["source"]["id"]
                found.append(Mention("sources", key, document.path, location, location))
    return found + _in_views(facts, slug)


def _in_views(facts: Facts, slug: str) -> list[Mention]:
    found = []
    for view in facts.entries.views:
        head = view.head
        if isinstance(head.document, Document):
            data = head.document.data["views"][head.location[1]]
            for inner, named in references(ViewEntry, data):
                if named == slug:
                    where = (*head.location, *inner)
                    found.append(Mention("views", head.entry.id, head.document.path, where, inner))
    return found


def to_keys(part: str, there: Iterable[Mention], here: Iterable[Mention]) -> list[str]:
    """Return what names an entity, by key; with the place where it names the other one too."""
    both = {place.key for place in here if place.part == part}
    return list(
        dict.fromkeys(place.exactly if place.key in both else place.key for place in there if place.part == part)
    )


def is_among(place: Mention, record: list[str]) -> bool:
    """Say whether a record tells of a place, by its key or exactly."""
    return place.key in record or place.exactly in record


def rename(pages: Pages, places: Iterable[Mention], slug: str) -> None:
    """Let another id stand at some places."""
    texts: dict[Path, dict[Location, str]] = {}
    for place in places:
        texts.setdefault(place.path, {})[place.location] = slug
    for path, changes in texts.items():
        pages.put(with_texts(pages.page(path), changes))
