"""JSON Schemas of the fact files, for editors that complete and check while one types."""

from __future__ import annotations

import json

from pydantic import BaseModel

from keiretsu_ontology.entries import ClaimsFile, ConflictsFile, DatasetFile, EntitiesFile
from keiretsu_ontology.mapping import MappingFile
from keiretsu_ontology.view_entries import ViewsFile
from keiretsu_ontology.vocabulary import BASE

FILES: dict[str, type[BaseModel]] = {
    "dataset": DatasetFile,
    "entities": EntitiesFile,
    "claims": ClaimsFile,
    "conflicts": ConflictsFile,
    "mapping": MappingFile,
    "views": ViewsFile,
}
_SHORT = (
    "/DateEntry",
    "/PeriodEntry",
    "/DatePattern",
    "/PeriodPattern",
    "/ConditionEntry",
    "/MergedEntry",
    "/MergedPattern",
    "/AroundEntry",
    "/ChosenEntry",
)  # may be one text
_SCALARS = {"type": ["string", "number", "boolean"]}


def to_json(name: str) -> str:
    """Return the schema of a kind of file, by JSON Schema 2020-12.

    Our reader takes every scalar for text; an editor may take `2025` for a number, so where text is wanted a number
    or a boolean passes too.
    """
    schema = FILES[name].model_json_schema(by_alias=True)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE}schema/{name}.json",
        **_loosened(schema),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _loosened(schema: dict[str, object]) -> dict[str, object]:
    """Return a schema in which plain text may also look like a number, and a date or period be one text."""
    found = _walk(schema)
    return found if isinstance(found, dict) else {}


def _walk(node: object) -> object:
    if isinstance(node, list):
        return [_walk(item) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _walk(value) for key, value in node.items()}
    if inner.get("type") == "string" and "enum" not in inner:
        inner.update(_SCALARS)
    if str(inner.get("$ref", "")).endswith(_SHORT):
        return {"anyOf": [inner, dict(_SCALARS)]}
    if inner.get("type") == "array" and "minItems" not in inner and "$ref" not in str(inner.get("items")):
        return {"anyOf": [inner, dict(_SCALARS)]}
    return inner
