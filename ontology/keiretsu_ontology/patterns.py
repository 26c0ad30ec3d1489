"""From the model of an entry to the model of its pattern: the same keys, with columns in braces where texts stand.

A mapping says with patterns how a row of a table becomes an entry. They are made from the models of the entries, so
that a new key of an entry is a new key of its pattern.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic.json_schema import WithJsonSchema

from keiretsu_ontology.entries import Entry


def is_pattern(text: str) -> bool:
    """Say whether a text names columns, and so differs from row to row."""
    return "{" in text or "}" in text


@cache
def pattern_of(
    model: type[BaseModel], *, without: Iterable[str] = (), optional: Iterable[str] = (), base: type[BaseModel] = Entry
) -> type[BaseModel]:
    """Return the model of patterns for entries of a model.

    A text without columns has to fit the entry as it stands; one with columns is looked at when a row fills it.

    Args:
        model: The model of the entries.
        without: Keys that the pattern has not.
        optional: Keys that the entry needs and the pattern may leave out.
        base: What the new model inherits from.
    """
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if name in without:
            continue
        inner = _pattern(_annotation(info))
        needed = info.is_required() and name not in optional
        default = ... if needed else None
        told: Any = Field(default=default, alias=info.alias, description=info.description)
        fields[name] = (inner if needed else inner | None, told)
    name = model.__name__.removesuffix("Entry") + "Pattern"
    made: type[BaseModel] = create_model(name, __base__=base, __doc__=model.__doc__, **fields)
    return made


def _annotation(info: FieldInfo) -> Any:
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


def _pattern(annotation: Any) -> Any:
    """Return what stands in a pattern where an entry has something of a type."""
    inner, rules = _bare(annotation)
    origin = get_origin(inner)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        made: Any = pattern_of(inner)
    elif origin is list:
        made = list[_pattern(get_args(inner)[0])]  # type: ignore[misc]
    elif origin is dict:
        made = dict[get_args(inner)[0], _pattern(get_args(inner)[1])]  # type: ignore[misc]
    else:
        return _scalar(annotation)
    return Annotated[(made, *rules)] if rules else made


def _bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without its rules and without the None that an optional key admits."""
    rules: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            rules = (*more, *rules)
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            return annotation, rules


def _scalar(annotation: Any) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(annotation, config=ConfigDict())

    def fits(value: str) -> str:
        """Return a text that names columns, or one that an entry admits."""
        if not is_pattern(value):
            try:
                adapter.validate_python(value)
            except ValidationError as error:
                raise ValueError(_first(error)) from None
        return value

    schema = {key: value for key, value in adapter.json_schema().items() if key != "default"}
    free = {"type": "string", "pattern": "\\{"}
    shown = schema if schema == {"type": "string"} else {"anyOf": [schema, free]}
    return Annotated[str, AfterValidator(fits), WithJsonSchema(shown)]


def _first(error: ValidationError) -> str:
    row = error.errors(include_url=False)[0]
    context = row.get("ctx", {})
    if row["type"] == "value_error":
        return str(context["error"])
    return f"{context['expected']} is wanted here" if "expected" in context else row["msg"]
