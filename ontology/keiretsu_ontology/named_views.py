"""Views that a dataset keeps: what is to be seen of the graph, by a name, and the steps of a story about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen: some things, or a neighbourhood, or what a question is about."""

    show: tuple[str, ...] = ()  # ids of entities
    around: str | None = None  # the entity in the middle of a neighbourhood
    depth: int = 1  # how many ties around it
    as_of: date | None = None
    known_by: date | None = None
    hidden: tuple[str, ...] = ()  # what is left out: "family:person", "modality:opinion"
    revealed: tuple[str, ...] = ()  # what is drawn although it usually is not: "group:remarks"
    chosen: str | None = None  # the entity whose details are open
    chosen_claim: str | None = None  # or the claim, by its key
    ask: str | None = None  # a question, as on the command line: "path NBA Bosch"
    claims: tuple[str, ...] = ()  # the keys of those that the words rest on


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a story."""

    title: str
    note: str
    scene: Scene


@dataclass(frozen=True, slots=True)
class NamedView:
    """A view by its name; where it tells a story, with its steps."""

    id: str
    title: str
    note: str
    scene: Scene
    steps: tuple[Step, ...] = ()
