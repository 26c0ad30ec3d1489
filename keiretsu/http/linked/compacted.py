"""Triples as compact JSON-LD: our own terms, a context in the document itself, parts within what they are parts of.

Numbers and dates stay texts whose type the context tells, so that nothing is rounded on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, Triple

from keiretsu.http.linked.statements import PREFIXES_HERE
from keiretsu_ontology import context

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING, _BOOLEAN = _XSD + "string", _XSD + "boolean"
_KEYWORDS = {"id": "@id", "type": "@type"}


class _Term(NamedTuple):
    name: str
    coerced: str | None  # the datatype of its values, or "@id"
    definition: Any


def to_jsonld(triples: Iterable[Triple], first: str) -> bytes:
    """Return triples as JSON-LD.

    Args:
        triples: The triples; blank nodes among them keep their labels.
        first: The IRI of the node that comes first, the topic of the document.
    """
    return _Writing(triples).document(first)


class _Writing:
    """One document as it is written: what it uses of the context is remembered."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._nodes: dict[str, dict[str, list[Any]]] = {}
        for triple in triples:
            own = self._nodes.setdefault(_id(triple.subject), {})
            own.setdefault(triple.predicate.value, []).append(triple.object)
        self._used: dict[str, Any] = dict(_KEYWORDS)
        self._written: set[str] = set()
        self._short: dict[str, str] = {}
        self._named: dict[str, _Term] = {}

    def document(self, first: str) -> bytes:
        order = [first, *(node for node in self._nodes if node != first)] if first in self._nodes else [*self._nodes]
        parts = [node for node in order if not self._is_part(node)]
        graph = [self._node(node) for node in parts]
        graph += [self._node(node) for node in order if node not in self._written]
        told = {"@context": dict(sorted(self._used.items())), "@graph": graph}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"

    def _is_part(self, node: str) -> bool:
        """Whether a node may stand within another: a part of it by its name, such as claim/x#part-01."""
        whole, mark, _ = node.partition("#")
        return bool(mark) and whole in self._nodes and not node.startswith("_:")

    def _node(self, node: str) -> dict[str, Any]:
        self._written.add(node)
        told: dict[str, Any] = {"id": self._compact(node)}
        for name, values in self._nodes[node].items():
            if name == _TYPE:
                types = [self._class(value.value) for value in values]
                told["type"] = types[0] if len(types) == 1 else types
                continue
            term = self._term(name)
            found = [self._value(value, term.coerced, node) for value in values]
            told[term.name] = found[0] if len(found) == 1 else found
        return told

    def _value(self, value: Any, coerced: str | None, node: str) -> Any:
        if not isinstance(value, Literal):
            iri = _id(value)
            whole = node.partition("#")[0]
            if iri in self._nodes and iri not in self._written and iri.startswith(f"{whole}#") and self._is_part(iri):
                return self._node(iri)
            short = self._compact(iri)
            return short if coerced == "@id" else {"id": short}
        if value.language is not None:
            return {"@value": value.value, "@language": value.language}
        kind = value.datatype.value
        if kind == coerced == _BOOLEAN and value.value in ("true", "false"):
            return value.value == "true"
        if kind == coerced or (kind == _STRING and coerced is None):
            return value.value
        return {"@value": value.value} | ({} if kind == _STRING else {"@type": self._compact(kind)})

    def _term(self, name: str) -> _Term:
        found = self._named.get(name)
        if found is None:
            found = _terms().get(name) or _Term(self._compact(name), None, None)
            if found.definition is not None:
                self._use(found.name, found.definition)
            self._named[name] = found
        return found

    def _class(self, name: str) -> str:
        term = _terms().get(name)
        if term is None or term.coerced is not None or not term.name[:1].isupper():
            return self._compact(name)
        self._use(term.name, term.definition)
        return term.name

    def _use(self, name: str, definition: Any) -> None:
        self._used[name] = definition
        inner = definition if isinstance(definition, str) else definition["@id"]
        kind = "" if isinstance(definition, str) else definition.get("@type", "")
        for prefix in (inner.partition(":")[0], kind.partition(":")[0]):
            if prefix in PREFIXES_HERE:
                self._used[prefix] = PREFIXES_HERE[prefix]

    def _compact(self, iri: str) -> str:
        found = self._short.get(iri)
        if found is None:
            found = self._short[iri] = self._shorten(iri)
        return found

    def _shorten(self, iri: str) -> str:
        for mark in "#/":
            end = iri.rfind(mark) + 1
            prefix = _prefixes().get(iri[:end])
            if prefix is not None and end < len(iri):
                self._used[prefix] = iri[:end]
                return f"{prefix}:{iri[end:]}"
        return iri


def _id(term: Any) -> str:
    name: str = term.value
    return f"_:{name}" if isinstance(term, BlankNode) else name


@cache
def _prefixes() -> Mapping[str, str]:
    return {address: prefix for prefix, address in PREFIXES_HERE.items()}


@cache
def _terms() -> Mapping[str, _Term]:
    """Return the terms of our context by the IRI that they mean."""
    found: dict[str, _Term] = {}
    for name, definition in json.loads(context.to_json())["@context"].items():
        if name in PREFIXES_HERE or name.startswith("@") or name in _KEYWORDS:
            continue
        inner = definition if isinstance(definition, str) else definition["@id"]
        kind = None if isinstance(definition, str) else definition.get("@type")
        if kind == "xsd:string":  # what a text is in any case, while older readers tell the two apart
            kind, definition = None, inner
        found[_expand(inner)] = _Term(name, kind if kind in (None, "@id") else _expand(kind), definition)
    return found


def _expand(compact: str) -> str:
    prefix, _, local = compact.partition(":")
    return PREFIXES_HERE[prefix] + local
