"""Claims: everything that is said, in four shapes, with who says it, how, when and where it was read.

They are frozen dataclasses and not pydantic models: a look-up reads them without paying for pydantic's import.
What a person writes in a file is checked by the pydantic models of entries.py before a claim is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, get_args

from keiretsu_ontology.dates import Held, Period, When
from keiretsu_ontology.entities import Slug
from keiretsu_ontology.evidence import Evidence
from keiretsu_ontology.values import Direction, Quantity

Shape = Literal["statement", "deal", "observation", "occurrence"]
Modality = Literal["reported", "stated", "forecast", "opinion", "denied"]
Rank = Literal["preferred", "normal", "deprecated"]
Measure = Literal["value", "change"]

SHAPES: tuple[Shape, ...] = get_args(Shape)
RANKS: tuple[Rank, ...] = get_args(Rank)
MODALITIES: dict[Modality, str] = {
    "reported": "a figure or event that the speaker passes on as known",
    "stated": "the speaker says so itself, as a fact",
    "forecast": "the speaker expects it",
    "opinion": "the speaker judges so",
    "denied": "the speaker says it is not so",
}
FACTUAL: frozenset[Modality] = frozenset({"reported", "stated"})
BASES = {
    "year_before": "the same period of the year before",
    "quarter_before": "the quarter before",
    "month_before": "the month before",
    "day_before": "the day before",
    "before": "what was before",
    "expectation": "what was expected",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """For what, where and through which product a claim holds; claims of unlike scope are not compared."""

    note: str | None = None
    product: Slug | None = None
    market: Slug | None = None
    place: Slug | None = None
    benchmark: Slug | None = None
    counterparty: Slug | None = None  # with regard to whom or what: a stake in, revenue through, speed against
    excludes: tuple[Slug, ...] = ()


class Part(NamedTuple):
    """Somebody or something in a role."""

    role: str
    entity: Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What claims of every shape carry."""

    id: str  # "c" and 16 hexadecimal digits, from what is said
    key: str  # what its curator calls it; unique in a dataset
    text: str  # what it says, in our words
    speaker: Slug  # who says so
    relayed_by: Slug | None = None  # who passed it on
    modality: Modality = "stated"
    rank: Rank = "normal"
    rank_reason: str | None = None
    retracted: date | None = None
    none: bool = False  # known to be none: that there is no such thing is what is said
    held: Held = field(default_factory=Held)
    source: Slug  # where it was read; the source's publication is the second clock
    published: When | None = None  # when it could first be known, copied from the source
    recorded: date
    scope: Scope = field(default_factory=Scope)
    evidence: tuple[Evidence, ...] = ()
    restates: str | None = None  # key of the claim that this one says again
    outranked: bool = False  # another claim on the same thing is preferred

    @property
    def factual(self) -> bool:
        """Whether the claim may be read as a fact. The one rule of the model: only then is there a direct triple."""
        return self.modality in FACTUAL and self.rank != "deprecated" and not self.outranked and self.retracted is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Claim):
    """A binary tie."""

    subject: Slug
    relation: str
    object: Slug | None  # None only where the claim is that there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Claim):
    """A tie of several parties with roles."""

    kind: str
    parts: tuple[Part, ...]
    purpose: str | None = None
    status: str | None = None
    amount: Quantity | None = None  # of money
    share: Quantity | None = None  # of the whole that changes hands, in percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Claim):
    """The value of a metric, or its change."""

    about: Slug
    metric: Slug
    measure: Measure = "value"
    quantity: Quantity | None = None  # None where only a direction is said
    direction: Direction | None = None
    period: Period | None = None
    base: str | None = None  # of a change: one of BASES


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence(Claim):
    """An event with participants; `held` is when it took place."""

    kind: str
    parts: tuple[Part, ...]


AnyClaim = Statement | Deal | Observation | Occurrence


def shape_of(claim: AnyClaim) -> Shape:
    """Return the shape of a claim."""
    match claim:
        case Statement():
            return "statement"
        case Deal():
            return "deal"
        case Observation():
            return "observation"
        case Occurrence():
            return "occurrence"


def topic_of(claim: AnyClaim) -> str:
    """Return what a claim is of its shape: its relation, kind of deal or occurrence, or metric."""
    match claim:
        case Statement():
            return claim.relation
        case Observation():
            return claim.metric
        case Deal() | Occurrence():
            return claim.kind


def parts_of(claim: AnyClaim) -> tuple[Part, ...]:
    """Return every entity that a claim is about, with its role, in a stable order.

    The speaker and the source are not among them: they say it, it is not about them.
    """
    match claim:
        case Statement():
            ends = (Part("subject", claim.subject), Part("object", claim.object or ""))
            parts = tuple(part for part in ends if part.entity)
        case Observation():
            parts = (Part("subject", claim.about), Part("metric", claim.metric))
        case Deal() | Occurrence():
            parts = claim.parts
    scope = claim.scope
    named = (("product", scope.product), ("market", scope.market), ("place", scope.place),
             ("benchmark", scope.benchmark), ("counterparty", scope.counterparty))  # fmt: skip
    extra = tuple(Part(f"scope:{role}", entity) for role, entity in named if entity)
    return parts + extra + tuple(Part("scope:excludes", entity) for entity in scope.excludes)


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge between two entities, and the claims that it rests on."""

    subject: Slug
    relation: str
    object: Slug
    claims: tuple[str, ...]  # ids, sorted
    rule: str | None = None  # name of the rule that it follows from; None where a statement says it
    factual: bool = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims on one thing that cannot all hold."""

    id: Slug
    claims: tuple[str, ...]  # ids of the sides, sorted
    why: str  # one of REASONS
    note: str
    curated: bool  # a curator says so; otherwise the rule of comparability found it


REASONS = {
    "value": "the figures differ",
    "direction": "one says up where another says down or flat",
    "attribution": "the same figure is given to different things",
    "time": "the dates differ",
    "scope": "it is said of a narrower and of a wider thing",
    "object": "only one can hold at a time and different ones are named",
    "wording": "the words cannot both be true",
    "labelling": "a slip of translation or of a label, so that a figure stands for what it is not",
    "definition": "one label, two definitions",
    "conversion": "one amount, converted or rounded in two ways",
}
EXPLAINED: frozenset[str] = frozenset({"definition", "conversion"})  # the sides differ and may all be right
