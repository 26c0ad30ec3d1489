"""What a query may not do, decided before any engine sees it.

Refused are: whatever reaches out of the graph (SERVICE, LOAD, FROM a graph that is not ours), whatever changes it,
and whatever is nested or long enough to end the process: the engine plans recursively and has no limits of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from keiretsu_graph.tokens import Token, tokens
from keiretsu_ontology.errors import QueryRefusedError
from keiretsu_ontology.vocabulary import GRAPHS

MAX_CHARACTERS = 64_000
MAX_DEPTH = 64
MAX_OPERATORS = 400  # brackets, signs, unions, optionals and the like
MAX_PATTERNS = 200  # triples, steps, items of lists, things to describe: planning takes the cube of their number

_CHANGES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_COUNTED = frozenset(
    {"UNION", "OPTIONAL", "MINUS", "EXISTS", "GRAPH", "FILTER", "BIND", "LATERAL", "CONCAT", "REPEAT", "AS"}
)
_SEPARATORS = frozenset(".;,")
_OPERANDS = frozenset({"iri", "string", "variable", "language", "blank", "name", "word", "number", "close"})
_TERMS = frozenset({"iri", "string", "variable", "blank", "name", "number"})
_KNOWN = {f"<{graph}>" for graph in GRAPHS.values()}


def refuse(query: str) -> None:
    """Return nothing for a query that may be run.

    Raises:
        QueryRefusedError: It may not; the message says where and why.
    """
    if len(query) > MAX_CHARACTERS:
        raise QueryRefusedError(f"the query has {len(query)} characters; at most {MAX_CHARACTERS} are admitted")
    _refuse_characters(query)
    may_reach_out = "service" in query.lower()
    size = _Size()
    before = Token("", "", 0)
    for token in tokens(query):
        if token.kind == "stray":
            raise _refused(query, token, f"nothing begins with {token.text!r}, or it is not closed")
        _refuse_word(query, token, before)
        if may_reach_out:
            _refuse_reaching_out(query, token, before, size.inside)
        if (fault := size.add(token, before)) is not None:
            raise _refused(query, token, fault)
        before = token


def _refuse_characters(query: str) -> None:
    if (found := re.search("[\ud800-\udfff\x00]", query)) is not None:
        raise QueryRefusedError(f"the character at {_place(query, found.start())} is not text")
    if (escape := re.search(r"\\[uU]", query)) is not None:
        where = _place(query, escape.start())
        raise QueryRefusedError(f"{where}: write the character itself; escapes of code points are not admitted")


def _refuse_word(query: str, token: Token, before: Token) -> None:
    """Refuse a word that changes the graph, and a strange graph after FROM."""
    if before.keyword in ("FROM", "NAMED") and token.keyword != "NAMED" and token.text not in _KNOWN:
        raise _refused(query, token, f"only our own graphs may be read: {', '.join(sorted(GRAPHS.values()))}")
    if token.keyword in _CHANGES:
        raise _refused(query, token, f"{token.keyword} is not admitted: a query does not change the graph")


def _refuse_reaching_out(query: str, token: Token, before: Token, inside: str) -> None:
    """Refuse SERVICE, wherever the engine may see it.

    It needs no space around a keyword: `SERVICEex:a` and `trueSERVICE` reach out too, and after `ex:a.b` it takes a
    dot for the end. Where `<` may mean "less than", what looks like an IRI may hide a quote or a comment.
    """
    text = token.text.lower()
    prefix = text.partition(":")[0] if token.kind == "name" else text if token.kind == "word" else ""
    if "service" in prefix or (token.kind in ("name", "blank") and ".service" in text):
        raise _refused(query, token, "SERVICE is not admitted: a query does not reach out of the graph")
    if token.kind == "iri" and re.search("['#]", text):
        compared = inside == "(" and before.kind in _OPERANDS
        if "'" in text or compared or before.text == "<":
            raise _refused(query, token, "put a space after '<', or spell the address as a prefixed name")


@dataclass(slots=True)
class _Size:
    """How large a query is, token by token."""

    open: list[str] = field(default_factory=list)  # brackets; "data" for those of VALUES and within
    values: bool = False  # VALUES was read and its braces are still to come
    operators: int = 0
    patterns: int = 0

    @property
    def inside(self) -> str:
        """The bracket that is open, if any."""
        return self.open[-1] if self.open else ""

    def add(self, token: Token, before: Token) -> str | None:
        """Return what is too large with one more token, or None."""
        self._count(token, before)
        if token.kind == "open":
            self._open(token)
        elif token.kind == "close" and self.open:
            self.open.pop()
        self.values = self.values or token.keyword == "VALUES"
        if len(self.open) > MAX_DEPTH:
            return f"brackets are nested more than {MAX_DEPTH} deep"
        if self.operators > MAX_OPERATORS:
            return f"the query has more than {MAX_OPERATORS} operators and brackets"
        if self.patterns > MAX_PATTERNS:
            return f"the query has more than {MAX_PATTERNS} triples, steps or listed things"
        return None

    def _open(self, token: Token) -> None:
        data = self.inside == "data" or (self.values and token.text == "{")
        self.values = self.values and token.text != "{"
        self.open.append("data" if data else token.text)

    def _count(self, token: Token, before: Token) -> None:
        if self.inside == "data":
            self.operators += token.text == "<"  # only triples in triples can be deep there
            return
        follows = token.kind in _TERMS and before.kind in _OPERANDS - {"word"}  # with nothing between: a list
        sign = token.kind == "operator" and token.text not in _SEPARATORS and token.text != "^^"
        self.operators += sign or token.kind == "open" or token.keyword in _COUNTED
        if token.text in ("/", "[", "~") or (token.text in _SEPARATORS and self.inside != "("):
            self.patterns += 1
        elif follows:
            self.patterns += {"(": 2, "": 1}.get(self.inside, 0)


def _refused(query: str, token: Token, reason: str) -> QueryRefusedError:
    return QueryRefusedError(f"{_place(query, token.start)}: {reason}")


def _place(query: str, offset: int) -> str:
    before = query[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"
