"""The entities of a table: each made once of all rows that name it, or found in the dataset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from keiretsu_graph.names import fold
from keiretsu_loaders.reading import Entries, remember, validated
from keiretsu_loaders.tables.naming import Names, id_of_name
from keiretsu_loaders.tables.nodes import Merged, RowDocument, render
from keiretsu_loaders.tables.rules import Draft, Rule, alike
from keiretsu_loaders.tables.table import MAX_PROBLEMS, Row
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.entries import EntityEntry
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.writing import to_slug

Identity = tuple[str, str]  # what tells one thing from another: ("id" | "key" | "name", text)
BROKEN = ("broken", "")  # of a row in which something is wrong: which thing it names cannot be said
MAX_NEWS = 10  # notes of one table; more would bury what matters
UNKNOWN = "unknown"  # the id of such a thing, so that no more is told of it


@dataclass(slots=True, eq=False)
class Maker:
    """An entity rule at work: which thing it makes of which rows."""

    rule: Rule
    identities: dict[tuple[object, ...], Identity | None] = field(default_factory=dict)
    ids: dict[Identity, str] = field(default_factory=dict)  # shared by all rules
    last: tuple[Row | None, str | None] = (None, None)

    def take(self, row: Row, problems: list[Problem]) -> tuple[Identity, Draft] | None:
        """Return the thing that a row names where no row like it came before, or None."""
        same = alike(self.rule.origins, row)
        if same is not None and same in self.identities:
            return None
        before = len(problems)
        draft = self.rule.draft(row, problems) if self.rule.takes(row, problems) else None
        name = draft.data.get("name") if draft is not None else None
        identity = self._identity(draft.data, row, problems) if draft is not None and isinstance(name, str) else None
        if same is not None:
            self.identities[same] = identity if len(problems) == before else BROKEN
        return (identity, draft) if identity is not None and draft is not None else None

    def _identity(self, data: dict[str, Any], row: Row, problems: list[Problem]) -> Identity | None:
        if isinstance(data.get("id"), str):
            return "id", data["id"]
        if self.rule.key is None:
            return "name", fold(data["name"])
        found = render(self.rule.key, row, problems)
        return ("key", found) if isinstance(found, str) else None

    def find(self, row: Row) -> str | None:
        """Return the id of the thing that a row names, or None where it names none."""
        if row is not self.last[0]:  # several rules ask of one row
            same = alike(self.rule.origins, row)
            identity = self.identities.get(same) if same is not None else None
            made = self.ids.get(identity) if identity is not None else None
            self.last = (row, UNKNOWN if identity == BROKEN or same is None else made)
        return self.last[1]

    def blame(self, row: Row, message: str) -> Problem:
        """Return a problem of what the thing is named by."""
        return RowDocument(self.rule.table, self.rule.root, row).problem(("name",), message)


@dataclass(slots=True)
class Groups:
    """The things that a table names, in the order of their first rows."""

    names: Names
    entries: Entries
    drafts: dict[Identity, list[Draft]] = field(default_factory=dict)
    ids: dict[Identity, str] = field(default_factory=dict)
    known: int = 0  # how many of them the dataset has already
    news: list[str] = field(default_factory=list)  # what the table knows of them and the dataset does not

    def gather(self, makers: Iterable[Maker], rows: Iterable[Row]) -> None:
        """Take in what the rows name."""
        makers = list(makers)
        before = len(self.entries.problems)
        for row in rows:
            for maker in makers:
                if (found := maker.take(row, self.entries.problems)) is not None:
                    self.drafts.setdefault(found[0], []).append(found[1])
            if len(self.entries.problems) - before >= MAX_PROBLEMS:
                break
        if len(self.entries.problems) > before:
            self.entries.unread.add("entities")

    def settle(self) -> None:
        """Give each thing its id, and make an entity of those that the dataset has not."""
        taken: dict[str, list[Identity]] = {}  # ids, and the things that want them
        for identity, drafts in self.drafts.items():
            first = drafts[0].data
            matched = identity[1] if identity[0] == "id" and identity[1] in self.names.known else None
            matched = matched or self.names.match(str(first.get("kind")), [first["name"]], _identifiers(first))
            if matched is not None:
                self.ids[identity] = matched
                self._compare(matched, drafts)
                self._tell_news(matched, drafts)
                self.names.add(matched, "thing", [draft.data["name"] for draft in drafts], {})
                self.known += 1
            else:
                slug = identity[1] if identity[0] == "id" else id_of_name(first["name"], str(first.get("kind")))
                taken.setdefault(slug, []).append(identity)
        self.entries.notes.extend(self.news[:MAX_NEWS])
        if (more := len(self.news) - MAX_NEWS) > 0:
            self.entries.notes.append(f"the same goes for {more} more things that the dataset has already")
        for slug, identities in taken.items():
            self._number(slug, identities)
        for identity in [one for wanting in taken.values() for one in wanting]:
            self._add(self.ids[identity], self.drafts[identity])

    def _compare(self, slug: str, drafts: list[Draft]) -> None:
        """Tell of rows that contradict what the dataset knows of a thing."""
        for draft in drafts:
            for scheme, values in _identifiers(draft.data).items():
                known = self.names.known[slug].get(scheme, values)
                for value in values:
                    if value not in known:
                        message = f"{slug!r} has the {scheme} {', '.join(known)!r} in the dataset, not {value[:60]!r}"
                        self.entries.problems.append(draft.document.problem(("identifiers", scheme), message))

    def _tell_news(self, slug: str, drafts: list[Draft]) -> None:
        """Note names and identifiers that the table gives to a thing whose entry has them not."""
        told: dict[str, None] = {}
        for draft in drafts:
            for scheme, values in _identifiers(draft.data).items():
                told |= dict.fromkeys(f"{scheme} {value}" for value in values if scheme not in self.names.known[slug])
            for name in (draft.data["name"], *_aliases(draft.data)):
                if not self.names.bears(slug, name):
                    told[repr(name[:60])] = None
        if told:
            place = f"{drafts[0].document.path}:{drafts[0].document.row.line}"
            listed = ", ".join(list(told)[:5]) + (" and more" if len(told) > 5 else "")
            self.news.append(f"{place}: the table has more of {slug!r} than its entry, which stays as it is: {listed}")

    def _number(self, slug: str, identities: list[Identity]) -> None:
        """Give an id to things whose names make the same: those with keys get them into their ids."""
        for identity in identities:
            if len(identities) > 1 and identity[0] == "key" and to_slug(identity[1]):
                self.ids[identity] = f"{slug[:50].rstrip('-')}-{to_slug(identity[1])[:29].rstrip('-')}"
            else:
                self.ids[identity] = slug
                first = next(other for other in identities if self.ids.get(other) == slug)
                if first != identity:
                    self._say_twice(slug, self.drafts[first][0], self.drafts[identity][0])

    def _say_twice(self, slug: str, first: Draft, second: Draft) -> None:
        place = f"{first.document.path}:{first.document.row.line}"
        message = f"{second.data['name'][:60]!r} and {first.data['name'][:60]!r} (at {place}) both make the id {slug!r}"
        message += "; give them an 'id' or a 'key'"
        self.entries.problems.append(second.document.problem(("name",), message))

    def _add(self, slug: str, drafts: list[Draft]) -> None:
        first = drafts[0]
        merged = Merged(first.document, {} if "id" in first.data else {("id",): (first.document, ("name",))})
        data = {"id": slug, **_copied(first.data)}
        for draft in drafts[1:]:
            self._merge(data, draft, merged)
        kind = str(data.get("kind"))
        self.names.add(slug, kind if _is_kind(kind) else "thing", [data["name"], *_aliases(data)], _identifiers(data))
        located = validated(self.entries.problems, EntityEntry, merged, (), data)
        if located is not None:
            self.entries.entities.append(located)
        else:
            remember(self.entries, "entities", data)

    def _merge(self, data: dict[str, Any], draft: Draft, merged: Merged) -> None:
        """Take in what a further row says of a thing; what contradicts is told."""
        more = {key: value for key, value in draft.data.items() if key not in ("id", "name")}
        name = draft.data["name"]
        aliases = data.get("aliases", {})
        known = {fold(data["name"]), *(fold(row) for rows in aliases.values() for row in rows if isinstance(row, str))}
        if fold(name) not in known:
            listed = data.setdefault("aliases", {}).setdefault("en", [])
            merged.added["aliases", "en", len(listed)] = (draft.document, ("name",))
            listed.append(name)
        self._merge_into(data, more, (data["id"],), draft, merged)

    def _merge_into(
        self, data: dict[str, Any], more: dict[str, Any], where: tuple[str, ...], draft: Draft, merged: Merged
    ) -> None:
        for key, value in more.items():
            inner = (*where[1:], key)
            if key not in data:
                data[key] = _copied(value)
                merged.added[inner] = (draft.document, inner)
            elif isinstance(value, dict) and isinstance(data[key], dict):
                self._merge_into(data[key], value, (*where, key), draft, merged)
            elif isinstance(value, list) and isinstance(data[key], list) and inner[:1] != ("identifiers",):
                for number, item in enumerate(value):
                    if item not in data[key]:
                        merged.added[(*inner, len(data[key]))] = (draft.document, (*inner, number))
                        data[key].append(item)
            elif value != data[key]:
                place = f"{merged.path}:{merged.first.row.line}"
                before, now = (_listed(one)[:60] for one in (data[key], value))
                message = f"{where[0]!r} has the {key} {before!r} at {place} and {now!r} here"
                self.entries.problems.append(draft.document.problem(inner, message))


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _aliases(data: dict[str, Any]) -> list[str]:
    """Return the other names that a row gives to a thing; one of a language may be written alone or in a list."""
    found = data.get("aliases", {})
    listed = found.values() if isinstance(found, dict) else ()
    return [
        name for names in listed for name in (names if isinstance(names, list) else [names]) if isinstance(name, str)
    ]


def _identifiers(data: dict[str, Any]) -> dict[str, list[str]]:
    """Return the values of each scheme; one may be written alone or in a list."""
    found = data.get("identifiers", {})
    if not isinstance(found, dict):
        return {}
    listed = {scheme: value if isinstance(value, list) else [value] for scheme, value in found.items()}
    return {scheme: [text for text in values if isinstance(text, str)] for scheme, values in listed.items()}


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _is_kind(kind: str) -> bool:
    return kind in KINDS
