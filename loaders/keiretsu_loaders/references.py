"""Where data names entities: read from the marks in the models of entries, never looked for in texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from keiretsu_loaders.yaml_reader import Location
from keiretsu_ontology.written import Refers


def references(model: type[BaseModel], data: Any) -> Iterator[tuple[Location, str]]:
    """Yield each place at which data of a model names an entity, with the id that stands there.

    Example:
        >>> from keiretsu_ontology.entries import ClaimEntry
        >>> list(references(ClaimEntry, {"id": "c", "statement": ["a", "uses", "b"], "speaker": "c"}))
        [(('statement', 0), 'a'), (('statement', 2), 'b'), (('speaker',), 'c')]
    """
    yield from _named(model, data, ())


def _named(annotation: Any, data: Any, where: Location) -> Iterator[tuple[Location, str]]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        for rule in inner[1:]:
            if isinstance(rule, Refers):
                yield from _marked(rule, data, where)
        yield from _named(inner[0], data, where)
    elif origin in (Union, UnionType):
        for part in inner:
            yield from _named(part, data, where)
    elif origin is list:
        if isinstance(data, list):
            for place, item in enumerate(data):
                yield from _named(inner[0], item, (*where, place))
        else:  # one is written without brackets
            yield from _named(inner[0], data, where)
    elif origin is dict:
        for key, value in data.items() if isinstance(data, dict) else ():
            yield from _named(inner[1], value, (*where, key))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel) and isinstance(data, dict):
        for key, hint in _keys(annotation).items():
            if key in data:
                yield from _named(hint, data[key], (*where, key))


def _marked(rule: Refers, data: Any, where: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(data, str) and not rule.items:
        yield where, data
    elif isinstance(data, list):
        yield from (((*where, place), data[place]) for place in rule.items if place < len(data))


@cache
def _keys(model: type[BaseModel]) -> dict[str, Any]:
    """Return the keys of a model with what may stand there, marks included."""
    hints = get_type_hints(model, include_extras=True)
    return {info.alias or name: hints[name] for name, info in model.model_fields.items()}
