"""Values with all that one must know to set them beside others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from keiretsu_ontology.metrics import BINARY, SCALES

Comparator = Literal["=", ">", ">=", "<", "<=", "~", "-"]
Direction = Literal["up", "down", "flat"]

COMPARATOR_WORDS: dict[Comparator, str] = {
    "=": "", ">": "over", ">=": "at least", "<": "under", "<=": "at most", "~": "about",
    "-": "",  # a range says so by its two numbers
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was written, with its scale and its unit."""

    written: str  # the digits as the source writes them, without separators: "34.81", "2.50"
    unit: str  # a name in UNITS, or an ISO 4217 code
    comparator: Comparator = "="
    scale: str | None = None  # a name in SCALES
    upper: str | None = None  # of a range: the digits of its greater number; `written` is the lesser one

    @property
    def amount(self) -> Decimal:
        """The exact number, scale included; of a range the lesser one.

        Example:
            >>> Quantity("34.81", "USD", scale="billion").amount
            Decimal('34810000000')
        """
        return self._exact(self.written)

    @property
    def upper_amount(self) -> Decimal | None:
        """The greater number of a range, scale included; None for what is no range."""
        return self._exact(self.upper) if self.upper is not None else None

    def _exact(self, digits: str) -> Decimal:
        shift = SCALES[self.scale] if self.scale else 0
        amount = Decimal(digits).scaleb(shift)
        return amount.quantize(Decimal(1)) if amount == amount.to_integral() and shift else amount

    @property
    def step(self) -> Decimal:
        """What one more in the last written digit is worth.

        Example:
            >>> Quantity("34.81", "USD", scale="billion").step
            Decimal('1E+7')
        """
        shift = SCALES[self.scale] if self.scale else 0
        return Decimal(1).scaleb(shift - len(self.written.partition(".")[2]))

    @property
    def is_currency(self) -> bool:
        """Whether the unit is money."""
        return len(self.unit) == 3 and self.unit.isupper()

    def __str__(self) -> str:
        number = self.written if self.upper is None else f"{self.written}-{self.upper}"
        if self.scale in BINARY:  # written without a space: 128K tokens
            number += self.scale
        scale = "" if self.scale in BINARY else self.scale or ""
        words = [COMPARATOR_WORDS[self.comparator], number, scale, self.unit.replace("_", " ")]
        return " ".join(word for word in words if word).replace(" percent", "%")


class Bounds(NamedTuple):
    """The numbers that a quantity admits; None is no bound."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True  # whether the bound is itself admitted
    high_in: bool = True


def range_of(quantity: Quantity) -> Bounds:
    """Return the numbers that a quantity admits.

    "About" admits half a unit of its last written digit to either side. K and M are written for thousands and for
    powers of 1,024 alike, so both are admitted, with all between them.

    Example:
        >>> range_of(Quantity("128", "tokens", scale="K"))[:2]
        (Decimal('128000'), Decimal('131072.000'))
    """
    low, high = quantity.amount, quantity.upper_amount or quantity.amount
    if (binary := BINARY.get(quantity.scale or "")) is not None and low >= 0:
        high *= binary
    match quantity.comparator:
        case "=" | "-":
            return Bounds(low, high)
        case ">":
            return Bounds(low, None, low_in=False)
        case ">=":
            return Bounds(low, None)
        case "<":
            return Bounds(None, high, high_in=False)
        case "<=":
            return Bounds(None, high)
        case "~":
            return Bounds(low - quantity.step / 2, high + quantity.step / 2)


def may_both_hold(one: Quantity, other: Quantity) -> bool:
    """Say whether one number can satisfy two quantities of the same unit.

    Of two plain figures of which one is written less finely, the coarser one is taken for rounded: it admits half a
    unit of its last written digit to either side.

    Example:
        >>> may_both_hold(Quantity("360", "users", scale="million"), Quantity("360", "users", ">", "million"))
        False
        >>> may_both_hold(Quantity("360", "users", scale="million"), Quantity("360", "users", ">=", "million"))
        True
        >>> may_both_hold(Quantity("247.8", "CNY", scale="billion"), Quantity("247795", "CNY", scale="million"))
        True
    """
    first, second = _beside(one, other), _beside(other, one)
    for high, high_in, low, low_in in (
        (first.high, first.high_in, second.low, second.low_in),
        (second.high, second.high_in, first.low, first.low_in),
    ):
        if high is not None and low is not None and (high < low or (high == low and not (high_in and low_in))):
            return False
    return True


@lru_cache(maxsize=20_000)  # the sides of a conflict are each set beside all others
def _written(quantity: Quantity) -> tuple[Bounds, Decimal]:
    return range_of(quantity), quantity.step


def _beside(one: Quantity, other: Quantity) -> Bounds:
    """Return the numbers that a quantity admits beside one that may be written more finely."""
    found, step = _written(one)
    plain = one.comparator == other.comparator == "="
    if plain and step > _written(other)[1] and found.low is not None and found.high is not None:
        return Bounds(found.low - step / 2, found.high + step / 2)
    return found
