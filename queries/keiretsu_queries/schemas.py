"""What answers look like as plain data, in JSON Schema: made from the types that questions give.

It mirrors records.py: what is written there in one way is described here in the same way. Source: JSON Schema 2020-12,
which OpenAPI 3.1 and MCP use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from keiretsu_ontology.claims import SHAPES, Claim, Conflict, Deal, Observation, Occurrence, Statement, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import Answer
from keiretsu_queries.calling import LONGEST, MOST
from keiretsu_queries.parameters import Parameter
from keiretsu_queries.questions import Question
from keiretsu_queries.records import VERSION

Schema = dict[str, Any]
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    Decimal: {"type": "string", "description": "A decimal number."},
    Any: {},
    object: {},
}
_CLAIMS: dict[str, type[Any]] = dict(zip(SHAPES, (Statement, Deal, Observation, Occurrence), strict=True))
_RECORDS: dict[str, type[Any]] = {"Entity": Entity, "Source": Source, "Conflict": Conflict, "Tie": Tie}
_STATES = ["known", "only claimed", "conflicting", "not known"]
_TOLD = {
    "known": "There are claims that may be read as facts, and none of them is in an open conflict.",
    "only claimed": "There are only forecasts, opinions, denials or claims put aside.",
    "conflicting": "Claims disagree; every side is given.",
    "not known": "This graph says nothing of it; that is no claim that it is not so.",
}


def result_schema(question: Question) -> Schema:
    """Return the schema of the result of a question."""
    returned = get_type_hints(question.ask)["return"]
    return _plain_schema(get_args(returned)[0])


def _plain_schema(kind: Any) -> Schema:
    """Return the schema of a value as `records.plain` writes it."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (Union, UnionType):
        return _either([_plain_schema(part) for part in parts])
    if origin is Answer or kind is Answer:
        return _object({"question": {"type": "string"}, "state": {"enum": _STATES}, "result": {}})
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        return {"type": "array", "items": _plain_schema(parts[0])}
    if origin is tuple:
        number = len(parts)
        items = _either([_plain_schema(part) for part in parts])
        return {"type": "array", "items": items, "minItems": number, "maxItems": number}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _plain_schema(parts[1])}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return {"type": "array", "items": _plain_schema(parts[0])}
    return _class_schema(kind)


def _class_schema(kind: Any) -> Schema:
    if not isinstance(kind, type):
        return {}
    if issubclass(kind, Claim):
        return {"type": "string", "description": "The id of a claim, which is listed whole among the claims."}
    if issubclass(kind, Entity):
        return {"type": "string", "description": "The id of an entity, which is listed whole among the entities."}
    for name, record in _RECORDS.items():
        if kind is record:
            return {"$ref": f"#/components/schemas/{name}"}
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        hints = get_type_hints(kind)
        return _object({name: _plain_schema(hints[name]) for name in kind._fields})
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return _object({field.name: _plain_schema(hints[field.name]) for field in fields(kind)})
    return {}


def _either(schemas: list[Schema]) -> Schema:
    """Return the schema of what fits any of some, each once."""
    kept: list[Schema] = []
    for schema in schemas:
        kept += [schema] if schema not in kept else []
    return kept[0] if len(kept) == 1 else {"anyOf": kept}


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def component_schemas() -> dict[str, Schema]:
    """Return the schemas of what every answer may hold, by name."""
    found = {name: _record_schema(kind) for name, kind in _RECORDS.items()}
    found["Conflict"]["properties"]["standing"] = {"enum": ["open", "settled", "explained"]}
    more = {"says": {"type": "string"}, "factual": {"type": "boolean"}}
    for shape, kind in _CLAIMS.items():
        record = _record_schema(kind)
        record["properties"] = {"shape": {"const": shape}, **record["properties"], **more}
        record["required"] = ["shape", *record["required"]]
        found[kind.__name__] = record
    found["Claim"] = {"oneOf": [{"$ref": f"#/components/schemas/{kind.__name__}"} for kind in _CLAIMS.values()]}
    return found


def _record_schema(kind: type[Any]) -> Schema:
    """Return the schema of a value as `to_record` writes it: what is empty is left out."""
    hints = get_type_hints(kind)
    required = [field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING]
    properties = {field.name: _field_schema(hints[field.name]) for field in fields(kind)}
    required = [name for name in required if not _may_be_empty(hints[name])]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _may_be_empty(kind: Any) -> bool:
    """Say whether a field is left out where it is None, false or has nothing in it."""
    return kind is bool or NoneType in get_args(kind) or get_origin(kind) is tuple or is_dataclass(kind)


def _field_schema(kind: Any) -> Schema:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _either([_field_schema(part) for part in parts if part is not NoneType])
    if origin is tuple:
        return {"type": "array", "items": _field_schema(parts[0])}
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        hints = get_type_hints(kind)
        defaults = kind._field_defaults  # type: ignore[attr-defined]
        schema = _object({name: _field_schema(hints[name]) for name in kind._fields})
        return {**schema, "required": [name for name in kind._fields if name not in defaults]}
    if is_dataclass(kind) and isinstance(kind, type):
        return {**_record_schema(kind), "required": []}
    return _plain_schema(kind)


def answer_schema(question: Question) -> Schema:
    """Return the schema of the answer to a question, as `answer_record` writes it."""
    listed = {"type": "array", "items": {"$ref": "#/components/schemas/Claim"}}
    texts = {"type": "array", "items": {"type": "string"}}
    return _object(
        {
            "version": {"const": VERSION},
            "question": {"type": "string", "description": "The question as one would say it."},
            "state": {"enum": _STATES, "description": " ".join(f"{name}: {text}" for name, text in _TOLD.items())},
            "result": result_schema(question),
            "claims": {**listed, "description": "What the answer rests on."},
            "beside": {**listed, "description": "What is shown beside it."},
            "conflicts": {"type": "array", "items": {"$ref": "#/components/schemas/Conflict"}},
            "entities": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Entity"}},
            "sources": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Source"}},
            "sparql": {"type": "string", "description": "The query that finds the claims."},
            "instead": {**texts, "description": "Where it is not known: what is known instead."},
            "notes": {**texts, "description": "What one must know to read the answer rightly."},
        }
    )


def parameter_schema(row: Parameter) -> Schema:
    """Return the schema of what a parameter of a question takes."""
    kinds = [kind for kind in (get_args(row.kind) or (row.kind,)) if kind is not NoneType]
    schema: Schema = dict(_PLAIN[kinds[0]])
    if row.told.choices:
        schema["enum"] = list(row.told.choices)
    if row.told.least is not None:
        schema["minimum"] = row.told.least
    if row.told.most is not None:
        schema["maximum"] = row.told.most
    if schema == {"type": "string"}:
        schema |= {"maxLength": LONGEST, "pattern": "^[^\\u0000]*$"}
    if row.row.default not in (None, row.row.empty):
        schema["default"] = row.row.default
    return {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST} if row.several else schema
