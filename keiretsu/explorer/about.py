"""What is said of the graph as a whole: the words of the ontology that the page needs, and where it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, NamedTuple, get_args

from keiretsu_graph.derive import RULES
from keiretsu_graph.neighbourhoods import HIDDEN
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.claims import MODALITIES
from keiretsu_ontology.dependence import DEPENDENCE
from keiretsu_ontology.entities import FAMILIES, KINDS
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_ontology.roles import ROLES
from keiretsu_queries.base import ALWAYS, Clocks
from keiretsu_queries.calling import name_of
from keiretsu_queries.parameters import Parameter, parameters_of
from keiretsu_queries.questions import QUESTIONS, Question
from keiretsu_queries.wording import kinds_words

KIND = {name: place for place, name in enumerate(KINDS)}
RELATION = {name: place for place, name in enumerate(RELATIONS)}
RULE = {name: place for place, name in enumerate(RULES)}
MODALITY = {name: place for place, name in enumerate(MODALITIES)}
ROLE = {name: place for place, name in enumerate(ROLES)}


class Start(NamedTuple):
    """What is in view at first."""

    ids: tuple[str, ...]
    chosen: str | None
    title: str


class Coverage(NamedTuple):
    """Of all places of evidence, how many are shown with their words."""

    read: int
    places: int


NOTHING_READ = Coverage(0, 0)


def about(
    view: SqliteView,
    *,
    served: bool,
    start: Start,
    views: Sequence[Mapping[str, Any]] = (),
    clocks: Clocks = ALWAYS,
    coverage: Coverage = NOTHING_READ,
) -> dict[str, Any]:
    """Return what the page says of the graph as a whole (About in explorer/src/format.ts).

    Args:
        view: The graph.
        served: Whether a server stands behind the page.
        start: What is in view at first.
        views: The views that the dataset keeps, as the page has them.
        clocks: What the page was narrowed by; what does not pass is not counted.
        coverage: How much of the evidence is shown with its words.
    """
    whole = view.about()
    return {
        "served": served,
        "name": whole.name,
        "title": whole.title,
        "digest": whole.digest[:12],
        "version": version("keiretsu"),
        "counts": _counts(view, clocks),
        "coverage": coverage._asdict(),
        **_words(),
        "questions": [_question(question) for question in QUESTIONS.values()],
        "start": {**start._asdict(), "ids": list(start.ids)},
        "views": [dict(row) for row in views],
        "clocks": {"asOf": _day(clocks.as_of), "knownBy": _day(clocks.known_by)},
    }


def _counts(view: SqliteView, clocks: Clocks) -> dict[str, int]:
    whole, extent = view.about(), view.extent()
    counts = {"entities": whole.entities, "claims": whole.claims, "sources": whole.sources, **extent._asdict()}
    if clocks == ALWAYS:
        return counts
    claims = [claim.id for claim in view.claims(clocks.claims())]
    known = set(claims)
    conflicts = [row for row in view.conflicts(claims) if len(known.intersection(row.claims)) > 1] if claims else []
    ties = view.ties(clocks.ties(factual=None))
    return {**counts, "claims": len(claims), "conflicts": len(conflicts), "ties": len(ties)}


def _words() -> dict[str, Any]:
    """Return the words of the ontology."""
    return {
        "kinds": [
            {"id": name, "label": kind.label, "many": kinds_words({name: 2}, number=False), "family": kind.family}
            for name, kind in KINDS.items()
        ],
        "families": _pairs(FAMILIES),
        "groups": _pairs(GROUPS),
        "hidden": list(HIDDEN),
        "relations": [
            {
                "id": name,
                "label": relation.label,
                "inverse": relation.inverse_label,
                "symmetric": relation.symmetric,
                "group": relation.group,
                "walk": relation.tie,
                "owns": name in DEPENDENCE and DEPENDENCE[name].owned,
            }
            for name, relation in RELATIONS.items()
        ],
        "rules": _pairs({name: rule.sentence for name, rule in RULES.items()}),
        "modalities": _pairs(MODALITIES),
        "roles": _pairs({name: role.definition for name, role in ROLES.items()}),
    }


def _pairs(words: Mapping[Any, str]) -> list[list[str]]:
    return [[str(name), told] for name, told in words.items()]


def _question(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "asks": question.asks,
        "help": question.help,
        "parameters": [_parameter(row) for row in parameters_of(question.ask)],
        "examples": list(question.examples),
    }


def _parameter(row: Parameter) -> dict[str, Any]:
    given = row.row.default
    return {
        "name": name_of(row),
        "label": name_of(row).replace("_", " "),
        "help": row.told.help,
        "sort": _sort(row),
        "required": row.several or given is row.row.empty,
        "many": row.several,
        "choices": list(row.told.choices),
        "value": None if given is row.row.empty or given is None else _written(given),
    }


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sort(row: Parameter) -> str:
    kinds = set(get_args(row.kind) or (row.kind,))
    if row.told.choices:
        return "choice"
    if row.told.completes == "entity":
        return "entity"
    if row.dated or row.told.metavar == "DAY":
        return "day"
    if bool in kinds:
        return "flag"
    return "number" if {int, float} & kinds else "text"


def _day(value: Any) -> str | None:
    return str(value) if value is not None else None
