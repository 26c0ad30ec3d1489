"""The JSON API described in OpenAPI 3.1, made from the questions, their parameters and the types of their answers."""

from __future__ import annotations

import json
import shlex
from importlib.metadata import version
from typing import Any

from keiretsu.http.api.jobs import FORMS, LARGEST_PAGE, LISTED, PAGE_SIZE, WORDS
from keiretsu.workers.product import Product
from keiretsu_queries.calling import CLOCKS, LONGEST, name_of
from keiretsu_queries.parameters import parameters_of
from keiretsu_queries.questions import QUESTIONS, Question
from keiretsu_queries.schemas import Schema, answer_schema, component_schemas, parameter_schema

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_FAILURES = {
    "400": "A parameter is not known, missing, out of bounds or of another type; every fault is told.",
    "403": "A page of another site asks, which the owner of this server has not allowed.",
    "404": "A word of the question means nothing in this graph. (A name that means nothing is no failure: then the "
    "answer is `not known`.)",
    "406": "The client takes none of the forms that there are.",
    "409": "A name may mean several things: they are told, to be asked for by id. Or a cursor is of another graph or "
    "question: begin again.",
    "413": "The request is too large.",
    "421": "The request is sent to a name that is not this server's.",
    "431": "The address and the headers are too long.",
    "503": "It took too long or too much, or too much is waiting; ask again later.",
}
_PAGING: list[Schema] = [
    {
        "name": "page_size", "in": "query", "description": "How many at most.",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
    },
    {
        "name": "cursor", "in": "query", "description": "Where to go on: `next` of the page before.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 60},
    },
]  # fmt: skip
_DAY = {"type": "string", "format": "date"}
_CHOICES: dict[str, Schema] = {
    **{name: {"enum": list(words)} for name, words in WORDS.items()},
    "as_of": _DAY,
    "known_by": _DAY,
}


def document(address: str) -> Product:
    """Return the document."""
    paths: Schema = {}
    for question in QUESTIONS.values():
        paths[f"/api/{question.name}"] = {"get": _operation(question)}
        for part in ("rows", "claims"):
            paths[f"/api/{question.name}/{part}"] = {"get": _paged_operation(question, part)}
    for what in LISTED:
        paths[f"/api/data/{what}"] = {"get": _listing(what)}
    record = {
        "openapi": "3.1.0",
        "info": {
            "title": "Keiretsu",
            "version": version("keiretsu"),
            "summary": "Who is tied to whom, through what, since when, and who says so.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": address}],
        "paths": paths,
        "components": {"schemas": {**component_schemas(), "Problem": _problem_schema()}},
    }
    return Product(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _operation(question: Question) -> Schema:
    content: Schema = {media.partition(";")[0]: {"schema": {"type": "string"}} for media, _ in FORMS.values()}
    content["application/json"] = {"schema": answer_schema(question)}
    form = {
        "name": "format", "in": "query", "description": "The form of the answer, rather than by Accept.",
        "schema": {"enum": list(FORMS)},
    }  # fmt: skip
    return {
        "operationId": question.function,
        "summary": question.asks,
        "description": f"{question.help}\n\n{_examples(question)}",
        "parameters": [*_parameters(question), form],
        "responses": {
            "200": {"description": "The answer; `state` says how it stands.", "content": content},
            **_fails(),
        },
    }


def _paged_operation(question: Question, part: str) -> Schema:
    items: Schema = {"$ref": "#/components/schemas/Claim"} if part == "claims" else {"type": "object"}
    more: dict[str, Schema] = {"question": {"type": "string"}, "state": {"type": "string"}}
    if part == "rows":
        column = {"type": "object", "properties": {"name": {"type": "string"}, "title": {"type": "string"}}}
        more["columns"] = {"type": "array", "items": column}
    return {
        "operationId": f"{question.function}_{part}",
        "summary": f"The {part} of: {question.asks}",
        "description": f"One page of the {part} of the answer.",
        "parameters": [*_parameters(question), *_PAGING],
        "responses": {"200": _page_response(part, items, more), **_fails()},
    }


def _listing(what: str) -> Schema:
    names = {"claims": "Claim", "entities": "Entity", "sources": "Source", "ties": "Tie", "conflicts": "Conflict"}
    filters = []
    for name in LISTED[what]:
        schema = _CHOICES.get(name, {"type": "string", "maxLength": LONGEST, "pattern": "^[^\\u0000]*$"})
        filters.append({"name": name, "in": "query", "description": f"Only of this {name}.", "schema": schema})
    items = {"$ref": f"#/components/schemas/{names[what]}"}
    return {
        "operationId": f"data_{what}",
        "summary": f"All {what}",
        "description": f"One page of all {what} of the graph, in a stable order.",
        "parameters": [*filters, *_PAGING],
        "responses": {"200": _page_response(what, items, {}), **_fails()},
    }


def _page_response(name: str, items: Schema, more: dict[str, Schema]) -> Schema:
    properties: Schema = {
        **more,
        "total": {"type": "integer", "description": "How long the whole list is."},
        "next": {"type": ["string", "null"], "description": "The cursor of the next page, if there is one."},
        name: {"type": "array", "items": items},
    }
    schema = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    link = {"Link": {"description": "The address of the next page.", "schema": {"type": "string"}}}
    return {"description": "One page.", "headers": link, "content": {"application/json": {"schema": schema}}}


def _parameters(question: Question) -> list[Schema]:
    found: list[Schema] = []
    for row in parameters_of(question.ask):
        required = row.several or row.row.default is row.row.empty
        found.append(
            {
                "name": name_of(row), "in": "query", "description": row.told.help, "required": required,
                "schema": parameter_schema(row), **({"style": "form", "explode": True} if row.several else {}),
            }
        )  # fmt: skip
    return [
        *found,
        *({"name": name, "in": "query", "description": told, "schema": _DAY} for name, told in CLOCKS.items()),
    ]


def _examples(question: Question) -> str:
    return "On the command line: " + "; ".join(
        f"`keiretsu {shlex.join(shlex.split(row))}`" for row in question.examples
    )


def _fails() -> dict[str, Any]:
    return {status: {"description": told, "content": _PROBLEM} for status, told in _FAILURES.items()}


def _problem_schema() -> Schema:
    """Return the schema of what clients are told that did something wrong (RFC 9457)."""
    texts = {"type": "array", "items": {"type": "string"}}
    return {
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "faults": {**texts, "description": "Everything that is wrong with the parameters."},
            "candidates": {**texts, "description": "The ids of what a name may mean."},
        },
        "required": ["type", "title", "status", "detail"],
    }
