"""What is measured, in which dimension, and in which units.

Two values may be set side by side only within one dimension; `comparability` in values.py has the whole rule.
"""

from __future__ import annotations

from typing import NamedTuple

DIMENSIONS = {
    "money": "an amount of money, in one currency",
    "people": "a number of people",
    "count": "a number of things of one sort",
    "share": "a part of a whole",
    "score": "a result of a test",
    "duration": "a length of time",
    "level": "a level that is only said to be up, down or flat",
}


class Unit(NamedTuple):
    """A unit of a value that is not a currency."""

    name: str
    label: str
    dimensions: tuple[str, ...]  # the dimensions of metrics that may be given in it


def _units(*rows: Unit) -> dict[str, Unit]:
    return {row.name: row for row in rows}


_COUNTS = ("count",)

UNITS: dict[str, Unit] = _units(
    Unit("percent", "percent", ("share", "score")),
    Unit("percentage_points", "percentage points", ("share", "score")),
    Unit("times", "times", ("share", "score")),
    Unit("points", "points", ("score",)),
    Unit("users", "users", ("people",)),
    Unit("people", "people", ("people",)),
    Unit("customers", "customers", ("people", "count")),
    Unit("downloads", "downloads", _COUNTS),
    Unit("applications", "applications", _COUNTS),
    Unit("models", "models", _COUNTS),
    Unit("brands", "brands", _COUNTS),
    Unit("reviews", "reviews", _COUNTS),
    Unit("orders", "orders", _COUNTS),
    Unit("items", "items", _COUNTS),
    Unit("parameters", "parameters", _COUNTS),
    Unit("tokens", "tokens", _COUNTS),
    Unit("languages", "languages", _COUNTS),
    Unit("days", "days", ("duration",)),
    Unit("months", "months", ("duration",)),
    Unit("quarters", "quarters", ("duration",)),
    Unit("years", "years", ("duration",)),
)

# A change is given in these whatever the dimension of its metric.
CHANGE_UNITS = ("percent", "percentage_points", "times")


class Metric(NamedTuple):
    """Something that is measured."""

    name: str  # a slug; it is also the id of an entity of kind metric
    label: str
    dimension: str
    timing: str  # "flow" needs a period, "stock" a day, "either" both or none
    definition: str


def _metrics(*rows: Metric) -> dict[str, Metric]:
    return {row.name: row for row in rows}


METRICS: dict[str, Metric] = _metrics(
    Metric("revenue", "revenue", "money", "flow", "What came in from business."),
    Metric("core-revenue", "revenue without disposals", "money", "flow",
           "Revenue, leaving out businesses that the scope names."),
    Metric("customer-management-revenue", "customer management revenue", "money", "flow",
           "What merchants pay a trading platform for being shown and served."),
    Metric("external-revenue", "revenue from outside customers", "money", "flow",
           "Revenue without what units of the same group pay."),
    Metric("net-income", "net income", "money", "flow", "What is left after all costs and taxes."),
    Metric("adjusted-earnings", "adjusted earnings", "money", "flow", "Earnings without items that do not recur."),
    Metric("profit", "profit", "money", "flow", "Earnings where a source does not say which."),
    Metric("operating-margin", "margin", "share", "flow", "Earnings as a part of revenue."),
    Metric("investment", "investment", "money", "flow", "What is spent to build something that lasts."),
    Metric("research-spending", "research and development spending", "money", "flow",
           "What is spent on research and development."),
    Metric("technology-spending", "spending on technology", "money", "flow", "What is spent on technology plans."),
    Metric("gross-domestic-product", "gross domestic product", "money", "flow", "What an economy produces."),
    Metric("consumer-spending", "consumer spending", "money", "flow", "What households spend."),
    Metric("average-order-value", "average order value", "money", "flow", "Money per order."),
    Metric("daily-active-users", "daily active users", "people", "either", "People who use a product on a day."),
    Metric("monthly-active-users", "monthly active users", "people", "either",
           "People who use a product within a month."),
    Metric("user-engagement", "user engagement", "level", "either", "How much people use a product."),
    Metric("daily-reviews", "reviews a day", "count", "either", "Reviews written on a day."),
    Metric("downloads", "downloads", "count", "either", "How often something was downloaded."),
    Metric("derivative-applications", "derivative applications", "count", "stock", "Programs built on something."),
    Metric("integrated-brands", "brands integrated", "count", "stock", "Brands connected to a platform."),
    Metric("parameters", "parameters", "count", "stock", "Numbers that a model has learned."),
    Metric("active-parameters", "active parameters", "count", "stock", "Parameters used for one token."),
    Metric("benchmark-score", "benchmark score", "score", "either", "The result of a test; the scope names the test."),
    Metric("error-rate", "error rate", "share", "either", "The part of answers that are wrong."),
    Metric("market-share", "market share", "share", "either", "The part of a market that one has."),
    Metric("growth-streak", "run of growth", "duration", "either", "For how long growth has lasted."),
    Metric("earnings", "earnings", "money", "flow", "What is earned, in whichever sense the scope says."),
    Metric("operating-leverage", "operating leverage", "level", "either",
           "How much faster earnings move than revenue."),
    Metric("activity", "activity", "level", "either", "How much goes on, where nothing is counted."),
)  # fmt: skip

SCALES: dict[str, int] = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
CURRENCY_NAMES = {"RMB": "CNY"}  # as written -> ISO 4217
