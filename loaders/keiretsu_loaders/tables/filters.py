"""What a value of a table may go through on its way into a claim: named, pure, one row each.

A filter is made once from what stands in its parentheses, and then takes a value. It takes no empty ones: what is empty
stays so. A list goes through part by part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import NamedTuple

from keiretsu_loaders.tables.dates import date_reader
from keiretsu_loaders.tables.table import Value
from keiretsu_ontology.writing import to_slug

Step = Callable[[Value], Value]


class Filter(NamedTuple):
    """A filter: how it is made from its arguments, and how many it takes."""

    make: Callable[..., Step]
    least: int
    most: int
    means: str
    whole: bool = False  # takes a list as one


def _before(mark: str, text: str) -> str | None:
    return text.partition(mark)[0].strip() or None


def _after(mark: str, text: str) -> str | None:
    found = text.partition(mark)
    return found[2].strip() or None if found[1] else None


def _between(opening: str, closing: str, text: str) -> str | None:
    start = text.find(opening)
    end = text.find(closing, start + len(opening)) if start >= 0 else -1
    return text[start + len(opening) : end].strip() or None if end >= 0 else None


def _clean(text: str) -> str | None:
    return " ".join(unicodedata.normalize("NFC", text).split()) or None


def _slug(text: str) -> str:
    if not (found := to_slug(text)):
        raise ValueError(f"no id can be made of {text[:60]!r}: it has no plain letters or digits")
    return found


def _number(decimal: str, text: str) -> str:
    """Return a number in plain digits, without currency signs, spaces and the separators of thousands."""
    plain = re.sub(r"[\s$€£¥₹'_]", "", text)
    plain = f"-{plain[1:-1]}" if plain.startswith("(") and plain.endswith(")") else plain
    thousands = "." if decimal == "," else ","
    whole, point, rest = plain.partition(decimal)
    if thousands in rest or (thousands in whole and not re.fullmatch(rf"[+-]?\d{{1,3}}(\{thousands}\d{{3}})+", whole)):
        raise ValueError(f"{text[:60]!r} is not a number with {decimal!r} before its fraction")
    try:
        found = Decimal(whole.replace(thousands, "") + ("." + rest if point else ""))
    except InvalidOperation:
        raise ValueError(f"{text[:60]!r} is not a number") from None
    if not found.is_finite() or abs(found.adjusted()) > 60 or (not text.isascii() and not plain.isascii()):
        raise ValueError(f"{text[:60]!r} is not a number")
    return format(found, "f")


def _numbers(decimal: str = ".") -> Step:
    if decimal not in (".", ","):
        raise ValueError(f"a point or a comma is wanted, not {decimal[:20]!r}")
    return partial(_number, decimal)


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII):
        raise ValueError(f"a whole number is wanted, not {text[:20]!r}")
    return int(text)


def _pad(width: str, fill: str = "0") -> Step:
    count = _count(width)
    if len(fill) != 1:
        raise ValueError(f"one character is wanted, not {fill[:20]!r}")
    return lambda text: text.rjust(count, fill)


def _cut(most: str) -> Step:
    count = _count(most)
    return lambda text: text if len(text) <= count else _before_break(text, count - 1) + "…"


def _before_break(text: str, most: int) -> str:
    head = text[:most]
    return (head if text[most] == " " else head.rsplit(" ", 1)[0]).rstrip()


def _split(mark: str) -> Step:
    if not mark:
        raise ValueError("what parts the list is wanted, such as ';'")
    return lambda text: [part.strip() for part in text.split(mark) if part.strip()] or None


def _join(mark: str = ", ") -> Step:
    return lambda value: mark.join(str(part) for part in value) if isinstance(value, list) else value


def _wanting(use: Callable[[str, str], Value], mark: str) -> Step:
    if not mark:
        raise ValueError("the mark to look for is wanted")
    return partial(use, mark)


FILTERS: dict[str, Filter] = {
    "strip": Filter(lambda: lambda text: text.strip() or None, 0, 0, "without white space at both ends"),
    "clean": Filter(lambda: _clean, 0, 0, "in Unicode normal form C, each stretch of white space one space"),
    "lower": Filter(lambda: str.lower, 0, 0, "in lower case"),
    "upper": Filter(lambda: str.upper, 0, 0, "in upper case"),
    "slug": Filter(lambda: _slug, 0, 0, "as an id: lower-case letters, digits and hyphens"),
    "number": Filter(_numbers, 0, 1,
                     'as a number in plain digits; `number(",")` where a comma stands before the fraction'),
    "date": Filter(lambda form=None: date_reader(form), 0, 1,
                   "as EDTF, from a form such as `M/D/YYYY`; without one, the day of a moment"),
    "pad": Filter(_pad, 1, 2, "filled up on the left to a length, with zeros or another character"),
    "cut": Filter(_cut, 1, 1, "cut to a length, between two words"),
    "replace": Filter(lambda old, new: lambda text: text.replace(old, new) or None, 2, 2,
                      "with the second text in the place of the first"),
    "before": Filter(partial(_wanting, _before), 1, 1, "what stands before a mark; all where there is none"),
    "after": Filter(partial(_wanting, _after), 1, 1, "what stands after a mark; nothing where there is none"),
    "between": Filter(lambda one, two: partial(_between, one, two), 2, 2,
                      "what stands between two marks; nothing where they are not there"),
    "split": Filter(_split, 1, 1, "as a list, parted by a mark"),
    "join": Filter(_join, 0, 1, "a list as one text, with a comma or another mark between", whole=True),
}  # fmt: skip

# These need more than a value: the entities that are known, or what to take instead of an empty value.
CONTEXTUAL = {
    "id": "the id of the entity of this name, alias or identifier; `id(company)` where several kinds share it",
    "default": "where there is nothing, this text instead",
}
