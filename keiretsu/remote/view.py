"""The `View` of a graph that is served elsewhere; every question is asked of it as of one that is here."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from keiretsu.remote.line import Line
from keiretsu.workers.product import CursorError
from keiretsu_graph.calls import PRIMITIVES, write_filter
from keiretsu_graph.results import Results
from keiretsu_graph.view import About, Candidate, ClaimFilter, Grouping, TieFilter
from keiretsu_ontology.claims import AnyClaim, Conflict, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import GraphChangedError, StoreError
from keiretsu_ontology.evidence import Source

VERSION = 1
_KEPT = 200  # answers of primitives
_SMALL = 2_000  # items of one that is kept


class RemoteView:
    """A graph on a server, as a `View`. One answer is never put together of two graphs: see `GraphChangedError`."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._graph = ""  # the digest of the graph that was seen last
        self._kept: OrderedDict[str, list[Any]] = OrderedDict()

    def close(self) -> None:
        """Close the line to the server."""
        self._line.close()

    def sparql(self, text: str) -> Results:
        """Return the results of a SPARQL query, which the server runs.

        Raises:
            QueryRefusedError: The query is malformed or may not be run.
        """
        accept = "application/sparql-results+json, application/n-triples;q=0.9"
        media, data = self._line.post("/sparql", text.encode("utf-8"), "application/sparql-query", accept)
        return Results.read(data, graph=media == "application/n-triples")

    def _ask(self, primitive: str, **given: Any) -> list[Any]:
        """Return what a primitive gives there, all pages of it."""
        key = json.dumps([primitive, given], sort_keys=True)
        if (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return kept
        found: list[Any] = []
        cursor = None
        while True:
            try:
                record = self._page(primitive, {**given, **({"cursor": cursor} if cursor else {})})
            except CursorError:
                self._see("")
                raise GraphChangedError(self._line.address) from None
            found += self._items(primitive, record)
            cursor = record["next"]
            if cursor is None:
                break
        if len(found) <= _SMALL:
            self._kept[key] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _page(self, primitive: str, given: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps(given, ensure_ascii=False).encode("utf-8", "replace")
        _, data = self._line.post(f"/api/view/{primitive}", body, "application/json", "application/json")
        try:
            record = json.loads(data)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict) or record.get("version") != VERSION or not isinstance(record.get("graph"), str):
            raise StoreError(f"{self._line.address} is no server of this version of Keiretsu")
        if not isinstance(record.get("items"), list) or not isinstance(record.get("next", 0), str | None):
            raise StoreError(f"{self._line.address} answers what this version of Keiretsu does not know")
        self._see(record["graph"])
        return record

    def _see(self, graph: str) -> None:
        """Note which graph is served; where it is another one, forget what is kept, and say so."""
        before, self._graph = self._graph, graph
        if before and graph != before:
            self._kept.clear()
            raise GraphChangedError(self._line.address)

    def _items(self, primitive: str, record: dict[str, Any]) -> list[Any]:
        read = PRIMITIVES[primitive].read
        try:
            return [read(item) for item in record["items"]]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise StoreError(f"{self._line.address} answers what this version of Keiretsu does not know") from None

    def about(self) -> About:
        """Return what the view is of."""
        about: About = self._ask("about")[0]
        return about

    def names(self, text: str, *, limit: int = 10, exact: bool = False) -> list[Candidate]:
        """Return the entities that a text may mean, best first; `exact` leaves out all that do not fit exactly."""
        return self._ask("names", text=text[:1_000], limit=limit, exact=exact)

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return entities by id; ids that are not there are left out."""
        return {entity.id: entity for entity in self._ask("entities", ids=sorted(set(ids)))}

    def all_entities(self) -> list[Entity]:
        """Return every entity, by id."""
        return list(self._ask("all_entities"))

    def keys(self) -> dict[str, str]:
        """Return the key of every claim by its id, by key."""
        return dict(self._ask("keys"))

    def claims(self, where: ClaimFilter) -> list[AnyClaim]:
        """Return claims, by key."""
        return list(self._ask("claims", where=write_filter(where)))

    def ties(self, where: TieFilter) -> list[Tie]:
        """Return every tie, by subject, relation, object, rule and claims."""
        return list(self._ask("ties", where=write_filter(where)))

    def neighbours(self, ids: Iterable[str], where: TieFilter) -> list[Tie]:
        """Return the ties of a whole frontier at once: those with either end among the ids."""
        return list(self._ask("neighbours", ids=sorted(set(ids)), where=write_filter(where)))

    def counts(self, where: ClaimFilter, by: Grouping) -> dict[str, int]:
        """Return how many claims there are in each group, by name of group."""
        return dict(self._ask("counts", where=write_filter(where), by=by))

    def sources(self, ids: Sequence[str] = ()) -> list[Source]:
        """Return sources by id, or all of them."""
        return list(self._ask("sources", ids=list(ids)))

    def conflicts(self, claims: Sequence[str] = ()) -> list[Conflict]:
        """Return the conflicts that any of these claims is a side of, or all of them, by id."""
        return list(self._ask("conflicts", claims=list(claims)))
