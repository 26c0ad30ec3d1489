"""What a query or an update may not do, decided before any engine sees it.

Refused are: whatever reaches out of the graph (SERVICE at an address that is not allowed by name, LOAD), whatever
changes it (in a query), and whatever is nested or long enough to end the process: the engine plans recursively and has
no limits of its own. Which graphs FROM may name is known to the store (`sparql`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from keiretsu_graph.tokens import TOKEN, Token, after_data, decoded
from keiretsu_ontology.errors import QueryRefusedError

MAX_CHARACTERS = 64_000
MAX_DEPTH = 64
MAX_OPERATORS = 400  # brackets, signs, unions, optionals and the like
MAX_PATTERNS = 200  # triples, steps, items of lists, things to describe: planning takes the cube of their number
MAX_UPDATE = 32_000_000  # characters: data is inserted as text

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_CHANGES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_COUNTED = frozenset(
    {"UNION", "OPTIONAL", "MINUS", "EXISTS", "GRAPH", "FILTER", "BIND", "LATERAL", "CONCAT", "REPEAT", "AS"}
)
_EXPRESSIONS = frozenset({"FILTER", "HAVING"})  # what stands in brackets after them is no list
_SEPARATORS = frozenset(".;,")
_OPERANDS = frozenset({"iri", "string", "variable", "language", "blank", "name", "word", "number", "close"})
_TERMS = frozenset({"iri", "string", "variable", "blank", "name", "number"})
_LIST_OPERANDS = _OPERANDS - {"word"}
_NAMED_GRAPHS = frozenset({"GRAPH", "INTO", "TO", "WITH", "USING", "NAMED", "PREFIX", "COPY", "MOVE", "ADD", "SILENT"})
_SMALL = 4_000  # characters of a query that is worth remembering


class Policy(NamedTuple):
    """What is admitted."""

    services: frozenset[str] = frozenset()  # the addresses that SERVICE may name
    updates: bool = False
    characters: int = MAX_CHARACTERS


QUERIES = Policy()
UPDATES = Policy(updates=True, characters=MAX_UPDATE)


@dataclass(frozen=True, eq=False, slots=True)
class Admitted:
    """A query or an update that may be run."""

    text: str  # with escapes of code points replaced
    tokens: tuple[Token, ...]  # but for plain data
    form: str  # SELECT, ASK, CONSTRUCT or DESCRIBE; nothing where it is none of them
    words: frozenset[str]  # keywords and signs that it has
    policy: Policy

    @property
    def makes_graph(self) -> bool:
        """Whether the answer is a graph."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def refuse(query: str) -> None:
    """Return nothing for a query that may be run.

    Raises:
        QueryRefusedError: It may not; the message says where and why.
    """
    admit(query)


def refuse_update(text: str, policy: Policy = UPDATES) -> str:
    """Return an update that may be run, as it is to be given to an engine; LOAD and SERVICE are refused.

    Raises:
        QueryRefusedError: It may not; the message says where and why.
    """
    return _admit(text, policy).text


def admit(query: str, policy: Policy = QUERIES) -> Admitted:
    """Return a query that may be run, with its tokens and its form.

    Raises:
        QueryRefusedError: It may not; the message says where and why.
    """
    return _remembered(query, policy) if len(query) <= _SMALL else _admit(query, policy)


def _admit(query: str, policy: Policy) -> Admitted:
    if len(query) > policy.characters:
        what = "update" if policy.updates else "query"
        raise QueryRefusedError(f"the {what} has {len(query)} characters; at most {policy.characters} are admitted")
    text = _text(query)
    read = _Reader(text, policy).read()
    form = next((token.keyword for token in read if token.keyword in FORMS or token.kind == "open"), "")
    if not form and not policy.updates:
        raise QueryRefusedError("line 1, column 1: a query says SELECT, ASK, CONSTRUCT or DESCRIBE")
    words = frozenset(token.keyword or token.text for token in read if token.kind in ("word", "operator"))
    return Admitted(text, tuple(read), form, words, policy)


_remembered = lru_cache(maxsize=256)(_admit)


def _text(query: str) -> str:
    """Return a query with escapes of code points replaced, if all of it is text."""
    try:
        text = decoded(query)
    except ValueError as error:
        raise QueryRefusedError(f"{place_of(query, error.args[1])}: {error.args[0]}") from None
    if (found := re.search("[\ud800-\udfff\x00]", text)) is not None:
        raise QueryRefusedError(f"the character at {place_of(text, found.start())} is not text")
    return text


class _Reader:
    """Reads a query token by token; how large it is so far."""

    def __init__(self, query: str, policy: Policy) -> None:
        self.query = query
        self.policy = policy
        self.open: list[str] = []  # brackets; "data" for those of VALUES and within, "test" for those of FILTER
        self.inside = ""  # the last of them
        self.data = False  # VALUES was read and its braces are still to come
        self.operators = 0
        self.patterns = 0
        self.serving = False  # SERVICE was read and its address is still to come
        words = query.casefold()
        self.may_reach_out = "service" in words or (policy.updates and "load" in words)

    def read(self) -> list[Token]:
        """Return the tokens, all of which are admitted.

        Raises:
            QueryRefusedError: One of them is not.
        """
        query, match, found = self.query, TOKEN.match, list[Token]()
        before, place = Token("", "", 0), 0
        while True:
            piece = match(query, place)
            kind = piece.lastgroup if piece is not None else None
            if piece is None or kind is None or kind == "end":
                break
            text, place = piece[kind], piece.end()
            keyword = text.upper() if kind == "word" else ""
            token = Token(kind, text, place - len(text), keyword)
            if kind == "stray":
                raise refused(query, token, f"nothing begins with {text!r}, or it is not closed")
            if keyword:
                self._word(token, before)
            if self.may_reach_out:
                self._refuse_reaching_out(token, before)
            self._count(token, before)
            found.append(token)
            before = token
            if self.inside == "data":
                place = after_data(query, place)
        if self.serving:
            raise refused(query, before, "SERVICE has no address")
        return found

    def _word(self, token: Token, before: Token) -> None:
        keyword = token.keyword
        if keyword in _CHANGES and not (self.policy.updates and keyword != "LOAD"):
            what = "nothing is read from elsewhere" if keyword == "LOAD" else "a query does not change the graph"
            raise refused(self.query, token, f"{keyword} is not admitted: {what}")
        if keyword == "VALUES" or (keyword == "DATA" and before.keyword in ("INSERT", "DELETE")):
            self.data = True

    def _refuse_reaching_out(self, token: Token, before: Token) -> None:
        """Refuse SERVICE and LOAD, wherever the engine may see them.

        They need no space around a keyword: `SERVICEex:a` and `trueSERVICE` reach out too, and after `ex:a.b` it takes
        a dot for the end. Where `<` may mean "less than", what looks like an IRI may hide a quote or a comment.
        """
        kind, text = token.kind, token.text.casefold()
        if self.serving:
            self._address(token)
            return
        prefix = text.partition(":")[0] if kind == "name" else text if kind == "word" else ""
        if token.keyword == "SERVICE" and self.policy.services and before.kind != "number":
            self.serving = True
        elif "service" in prefix or (kind in ("name", "blank") and ".service" in text):
            raise refused(self.query, token, "SERVICE is not admitted: a query does not reach out of the graph")
        if self.policy.updates and not self.open and prefix.startswith("load") and before.keyword not in _NAMED_GRAPHS:
            raise refused(self.query, token, "LOAD is not admitted: nothing is read from elsewhere")
        if kind == "iri" and ("'" in text or "#" in text):
            compared = self.inside in ("(", "test") and before.kind in _OPERANDS
            if "'" in text or compared or before.text == "<":
                raise refused(self.query, token, "put a space after '<', or spell the address as a prefixed name")

    def _address(self, token: Token) -> None:
        """Admit the address of a service that is allowed by name."""
        if token.keyword == "SILENT":
            return
        self.serving = False
        if token.kind != "iri" or token.text[1:-1] not in self.policy.services:
            known = ", ".join(f"<{address}>" for address in sorted(self.policy.services))
            raise refused(self.query, token, f"SERVICE is admitted at {known} only, written out")

    def _count(self, token: Token, before: Token) -> None:
        """Count one token more."""
        kind, text, inside = token.kind, token.text, self.inside
        if kind == "open":
            self._open(text, before)
        elif kind == "close":
            if self.open:
                self.open.pop()
                self.inside = self.open[-1] if self.open else ""
        elif inside == "data":
            self.operators += text == "<"  # only triples in triples can be deep there
        elif kind == "operator":
            if text in _SEPARATORS:
                self.patterns += inside not in ("(", "test")
            else:
                self.operators += text != "^^"
                self.patterns += text == "/" or text == "~"
        elif kind == "word":
            self.operators += token.keyword in _COUNTED
        elif kind in _TERMS and before.kind in _LIST_OPERANDS:  # with nothing between: a list
            if inside == "(":
                self.patterns += 2
            elif not inside:
                self.patterns += 1
            elif inside == "test" and kind == "iri":
                raise refused(self.query, token, "put a space after '<': without one this is an address")
        if self.operators > MAX_OPERATORS or self.patterns > MAX_PATTERNS:
            raise refused(self.query, token, self._excess())

    def _open(self, text: str, before: Token) -> None:
        inside = self.inside
        if inside == "data" or (self.data and text == "{"):
            kind = "data"
            self.data = False
        elif text == "(" and (inside == "test" or before.keyword in _EXPRESSIONS):
            kind = "test"
        else:
            kind = text
        if inside != "data":
            self.operators += 1
            self.patterns += text == "["
        self.open.append(kind)
        self.inside = kind
        if len(self.open) > MAX_DEPTH:
            token = Token("open", text, before.end)
            raise refused(self.query, token, f"brackets are nested more than {MAX_DEPTH} deep")

    def _excess(self) -> str:
        if self.operators > MAX_OPERATORS:
            return f"there are more than {MAX_OPERATORS} operators and brackets"
        return f"there are more than {MAX_PATTERNS} triples, steps or listed things"


def refused(query: str, token: Token, reason: str) -> QueryRefusedError:
    """Return the error that refuses a query because of a token."""
    return QueryRefusedError(f"{place_of(query, token.start)}: {reason}")


def place_of(query: str, offset: int) -> str:
    """Return a place in a query as people count it."""
    before = query[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"
