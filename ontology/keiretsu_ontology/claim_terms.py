"""The properties of claims, sources and places on the web, beside relations: one row a term."""

from __future__ import annotations

from typing import NamedTuple


class ClaimTerm(NamedTuple):
    """A property of the ontology that is not a relation between entities."""

    name: str
    domain: str  # a class name, in CamelCase; several are separated by spaces
    range: str  # "xsd:..." or a class name; "term" for a value of a closed list
    definition: str
    matches: tuple[str, ...] = ()


def _terms(*rows: ClaimTerm) -> dict[str, ClaimTerm]:
    return {row.name: row for row in rows}


_TEXT, _DATE, _FLAG = "xsd:string", "xsd:date", "xsd:boolean"
_FIGURE = "Observation Quantity"

CLAIM_TERMS: dict[str, ClaimTerm] = _terms(
    ClaimTerm("about", "Claim", "Thing", "Everything that a claim is about, in whatever role.",
              ("closeMatch schema:about", "closeMatch dcterms:subject")),
    ClaimTerm("claimedBy", "Claim", "Agent", "Who says so.",
              ("closeMatch prov:wasAttributedTo", "relatedMatch schema:author")),
    ClaimTerm("relayedBy", "Claim", "Agent", "Who passed it on.", ("relatedMatch prov:hadPrimarySource",)),
    ClaimTerm("modality", "Claim", "term", "How it is said.", ("closeMatch wdt:P5102",)),
    ClaimTerm("rank", "Claim", "term", "Whether a curator prefers it or puts it aside."),
    ClaimTerm("rankReason", "Claim", _TEXT, "Why a curator ranks it so.", ("closeMatch wdt:P2241",)),
    ClaimTerm("factual", "Claim", _FLAG, "Whether it may be read as a fact."),
    ClaimTerm("outranked", "Claim", _FLAG, "Another claim on the same thing is preferred."),
    ClaimTerm("knownToBeNone", "Claim", _FLAG, "What is said is that there is no such thing."),
    ClaimTerm("retractedOn", "Claim", _DATE, "When it was taken back.", ("closeMatch prov:invalidatedAtTime",)),
    ClaimTerm("recordedOn", "Claim", _DATE, "When it was entered.", ("closeMatch prov:generatedAtTime",)),
    ClaimTerm("published", "Claim", "When", "When its source came out.", ("closeMatch dcterms:issued",)),
    ClaimTerm("heldFrom", "Claim", "When", "Since when it held.", ("closeMatch wdt:P580",)),
    ClaimTerm("heldTo", "Claim", "When", "Until when it held.", ("closeMatch wdt:P582",)),
    ClaimTerm("edtf", "When", _TEXT, "A date in Extended Date/Time Format."),
    ClaimTerm("earliest", "When", _DATE, "The first day that is meant."),
    ClaimTerm("latest", "When", _DATE, "The last day that is meant."),
    ClaimTerm("stated", "When", _TEXT, "The wording of the source."),
    ClaimTerm("inferred", "When", _FLAG, "The year was worked out."),
    ClaimTerm("restates", "Claim", "Claim", "The claim that it says again."),
    ClaimTerm("restatesKey", "Claim", _TEXT, "The key of the claim that it says again."),
    ClaimTerm("evidence", "Claim", "TextPlace", "A place in a source that says it.", ("closeMatch oa:hasTarget",)),
    ClaimTerm("sha256", "TextPlace", _TEXT, "The SHA-256 of the exact text, in UTF-8."),
    ClaimTerm("scopeNote", "Claim", _TEXT, "For what it holds, in words."),
    ClaimTerm("scopeProduct", "Claim", "Product", "Through which product it holds."),
    ClaimTerm("scopeMarket", "Claim", "Market", "In which market it holds."),
    ClaimTerm("scopePlace", "Claim", "Place", "Where it holds."),
    ClaimTerm("scopeBenchmark", "Claim", "Benchmark", "By which test it holds."),
    ClaimTerm("scopeCounterparty", "Claim", "Thing", "With regard to whom or what it holds."),
    ClaimTerm("scopeExcludes", "Claim", "Thing", "What is left out."),
    ClaimTerm("kind", "Claim", "term", "What kind of deal or occurrence it is."),
    ClaimTerm("participation", "Claim", "Participation", "Somebody or something in a role.",
              ("closeMatch prov:qualifiedAssociation",)),
    ClaimTerm("role", "Participation", "term", "The role.", ("closeMatch org:role", "closeMatch prov:hadRole")),
    ClaimTerm("party", "Participation", "Thing", "Who or what plays the role.", ("closeMatch prov:agent",)),
    ClaimTerm("purpose", "Deal", _TEXT, "What a deal is for.", ("closeMatch org:purpose",)),
    ClaimTerm("status", "Deal", "term", "How far a deal is."),
    ClaimTerm("dealAmount", "Deal", "Quantity", "How much money a deal is about.", ("closeMatch schema:price",)),
    ClaimTerm("dealShare", "Deal", "Quantity", "Which part of the whole changes hands."),
    ClaimTerm("observed", "Observation", "Thing", "What a figure is of.", ("closeMatch schema:observationAbout",)),
    ClaimTerm("metric", "Observation", "Metric", "What is measured.",
              ("closeMatch schema:measuredProperty", "closeMatch qb:measureType")),
    ClaimTerm("measure", "Observation", "term", "Whether a value or a change is given."),
    ClaimTerm("direction", "Observation", "term", "Whether it is up, down or flat."),
    ClaimTerm("base", "Observation", "term", "What a change is measured against."),
    ClaimTerm("amount", _FIGURE, "xsd:decimal", "The exact number, scale included; of a range the lesser one.",
              ("closeMatch schema:value",)),
    ClaimTerm("upperAmount", _FIGURE, "xsd:decimal", "The greater number of a range, scale included.",
              ("closeMatch schema:maxValue",)),
    ClaimTerm("written", _FIGURE, _TEXT, "The digits as the source writes them; of a range the lesser ones."),
    ClaimTerm("writtenUpper", _FIGURE, _TEXT, "The digits of the greater number of a range."),
    ClaimTerm("comparator", _FIGURE, _TEXT, "How the number compares: =, >, >=, <, <=, ~ or, in a range, -."),
    ClaimTerm("scale", _FIGURE, _TEXT, "What the digits count: million, billion."),
    ClaimTerm("unit", _FIGURE, _TEXT, "A unit of the ontology, or a code of ISO 4217.",
              ("closeMatch schema:unitCode",)),
    ClaimTerm("periodKind", "Observation", "term", "What kind of period a figure is about."),
    ClaimTerm("periodStart", "Observation", _DATE, "The first day of the period.", ("closeMatch schema:startDate",)),
    ClaimTerm("periodEnd", "Observation", _DATE, "The last day of the period.", ("closeMatch schema:endDate",)),
    ClaimTerm("periodLabel", "Observation", _TEXT, "What the organisation calls the period."),
    ClaimTerm("periodStated", "Observation", _TEXT, "What the source calls the period."),
    ClaimTerm("periodInferred", "Observation", _FLAG, "The year of the period was worked out."),
    ClaimTerm("rule", "DerivedTie", _TEXT, "The rule that a tie follows from."),
    ClaimTerm("side", "Conflict", "Claim", "A claim that cannot hold together with the other sides."),
    ClaimTerm("reason", "Conflict", "term", "Why the sides cannot all hold."),
    ClaimTerm("curated", "Conflict", _FLAG, "A curator says so; otherwise it was found by comparing."),
    ClaimTerm("name", "Thing", _TEXT, "The preferred name.", ("closeMatch schema:name", "closeMatch skos:prefLabel")),
    ClaimTerm("idMerger", "Thing", "IdMerger", "A decision that another id means this thing too."),
    ClaimTerm("mergedId", "IdMerger", _TEXT, "The other id."),
    ClaimTerm("mergeReason", "IdMerger", _TEXT, "Why it means the same."),
    ClaimTerm("identifier", "Thing", "Identifier", "What another register calls it.",
              ("closeMatch schema:identifier", "closeMatch org:identifier")),
    ClaimTerm("scheme", "Identifier", _TEXT, "Which register."),
    ClaimTerm("value", "Identifier", _TEXT, "What the register calls it."),
    ClaimTerm("fiscalYearEnd", "Organisation", _TEXT, "The last day of the fiscal year, as MM-DD."),
    ClaimTerm("dimension", "Metric", "term", "What dimension a metric is of."),
    ClaimTerm("sourceKind", "Source", "term", "What kind of source it is."),
    ClaimTerm("quotable", "Source", _FLAG, "The licence allows quotes to be kept."),
    ClaimTerm("file", "Source", _TEXT, "The name of the file of its text."),
    ClaimTerm("characters", "Source", "xsd:integer", "The length of its text in code points."),
    ClaimTerm("publisher", "Source", "Organisation", "Who brought it out.", ("closeMatch dcterms:publisher",)),
    ClaimTerm("author", "Source", "Agent", "Who wrote it.", ("closeMatch dcterms:creator",)),
    ClaimTerm("digest", "Dataset", _TEXT, "The SHA-256 over the files of facts."),
)  # fmt: skip

# Classes beside the kinds of entity, with what is safe to say of them in other vocabularies.
CLAIM_CLASSES: dict[str, tuple[str, tuple[str, ...]]] = {
    "Claim": ("Something that is said by someone.", ("prov:Entity",)),
    "Statement": ("A binary tie that is said to be.", ("kei:Claim", "rdf:Statement")),
    "Deal": ("A tie of several parties with roles.", ("kei:Claim",)),
    "Observation": ("The value of a metric, or its change.", ("kei:Claim", "qb:Observation")),
    "Occurrence": ("Something that takes place, with participants.", ("kei:Claim",)),
    "Quantity": ("A number with its scale and its unit.", ()),
    "Participation": ("Somebody or something in a role.", ()),
    "When": ("A point in time, as exact as its source allows.", ()),
    "TextPlace": ("A place in the text of a source.", ("oa:SpecificResource",)),
    "DerivedTie": ("A tie that follows by rule.", ("rdf:Statement",)),
    "Conflict": ("Claims that cannot all hold.", ()),
    "IdMerger": ("A decision that an id means a thing too.", ()),
    "Identifier": ("What another register calls a thing.", ()),
    "Dataset": ("A set of facts.", ("prov:Entity",)),
}
