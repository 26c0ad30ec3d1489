"""The engine for SPARQL: Oxigraph on disk, embedded, read only; also a `View`, so that both engines answer alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyoxigraph import NamedNode

from keiretsu_graph.answers import results_of
from keiretsu_graph.derive import order, stated_ties
from keiretsu_graph.guard import admit
from keiretsu_graph.names import rows_of, search
from keiretsu_graph.passing import claim_passes, has_clocks, tie_passes, tie_passes_clocks
from keiretsu_graph.rdf_fields import CLAIM, ENTITY, SOURCE, iri
from keiretsu_graph.results import Results
from keiretsu_graph.terms_back import (
    Properties,
    gathered,
    read_claim,
    read_conflict,
    read_entity,
    read_source,
    read_tie,
)
from keiretsu_graph.view import About, Candidate, ClaimFilter, Grouping, TieFilter
from keiretsu_ontology.claims import AnyClaim, Conflict, Tie, shape_of, topic_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.evidence import Source
from keiretsu_ontology.vocabulary import DATASET, GRAPHS, KEI, class_iri, slug_of

_TYPE = iri("rdf:type")
_CURATED, _DERIVED, _SOURCES = (NamedNode(GRAPHS[layer]) for layer in ("curated", "derived", "sources"))


def write_store(lines: Path, folder: Path) -> None:
    """Write a file of N-Quads into a new store on disk.

    Raises:
        StoreError: It cannot be written.
    """
    try:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
    except (OSError, ValueError, SyntaxError) as error:
        raise StoreError(f"the store in {folder} cannot be written: {error}") from None


def open_store(folder: Path) -> ox.Store:
    """Return the store in a folder, read only.

    Raises:
        StoreError: There is none, or it is damaged.
    """
    if not (folder / "CURRENT").is_file():
        raise StoreError(f"{folder} is not a store; build it again")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"the store in {folder} cannot be opened: {error}; build it again") from None


def query(store: ox.Store, text: str) -> Results:
    """Return the results of a query over all graphs together; our prefixes need not be declared.

    Raises:
        QueryRefusedError: The query is malformed or may not be run.
        StoreError: The store is damaged.
    """
    return results_of(store, admit(text))


class OxigraphView:
    """A graph in an Oxigraph store, as a `View`. Terms are made from checked ids, never pasted into text."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def open(cls, folder: Path) -> OxigraphView:
        """Return the view of a store on disk."""
        return cls(open_store(folder))

    def _quads(self, subject: Any, name: Any, value: Any, graph: NamedNode) -> list[ox.Quad]:
        """Return the quads that fit, read at once: damage shows while reading."""
        try:
            return list(self._store.quads_for_pattern(subject, name, value, graph))
        except (RuntimeError, OSError) as error:
            raise StoreError(f"the store cannot be read: {error}; build it again") from None

    def _describe_in(self, graph: NamedNode) -> Any:
        def describe(node: NamedNode) -> Properties:
            return gathered((quad.predicate, quad.object) for quad in self._quads(node, None, None, graph))

        return describe

    def _subjects(self, name: NamedNode, value: Any, graph: NamedNode) -> list[NamedNode]:
        found = {quad.subject for quad in self._quads(None, name, value, graph)}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)

    def about(self) -> About:
        """Return what the view is of."""
        own = self._describe_in(_SOURCES)(NamedNode(DATASET))
        name, title = own[iri("dcterms:identifier")][0].value, own[iri("dcterms:title")][0].value
        digest = own[NamedNode(KEI + "digest")][0].value
        return About(name, title, digest, len(self.all_entities()), len(self._every_claim), len(self.sources()))

    def names(self, text: str, *, limit: int = 10, exact: bool = False) -> list[Candidate]:
        """Return the entities that a text may mean, best first; `exact` leaves out all that do not fit exactly."""
        rows = [row for entity in self.all_entities() for row in rows_of(entity)]
        return search(rows, text, limit=limit, exact_only=exact)

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return entities by id; ids that are not there are left out."""
        wanted = sorted(set(ids) & self._entity_ids)
        describe = self._describe_in(_CURATED)
        return {slug: read_entity(ENTITY.to_term(slug), describe) for slug in wanted}

    @cached_property
    def _entity_ids(self) -> set[str]:
        named = self._quads(None, NamedNode(KEI + "name"), None, _CURATED)
        return {slug_of(quad.subject.value) for quad in named if isinstance(quad.subject, NamedNode)}

    def all_entities(self) -> list[Entity]:
        """Return every entity, by id."""
        return list(self.entities(self._entity_ids).values())

    @cached_property
    def _every_claim(self) -> tuple[NamedNode, ...]:
        return tuple(self._subjects(_TYPE, NamedNode(class_iri("claim")), _CURATED))

    def keys(self) -> dict[str, str]:
        """Return the key of every claim by its id, by key."""
        named = self._quads(None, iri("dcterms:identifier"), None, _CURATED)
        found = {
            slug_of(quad.subject.value): quad.object.value
            for quad in named
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, ox.Literal)
        }
        return dict(sorted(found.items(), key=lambda row: row[1]))

    def claims(self, where: ClaimFilter) -> list[AnyClaim]:
        """Return claims, by key."""
        describe = self._describe_in(_CURATED)
        claims = (read_claim(node, describe) for node in self._candidates(where))
        return sorted((claim for claim in claims if claim_passes(claim, where)), key=lambda claim: claim.key)

    def _candidates(self, where: ClaimFilter) -> Iterable[NamedNode]:
        """Return the claims that may pass a filter, by the narrowest index there is."""
        if where.entities:
            about, known = NamedNode(KEI + "about"), set(where.entities) & self._entity_ids
            return {node for slug in known for node in self._subjects(about, ENTITY.to_term(slug), _CURATED)}
        if where.ids and all(re.fullmatch("c[0-9a-f]{16}", claim) for claim in where.ids):
            return [node for node in map(CLAIM.to_term, where.ids) if node in set(self._every_claim)]
        return self._every_claim

    def ties(self, where: TieFilter) -> list[Tie]:
        """Return every tie, by subject, relation, object, rule and claims."""
        nodes = self._subjects(_TYPE, NamedNode(class_iri("derived_tie")), _DERIVED)
        describe = self._describe_in(_DERIVED)
        every = [*(read_tie(node, describe) for node in nodes), *stated_ties(self.claims(ClaimFilter()))]
        return self._passing(every, where)

    def neighbours(self, ids: Iterable[str], where: TieFilter) -> list[Tie]:
        """Return the ties of a whole frontier at once: those with either end among the ids."""
        wanted = sorted(set(ids) & self._entity_ids)
        ends = (iri("rdf:subject"), iri("rdf:object"))
        found: set[Tie] = set()
        for graph, read in ((_DERIVED, self._read_derived), (_CURATED, self._read_stated)):
            nodes = {
                node for slug in wanted for end in ends for node in self._subjects(end, ENTITY.to_term(slug), graph)
            }
            found.update(tie for node in nodes for tie in read(node))
        return self._passing(found, where)

    def _read_derived(self, node: NamedNode) -> list[Tie]:
        return [read_tie(node, self._describe_in(_DERIVED))]

    def _read_stated(self, node: NamedNode) -> list[Tie]:
        return list(stated_ties([read_claim(node, self._describe_in(_CURATED))]))

    def _passing(self, ties: Iterable[Tie], where: TieFilter) -> list[Tie]:
        passing = sorted((tie for tie in ties if tie_passes(tie, where)), key=order)
        if not has_clocks(where):
            return passing
        resting = tuple({claim for tie in passing for claim in tie.claims})
        claims = {claim.id: claim for claim in self.claims(ClaimFilter(ids=resting))} if resting else {}
        return [tie for tie in passing if tie_passes_clocks(tie, claims, where)]

    def counts(self, where: ClaimFilter, by: Grouping) -> dict[str, int]:
        """Return how many claims there are in each group, by name of group."""
        counted: dict[str, int] = {}
        for claim in self.claims(where):
            group = {"shape": shape_of, "topic": topic_of}.get(by, lambda one: getattr(one, by))(claim)
            counted[group] = counted.get(group, 0) + 1
        return dict(sorted(counted.items()))

    def sources(self, ids: Sequence[str] = ()) -> list[Source]:
        """Return sources by id, or all of them."""
        nodes = self._subjects(_TYPE, NamedNode(class_iri("source")), _SOURCES)
        wanted = {SOURCE.to_term(slug) for slug in ids} if ids else set(nodes)
        return [read_source(node, self._describe_in(_SOURCES)) for node in nodes if node in wanted]

    def conflicts(self, claims: Sequence[str] = ()) -> list[Conflict]:
        """Return the conflicts that any of these claims is a side of, or all of them, by id."""
        nodes = self._subjects(_TYPE, NamedNode(class_iri("conflict")), _CURATED)
        every = [read_conflict(node, self._describe_in(_CURATED)) for node in nodes]
        return [conflict for conflict in every if not claims or set(conflict.claims) & set(claims)]
