"""Texts with columns in braces: `{value|number} {unit|units}`, read by a small parser of our own.

    pattern      a text in which {expression} stands for what a row gives; || parts alternatives, of which the first
                 that is whole counts; {{ and }} are braces
    expression   a column, then filters: {funded_at|date(M/D/YYYY)}; a column whose name holds | or } stands in quotes
    filter       a name, and in parentheses what it needs to know, parted by commas, in quotes where that is needed

Nothing is evaluated: a column is looked up by its name and a filter in a table.
"""

from __future__ import annotations

from typing import NamedTuple


class PatternError(ValueError):
    """What is wrong in a pattern, at an offset in it."""

    def __init__(self, message: str, at: int) -> None:
        self.message, self.at = message, at
        super().__init__(message)


class Call(NamedTuple):
    """A filter as it is written."""

    name: str
    arguments: tuple[str, ...]
    at: int  # offset in the pattern


class Expression(NamedTuple):
    """A column and the filters that its value goes through."""

    column: str
    calls: tuple[Call, ...]
    at: int


Piece = str | Expression
Alternative = tuple[Piece, ...]


def parse_pattern(text: str) -> tuple[Alternative, ...]:
    """Return the alternatives of a pattern.

    Raises:
        PatternError: It is not one.

    Example:
        >>> parse_pattern("{value} {unit|lower}")[0][1:]
        (' ', Expression(column='unit', calls=(Call(name='lower', arguments=(), at=14),), at=9))
    """
    reader = _Reader(text)
    pieces: list[Piece] = []
    found: list[Alternative] = []
    while not reader.done:
        if reader.take("{{"):
            pieces.append("{")
        elif reader.take("}}"):
            pieces.append("}")
        elif reader.take("||"):
            found.append(_trimmed(pieces))
            pieces = []
        elif reader.take("{"):
            pieces.append(reader.expression("}"))
        elif reader.take("}"):
            raise PatternError("a closing brace without an opening one; a brace itself is written twice", reader.at - 1)
        else:
            pieces.append(reader.until("{}|") or reader.next())
    found.append(_trimmed(pieces))
    if len(found) > 1 and not all(found):
        raise PatternError("something is wanted on both sides of ||", 0)
    return tuple(found)


def _trimmed(pieces: list[Piece]) -> Alternative:
    """Return pieces with neighbouring texts joined; spaces around || do not count."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    if joined and isinstance(joined[0], str):
        joined[0] = joined[0].lstrip(" ")
    if joined and isinstance(joined[-1], str):
        joined[-1] = joined[-1].rstrip(" ")
    return tuple(piece for piece in joined if piece != "")


def parse_expression(text: str) -> Expression:
    """Return the expression that a whole text is: the key of a condition.

    Raises:
        PatternError: It is none.

    Example:
        >>> parse_expression("unit|lower").column
        'unit'
    """
    return _Reader(text).expression("")


class _Reader:
    """Goes through a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self.text)

    def take(self, sign: str) -> bool:
        """Go past a sign where it stands here."""
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def next(self) -> str:
        """Go past one character and return it."""
        self.at += 1
        return self.text[self.at - 1]

    def until(self, signs: str) -> str:
        """Go to the next of some signs and return what lies before it."""
        start = self.at
        while not self.done and self.text[self.at] not in signs:
            self.at += 1
        return self.text[start : self.at]

    def expression(self, closing: str) -> Expression:
        """Return the expression that begins here and go past its end."""
        start = self.at
        column = self._word("|{" + closing, "a column")
        calls = []
        while self.take("|"):
            calls.append(self._call(closing))
        if closing and not self.take(closing):
            raise PatternError("this brace is never closed; a brace itself is written twice", start - 1)
        if not self.done and not closing:
            raise PatternError(f"{self.text[self.at :][:20]!r} stands after the expression", self.at)
        return Expression(column, tuple(calls), start)

    def _call(self, closing: str) -> Call:
        self._space()
        start = self.at
        name = self.until("|( " + closing)
        self._space()
        if not name:
            raise PatternError("a filter is wanted after |", start)
        arguments: list[str] = []
        if self.take("("):
            self._space()
            while not self.take(")"):
                arguments.append(self._word(",)", "what the filter needs", keep=True))
                if not self.take(",") and not self.text.startswith(")", self.at):
                    raise PatternError("the parenthesis of this filter is never closed", start)
                self._space()
        self._space()
        if not self.done and self.text[self.at] not in "|" + closing:
            raise PatternError(f"| or the end is wanted after the filter {name[:40]!r}", self.at)
        return Call(name, tuple(arguments), start)

    def _word(self, signs: str, what: str, *, keep: bool = False) -> str:
        """Return a word in quotes, or one that goes to the next of some signs."""
        self._space()
        start = self.at
        if not self.done and self.text[self.at] in "\"'":
            quote = self.next()
            word = self.until(quote)
            if not self.take(quote):
                raise PatternError("the quotation mark that opens here is never closed", start)
            self._space()
            if not self.done and self.text[self.at] not in signs:
                raise PatternError("something stands after the closing quotation mark", self.at)
            return word
        word = self.until(signs).strip(" ")
        if not word and not keep:
            raise PatternError(f"{what} is wanted here", start)
        return word

    def _space(self) -> None:
        while self.take(" "):
            pass
