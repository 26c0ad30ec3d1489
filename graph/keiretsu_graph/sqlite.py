"""The engine for look-ups: one SQLite file, opened in a millisecond, read only.

Queries are put together from this module's own words; what a user wrote goes in as a parameter, and a list as one
JSON text, since it may be longer than SQLite takes parameters.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from keiretsu_graph import neighbourhoods
from keiretsu_graph.names import LONGEST, NameRow, fold, is_name, search
from keiretsu_graph.neighbourhoods import Tally
from keiretsu_graph.passing import has_clocks, passes_clocks, tie_passes_clocks
from keiretsu_graph.places import Place, Places, Progress
from keiretsu_graph.records import to_claims, to_conflict, to_entities, to_source
from keiretsu_graph.view import About, Candidate, ClaimFilter, Grouping, TieFilter
from keiretsu_graph.view_records import to_named_view
from keiretsu_ontology.claims import AnyClaim, Conflict, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.evidence import Source
from keiretsu_ontology.named_views import NamedView
from keiretsu_ontology.relations import RELATIONS

SCHEMA_VERSION = 4
_COLUMNS = {
    "shapes": "shape", "topics": "topic", "speakers": "speaker", "relays": "relay", "sources": "source",
    "modalities": "modality", "ranks": "rank",
}  # fmt: skip


class Extent(NamedTuple):
    """How much there is beside what `About` tells."""

    ties: int
    conflicts: int


class SqliteView:
    """A graph in an SQLite file, as a `View`."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._db = connection
        self._file = file
        self._places: Places | None = None

    @classmethod
    def open(cls, file: Path) -> SqliteView:
        """Return the view of a file.

        Raises:
            StoreError: The file is missing, is not ours, or is of another version.
        """
        address = f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(address, uri=True)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            application = connection.execute("PRAGMA application_id").fetchone()[0]
        except sqlite3.Error as error:
            raise StoreError(f"{file} cannot be opened as a graph: {error}; build it again") from None
        if application != APPLICATION_ID or version != SCHEMA_VERSION:
            connection.close()
            raise StoreError(f"{file} was not built by this version of the program; build it again")
        return cls(connection, file)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
        if self._places is not None:
            self._places.close()

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        try:
            return self._db.execute(sql, tuple(parameters)).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            raise StoreError(f"{self._file} cannot be read: {error}; build it again") from None

    def about(self) -> About:
        """Return what the view is of."""
        meta = dict(self._rows("SELECT key, value FROM meta"))
        numbers = [int(meta[name]) for name in ("entities", "claims", "sources")]
        return About(meta["name"], meta["title"], meta["digest"], *numbers)

    def views(self) -> tuple[NamedView, ...]:
        """Return the views that the dataset keeps, in their order."""
        rows = self._rows("SELECT record FROM named_view ORDER BY place")
        return tuple(to_named_view(json.loads(record)) for (record,) in rows)

    def names(self, text: str, *, limit: int = 10, exact: bool = False) -> list[Candidate]:
        """Return the entities that a text may mean, best first; `exact` leaves out all that do not fit exactly."""
        columns = "entity, text, match, folded FROM name"
        wanted = fold(text[:LONGEST])
        if not wanted or not is_name(wanted):
            return []
        words = wanted.split()
        rows = self._rows(f"SELECT {columns} WHERE folded = ?", [wanted])  # by the key; anything else reads all names
        if exact:
            return search([NameRow(*row) for row in rows], text, limit=limit, exact_only=True)
        if rows:  # then nothing merely similar is meant
            holding = " AND ".join(["instr(folded, ?)"] * len(words))
            rows = self._rows(f"SELECT {columns} WHERE {holding} ORDER BY entity, match, text", words)
        else:
            rows = self._rows(f"SELECT {columns} ORDER BY entity, match, text")
        return search([NameRow(*row) for row in rows], text, limit=limit)

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return entities by id; ids that are not there are left out."""
        sql = "SELECT id, record FROM entity WHERE id IN (SELECT value FROM json_each(?))"
        rows = sorted(self._rows(sql, [json.dumps(list(ids))]))
        return {entity.id: entity for entity in to_entities(record for _, record in rows)}

    def all_entities(self) -> list[Entity]:
        """Return every entity, by id."""
        return to_entities(record for (record,) in self._rows("SELECT record FROM entity ORDER BY id"))

    def keys(self) -> dict[str, str]:
        """Return the key of every claim by its id, by key."""
        return dict(self._rows("SELECT id, key FROM claim ORDER BY key"))

    def claims(self, where: ClaimFilter) -> list[AnyClaim]:
        """Return claims, by key."""
        claims = self._claims(where)
        return [claim for claim in claims if passes_clocks(claim, where)] if has_clocks(where) else claims

    def _claims(self, where: ClaimFilter) -> list[AnyClaim]:
        return to_claims(record for (record,) in self._selected("claim.record", where, "ORDER BY claim.key"))

    def _selected(self, columns: str, where: ClaimFilter, tail: str) -> list[Any]:
        """Return rows of claims that pass a filter, its clocks left aside."""
        conditions: list[str] = ["1"]
        parameters: list[Any] = []
        for name, column in _COLUMNS.items():
            if wanted := getattr(where, name):
                conditions.append(f"claim.{column} IN (SELECT value FROM json_each(?))")
                parameters.append(json.dumps(list(wanted)))
        if where.ids:
            among = "IN (SELECT value FROM json_each(?))"
            conditions.append(f"(claim.id {among} OR claim.key {among})")
            parameters += [json.dumps(list(where.ids))] * 2
        if where.factual is not None:
            conditions.append("claim.factual = ?")
            parameters.append(int(where.factual))
        if where.entities or where.roles:
            inner, own = _part_condition(where)
            conditions.append(f"claim.id IN (SELECT claim FROM part WHERE {inner})")
            parameters += own
        return self._rows(f"SELECT {columns} FROM claim WHERE {' AND '.join(conditions)} {tail}", parameters)

    def ties(self, where: TieFilter) -> list[Tie]:
        """Return every tie, by subject, relation, object, rule and claims."""
        return self._passing(self._rows(f"{_TIES} WHERE {_tie_condition(where)}"), where)

    def neighbours(self, ids: Iterable[str], where: TieFilter) -> list[Tie]:
        """Return the ties of a whole frontier at once: those with either end among the ids."""
        listed = [json.dumps(list(ids))]
        condition = _tie_condition(where)
        among = "IN (SELECT value FROM json_each(?))"
        if where.relations:  # a hub has thousands of ties of other relations: they are passed over in the index
            condition += f" AND relation {among}"
            listed.append(json.dumps(list(where.relations)))
        ends = [f"{_TIES} WHERE {end} {among} AND {condition}" for end in ("subject", "object")]
        return self._passing(self._rows(" UNION ".join(ends), [*listed, *listed]), where)

    def _passing(self, rows: Iterable[Any], where: TieFilter) -> list[Tie]:
        ties = [
            Tie(subject, relation, obj, tuple(claims.split(" ")), rule or None, bool(factual))
            for subject, relation, obj, rule, claims, factual in sorted(rows)
            if not where.relations or relation in where.relations
        ]
        if not has_clocks(where):
            return ties
        resting = tuple({claim for tie in ties for claim in tie.claims})
        claims = {claim.id: claim for claim in self._claims(ClaimFilter(ids=resting))} if resting else {}
        return [tie for tie in ties if tie_passes_clocks(tie, claims, where)]

    def extent(self) -> Extent:
        """Return how many ties and conflicts there are, without reading them."""
        return Extent(*self._rows("SELECT (SELECT COUNT(*) FROM tie), (SELECT COUNT(*) FROM conflict)")[0])

    def counts(self, where: ClaimFilter, by: Grouping) -> dict[str, int]:
        """Return how many claims there are in each group, by name of group."""
        if has_clocks(where):
            ids = tuple(claim.id for claim in self.claims(where))
            return self.counts(ClaimFilter(ids=ids), by) if ids else {}
        return dict(self._selected(f"claim.{by}, COUNT(*)", where, "GROUP BY 1 ORDER BY 1"))

    def sources(self, ids: Sequence[str] = ()) -> list[Source]:
        """Return sources by id, or all of them."""
        if not ids:
            rows = self._rows("SELECT record FROM source ORDER BY id")
        else:
            among = "SELECT record FROM source WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
            rows = self._rows(among, [json.dumps(list(ids))])
        return [to_source(json.loads(record)) for (record,) in rows]

    def conflicts(self, claims: Sequence[str] = ()) -> list[Conflict]:
        """Return the conflicts that any of these claims is a side of, or all of them, by id."""
        if not claims:
            rows = self._rows("SELECT id, record FROM conflict ORDER BY id")
        else:
            sides = "SELECT conflict FROM side WHERE claim IN (SELECT value FROM json_each(?))"
            sql = f"SELECT id, record FROM conflict WHERE id IN ({sides}) ORDER BY id"
            rows = self._rows(sql, [json.dumps(list(claims))])
        return [to_conflict(json.loads(record)) for _, record in rows]

    def arrange(self, *, fresh: bool = False, progress: Progress | None = None) -> None:
        """Lay everything out where that was not done yet, or afresh, and keep it beside the file where one may write.

        Who answers others does this before, for a large graph takes a minute.
        """
        if self._places is None:
            self._places = Places(self._rows, self._file, self.about().digest)
        self._places.make(fresh=fresh, progress=progress)

    def places(self, ids: Iterable[str] | None = None) -> dict[str, Place]:
        """Return where entities stand and how many ties they have, by id; unknown ids are left out, None means all.

        What was not laid out yet is laid out now (`arrange`).
        """
        self.arrange()
        wanted = None if ids is None else list(ids)
        points = self._places.find(wanted) if self._places else {}
        ties = neighbourhoods.ties_by_entity(self._rows, wanted)
        return {entity: Place(*points[entity], count) for entity, count in ties.items() if entity in points}

    def foremost(self, limit: int) -> list[str]:
        """Return the ids of the entities with the most ties, then by id."""
        return neighbourhoods.foremost(self._rows, limit)

    def among(self, ids: Collection[str]) -> list[Tie]:
        """Return every tie that has both ends among some entities, in the order of `ties`."""
        return self._passing(neighbourhoods.among(self._rows, ids), TieFilter(factual=None))

    def tally(self, entity: str, top: int = 50) -> list[Tally]:
        """Return the neighbours of an entity by relation and direction over every tie, the largest group first."""
        return neighbourhoods.tally(self._rows, entity, top)


APPLICATION_ID = 0x4B454952  # "KEIR"
_TIES = "SELECT subject, relation, object, rule, claims, factual FROM tie"
_UNWALKABLE = sorted(relation.name for relation in RELATIONS.values() if not relation.tie)


def _tie_condition(where: TieFilter) -> str:
    """Return the condition of a filter; it holds nothing that a user wrote."""
    conditions = ["1"]
    if where.factual is not None:
        conditions.append(f"factual = {int(where.factual)}")
    if where.stated_only:
        conditions.append("rule = ''")
    if where.walkable:
        conditions.append("relation NOT IN ({})".format(",".join(f"'{name}'" for name in _UNWALKABLE)))
    return " AND ".join(conditions)


def _part_condition(where: ClaimFilter) -> tuple[str, list[str]]:
    conditions, parameters = [], []
    for column, wanted in (("entity", where.entities), ("role", where.roles)):
        if wanted:
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps(list(wanted)))
    return " AND ".join(conditions), parameters
