"""A query cut into tokens, so that a word inside a string, a comment, an IRI or a name is not taken for a keyword.

Source: SPARQL 1.1 Query Language, sections 19.2 and 19.8. The engine has no lexer: it reads `a<b` by what may stand
there, so one text can be cut in two ways. What is cut here is what the terminals of the grammar say; the guard refuses
the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MARKS = "\u00b7\u0300-\u036f\u203f\u2040"
_CHARS = f"{_BASE}_0-9{_MARKS}\\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_IN_STRING = r"""\\[tbnrf"'\\]"""
_SPACE = r"(?:[\x20\t\r\n]+|\#[^\n\r]*)"
_TERM = rf"""
    (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^"\\]|{_IN_STRING}|"(?!""))*\"\"\"|'''(?:[^'\\]|{_IN_STRING}|'(?!''))*'''
      |"(?:[^"\\\n\r]|{_IN_STRING})*"|'(?:[^'\\\n\r]|{_IN_STRING})*')
  | (?P<variable>[?$][{_BASE}_0-9][{_BASE}_0-9{_MARKS}]*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[{_BASE}_0-9](?:\.*[{_CHARS}])*)
  | (?P<name>(?:[{_BASE}](?:\.*[{_CHARS}])*)?:(?:(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*(?:[{_CHARS}:]|{_ESCAPED}))*)?)
  | (?P<word>[{_BASE}_][{_BASE}_0-9]*)
  | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
"""
_FLAGS = re.VERBOSE | re.DOTALL | re.ASCII
TOKEN = re.compile(
    rf"""
    {_SPACE}*+ (?:{_TERM}
  | (?P<open>[({{\[])
  | (?P<close>[)}}\]])
  | (?P<operator>\|\||&&|\^\^|[!|/^*+?=<>\-.,;&@~])
  | (?P<end>\Z)
  | (?P<stray>.))
    """,
    _FLAGS,
)
_PLAIN_DATA = re.compile(rf"(?:{_SPACE}+|{re.sub('[(][?]P<[a-z]+>', '(?:', _TERM)}|\^\^|[.,;+\-])*+", _FLAGS)
_CODE_POINT = re.compile(r"\\(?:\\|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")


class Token(NamedTuple):
    """A piece of a query and where it stands."""

    kind: str  # a group of the expression above; "stray" for what no terminal of the grammar begins with
    text: str
    start: int
    keyword: str = ""  # the word in capitals; nothing where the token is none

    @property
    def end(self) -> int:
        """Where the next one may begin."""
        return self.start + len(self.text)


def token_at(query: str, place: int) -> Token:
    """Return the first token at or after a place: of kind "end" where there is none."""
    found = TOKEN.match(query, place)
    kind = found.lastgroup if found is not None else None
    if found is None or kind is None:  # one of the alternatives always fits
        return Token("end", "", len(query))
    text = found[kind]
    return Token(kind, text, found.end() - len(text), text.upper() if kind == "word" else "")


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query that mean something: no space, no comments.

    Example:
        >>> [token.text for token in tokens("ASK { ?s a kei:Chip } # yes")]
        ['ASK', '{', '?s', 'a', 'kei:Chip', '}']
    """
    place = 0
    while (token := token_at(query, place)).kind != "end":
        yield token
        place = token.end


def after_data(query: str, place: int) -> int:
    """Return where plain data ends: terms and what stands between them, without brackets and quoted triples."""
    found = _PLAIN_DATA.match(query, place)
    return found.end() if found is not None else place


def decoded(query: str) -> str:
    r"""Return a query with every escape of a code point replaced by the character, before anything is cut.

    A backslash that is escaped itself begins no escape.

    Raises:
        ValueError: An escape is of no character, or makes another one; its second argument is where it stands.

    Source: SPARQL 1.1 Query Language, 19.2.

    Example:
        >>> decoded(r"ASK { ?s ?p '\u00e9 \\u00e9' }")
        "ASK { ?s ?p 'é \\\\u00e9' }"
    """
    if "\\u" not in query and "\\U" not in query:
        return query
    text = _CODE_POINT.sub(_character, query)
    if (again := next((found for found in _CODE_POINT.finditer(text) if found[0] != "\\\\"), None)) is not None:
        raise ValueError("an escape of a code point makes another one", again.start())
    return text


def _character(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2]
    if digits is None:
        return escape[0]
    number = int(digits, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise ValueError(f"{escape[0]} is the escape of no character", escape.start())
    return chr(number)
