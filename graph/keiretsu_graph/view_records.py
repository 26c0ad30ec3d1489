"""Views of a dataset from plain data: the other side of `records.to_record`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from keiretsu_ontology.named_views import NamedView, Scene, Step

_TUPLES = ("show", "hidden", "revealed", "claims")
_DAYS = ("as_of", "known_by")


def to_named_view(record: Mapping[str, Any]) -> NamedView:
    """Return the view of a record."""
    steps = tuple(Step(row["title"], row.get("note", ""), _scene(row)) for row in record.get("steps", ()))
    return NamedView(record["id"], record["title"], record.get("note", ""), _scene(record), steps)


def _scene(record: Mapping[str, Any]) -> Scene:
    given = dict(record.get("scene", {}))
    given |= {name: tuple(given[name]) for name in _TUPLES if name in given}
    given |= {name: date.fromisoformat(given[name]) for name in _DAYS if name in given}
    return Scene(**given)
