"""One edition of a graph as a whole: what two of are compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keiretsu_graph.derive import all_ties
from keiretsu_graph.view import ClaimFilter, TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Conflict, Tie
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source


@dataclass(frozen=True, slots=True)
class Edition:
    """All that a graph says, from wherever it was read."""

    label: str  # what the user called it
    entities: dict[str, Entity]  # by id
    sources: dict[str, Source]  # by id
    claims: dict[str, AnyClaim]  # by key
    conflicts: tuple[Conflict, ...]
    ties: tuple[Tie, ...]  # stated and derived, factual or not

    @classmethod
    def of_dataset(cls, label: str, dataset: Dataset) -> Edition:
        """Return the edition of a dataset, with the ties that follow from it."""
        ties = all_ties(dataset.claims, dataset.entities)
        return cls._of(label, dataset.entities, dataset.sources, dataset.claims, dataset.conflicts, ties)

    @classmethod
    def of_view(cls, label: str, view: View) -> Edition:
        """Return the edition of a build."""
        ties = view.ties(TieFilter(factual=None))
        return cls._of(label, view.all_entities(), view.sources(), view.claims(ClaimFilter()), view.conflicts(), ties)

    @classmethod
    def _of(
        cls,
        label: str,
        entities: Iterable[Entity],
        sources: Iterable[Source],
        claims: Iterable[AnyClaim],
        conflicts: Iterable[Conflict],
        ties: Iterable[Tie],
    ) -> Edition:
        return cls(
            label,
            {entity.id: entity for entity in entities},
            {source.id: source for source in sources},
            {claim.key: claim for claim in sorted(claims, key=lambda claim: claim.key)},
            tuple(conflicts),
            tuple(ties),
        )
