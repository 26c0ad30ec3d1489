"""What clients send to the reconciliation service, read and checked: every fault of a batch at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from keiretsu.http.reconciliation.properties import PROPERTIES
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_queries.calling import LONGEST, ParametersError, see_text

BATCH = 50  # queries at once
MOST = 50  # candidates of one query
IDS = 500  # entities to be extended at once
_VALUES = 20  # properties of a query


def read_json(name: str, text: str) -> Any:
    """Return what a parameter holds in JSON.

    Raises:
        ParametersError: It is not JSON.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ParametersError([f"{name} is not JSON: {reason}"]) from None


def read_batch(value: Any) -> dict[str, dict[str, Any]]:
    """Return the queries of a batch in one form.

    Raises:
        ParametersError: Something in it is not as the specification wants it.
    """
    if not isinstance(value, dict):
        raise ParametersError(["queries is an object that holds each query by a name"])
    if len(value) > BATCH:
        raise ParametersError([f"{len(value)} queries are sent at once; at most {BATCH} are taken"])
    faults: list[str] = []
    found: dict[str, dict[str, Any]] = {}
    for name, query in value.items():
        wrong = list(_faults(query))
        faults += [f"{name[:60]}: {fault}" for fault in wrong]
        if not wrong:
            found[name] = _plain(query)
    if faults:
        raise ParametersError(faults)
    return found


def _faults(query: Any) -> Iterator[str]:
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        yield "a query is an object with a text under 'query'"
        return
    try:
        see_text("query", query["query"])
    except UsageError as error:
        yield str(error)
    limit = query.get("limit", 10)
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        yield f"limit is a whole number from 1 on, not {str(limit)[:60]}"
    for kind in _types(query):
        if kind not in KINDS:
            yield f"there is no type {str(kind)[:60]!r}{nearest(str(kind)[:60], KINDS)}"
    given = query.get("properties", [])
    if not isinstance(given, list) or len(given) > _VALUES:
        yield f"properties is a list of at most {_VALUES}"
        return
    for row in given:
        yield from _property_faults(row)


def _property_faults(row: Any) -> Iterator[str]:
    if not isinstance(row, dict) or not isinstance(row.get("pid"), str) or "v" not in row:
        yield "a property is an object with a text under 'pid' and a value under 'v'"
    elif row["pid"] not in PROPERTIES:
        yield f"there is no property {row['pid'][:60]!r}{nearest(row['pid'][:60], PROPERTIES)}"
    elif len(_texts(row["v"])) > _VALUES:
        yield f"a property has at most {_VALUES} values"


def _types(query: dict[str, Any]) -> list[Any]:
    given = query.get("type")
    rows = given if isinstance(given, list) else [given]
    return [row.get("id") if isinstance(row, dict) else row for row in rows if row]


def _texts(value: Any) -> list[str]:
    """Return the texts that a value may be known by: a text, a number, an entity, or several of them."""
    rows = value if isinstance(value, list) else [value]
    return [str(row.get("id", row.get("name", ""))) if isinstance(row, dict) else str(row)[:LONGEST] for row in rows]


def _plain(query: dict[str, Any]) -> dict[str, Any]:
    return {
        "query": query["query"],
        "types": _types(query),
        "limit": min(query.get("limit", 10), MOST),
        "properties": [(row["pid"], _texts(row["v"])) for row in query.get("properties", [])],
    }


def read_extension(value: Any) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the ids of a request to extend, and the properties with how many values of each are wanted.

    Raises:
        ParametersError: Something in it is not as the specification wants it.
    """
    faults: list[str] = []
    given = value if isinstance(value, dict) else {}
    ids, rows = given.get("ids"), given.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) and len(one) <= LONGEST for one in ids):
        faults.append("ids is a list of texts")
    elif len(ids) > IDS:
        faults.append(f"{len(ids)} ids are sent at once; at most {IDS} are taken")
    found = []
    if not isinstance(rows, list) or not rows or len(rows) > _VALUES:
        faults.append(f"properties is a list of one to {_VALUES}")
        rows = []
    for row in rows:
        name = row.get("id") if isinstance(row, dict) else None
        settings = row.get("settings") if isinstance(row, dict) else None
        limit = settings.get("limit", 0) if isinstance(settings, dict) else 0
        if name not in PROPERTIES:
            faults.append(f"there is no property {str(name)[:60]!r}{nearest(str(name)[:60], PROPERTIES)}")
        else:
            found.append((name, int(limit) if str(limit).isdigit() and len(str(limit)) < 7 else 0))
    if faults:
        raise ParametersError(faults)
    return list(dict.fromkeys(ids or [])), found
