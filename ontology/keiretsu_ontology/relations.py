"""What may be said of two things: relations, with what they join and how they read."""

from __future__ import annotations

from typing import NamedTuple


class Relation(NamedTuple):
    """A binary relation and its logic."""

    name: str
    label: str  # reads between subject and object
    inverse: str  # name of the reading from the other side; equal to name where symmetric
    inverse_label: str
    domain: tuple[str, ...]  # kinds that may be the subject
    range: tuple[str, ...]  # kinds that may be the object
    definition: str
    group: str  # one of GROUPS: the heading under which it is shown
    symmetric: bool = False
    transitive: bool = False
    acyclic: bool = False
    functional: bool = False  # at most one object at any one time
    tie: bool = True  # may be walked by paths; a remark on a topic may not
    matches: tuple[str, ...] = ()


GROUPS = {
    "structure": "Structure",
    "people": "People",
    "making": "Makes and offers",
    "technology": "Technology",
    "business": "Partners and customers",
    "market": "Markets and policy",
    "remarks": "Assessments",
}

_ORG = ("organisation",)
_PRODUCT = ("product",)
_LED = ("organisation", "product")  # a business may be known by the name of what it offers


def _relations(*rows: Relation) -> dict[str, Relation]:
    return {row.name: row for row in rows}


RELATIONS: dict[str, Relation] = _relations(
    # structure
    Relation("unit_of", "is a unit of", "has_unit", "has the unit", ("business_unit", "company"), _ORG,
             "The subject is run as a part of the object.", "structure", transitive=True, acyclic=True,
             functional=True, matches=("closeMatch org:unitOf", "closeMatch wdt:P749")),
    Relation("subsidiary_of", "is a subsidiary of", "has_subsidiary", "has the subsidiary", _ORG, _ORG,
             "The object controls the subject, a legal entity of its own.", "structure", transitive=True,
             acyclic=True, functional=True,
             matches=("closeMatch org:subOrganizationOf", "closeMatch schema:parentOrganization",
                      "closeMatch wdt:P749", "relatedMatch fibo-cctl:isSubsidiaryOf")),
    Relation("part_of", "is part of", "has_part", "has the part",
             ("product", "technology", "market", "place", "event", "topic", "metric"),
             ("product", "technology", "market", "place", "event", "topic", "metric"),
             "The subject is a part of the object.", "structure", transitive=True, acyclic=True,
             matches=("closeMatch dcterms:isPartOf", "closeMatch schema:isPartOf", "closeMatch wdt:P361")),
    Relation("owns_stake_in", "holds a stake in", "has_shareholder", "has the shareholder", ("agent",), _ORG,
             "The subject holds shares of the object.", "structure",
             matches=("closeMatch wdt:P1830", "closeMatch schema:owns")),
    Relation("reported_in", "is reported in", "reports_on", "reports on", ("organisation", "product"), _ORG,
             "Figures of the subject are counted within those of the object, a segment.", "structure",
             functional=True),
    Relation("incorporated_in", "is incorporated in", "seat_in_law_of", "is the seat in law of", _ORG, ("place",),
             "The subject exists under the law of the object.", "structure", functional=True),
    Relation("buyer_of", "buys", "bought_by", "is bought by", ("agent",), ("organisation", "product"),
             "The subject takes over the object, or a part of it.", "structure"),
    Relation("seller_of", "sells", "sold_by", "is sold by", ("agent",), ("organisation", "product"),
             "The subject gives up the object, or a part of it, for money.", "structure"),
    Relation("listed_on", "is listed on", "lists", "lists", _ORG, _ORG,
             "Shares of the subject trade at the object.", "structure", matches=("closeMatch wdt:P414",)),
    Relation("located_in", "is in", "location_of", "is the place of", ("organisation", "event", "place"), ("place",),
             "The subject has its seat or venue in the object.", "structure", transitive=True,
             matches=("closeMatch schema:location", "closeMatch wdt:P131")),
    # people
    Relation("chief_executive_of", "is chief executive of", "has_chief_executive", "has the chief executive",
             ("person",), _LED, "The subject leads the object.", "people",
             matches=("closeMatch org:headOf", "closeMatch wdt:P169")),
    Relation("chair_of", "chairs", "has_chair", "is chaired by", ("person",), _LED,
             "The subject presides over the board of the object.", "people", matches=("closeMatch wdt:P488",)),
    Relation("director_of", "is a director of", "has_director", "has the director", ("person",), _ORG,
             "The subject sits on the board of the object.", "people", matches=("closeMatch wdt:P3320",)),
    Relation("officer_of", "is an officer of", "has_officer", "has the officer", ("person",), _LED,
             "The subject holds an office in the object; the scope says which.", "people",
             matches=("closeMatch org:memberOf", "closeMatch schema:worksFor")),
    Relation("founded", "founded", "founded_by", "was founded by", ("agent",), _ORG,
             "The subject brought the object into being.", "people", matches=("closeMatch wdt:P112",)),
    # making
    Relation("develops", "develops", "developed_by", "is developed by", ("agent",), ("product", "technology"),
             "The subject makes the object, alone or with others.", "making",
             matches=("closeMatch wdt:P178", "closeMatch schema:creator")),
    Relation("offers", "offers", "offered_by", "is offered by", ("agent",), _PRODUCT,
             "The subject brings the object to customers.", "making",
             matches=("closeMatch schema:makesOffer", "closeMatch wdt:P1056")),
    Relation("available_on", "is available on", "makes_available", "makes available", _PRODUCT,
             ("product", "organisation"), "The subject is offered or hosted on the object.", "making",
             matches=("relatedMatch schema:availableAtOrFrom",)),
    Relation("licensed_under", "is licensed under", "licence_of", "is the licence of", _PRODUCT, ("licence",),
             "The subject may be used on the terms of the object.", "making",
             matches=("closeMatch dcterms:license", "closeMatch schema:license", "closeMatch wdt:P275")),
    Relation("manufactures", "manufactures", "manufactured_by", "is manufactured by", _ORG, _PRODUCT,
             "The subject produces the object physically.", "making",
             matches=("closeMatch schema:manufacturer", "closeMatch wdt:P176")),
    Relation("variant_of", "is a member of", "has_variant", "has the member", _PRODUCT, _PRODUCT,
             "The subject is a member, version or size of the object.", "making", transitive=True, acyclic=True,
             matches=("closeMatch schema:isVariantOf", "closeMatch wdt:P279")),
    Relation("successor_of", "succeeds", "predecessor_of", "is succeeded by", ("product", "organisation"),
             ("product", "organisation"), "The subject takes the place of the object.", "making", acyclic=True,
             matches=("closeMatch wdt:P1365",)),
    # technology
    Relation("integrates", "integrates", "integrated_in", "is integrated in", ("product", "organisation"), _PRODUCT,
             "The subject contains or works with the object.", "technology",
             matches=("closeMatch schema:isBasedOn", "closeMatch wdt:P2283")),
    Relation("built_on", "is built on", "basis_of", "is the basis of", ("product", "technology"),
             ("product", "technology"), "The subject rests on the object.", "technology", acyclic=True,
             matches=("closeMatch schema:isBasedOn", "closeMatch wdt:P144")),
    Relation("uses_technology", "uses", "technology_used_by", "is used by", ("product", "organisation", "technology"),
             ("technology",), "The subject is built with the object.", "technology",
             matches=("closeMatch wdt:P2283",)),
    Relation("supports", "supports", "supported_by", "is supported by", ("product", "technology"),
             ("technology", "product", "topic", "metric"), "The subject makes the object possible.", "technology"),
    Relation("optimized_for", "is optimised for", "served_by", "is served by", _PRODUCT,
             ("technology", "topic", "product", "market"), "The subject was made to do the object well.",
             "technology", matches=("closeMatch wdt:P366",)),
    Relation("processes", "processes", "processed_by", "is processed by", _PRODUCT, ("technology", "topic"),
             "The subject takes the object, a kind of input.", "technology"),
    Relation("evaluated_on", "was evaluated on", "evaluates", "evaluates", _PRODUCT, ("benchmark", "topic"),
             "Results of the subject on the object exist.", "technology"),
    Relation("surpasses", "surpasses", "surpassed_by", "is surpassed by", _PRODUCT, ("product", "topic"),
             "The subject does better than the object.", "technology"),
    Relation("comparable_to", "is set beside", "comparable_to", "is set beside", _PRODUCT, _PRODUCT,
             "Somebody finds the two about as good as each other.", "technology", symmetric=True),
    Relation("feeds", "feeds", "fed_by", "is fed by", ("product", "topic"), ("technology", "product", "topic"),
             "What the subject gathers is used by the object.", "technology"),
    # business: stated, or derived from deals
    Relation("partner_of", "is a partner of", "partner_of", "is a partner of", ("agent",), ("agent",),
             "The two work together by agreement.", "business", symmetric=True,
             matches=("closeMatch wdt:P2652",)),
    Relation("customer_of", "is a customer of", "has_customer", "has the customer", ("agent",), ("agent",),
             "The subject takes goods or services of the object.", "business",
             matches=("closeMatch schema:customer", "closeMatch fibo-pas:Customer")),
    Relation("supplier_of", "supplies", "supplied_by", "is supplied by", ("agent",), ("agent",),
             "The subject delivers to the object.", "business",
             matches=("closeMatch schema:provider", "closeMatch fibo-pas:Supplier")),
    Relation("uses", "uses", "used_by", "is used by", ("agent",), ("product", "technology"),
             "The subject works with the object.", "business", matches=("closeMatch wdt:P2283",)),
    Relation("investor_in", "invests in", "has_investor", "has the investor", ("agent",),
             ("organisation", "topic", "technology", "product"), "The subject puts money into the object.",
             "business", matches=("closeMatch wdt:P1951",)),
    Relation("licensee_of", "is a licensee of", "has_licensee", "has the licensee", ("agent",), ("agent",),
             "The subject uses rights of the object by licence.", "business"),
    Relation("sponsor_of", "sponsors", "sponsored_by", "is sponsored by", ("agent",), ("agent", "event"),
             "The subject pays to be named with the object.", "business", matches=("closeMatch schema:sponsor",)),
    Relation("competitor_of", "competes with", "competitor_of", "competes with", ("agent", "product"),
             ("agent", "product"), "The two seek the same customers.", "business", symmetric=True,
             matches=("closeMatch wdt:P1889",)),
    # market and policy
    Relation("operates_in", "operates in", "field_of", "is a field of", ("organisation", "product"),
             ("market", "place"), "The subject does business in the object.", "market",
             matches=("closeMatch schema:areaServed", "closeMatch wdt:P2541")),
    Relation("leads", "leads", "led_by", "is led by", ("organisation", "product"), ("market", "benchmark", "topic"),
             "The subject is first in the object.", "market"),
    Relation("serves", "serves", "served_with", "is served with", ("product", "organisation"),
             ("market", "topic", "agent"), "The subject is made for the object.", "market"),
    Relation("restricts", "restricts", "restricted_by", "is restricted by", ("policy", "organisation", "place"),
             ("organisation", "product", "market", "technology", "topic", "place"),
             "The subject limits what can be done with the object.", "market"),
    Relation("exposed_to", "is exposed to", "weighs_on", "weighs on", ("organisation", "product", "market", "topic"),
             ("policy", "topic", "market", "place", "event"), "The object can harm the subject.", "market"),
    Relation("mitigates", "mitigates", "mitigated_by", "is mitigated by", ("organisation", "product", "topic"),
             ("policy", "topic"), "The subject lessens the harm of the object.", "market"),
    # talk
    Relation("prioritizes", "prioritises", "priority_of", "is a priority of", ("agent",),
             ("topic", "technology", "market", "product"), "The subject says the object comes first.", "remarks",
             tie=False),
    Relation("assessed_on", "is assessed on", "assessment_of", "is an assessment of", ("thing",), ("thing",),
             "Somebody passes judgement on the subject with regard to the object.", "remarks", tie=False,
             matches=("relatedMatch schema:about",)),
)  # fmt: skip

INVERSES: dict[str, str] = {row.inverse: row.name for row in RELATIONS.values() if row.inverse != row.name}


def reading(name: str, *, inverse: bool = False) -> str:
    """Return the words of a relation, read from its subject or from its object.

    Example:
        >>> reading("develops"), reading("develops", inverse=True)
        ('develops', 'is developed by')
    """
    relation = RELATIONS[name]
    return relation.inverse_label if inverse else relation.label
