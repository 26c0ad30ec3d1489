"""Views that the dataset keeps, as the page reads them: `NamedView` of explorer/src/format.ts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote_plus

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.named_views import NamedView, Scene
from keiretsu_queries.typed import read_typed


def view_records(views: Iterable[NamedView], graph: View) -> list[dict[str, Any]]:
    """Return views as the page reads them, in their order; what is not in the graph is left out of them.

    Raises:
        UsageError: A question of a view cannot be asked so.
    """
    listed = list(views)
    scenes = [scene for view in listed for scene in (view.scene, *(step.scene for step in view.steps))]
    named = {slug for scene in scenes for slug in (*scene.show, scene.around, scene.chosen) if slug}
    keys = {key for scene in scenes for key in (*scene.claims, scene.chosen_claim) if key}
    found = graph.claims(ClaimFilter(ids=tuple(sorted(keys)))) if keys else []
    writer = _Writer(set(graph.entities(sorted(named))), {claim.key: claim.id for claim in found})
    return [
        {
            "id": view.id,
            "title": view.title,
            "note": view.note,
            "state": writer.state(view.scene, view.id),
            "claims": writer.claims(view.scene),
            "steps": [
                {
                    "title": step.title,
                    "note": step.note,
                    "state": writer.state(step.scene, view.id, number),
                    "claims": writer.claims(step.scene),
                }
                for number, step in enumerate(view.steps, 1)
            ],
        }
        for view in listed
    ]


class _Writer:
    """Writes scenes as addresses."""

    def __init__(self, entities: set[str], claims: dict[str, str]) -> None:
        self._entities = entities
        self._claims = claims  # ids by key

    def claims(self, scene: Scene) -> list[str]:
        """Return the ids of the claims that words rest on."""
        return [self._claims[key] for key in scene.claims if key in self._claims]

    def state(self, scene: Scene, view: str, step: int | None = None) -> str:
        """Return a scene as the part of the address after "#"."""
        pairs = [*self._pairs(scene), ("view", view), *([("step", str(step))] if step else [])]
        return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in pairs)

    def _pairs(self, scene: Scene) -> Iterator[tuple[str, str]]:
        if show := [slug for slug in scene.show if slug in self._entities]:
            yield "show", ",".join(show)
        if scene.around in self._entities:
            yield "around", f"{scene.around}~{scene.depth}"
        for name, words in (("off", scene.hidden), ("on", scene.revealed)):
            if words:
                yield name, ",".join(words)
        for name, day in (("asof", scene.as_of), ("knownby", scene.known_by)):
            if day:
                yield name, day.isoformat()
        if scene.chosen in self._entities:
            yield "chosen", f"entity:{scene.chosen}"
        elif scene.chosen_claim in self._claims:
            yield "chosen", f"claim:{self._claims[scene.chosen_claim]}"
        if scene.ask:
            typed = read_typed(scene.ask)
            yield "ask", typed.question.name
            yield from ((f"p.{name}", value) for name, values in typed.given.items() for value in values)


def _encoded(text: str) -> str:
    """Return a text as URLSearchParams of the page writes it, which leaves commas, colons and tildes as they are."""
    return quote_plus(text, safe=",:~*")
