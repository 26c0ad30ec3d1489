"""Values with all that one must know to set them beside others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from keiretsu_ontology.metrics import SCALES

Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Direction = Literal["up", "down", "flat"]

COMPARATOR_WORDS: dict[Comparator, str] = {
    "=": "", ">": "over", ">=": "at least", "<": "under", "<=": "at most", "~": "about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was written, with its scale and its unit."""

    written: str  # the digits as the source writes them, without separators: "34.81", "2.50"
    unit: str  # a name in UNITS, or an ISO 4217 code
    comparator: Comparator = "="
    scale: str | None = None  # a name in SCALES

    @property
    def amount(self) -> Decimal:
        """The exact number, scale included.

        Example:
            >>> Quantity("34.81", "USD", scale="billion").amount
            Decimal('34810000000')
        """
        shift = SCALES[self.scale] if self.scale else 0
        amount = Decimal(self.written).scaleb(shift)
        return amount.quantize(Decimal(1)) if amount == amount.to_integral() and shift else amount

    @property
    def is_currency(self) -> bool:
        """Whether the unit is money."""
        return len(self.unit) == 3 and self.unit.isupper()

    def __str__(self) -> str:
        words = [COMPARATOR_WORDS[self.comparator], self.written, self.scale or "", self.unit.replace("_", " ")]
        return " ".join(word for word in words if word).replace(" percent", "%")


def range_of(quantity: Quantity) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    """Return the numbers that a quantity admits: lower bound, upper bound, and whether each is itself admitted.

    "About" admits half a unit of its last written digit to either side.
    """
    amount = quantity.amount
    match quantity.comparator:
        case "=":
            return amount, amount, True, True
        case ">":
            return amount, None, False, False
        case ">=":
            return amount, None, True, False
        case "<":
            return None, amount, False, False
        case "<=":
            return None, amount, False, True
        case "~":
            digits = len(quantity.written.partition(".")[2])
            shift = SCALES[quantity.scale] if quantity.scale else 0
            half = Decimal(5).scaleb(shift - digits - 1)
            return amount - half, amount + half, True, True


def may_both_hold(one: Quantity, other: Quantity) -> bool:
    """Say whether one number can satisfy two quantities of the same unit.

    Example:
        >>> may_both_hold(Quantity("360", "users", scale="million"), Quantity("360", "users", ">", "million"))
        False
        >>> may_both_hold(Quantity("360", "users", scale="million"), Quantity("360", "users", ">=", "million"))
        True
    """
    low1, high1, low1_in, high1_in = range_of(one)
    low2, high2, low2_in, high2_in = range_of(other)
    for high, high_in, low, low_in in ((high1, high1_in, low2, low2_in), (high2, high2_in, low1, low1_in)):
        if high is not None and low is not None and (high < low or (high == low and not (high_in and low_in))):
            return False
    return True
