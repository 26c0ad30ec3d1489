"""Entries as the YAML that a person would have written: what our reader reads back is what was there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

WIDTH = 110
_PLAIN = re.compile(r"[^\W_](?:[\w\-./&'()+%$€£°]| (?! ))*")
_NOT_PLAIN = ("null", "Null", "NULL")


def to_data(entry: BaseModel) -> dict[str, Any]:
    """Return what was written of an entry: its keys in the order of the model, short forms where they say all."""
    found = _short(entry.model_dump(by_alias=True, exclude_unset=True))
    if not isinstance(found, dict):
        return {}
    if "identifiers" in found:  # a single one of a scheme stands without brackets
        told = found["identifiers"].items()
        found["identifiers"] = {scheme: one[0] if len(one) == 1 else one for scheme, one in told}
    return found


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: _short(part) for key, part in value.items() if part is not None}
        return next(iter(inner.values())) if tuple(inner) in (("date",), ("period",)) else inner
    if isinstance(value, list):
        return [_short(part) for part in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def to_yaml(data: dict[str, Any], lists: Iterable[tuple[str, Iterable[dict[str, Any]]]] = ()) -> str:
    """Return a file: the keys of its head, then its long lists.

    Example:
        >>> print(to_yaml({"name": "a: b"}, [("claims", [{"id": "c", "statement": ["a", "uses", "b"]}])]), end="")
        name: 'a: b'
        claims:
          - id: c
            statement: [a, uses, b]
    """
    lines = list(_mapping(data, ""))
    for name, items in lists:
        lines.append(f"{name}:")
        for item in items:
            lines.extend(_item(item))
    return "\n".join(lines) + "\n"


def _item(item: dict[str, Any]) -> Iterable[str]:
    for number, line in enumerate(_mapping(item, "    ")):
        yield f"  - {line[4:]}" if number == 0 else line


def _mapping(data: dict[str, Any], indent: str) -> Iterable[str]:
    for key, value in data.items():
        line = f"{indent}{_scalar(key)}: {_flow(value)}"
        if isinstance(value, dict) and value and (not indent or len(line) > WIDTH):
            yield f"{indent}{_scalar(key)}:"
            yield from _mapping(value, indent + "  ")
        else:
            yield line


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    return _scalar(value)


def _scalar(text: str) -> str:
    """Return a text as a scalar that means it: plain where that is plain, else in quotation marks."""
    if _PLAIN.fullmatch(text) and not text.endswith((" ", "-")) and text not in _NOT_PLAIN:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)
