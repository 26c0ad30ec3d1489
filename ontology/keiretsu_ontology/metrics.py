"""What is measured, in which dimension, and in which units.

Two values may be set side by side only within one dimension; `comparability` in values.py has the whole rule.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

DIMENSIONS = {
    "money": "an amount of money, in one currency",
    "people": "a number of people",
    "count": "a number of things of one sort",
    "share": "a part of a whole",
    "score": "a result of a test",
    "duration": "a length of time",
    "level": "a level that is only said to be up, down or flat",
    "rank": "a place in a ranking, 1 being the first",
    "information": "an amount of data",
    "rate": "how much of something in a unit of time, or for each unit of power",
    "power": "energy in a unit of time",
    "length": "a length",
    "area": "an area",
    "volume": "a volume",
    "mass": "a mass",
    "energy": "an amount of energy",
    "density": "how much of something in a unit of mass or volume",
    "electricity": "a voltage or a charge",
    "temperature": "a temperature",
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
    Unit("shares", "shares", _COUNTS),
    Unit("companies", "companies", _COUNTS),
    Unit("cities", "cities", _COUNTS),
    Unit("properties", "properties", _COUNTS),
    Unit("places", "places", _COUNTS),
    Unit("restaurants", "restaurants", _COUNTS),
    Unit("searches", "searches", _COUNTS),
    Unit("regions", "regions", _COUNTS),
    Unit("zones", "zones", _COUNTS),
    Unit("data_centres", "data centres", _COUNTS),
    Unit("sizes", "sizes", _COUNTS),
    Unit("benchmarks", "benchmarks", ("count", "score")),
    Unit("layers", "layers", _COUNTS),
    Unit("experts", "experts", _COUNTS),
    Unit("transistors", "transistors", _COUNTS),
    Unit("cores", "cores", _COUNTS),
    Unit("rank", "rank", ("rank",)),
    Unit("megabytes", "megabytes", ("information",)),
    Unit("gigabytes", "gigabytes", ("information",)),
    Unit("gigabytes_per_second", "gigabytes per second", ("rate",)),
    Unit("gigahertz", "gigahertz", ("rate",)),
    Unit("petaflops", "petaflops", ("rate",)),
    Unit("images_per_second", "images per second", ("rate",)),
    Unit("images_per_second_per_watt", "images per second per watt", ("rate",)),
    Unit("customers_per_day", "customers per day", ("people",)),
    # What is counted or measured in other fields: a new industry needs no code.
    *(
        Unit(name, name.replace("_", " "), _COUNTS)
        for name in (
            "units",
            "pieces",
            "vehicles",
            "cells",
            "aircraft",
            "ships",
            "flights",
            "stores",
            "sites",
            "plants",
            "rooms",
            "beds",
            "wells",
            "doses",
            "patents",
            "products",
            "projects",
            "contracts",
            "stations",
            "games",
            "titles",
        )
    ),
    *(
        Unit(name, name, ("people",))
        for name in (
            "employees",
            "subscribers",
            "passengers",
            "patients",
            "visitors",
            "members",
            "students",
        )
    ),
    *(
        Unit(name, name.replace("_", " "), ("energy",))
        for name in (
            "watt_hours",
            "kilowatt_hours",
            "megawatt_hours",
            "gigawatt_hours",
            "terawatt_hours",
            "joules",
        )
    ),
    *(Unit(name, name, ("power",)) for name in ("kilowatts", "megawatts", "gigawatts", "horsepower")),
    *(Unit(name, name, ("length",)) for name in ("millimetres", "centimetres", "metres", "kilometres", "miles")),
    *(Unit(name, name, ("mass",)) for name in ("grams", "kilograms", "tonnes", "ounces")),
    *(Unit(name, name.replace("_", " "), ("volume",)) for name in ("litres", "cubic_metres", "barrels", "bushels")),
    *(Unit(name, name.replace("_", " "), ("area",)) for name in ("square_metres", "square_kilometres", "hectares")),
    *(
        Unit(name, name.replace("_", " "), ("rate",))
        for name in (
            "hertz",
            "megahertz",
            "teraflops",
            "exaflops",
            "kilometres_per_hour",
            "barrels_per_day",
            "tonnes_per_year",
            "megabits_per_second",
            "gigabits_per_second",
        )
    ),
    *(
        Unit(name, name.replace("_", " "), ("density",))
        for name in (
            "watt_hours_per_kilogram",
            "watt_hours_per_litre",
            "grams_per_kilometre",
        )
    ),
    *(Unit(name, name.replace("_", " "), ("electricity",)) for name in ("volts", "ampere_hours")),
    Unit("degrees_celsius", "degrees Celsius", ("temperature",)),
    *(Unit(name, name, ("information",)) for name in ("kilobytes", "terabytes", "petabytes")),
    *(Unit(name, name, ("duration",)) for name in ("seconds", "weeks")),
    Unit("watts", "watts", ("power",)),
    Unit("nanometres", "nanometres", ("length",)),
    Unit("square_millimetres", "square millimetres", ("area",)),
    Unit("milliseconds", "milliseconds", ("duration",)),
    Unit("minutes", "minutes", ("duration",)),
    Unit("hours", "hours", ("duration",)),
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
    # results
    Metric("revenue", "revenue", "money", "flow", "What came in from business."),
    Metric("core-revenue", "revenue without disposals", "money", "flow",
           "Revenue, leaving out businesses that the scope names."),
    Metric("customer-management-revenue", "customer management revenue", "money", "flow",
           "What merchants pay a trading platform for being shown and served."),
    Metric("external-revenue", "revenue from outside customers", "money", "flow",
           "Revenue without what units of the same group pay."),
    Metric("e-commerce-revenue", "e-commerce revenue", "money", "flow",
           "Revenue of the e-commerce business within a segment that has others as well."),
    Metric("income-from-operations", "income from operations", "money", "flow",
           "What is left of revenue after the costs of doing business."),
    Metric("adjusted-ebita", "adjusted EBITA", "money", "flow",
           "Earnings before interest, taxes and amortisation, without items that do not recur."),
    Metric("adjusted-ebitda", "adjusted EBITDA", "money", "flow",
           "Earnings before interest, taxes, depreciation and amortisation, without items that do not recur."),
    Metric("net-income", "net income", "money", "flow", "What is left after all costs and taxes."),
    Metric("net-income-attributable", "net income attributable to ordinary shareholders", "money", "flow",
           "Net income without what belongs to minority owners."),
    Metric("non-gaap-net-income", "non-GAAP net income", "money", "flow",
           "Net income without items that do not recur, by the definition of whoever reports it."),
    Metric("non-gaap-earnings-per-ads", "non-GAAP diluted earnings per ADS", "money", "flow",
           "Earnings per American depositary share, without items that do not recur."),
    Metric("adjusted-earnings", "adjusted earnings", "money", "flow", "Earnings without items that do not recur."),
    Metric("profit", "profit", "money", "flow", "Earnings where a source does not say which."),
    Metric("operating-margin", "margin", "share", "flow", "Earnings as a part of revenue."),
    Metric("operating-cash-flow", "net cash from operating activities", "money", "flow",
           "Cash that business brings in, less what it takes."),
    Metric("free-cash-flow", "free cash flow", "money", "flow", "Cash from business less what is invested."),
    Metric("liquid-assets", "cash and other liquid investments", "money", "stock",
           "Cash and what can soon be made into cash."),
    Metric("net-cash", "net cash", "money", "stock", "Liquid assets less debt."),
    Metric("sales-and-marketing-expenses", "sales and marketing expenses", "money", "flow",
           "What is spent on winning customers."),
    Metric("product-development-expenses", "product development expenses", "money", "flow",
           "What is spent on developing products."),
    Metric("goodwill-impairment", "impairment of goodwill", "money", "flow",
           "What is written off the price paid for businesses."),
    Metric("interest-and-investment-income", "interest and investment income", "money", "flow",
           "What money and holdings bring in."),
    Metric("shareholders-equity", "shareholders' equity", "money", "stock", "Assets less debts."),
    Metric("total-assets", "total assets", "money", "stock", "All that is owned."),
    Metric("net-assets", "net assets", "money", "stock", "What is owned less what is owed."),
    Metric("shares-outstanding", "shares outstanding", "count", "stock", "Shares that are in the hands of owners."),
    Metric("dividends", "dividends", "money", "flow", "What is paid out to owners."),
    Metric("disposal-loss", "loss on a disposal", "money", "flow", "What is lost by selling a business."),
    Metric("disposal-proceeds", "proceeds of disposals", "money", "flow", "What selling businesses brings in."),
    Metric("listing-proceeds", "proceeds of a flotation", "money", "flow", "What is raised by a listing."),
    Metric("valuation", "valuation", "money", "stock", "What a whole business is taken to be worth."),
    Metric("stake", "stake", "share", "stock", "The part that is held of the counterparty, a business."),
    Metric("profit-share", "share of profit", "share", "either",
           "The part of the profit that goes to the counterparty by agreement."),
    Metric("share-price", "share price", "money", "stock", "The price of a share on an exchange."),
    Metric("offer-price", "price offered per share", "money", "stock", "What a buyer offers for one share."),
    Metric("trading-volume", "daily trading volume", "money", "flow", "Worth of the shares traded on a day."),
    Metric("capital-expenditure", "capital expenditure", "money", "flow",
           "What is spent on buildings, machines and the like."),
    Metric("investment", "investment", "money", "flow", "What is spent to build something that lasts."),
    Metric("planned-investment", "planned investment", "money", "either", "What is pledged to be spent."),
    Metric("programme-budget", "budget of a programme", "money", "either", "What a programme may spend."),
    Metric("research-spending", "research and development spending", "money", "flow",
           "What is spent on research and development."),
    Metric("technology-spending", "spending on technology", "money", "flow", "What is spent on technology plans."),
    Metric("gross-domestic-product", "gross domestic product", "money", "flow", "What an economy produces."),
    Metric("consumer-spending", "consumer spending", "money", "flow", "What households spend."),
    Metric("market-size", "market size", "money", "flow", "What is spent in a market."),
    Metric("gross-merchandise-volume", "gross merchandise volume", "money", "flow",
           "Worth of all that is ordered on a platform."),
    Metric("price", "price", "money", "stock", "What one unit costs; the scope says of what."),
    Metric("loss-per-order", "loss per order", "money", "flow", "What is lost on one order."),
    Metric("average-order-value", "average order value", "money", "flow", "Money per order."),
    # people and use
    Metric("daily-active-users", "daily active users", "people", "either", "People who use a product on a day."),
    Metric("monthly-active-users", "monthly active users", "people", "either",
           "People who use a product within a month."),
    Metric("registered-users", "registered users", "people", "stock", "People with an account."),
    Metric("members", "members", "people", "stock", "People who joined a programme."),
    Metric("buyers", "buyers", "people", "flow", "People who bought something."),
    Metric("customers", "customers", "people", "either", "People who are served."),
    Metric("employees", "employees", "people", "stock", "People who are employed."),
    Metric("founders", "founders", "people", "stock", "People who founded something together."),
    Metric("developers", "developers", "people", "stock", "People who develop software."),
    Metric("new-member-share", "share of new members", "share", "either",
           "The part of new members that comes from where the scope says."),
    Metric("customer-share", "share of firms served", "share", "either",
           "The part of a group of firms that are customers; the scope names the group."),
    Metric("group-revenue-share", "share of group revenue", "share", "either",
           "The part of the group's revenue that comes from the subject."),
    Metric("user-engagement", "user engagement", "level", "either", "How much people use a product."),
    Metric("daily-reviews", "reviews a day", "count", "either", "Reviews written on a day."),
    Metric("downloads", "downloads", "count", "either", "How often something was downloaded."),
    Metric("orders", "orders", "count", "flow", "Orders placed."),
    Metric("daily-orders", "orders a day", "count", "either", "Orders placed on a day."),
    Metric("daily-searches", "searches a day", "count", "either", "Searches made on a day."),
    Metric("shipments", "shipments", "count", "flow", "Devices brought into the trade."),
    Metric("items-offered", "items on offer", "count", "stock", "Different items that a shop keeps."),
    Metric("places-covered", "places covered", "count", "stock", "Shops, restaurants and the like that are covered."),
    Metric("cities-served", "cities served", "count", "stock", "Cities in which something is offered."),
    Metric("properties", "properties", "count", "stock", "Hotels and the like."),
    Metric("member-companies", "companies taking part", "count", "stock", "Companies that take part in something."),
    Metric("cloud-regions", "cloud regions", "count", "stock", "Regions in which a cloud has data centres."),
    Metric("availability-zones", "availability zones", "count", "stock",
           "Parts of a region that fail independently of each other."),
    Metric("data-centres", "data centres", "count", "stock", "Data centres that are run."),
    Metric("derivative-applications", "derivative applications", "count", "stock", "Programs built on something."),
    Metric("integrated-brands", "brands integrated", "count", "stock", "Brands connected to a platform."),
    # models
    Metric("derivative-models", "derivative models", "count", "stock", "Models made from a model."),
    Metric("open-models", "open models", "count", "stock", "Models whose weights are published."),
    Metric("model-sizes", "sizes of a model", "count", "stock", "In how many sizes a model is offered."),
    Metric("parameters", "parameters", "count", "stock", "Numbers that a model has learned."),
    Metric("active-parameters", "active parameters", "count", "stock", "Parameters used for one token."),
    Metric("context-length", "context length", "count", "stock", "How many tokens a model can take in at once."),
    Metric("training-tokens", "training tokens", "count", "stock", "How much text a model was trained on."),
    Metric("training-images", "training images", "count", "stock", "How many images a model was trained on."),
    Metric("training-videos", "training videos", "count", "stock", "How many videos a model was trained on."),
    Metric("layers", "layers", "count", "stock", "Layers of a model."),
    Metric("experts", "experts", "count", "stock", "Parts of a model of which only some work at a time."),
    Metric("supported-languages", "languages supported", "count", "stock",
           "Languages that can be worked in; the scope says which sort."),
    Metric("benchmark-score", "benchmark score", "score", "either", "The result of a test; the scope names the test."),
    Metric("rank", "rank", "rank", "stock", "The place in a ranking; the scope names the ranking."),
    Metric("relative-cost", "cost relative to another", "share", "stock",
           "The cost as a part of that of the counterparty; the scope says which cost."),
    Metric("relative-speed", "speed relative to another", "share", "stock",
           "The speed as a multiple of that of the counterparty."),
    Metric("error-rate", "error rate", "share", "either", "The part of answers that are wrong."),
    # chips and devices
    Metric("transistors", "transistors", "count", "stock", "Transistors of a chip."),
    Metric("process-node", "process node", "length", "stock", "The size by which a way of making chips is called."),
    Metric("die-area", "die area", "area", "stock", "The area of a chip."),
    Metric("cores", "cores", "count", "stock", "Cores of a processor."),
    Metric("clock-frequency", "clock frequency", "rate", "stock", "Steps of a processor in a second."),
    Metric("memory", "memory", "information", "stock", "How much a chip or device can hold; the scope says where."),
    Metric("memory-bandwidth", "memory bandwidth", "rate", "stock", "Data between memory and chip in a second."),
    Metric("interconnect-bandwidth", "interconnect bandwidth", "rate", "stock", "Data between two chips in a second."),
    Metric("power-draw", "power draw", "power", "stock", "Power that a chip takes."),
    Metric("inference-throughput", "inference throughput", "rate", "stock",
           "Answers in a second; the scope names the test."),
    Metric("inference-efficiency", "inference efficiency", "rate", "stock",
           "Answers in a second for each watt; the scope names the test."),
    Metric("compute-capacity", "compute capacity", "rate", "stock", "Operations in a second."),
    Metric("development-time", "development time", "duration", "either", "How long it took to develop something."),
    Metric("processing-time", "processing time", "duration", "stock", "How long a task takes."),
    Metric("latency", "latency", "duration", "stock", "How long an answer takes."),
    Metric("battery-life", "battery life", "duration", "stock", "How long a device runs without a plug."),
    # markets and the rest
    Metric("market-share", "market share", "share", "either", "The part of a market that one has."),
    Metric("growth-streak", "run of growth", "duration", "either", "For how long growth has lasted."),
    Metric("earnings", "earnings", "money", "flow", "What is earned, in whichever sense the scope says."),
    Metric("operating-leverage", "operating leverage", "level", "either",
           "How much faster earnings move than revenue."),
    Metric("activity", "activity", "level", "either", "How much goes on, where nothing is counted."),
)  # fmt: skip

SCALES: dict[str, int] = {"hundred": 2, "thousand": 3, "K": 3, "million": 6, "M": 6, "billion": 9, "trillion": 12}
# Scales that are written for powers of 1,024 as well, and how much more that is.
BINARY: dict[str, Decimal] = {"K": Decimal("1.024"), "M": Decimal("1.048576")}
CURRENCY_NAMES = {"RMB": "CNY"}  # as written -> ISO 4217
