"""The types of explorer/src/format.ts as JSON Schemas: what Python writes for the page is held to the page's own words.

Only so much of TypeScript is read as stands there; anything else is an error.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FORMAT = Path(__file__).parents[1] / "explorer" / "src" / "format.ts"
_WORD = re.compile(r'\s*("[^"]*"|[A-Za-z]\w*|\d+|[{}\[\]()<>|;:,=?])')
_PLAIN = {"string": {"type": "string"}, "number": {"type": "number"}, "boolean": {"type": "boolean"},
          "null": {"type": "null"}}  # fmt: skip
Schema = dict[str, Any]


def faults(kind: str, record: Any) -> list[str]:
    """Return in what a record is not of a type: each fault with its place."""
    found = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": _types()}).iter_errors(record)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


@cache
def _types() -> dict[str, Schema]:
    text = re.sub(r"/\*\*.*?\*/", "", FORMAT.read_text(encoding="utf-8"), flags=re.DOTALL)
    words, place = [], 0
    while text[place:].strip():
        found = _WORD.match(text, place)
        assert found, f"what is {text[place : place + 40]!r}?"
        words.append(found[1])
        place = found.end()
    return _Reader(words).types()


class _Reader:
    """Reads types from words, from left to right."""

    def __init__(self, words: list[str]) -> None:
        self._words = words

    def types(self) -> dict[str, Schema]:
        found = {}
        while self._words:
            self._take("export")
            sort, name = self._next(), self._next()
            if sort == "interface":
                found[name] = self._object()
            else:
                self._take("=")
                found[name] = self._type()
                self._take(";")
        return found

    def _next(self) -> str:
        return self._words.pop(0)

    def _take(self, wanted: str) -> None:
        found = self._next()
        assert found == wanted, f"{wanted} is wanted, not {found}"

    def _has(self, wanted: str) -> bool:
        if self._words and self._words[0] == wanted:
            self._words.pop(0)
            return True
        return False

    def _type(self) -> Schema:
        self._has("|")
        found = [self._one()]
        while self._has("|"):
            found.append(self._one())
        return found[0] if len(found) == 1 else {"anyOf": found}

    def _one(self) -> Schema:
        found = self._bare()
        while self._words[:2] == ["[", "]"]:
            del self._words[:2]
            found = {"type": "array", "items": found}
        return found

    def _bare(self) -> Schema:
        if self._words[0] == "{":
            return self._object()
        word = self._next()
        if word == "[":
            return self._tuple()
        if word == "(":
            found = self._type()
            self._take(")")
            return found
        if word == "Record":
            return self._mapping()
        if word in _PLAIN:
            return _PLAIN[word]
        if word[0] == '"' or word.isdigit():
            return {"const": word.strip('"') if word[0] == '"' else int(word)}
        return {"$ref": f"#/$defs/{word}"}

    def _tuple(self) -> Schema:
        items, least = [], 0
        while not self._has("]"):
            items.append(self._type())
            least += not self._has("?")
            self._has(",")
        return {"type": "array", "prefixItems": items, "items": False, "minItems": least}

    def _mapping(self) -> Schema:
        for word in ("<", "string", ","):
            self._take(word)
        found = self._type()
        self._take(">")
        return {"type": "object", "additionalProperties": found}

    def _object(self) -> Schema:
        self._take("{")
        fields: dict[str, Schema] = {}
        required = []
        while not self._has("}"):
            name = self._next()
            required += [] if self._has("?") else [name]
            self._take(":")
            fields[name] = self._type()
            self._has(";")
        return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}
