"""Who is tied to how many, and to whom: tables of numbers beside the ties, for whoever draws a part of a large graph.

Every entity has a rank, the most tied first, and is known by it here. So neighbours lie in the file in the order in
which they are wanted, and a tie among many things is found from its less tied end, which never has many neighbours more
tied than itself: a hub with a hundred thousand is no slower than its customers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple

from keiretsu_ontology.relations import RELATIONS

HIDDEN = ("remarks",)  # groups of ties that are not drawn until asked for
Rows = Callable[[str, Sequence[Any]], list[Any]]

SCHEMA = """
CREATE TABLE standing (rank INTEGER PRIMARY KEY, entity TEXT NOT NULL UNIQUE, ties INTEGER NOT NULL);
CREATE TABLE tally (
  entity INTEGER, relation TEXT, outward INTEGER, count INTEGER NOT NULL, PRIMARY KEY (entity, relation, outward)
) WITHOUT ROWID;
CREATE TABLE neighbour (
  entity INTEGER, relation TEXT, outward INTEGER, other INTEGER, drawn INTEGER NOT NULL,
  PRIMARY KEY (entity, relation, outward, other)
) WITHOUT ROWID;
"""


class Tally(NamedTuple):
    """The neighbours of an entity by one relation in one direction."""

    relation: str
    outward: bool  # the entity is the subject; always so where the relation reads alike from both ends
    count: int  # type: ignore[assignment]  # of distinct neighbours
    top: tuple[str, ...]  # the most tied first


def _listed(names: Iterable[str]) -> str:
    return ",".join(f"'{name}'" for name in sorted(names))


_SYMMETRIC = _listed(relation.name for relation in RELATIONS.values() if relation.symmetric)
_UNDRAWN = _listed(relation.name for relation in RELATIONS.values() if relation.group in HIDDEN)
FILL = f"""
CREATE TEMP TABLE step AS
  SELECT subject AS one, relation, 1 AS outward, object AS other,
    instr(claims, ' ') = 0 AND relation NOT IN ({_UNDRAWN}) AS drawn FROM tie WHERE subject <> object
  UNION ALL
  SELECT object, relation, relation IN ({_SYMMETRIC}), subject,
    instr(claims, ' ') = 0 AND relation NOT IN ({_UNDRAWN}) FROM tie WHERE subject <> object;
INSERT INTO standing
  SELECT row_number() OVER (ORDER BY coalesce(ties, 0) DESC, id), id, coalesce(ties, 0) FROM entity LEFT JOIN (
    SELECT one, count(*) AS ties FROM (SELECT DISTINCT one, relation, outward, other FROM step WHERE drawn) GROUP BY one
  ) ON one = id ORDER BY 1;
INSERT INTO neighbour
  SELECT here.rank, relation, outward, there.rank, max(drawn) FROM step
  JOIN standing AS here ON here.entity = one JOIN standing AS there ON there.entity = other
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
INSERT INTO tally SELECT entity, relation, outward, count(*) FROM neighbour GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
DROP TABLE step;
"""
_PAIRS = """
SELECT DISTINCT neighbour.entity, neighbour.relation, neighbour.outward, neighbour.other
FROM json_each(?) AS here
JOIN tally ON tally.entity = here.value
JOIN neighbour ON neighbour.entity = tally.entity AND neighbour.relation = tally.relation
  AND neighbour.outward = tally.outward AND neighbour.other < tally.entity
WHERE neighbour.other IN (SELECT value FROM json_each(?))
"""
_TIES = "SELECT tie.subject, tie.relation, tie.object, tie.rule, tie.claims, tie.factual FROM tie"
_AMONG = f"""
{_TIES} JOIN json_each(?) AS said ON tie.subject = json_extract(said.value, '$[0]')
  AND tie.relation = json_extract(said.value, '$[1]') AND tie.object = json_extract(said.value, '$[2]')
UNION {_TIES} INDEXED BY tie_itself WHERE subject = object AND subject IN (SELECT value FROM json_each(?))
"""


def ties_by_entity(rows: Rows, ids: Iterable[str] | None = None) -> dict[str, int]:
    """Return how many distinct ties of one step each entity has that are drawn at first, by id; None means all.

    Ties of one step rest on one claim. Who is said twice to supply the same customer has one tie with it.
    """
    if ids is None:
        return dict(rows("SELECT entity, ties FROM standing ORDER BY entity", ()))
    sql = "SELECT entity, ties FROM standing WHERE entity IN (SELECT value FROM json_each(?)) ORDER BY entity"
    return dict(rows(sql, (json.dumps(list(ids)),)))


def foremost(rows: Rows, limit: int) -> list[str]:
    """Return the ids of the most tied entities, then by id."""
    return [entity for (entity,) in rows("SELECT entity FROM standing ORDER BY rank LIMIT ?", (max(limit, 0),))]


def tally(rows: Rows, entity: str, top: int) -> list[Tally]:
    """Return the neighbours of an entity by relation and direction, the largest group first; none if it is unknown."""
    found = rows(
        "SELECT tally.entity, relation, outward, count FROM standing JOIN tally ON tally.entity = rank"
        " WHERE standing.entity IN (SELECT value FROM json_each(?)) ORDER BY count DESC, relation, outward DESC",
        (json.dumps([entity]),),
    )
    tallies = []
    for rank, relation, outward, count in found:
        first = tuple(name for (name,) in rows(_TOP, (rank, relation, outward, max(top, 0))))
        tallies.append(Tally(relation, bool(outward), count, first))
    return tallies


_TOP = """
SELECT standing.entity FROM neighbour JOIN standing ON rank = other
WHERE neighbour.entity = ? AND relation = ? AND outward = ? ORDER BY other LIMIT ?
"""


def among(rows: Rows, ids: Collection[str]) -> list[Any]:
    """Return the rows of every tie that has both ends among some entities, in no order."""
    listed = json.dumps(sorted(set(ids)))
    known = "SELECT rank, entity FROM standing WHERE entity IN (SELECT value FROM json_each(?))"
    ranked = dict(rows(known, (listed,)))
    ranks = json.dumps(sorted(ranked))
    said: set[tuple[str, str, str]] = set()
    for one, relation, outward, other in rows(_PAIRS, (ranks, ranks)):
        here, there = ranked[one], ranked[other]
        if outward:
            said.add((here, relation, there))
        if not outward or RELATIONS[relation].symmetric:
            said.add((there, relation, here))
    return rows(_AMONG, (json.dumps(sorted(said)), listed))
