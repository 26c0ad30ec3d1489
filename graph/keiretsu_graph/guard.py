"""What a query may not do, decided before any engine sees it.

A query is cut into tokens (SPARQL 1.1, section 19.8), so that a word inside a string, a comment, an IRI or a name is
not taken for a keyword. Refused are: whatever reaches out of the graph (SERVICE, LOAD, FROM a graph that is not ours),
whatever changes it, and whatever is nested or long enough to end the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from keiretsu_ontology.errors import QueryRefusedError
from keiretsu_ontology.vocabulary import GRAPHS

MAX_CHARACTERS = 64_000
MAX_DEPTH = 64
MAX_OPERATORS = 400  # unions, optionals, negations, path steps and the like

_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<long>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*''')
  | (?P<string>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$][\w\u00b7]+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[\w][\w.\-]*)?:(?:[\w:%\-.]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<blank>_:[\w.\-]+)
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<operator>\|\||&&|[!|/^*+?=<>\-.,;$&@\\~`'":%])
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CHANGES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_COUNTED = frozenset({"UNION", "OPTIONAL", "MINUS", "EXISTS", "GRAPH", "FILTER", "VALUES", "BIND", "CONCAT", "REPEAT"})
_SIGNS = frozenset({"||", "&&", "!", "/", "|", "^"})
_KNOWN = {f"<{graph}>" for graph in GRAPHS.values()}


class Token(NamedTuple):
    """A piece of a query and where it stands."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query that mean something: no space, no comments."""
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup or "other"
        if kind not in ("space", "comment"):
            yield Token(kind, found[0], found.start())


def refuse(query: str) -> None:
    """Return nothing for a query that may be run.

    Raises:
        QueryRefusedError: It may not; the message says where and why.
    """
    if len(query) > MAX_CHARACTERS:
        raise QueryRefusedError(f"the query has {len(query)} characters; at most {MAX_CHARACTERS} are admitted")
    _refuse_characters(query)
    depth = operators = 0
    before = Token("", "", 0)
    for token in tokens(query):
        depth += (token.kind == "open") - (token.kind == "close")
        operators += _counts(token)
        if depth > MAX_DEPTH:
            raise _refused(query, token, f"brackets are nested more than {MAX_DEPTH} deep")
        if operators > MAX_OPERATORS:
            raise _refused(query, token, f"the query has more than {MAX_OPERATORS} operators")
        _refuse_word(query, token, before)
        before = token


def _refuse_characters(query: str) -> None:
    for place, char in enumerate(query):
        if "\ud800" <= char <= "\udfff" or char == "\x00":
            raise QueryRefusedError(f"the character at {_place(query, place)} is not text")
    if (escape := re.search(r"\\[uU]", query)) is not None:
        where = _place(query, escape.start())
        raise QueryRefusedError(f"{where}: write the character itself; escapes of code points are not admitted")


def _counts(token: Token) -> bool:
    return (token.kind == "word" and token.text.upper() in _COUNTED) or (
        token.kind == "operator" and token.text in _SIGNS
    )


def _refuse_word(query: str, token: Token, before: Token) -> None:
    """Refuse what stands at a keyword's place, and the graph after FROM."""
    if before.kind == "word" and before.text.upper() in ("FROM", "NAMED"):
        named = token.kind == "word" and token.text.upper() == "NAMED"
        if not named and token.text not in _KNOWN:
            raise _refused(query, token, f"only our own graphs may be read: {', '.join(sorted(GRAPHS.values()))}")
    if token.kind != "word":
        return
    word = token.text.upper()
    if word == "SERVICE":
        raise _refused(query, token, "SERVICE is not admitted: a query does not reach out of the graph")
    if word in _CHANGES:
        raise _refused(query, token, f"{word} is not admitted: a query does not change the graph")


def _refused(query: str, token: Token, reason: str) -> QueryRefusedError:
    return QueryRefusedError(f"{_place(query, token.start)}: {reason}")


def _place(query: str, offset: int) -> str:
    before = query[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"
