"""Deals and occurrences: their kinds, the roles in them, and the ties that follow from a deal."""

from __future__ import annotations

from typing import NamedTuple, TypeVar


class Role(NamedTuple):
    """A part that somebody or something plays in a deal or an occurrence."""

    name: str
    label: str
    kinds: tuple[str, ...]  # who may play it
    definition: str


class Follows(NamedTuple):
    """A tie that follows from a deal: everyone in one role to everyone in another."""

    subject: str  # a role
    relation: str
    object: str  # a role


class DealKind(NamedTuple):
    """A kind of deal."""

    name: str
    label: str
    definition: str
    required: tuple[str, ...]  # roles that must be filled
    optional: tuple[str, ...]
    follows: tuple[Follows, ...]


class OccurrenceKind(NamedTuple):
    """A kind of occurrence."""

    name: str
    label: str
    definition: str
    roles: tuple[str, ...]
    once: str | None = None  # the role of that to which it happens only once: two of different dates conflict


_Row = TypeVar("_Row", Role, DealKind, OccurrenceKind)


def _table(*rows: _Row) -> dict[str, _Row]:
    return {row.name: row for row in rows}


_AGENT = ("agent",)
_OFFER = ("product", "technology")

ROLES: dict[str, Role] = _table(
    Role("customer", "customer", _AGENT, "Takes what is delivered."),
    Role("provider", "provider", _AGENT, "Delivers."),
    Role("developer", "developer", _AGENT, "Develops, with the others in this role."),
    Role("integrator", "integrator", _AGENT, "Builds the product of another into its own."),
    Role("partner", "partner", _AGENT, "Takes part; no more is said of how."),
    Role("licensor", "licensor", _AGENT, "Grants rights."),
    Role("licensee", "licensee", _AGENT, "Is granted rights."),
    Role("investor", "investor", _AGENT, "Puts money in."),
    Role("investee", "investee", ("organisation", "product", "topic", "technology"), "Receives money."),
    Role("acquirer", "acquirer", _AGENT, "Buys."),
    Role("target", "target", ("organisation", "product"), "Is bought."),
    Role("seller", "seller", _AGENT, "Sells."),
    Role("sponsor", "sponsor", _AGENT, "Pays to be named."),
    Role("sponsored", "sponsored", ("agent", "event"), "Is paid for the naming."),
    Role("distributor", "distributor", _AGENT, "Brings the product of another to customers."),
    Role("product", "product", _OFFER, "What it is about."),
    Role("agent", "agent", _AGENT, "Does it."),
    Role("participant", "participant", ("thing",), "Is there."),
    Role("setting", "setting", ("event", "place", "market"), "Where it takes place."),
    Role("subject", "subject", ("thing",), "What it happens to."),
    Role("parent", "parent", _AGENT, "Gives up a part of itself."),
    Role("into", "into", ("organisation", "product"), "What something becomes a part of."),
    Role("exchange", "exchange", ("organisation",), "Where shares are traded."),
)

_PARTNERS = (Follows("customer", "partner_of", "provider"),)

DEAL_KINDS: dict[str, DealKind] = _table(
    DealKind("adoption", "adoption", "A customer takes up the systems of a provider.",
             ("customer", "provider"), ("product",),
             (Follows("customer", "customer_of", "provider"), Follows("customer", "partner_of", "provider"),
              Follows("customer", "uses", "product"))),
    DealKind("co_development", "co-development", "Several develop a product together.",
             ("developer",), ("product", "partner"),
             (Follows("developer", "partner_of", "developer"), Follows("developer", "develops", "product"),
              Follows("partner", "partner_of", "developer"))),
    DealKind("integration", "integration", "One builds a product of another into its own.",
             ("integrator", "product"), ("provider",),
             (Follows("integrator", "integrates", "product"), Follows("integrator", "partner_of", "provider"),
              Follows("provider", "supplier_of", "integrator"))),
    DealKind("cooperation", "cooperation", "Several work together; no more is said of how.",
             ("partner",), ("product",), (Follows("partner", "partner_of", "partner"),)),
    DealKind("supply", "supply", "A provider delivers goods to a customer.", ("provider", "customer"), ("product",),
             (Follows("provider", "supplier_of", "customer"), Follows("customer", "uses", "product"))),
    DealKind("licensing", "licensing", "Rights are granted.", ("licensor", "licensee"), ("product",),
             (Follows("licensee", "licensee_of", "licensor"), Follows("licensee", "uses", "product"))),
    DealKind("investment", "investment", "Money is put into something.", ("investor", "investee"), (),
             (Follows("investor", "investor_in", "investee"),)),
    DealKind("acquisition", "acquisition", "A company or product changes hands.", ("acquirer", "target"),
             ("seller",), (Follows("acquirer", "buyer_of", "target"), Follows("seller", "seller_of", "target"))),
    DealKind("joint_venture", "joint venture", "Several found a company or another body together.",
             ("partner", "subject"), (),
             (Follows("partner", "partner_of", "partner"), Follows("partner", "founded", "subject"))),
    DealKind("distribution", "distribution", "One brings the product of another to customers.",
             ("distributor", "provider"), ("product",), (Follows("distributor", "partner_of", "provider"),)),
    DealKind("spin_off", "spin-off", "A part of a group is floated or made independent.",
             ("parent", "subject"), (), ()),
    DealKind("sponsorship", "sponsorship", "One pays to be named with another.", ("sponsor", "sponsored"), (),
             (Follows("sponsor", "sponsor_of", "sponsored"),)),
)  # fmt: skip

DEAL_STATUSES = ("announced", "in_force", "planned", "completed", "ended", "cancelled", "considered")

OCCURRENCE_KINDS: dict[str, OccurrenceKind] = _table(
    OccurrenceKind("launch", "launch", "A product comes out.", ("product", "agent", "setting"), once="product"),
    OccurrenceKind("planned_launch", "planned launch", "A product is to come out.", ("product", "agent", "setting")),
    OccurrenceKind("showcase", "showcase", "Something is shown to the public.",
                   ("product", "agent", "participant", "setting")),
    OccurrenceKind("announcement", "announcement", "Something is made known.",
                   ("agent", "subject", "product", "participant", "setting")),
    OccurrenceKind("results_release", "results release", "An organisation publishes its figures.",
                   ("agent", "participant")),
    OccurrenceKind("publication", "publication", "A text comes out.", ("agent", "subject")),
    OccurrenceKind("appointment", "appointment", "A person takes an office.", ("agent", "subject", "participant")),
    OccurrenceKind("milestone", "milestone", "Something reaches a mark.", ("subject", "agent", "participant")),
    OccurrenceKind("founding", "founding", "An organisation is set up.", ("subject", "agent", "participant"),
                   once="subject"),
    OccurrenceKind("reorganisation", "reorganisation", "A part of a group moves within it, or merges with another.",
                   ("subject", "into", "agent")),
    OccurrenceKind("renaming", "renaming", "Something gets another name; the scope says which.", ("subject", "agent")),
    OccurrenceKind("listing", "listing", "Shares begin to trade on an exchange.", ("subject", "exchange", "agent")),
    OccurrenceKind("change", "change", "Something becomes other than it was.", ("subject", "agent", "participant")),
)  # fmt: skip


def roles_of(kind: str) -> tuple[str, ...]:
    """Return every role that a kind of deal knows, required ones first.

    Example:
        >>> roles_of("supply")
        ('provider', 'customer', 'product')
    """
    deal = DEAL_KINDS[kind]
    return deal.required + deal.optional
