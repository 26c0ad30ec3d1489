"""SHACL shapes from the declarations: what the loader says of files, said of the built graph.

Source: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keiretsu_ontology.metrics import METRICS, UNITS
from keiretsu_ontology.owl import SCHEMES
from keiretsu_ontology.relations import RELATIONS, Relation
from keiretsu_ontology.roles import DEAL_KINDS, ROLES
from keiretsu_ontology.turtle import block, collection, document, kei, text
from keiretsu_ontology.vocabulary import camel, lower_camel, term_iri
from keiretsu_ontology.writing import SLUG

_ONE = "sh:minCount 1 ; sh:maxCount 1"


def to_turtle() -> str:
    """Return the shapes in Turtle."""
    return document("What a graph of claims must look like.", _blocks())


def _blocks() -> Iterator[str]:
    yield _claim()
    yield _statement()
    for relation in RELATIONS.values():
        yield _relation(relation)
    yield _deal()
    for kind in DEAL_KINDS:
        yield _deal_kind(kind)
    for role in ROLES:
        yield _role(role)
    yield _part()
    yield _observation()
    for metric in METRICS:
        yield _metric(metric)
    yield _quantity()
    yield _when()
    yield _place()
    yield _entity()


def _property(path: str, *rules: str) -> str:
    return f"[ sh:path {path} ; {' ; '.join(rules)} ]"


def _values(scheme: str) -> str:
    return f"sh:in {collection(kei(term_iri(scheme, value)) for value in SCHEMES[scheme])}"


def _is_one_of(kinds: Iterable[str]) -> str:
    """Return the constraint that a node is of one of some kinds; the graph says of each thing all kinds that it is."""
    named = [f"sh:class {kei(camel(kind))}" for kind in kinds]
    return named[0] if len(named) == 1 else f"sh:or {collection(f'[ {one} ]' for one in named)}"


def _shape(name: str, target: str, *properties: str, more: str | None = None) -> str:
    return block(
        kei(f"{name}Shape"),
        ("a", "sh:NodeShape"),
        ("sh:targetClass", target),
        ("sh:property", ",\n        ".join(properties) or None),
        ("sh:or", more),
    )


def _claim() -> str:
    return _shape(
        "Claim", "kei:Claim",
        _property("kei:claimedBy", _ONE, "sh:class kei:Agent"),
        _property("kei:relayedBy", "sh:maxCount 1", "sh:class kei:Agent"),
        _property("kei:modality", _ONE, _values("modality")),
        _property("kei:rank", _ONE, _values("rank")),
        _property("dcterms:source", _ONE, "sh:class kei:Source"),
        _property("dcterms:identifier", _ONE, "sh:datatype xsd:string"),
        _property("rdfs:label", _ONE, "sh:datatype xsd:string"),
        _property("kei:recordedOn", _ONE, "sh:datatype xsd:date"),
        _property("kei:factual", _ONE, "sh:datatype xsd:boolean"),
        _property("kei:evidence", "sh:class kei:TextPlace"),
        _property("kei:about", "sh:minCount 1", "sh:class kei:Thing"),
        _property("kei:restates", "sh:maxCount 1", "sh:class kei:Claim"),
    )  # fmt: skip


def _statement() -> str:
    return block(
        "kei:StatementShape",
        ("a", "sh:NodeShape"),
        ("sh:targetClass", "kei:Statement"),
        ("sh:property", _property("rdf:subject", _ONE, "sh:class kei:Thing", "sh:disjoint rdf:object")),
        ("sh:property", _property("rdf:predicate", _ONE, f"sh:in {collection(_relations())}")),
        ("sh:property", _property("rdf:object", "sh:maxCount 1", "sh:class kei:Thing")),
        ("sh:or", "( [ sh:path rdf:object ; sh:minCount 1 ] [ sh:path kei:knownToBeNone ; sh:hasValue true ] )"),
    )


def _relations() -> Iterator[str]:
    return (kei(lower_camel(name)) for name in RELATIONS)


def _relation(relation: Relation) -> str:
    """Return what the ends of statements of a relation must be; the relation itself is the target."""
    return block(
        kei(f"{camel(relation.name)}StatementShape"),
        ("a", "sh:NodeShape"),
        ("sh:targetNode", kei(lower_camel(relation.name))),
        ("sh:message", text(f"an end of '{relation.label}' is of the wrong kind")),
        ("sh:property", _property("( [ sh:inversePath rdf:predicate ] rdf:subject )", _is_one_of(relation.domain))),
        ("sh:property", _property("( [ sh:inversePath rdf:predicate ] rdf:object )", _is_one_of(relation.range))),
    )


def _deal() -> str:
    return _shape(
        "Deal", "kei:Deal",
        _property("kei:kind", _ONE, _values("deal")),
        _property("kei:status", "sh:maxCount 1", _values("status")),
        _property("kei:participation", "sh:minCount 2", "sh:class kei:Participation"),
        _property("kei:dealAmount", "sh:maxCount 1", "sh:class kei:Quantity"),
        _property("( kei:dealAmount kei:unit )", 'sh:pattern "^[A-Z]{3}$"'),
        _property("kei:dealShare", "sh:maxCount 1", "sh:class kei:Quantity"),
        _property("( kei:dealShare kei:unit )", 'sh:pattern "^percent$"'),
    )  # fmt: skip


def _deal_kind(kind: str) -> str:
    """Return which roles deals of a kind need; the kind itself is the target."""
    filled = " ".join(
        f"[ sh:path ( kei:participation kei:role ) ; sh:hasValue {kei(term_iri('role', role))} ]"
        for role in DEAL_KINDS[kind].required
    )
    return block(
        kei(f"{camel(kind)}DealShape"),
        ("a", "sh:NodeShape"),
        ("sh:targetNode", kei(term_iri("deal", kind))),
        ("sh:message", text(f"a deal of kind '{kind}' misses a role that it needs")),
        ("sh:property", _property("[ sh:inversePath kei:kind ]", f"sh:and ( {filled} )")),
    )


def _role(role: str) -> str:
    """Return who may play a role; the role itself is the target."""
    return block(
        kei(f"{camel(role)}RoleShape"),
        ("a", "sh:NodeShape"),
        ("sh:targetNode", kei(term_iri("role", role))),
        ("sh:message", text(f"what plays the role '{role}' is of the wrong kind")),
        ("sh:property", _property("( [ sh:inversePath kei:role ] kei:party )", _is_one_of(ROLES[role].kinds))),
    )


def _part() -> str:
    return _shape(
        "Participation", "kei:Participation",
        _property("kei:party", _ONE),
        _property("kei:role", _ONE, _values("role")),
    )  # fmt: skip


def _observation() -> str:
    units = "|".join(UNITS)
    return _shape(
        "Observation", "kei:Observation",
        _property("kei:observed", _ONE, "sh:class kei:Thing"),
        _property("kei:metric", _ONE, "sh:class kei:Metric"),
        _property("kei:measure", _ONE, _values("measure")),
        _property("kei:direction", "sh:maxCount 1", _values("direction")),
        _property("kei:amount", "sh:maxCount 1", "sh:datatype xsd:decimal"),
        _property("kei:unit", "sh:maxCount 1", f"sh:pattern {text(f'^([A-Z]{{3}}|{units})$')}"),
        _property("kei:periodStart", "sh:maxCount 1", "sh:lessThanOrEquals kei:periodEnd"),
        more="( [ sh:path kei:amount ; sh:minCount 1 ] [ sh:path kei:direction ; sh:minCount 1 ] )",
    )  # fmt: skip


def _metric(metric: str) -> str:
    """Return what unit values of a metric have: a currency for money, else a unit of its dimension."""
    dimension = METRICS[metric].dimension
    fitting = [name for name, unit in UNITS.items() if dimension in unit.dimensions]
    pattern = "^[A-Z]{3}$" if dimension == "money" else f"^({'|'.join(fitting)})$"
    passes = [
        "[ sh:not [ sh:path kei:measure ; sh:hasValue kei:measure-value ] ]",
        f"[ sh:path kei:unit ; sh:pattern {text(pattern)} ]",
    ]
    return block(
        kei(f"{camel(metric)}UnitShape"),
        ("a", "sh:NodeShape"),
        ("sh:targetNode", f"entity:{metric}"),
        ("sh:message", text(f"a value of '{metric}' is in a unit of another dimension")),
        ("sh:property", _property("[ sh:inversePath kei:metric ]", f"sh:or {collection(passes)}")),
    )


def _quantity() -> str:
    return _shape(
        "Quantity", "kei:Quantity",
        _property("kei:amount", _ONE, "sh:datatype xsd:decimal"),
        _property("kei:written", _ONE, "sh:datatype xsd:string"),
        _property("kei:unit", _ONE, "sh:datatype xsd:string"),
    )  # fmt: skip


def _when() -> str:
    return _shape(
        "When", "kei:When",
        _property("kei:edtf", _ONE, "sh:datatype xsd:string"),
        _property("kei:earliest", "sh:maxCount 1", "sh:datatype xsd:date", "sh:lessThanOrEquals kei:latest"),
        _property("kei:latest", "sh:maxCount 1", "sh:datatype xsd:date"),
    )  # fmt: skip


def _place() -> str:
    return _shape(
        "TextPlace", "kei:TextPlace",
        _property("oa:hasSource", _ONE, "sh:class kei:Source"),
        _property("kei:sha256", "sh:maxCount 1", 'sh:pattern "^[0-9a-f]{64}$"'),
    )  # fmt: skip


def _entity() -> str:
    pattern = f"^https://w3id\\.org/keiretsu/entity/{SLUG.pattern.replace('?:', '')}$"
    return block(
        "kei:ThingShape",
        ("a", "sh:NodeShape"),
        ("sh:targetSubjectsOf", "kei:name"),
        ("sh:pattern", text(pattern)),
        ("sh:property", _property("kei:name", _ONE, "sh:datatype xsd:string", "sh:maxLength 300")),
        ("sh:property", _property("skos:prefLabel", "sh:minCount 1", "sh:uniqueLang true")),
    )
