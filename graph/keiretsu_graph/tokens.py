"""A query cut into tokens, so that a word inside a string, a comment, an IRI or a name is not taken for a keyword.

Source: SPARQL 1.1 Query Language, section 19.8. The engine has no lexer: it reads `a<b` by what may stand there, so
one text can be cut in two ways. What is cut here is what the terminals of the grammar say; the guard refuses the rest.
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
_TOKEN = re.compile(
    rf"""
    (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^"\\]|{_IN_STRING}|"(?!""))*\"\"\"|'''(?:[^'\\]|{_IN_STRING}|'(?!''))*'''
      |"(?:[^"\\\n\r]|{_IN_STRING})*"|'(?:[^'\\\n\r]|{_IN_STRING})*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$][{_BASE}_0-9][{_BASE}_0-9{_MARKS}]*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[{_BASE}_0-9](?:\.*[{_CHARS}])*)
  | (?P<name>(?:[{_BASE}](?:\.*[{_CHARS}])*)?:(?:(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*(?:[{_CHARS}:]|{_ESCAPED}))*)?)
  | (?P<word>[{_BASE}_][{_BASE}_0-9]*)
  | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<open>[({{\[])
  | (?P<close>[)}}\]])
  | (?P<operator>\|\||&&|\^\^|[!|/^*+?=<>\-.,;&@~])
  | (?P<space>[\x20\t\r\n]+)
  | (?P<stray>.)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


class Token(NamedTuple):
    """A piece of a query and where it stands."""

    kind: str  # a group of the expression above; "stray" for what no terminal of the grammar begins with
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """The word in capitals, or nothing where the token is none."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query that mean something: no space, no comments.

    Example:
        >>> [token.text for token in tokens("ASK { ?s a kei:Chip } # yes")]
        ['ASK', '{', '?s', 'a', 'kei:Chip', '}']
    """
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup or "stray"
        if kind not in ("space", "comment"):
            yield Token(kind, found[0], found.start())
