"""From the entries of views.yaml to views: pure, after every check has passed."""

from __future__ import annotations

from datetime import date
from typing import Any

from keiretsu_loaders.view_reading import ViewOf
from keiretsu_ontology.named_views import NamedView, Scene, Step
from keiretsu_ontology.view_entries import HideEntry, RevealEntry, StepEntry, ViewEntry

# What may be hidden, by its key in the file, and what one of it is called.
_ONE = {
    "families": "family", "kinds": "kind", "groups": "group", "relations": "relation", "roles": "role",
    "modalities": "modality", "speakers": "speaker", "sources": "source",
}  # fmt: skip


def to_view(view: ViewOf) -> NamedView:
    """Return the view of its entries; each step is whole, with what it takes from the view."""
    entry = view.head.entry
    scene = _scene(entry, Scene())
    told = (step.entry for step in view.steps)
    steps = tuple(Step(row.title, row.note or "", _scene(row, scene)) for row in told)
    return NamedView(entry.id, entry.title, entry.note or "", scene, steps)


def _scene(entry: ViewEntry | StepEntry, before: Scene) -> Scene:
    placed = entry if entry.show or entry.around else None
    show = tuple(dict.fromkeys(entry.show)) if placed else before.show
    around, depth = (before.around, before.depth) if placed is None else (None, 1)
    if entry.around is not None:
        around, depth = entry.around.entity, entry.around.depth
    chosen, claim = before.chosen, before.chosen_claim
    if entry.chosen is not None:
        chosen, claim = entry.chosen.entity, entry.chosen.claim
    elif show and chosen not in show and not (entry.ask or before.ask):
        chosen = None  # what the view had chosen is not in view here
    return Scene(
        show, around, depth, _day(entry.as_of) or before.as_of, _day(entry.known_by) or before.known_by,
        _words(entry.hide) if entry.hide else before.hidden,
        _words(entry.reveal) if entry.reveal else before.revealed,
        chosen, claim, entry.ask or before.ask, tuple(dict.fromkeys(entry.claims)),
    )  # fmt: skip


def _words(entry: HideEntry | RevealEntry) -> tuple[str, ...]:
    told: dict[str, Any] = entry.model_dump()
    return tuple(sorted({f"{_ONE[name]}:{word}" for name, words in told.items() for word in words}))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
