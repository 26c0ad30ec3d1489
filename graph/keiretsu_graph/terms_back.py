"""From RDF back to the model: the exact inverse of terms.py, over anything that gives the triples of a node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from keiretsu_graph.rdf_fields import FIELDS, FLAG, SOURCE, iri, kei
from keiretsu_ontology.claims import (
    REASONS,
    SHAPES,
    AnyClaim,
    Conflict,
    Deal,
    Observation,
    Occurrence,
    Part,
    Scope,
    Statement,
    Tie,
)
from keiretsu_ontology.dates import Held, Period, When
from keiretsu_ontology.entities import KINDS, Entity, Identifier, Merged, Name
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_ontology.values import Quantity
from keiretsu_ontology.vocabulary import class_iri, slug_of, term_iri

Properties = Mapping[NamedNode, list[Any]]
Describe = Callable[[NamedNode], Properties]  # the properties of a node

_SHAPES = {class_iri(shape): shape for shape in SHAPES}
_KINDS = {class_iri(kind): kind for kind in KINDS}
_REASONS = {term_iri("reason", reason): reason for reason in REASONS}


def gathered(pairs: Any) -> Properties:
    """Return (property, value) pairs as lists of values by property, each sorted: part-99 before part-100."""
    found: defaultdict[NamedNode, list[Any]] = defaultdict(list)
    for name, value in pairs:
        found[name].append(value)
    return {name: sorted(values, key=lambda value: (len(value.value), value.value)) for name, values in found.items()}


def _fields(properties: Properties, table: str) -> dict[str, Any]:
    found = {}
    for field in FIELDS[table]:
        values = properties.get(field.property)
        found[field.name] = field.codec.from_term(values[0]) if values else field.default
    return found


def read_claim(node: NamedNode, describe: Describe) -> AnyClaim:
    """Return the claim of a node.

    Raises:
        StoreError: The node is no claim.
    """
    properties = describe(node)
    shape = next((_SHAPES[kind.value] for kind in properties.get(iri("rdf:type"), ()) if kind.value in _SHAPES), None)
    if shape is None:
        raise StoreError(f"{node.value} is not a claim")
    common = _fields(properties, "claim") | {
        "id": slug_of(node.value),
        "held": Held(_when(properties, "heldFrom", describe), _when(properties, "heldTo", describe)),
        "published": _when(properties, "published", describe),
        "scope": _scope(properties),
        "evidence": tuple(_evidence(describe(place), describe) for place in properties.get(kei("evidence"), ())),
    }
    own = _fields(properties, shape)
    if shape == "statement":
        return Statement(**common, **own)
    if shape == "observation":
        return Observation(**common, **own, quantity=_quantity(properties), period=_period(properties))
    parts = tuple(Part(**_fields(describe(part), "part")) for part in properties.get(kei("participation"), ()))
    if shape == "occurrence":
        return Occurrence(**common, **own, parts=parts)
    amount, share = (_sum(properties, name, describe) for name in ("dealAmount", "dealShare"))
    return Deal(**common, **own, parts=parts, amount=amount, share=share)


def _sum(properties: Properties, name: str, describe: Describe) -> Quantity | None:
    nodes = properties.get(kei(name))
    return _quantity(describe(nodes[0])) if nodes else None


def _scope(properties: Properties) -> Scope:
    excludes = sorted(slug_of(node.value) for node in properties.get(kei("scopeExcludes"), ()))
    return Scope(**_fields(properties, "scope"), excludes=tuple(excludes))


def _quantity(properties: Properties) -> Quantity | None:
    return Quantity(**_fields(properties, "quantity")) if kei("written") in properties else None


def _period(properties: Properties) -> Period | None:
    return Period(**_fields(properties, "period")) if kei("periodKind") in properties else None


def _when(properties: Properties, name: str, describe: Describe) -> When | None:
    nodes = properties.get(kei(name))
    return When(**_fields(describe(nodes[0]), "when")) if nodes else None


def _evidence(properties: Properties, describe: Describe) -> Evidence:
    start = end = quote = None
    for selector in (describe(node) for node in properties.get(iri("oa:hasSelector"), ())):
        if exact := selector.get(iri("oa:exact")):
            quote = exact[0].value
        else:
            start, end = (int(selector[iri(f"oa:{side}")][0].value) for side in ("start", "end"))
    digests = properties.get(kei("sha256"))
    source = SOURCE.from_term(properties[iri("oa:hasSource")][0])
    return Evidence(source, start, end, digests[0].value if digests else None, quote)


def read_entity(node: NamedNode, describe: Describe) -> Entity:
    """Return the entity of a node; of its types the narrowest one counts."""
    properties = describe(node)
    kinds = [_KINDS[kind.value] for kind in properties[iri("rdf:type")] if kind.value in _KINDS]
    names = [
        Name(label.value, _tag(label.language), preferred)
        for name, preferred in (("skos:prefLabel", True), ("skos:altLabel", False))
        for label in properties.get(iri(name), ())
    ]
    identifiers = [Identifier(**_fields(describe(own), "identifier")) for own in properties.get(kei("identifier"), ())]
    return Entity(
        slug_of(node.value), kinds[0], names=tuple(sorted(names, key=lambda n: (not n.preferred, n.language, n.text))),
        identifiers=tuple(sorted(identifiers)),
        merged=tuple(sorted(Merged(**_fields(describe(own), "merged")) for own in properties.get(kei("idMerger"), ()))),
        **_fields(properties, "entity"),
    )  # fmt: skip


def _tag(tag: str) -> str:
    """Return a language tag in the usual case, which engines lower: zh-Hans, en-GB (RFC 5646, 2.1.1)."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def read_source(node: NamedNode, describe: Describe) -> Source:
    """Return the source of a node."""
    properties = describe(node)
    return Source(
        id=slug_of(node.value), published=_when(properties, "published", describe), **_fields(properties, "source")
    )


def read_conflict(node: NamedNode, describe: Describe) -> Conflict:
    """Return the conflict of a node."""
    properties = describe(node)
    notes = properties.get(iri("rdfs:comment"))
    return Conflict(
        slug_of(node.value),
        tuple(sorted(slug_of(side.value) for side in properties[kei("side")])),
        _REASONS[properties[kei("reason")][0].value],
        notes[0].value if notes else "",
        FLAG.from_term(properties[kei("curated")][0]),
    )


def read_tie(node: NamedNode, describe: Describe) -> Tie:
    """Return the derived tie of a node."""
    properties = describe(node)
    own = _fields(properties, "statement")
    claims = tuple(sorted(slug_of(claim.value) for claim in properties[iri("prov:wasDerivedFrom")]))
    rule, factual = properties[kei("rule")][0].value, FLAG.from_term(properties[kei("factual")][0])
    return Tie(own["subject"], own["relation"], own["object"], claims, rule, factual)
