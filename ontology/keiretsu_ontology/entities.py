"""What kinds of thing there are, and one thing with its names.

A kind has one parent; a rule that admits a kind admits its descendants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Slug = str  # our id of a thing: lower-case letters, digits and single hyphens, at most 80


class Kind(NamedTuple):
    """A kind of entity."""

    name: str
    label: str
    parent: str | None
    definition: str
    family: str  # one of FAMILIES: what the explorer colours by
    matches: tuple[str, ...] = ()  # SKOS alignments as "closeMatch schema:Organization"


FAMILIES = {
    "organisation": "Organisations",
    "person": "People and voices",
    "product": "Products",
    "idea": "Technologies and measures",
    "setting": "Markets, places and policies",
    "happening": "Events and sources",
}


def _kinds(*rows: Kind) -> dict[str, Kind]:
    return {row.name: row for row in rows}


KINDS: dict[str, Kind] = _kinds(
    Kind("thing", "thing", None, "Anything that a claim may speak of.", "idea", ("broadMatch schema:Thing",)),
    Kind("agent", "agent", "thing", "Whoever can act or speak.", "organisation", ("exactMatch prov:Agent",)),
    Kind("organisation", "organisation", "agent", "A body of people that acts as one.", "organisation",
         ("exactMatch org:Organization", "exactMatch schema:Organization", "exactMatch wd:Q43229")),
    Kind("company", "company", "organisation", "An organisation that sells goods or services.", "organisation",
         ("closeMatch org:FormalOrganization", "closeMatch schema:Corporation", "closeMatch fibo-be:BusinessEntity")),
    Kind("business_unit", "business unit", "organisation", "A part of a company that is run and named as one.",
         "organisation", ("exactMatch org:OrganizationalUnit",)),
    Kind("sports_league", "sports league", "organisation", "A body that runs a sporting competition.", "organisation",
         ("closeMatch schema:SportsOrganization", "exactMatch wd:Q623109")),
    Kind("international_body", "international body", "organisation", "An organisation founded by states.",
         "organisation", ("closeMatch wd:Q484652",)),
    Kind("government_body", "government body", "organisation", "A state, or an authority that acts for one.",
         "organisation", ("closeMatch schema:GovernmentOrganization", "closeMatch wd:Q327333")),
    Kind("news_agency", "news organisation", "organisation", "An organisation that publishes news.", "organisation",
         ("closeMatch schema:NewsMediaOrganization",)),
    Kind("research_body", "research body", "organisation", "A laboratory, university or research house.",
         "organisation", ("broadMatch schema:ResearchOrganization",)),
    Kind("person", "person", "agent", "A human being known by name.", "person",
         ("exactMatch schema:Person", "exactMatch prov:Person", "exactMatch wd:Q5")),
    Kind("voice", "unnamed voice", "agent", "Someone who says things and is not named: an author, analysts.",
         "person", ("broadMatch prov:Agent",)),
    Kind("product", "product", "thing", "Something that is offered.", "product",
         ("exactMatch schema:Product", "closeMatch fibo-pas:Product", "closeMatch wd:Q2424752")),
    Kind("platform", "platform", "product", "A product on which others trade or build.", "product",
         ("broadMatch schema:Service",)),
    Kind("application", "application", "product", "A program that people use.", "product",
         ("exactMatch schema:SoftwareApplication",)),
    Kind("service", "service", "product", "A product that is done rather than handed over.", "product",
         ("exactMatch schema:Service",)),
    Kind("feature", "feature", "product", "A named part of a product.", "product", ("broadMatch schema:Product",)),
    Kind("device", "device", "product", "A product one can hold or sit in.", "product",
         ("broadMatch schema:Product",)),
    Kind("model_family", "AI model family", "product", "A line or generation of AI models.", "product",
         ("closeMatch schema:ProductGroup",)),
    Kind("ai_model", "AI model", "product", "A single trained model.", "product",
         ("broadMatch schema:SoftwareApplication",)),
    Kind("chip", "chip", "product", "A processor or accelerator.", "product", ("broadMatch schema:Product",)),
    Kind("technology", "technology", "thing", "A way of building or doing something.", "idea",
         ("broadMatch skos:Concept", "closeMatch schema:DefinedTerm")),
    Kind("standard", "standard", "technology", "A form that is agreed on and that many build to.", "idea",
         ("closeMatch wd:Q317623",)),
    Kind("licence", "licence", "thing", "Terms on which something may be used.", "idea",
         ("closeMatch dcterms:LicenseDocument",)),
    Kind("benchmark", "benchmark", "thing", "A test with comparable results.", "idea", ("broadMatch skos:Concept",)),
    Kind("metric", "metric", "thing", "Something that is measured.", "idea",
         ("closeMatch qb:MeasureProperty", "closeMatch schema:StatisticalVariable")),
    Kind("topic", "topic", "thing", "A subject of talk: a strategy, a risk, an industry.", "idea",
         ("broadMatch skos:Concept",)),
    Kind("market", "market", "thing", "Buyers and sellers of one sort of thing.", "setting",
         ("broadMatch skos:Concept",)),
    Kind("place", "place", "thing", "Somewhere on the map.", "setting",
         ("exactMatch schema:Place", "closeMatch prov:Location")),
    Kind("policy", "policy", "thing", "A rule or measure of a state or body.", "setting",
         ("closeMatch schema:Legislation",)),
    Kind("event", "event", "thing", "Something with a name that took or takes place.", "happening",
         ("exactMatch schema:Event", "broadMatch prov:Activity")),
    Kind("source", "source", "thing", "A text that claims were read from.", "happening",
         ("closeMatch schema:CreativeWork", "closeMatch prov:Entity", "closeMatch dcterms:BibliographicResource")),
)  # fmt: skip

ABSTRACT = frozenset({"thing", "agent"})


def ancestry(kind: str) -> tuple[str, ...]:
    """Return a kind and all that it is a kind of, nearest first.

    Example:
        >>> ancestry("chip")
        ('chip', 'product', 'thing')
    """
    chain = [kind]
    while (parent := KINDS[chain[-1]].parent) is not None:
        chain.append(parent)
    return tuple(chain)


def is_a(kind: str, *wanted: str) -> bool:
    """Say whether a kind is one of those wanted, or a kind of one of them.

    Example:
        >>> is_a("business_unit", "organisation"), is_a("person", "organisation")
        (True, False)
    """
    return any(step in wanted for step in ancestry(kind))


class Name(NamedTuple):
    """One name of an entity in one language."""

    text: str
    language: str  # BCP 47 tag
    preferred: bool = False


class Identifier(NamedTuple):
    """What another register calls an entity."""

    scheme: str  # one of SCHEMES in identifiers.py
    value: str


class Merged(NamedTuple):
    """An id that was found to mean an entity too."""

    id: Slug
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that claims speak of."""

    id: Slug
    kind: str
    name: str
    names: tuple[Name, ...] = ()  # every name: the preferred one first, then by language and text
    identifiers: tuple[Identifier, ...] = ()  # by scheme and value
    description: str | None = None
    fiscal_year_end: str | None = None  # "MM-DD", of an organisation whose figures follow its own year
    dimension: str | None = None  # of a metric: one of DIMENSIONS
    merged: tuple[Merged, ...] = ()  # ids that were found to mean this thing too, sorted; they still lead here

    @property
    def family(self) -> str:
        """The family that pictures colour this entity by."""
        return KINDS[self.kind].family
