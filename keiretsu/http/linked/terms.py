"""The ontology as documents: a page with an anchor for each term, and RDF; its IRIs are hashes of one address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import pyoxigraph as ox

from keiretsu.http.linked.compacted import to_jsonld
from keiretsu.http.linked.forms import FORMS, ONTOLOGY, form_for
from keiretsu.http.linked.statements import PREFIXES_HERE
from keiretsu.http.pages import html_page
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology import alignments, context, owl, shapes
from keiretsu_ontology.claim_terms import CLAIM_CLASSES, CLAIM_TERMS
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.errors import NotThereError
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_ontology.vocabulary import ALIGNED_PREFIXES, BASE, PREFIXES, camel, lower_camel, term_iri

_ADDRESS = BASE + "ontology"
_COUNTED = 100_000  # entities that are counted by kind, at most


class Aligned(NamedTuple):
    """A term of another vocabulary that ours is like."""

    how: str
    name: str
    address: str


class Term(NamedTuple):
    """A term on the page."""

    name: str  # its anchor: what follows the hash of its IRI
    label: str
    definition: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]  # what is told of it, by name: texts, or terms as "#Company"
    aligned: tuple[Aligned, ...] = ()
    used: int | None = None
    unit: str = ""  # what was counted


class Chapter(NamedTuple):
    """Terms of one sort."""

    id: str
    title: str
    terms: tuple[Term, ...]


# Documents beside the ontology itself: media type, and what writes them.
_BESIDE = {
    "context.jsonld": ("application/ld+json", context.to_json),
    "alignments.ttl": ("text/turtle; charset=utf-8", alignments.to_turtle),
    "shapes.ttl": ("text/turtle; charset=utf-8", shapes.to_turtle),
}


def terms(desk: Desk, *, name: str, accept: str | None, up: str) -> Product:
    """Return the ontology in a form, one of the documents beside it, or the way to a term.

    Args:
        desk: The graph, of which it is told how much it uses each term.
        name: What follows `/ontology` in the address.
        accept: The header of that name, where no form is asked for.
        up: The way from the page to the root of the server.

    Raises:
        NotThereError: There is no such form, document or term.
    """
    if name in _BESIDE:
        media, write = _BESIDE[name]
        return Product(write().encode("utf-8"), media)
    base = desk.address
    if name and name not in ONTOLOGY:
        if name in _anchors():
            return Product(b"", "text/plain", headers=(("Location", f"{up}/ontology#{name}"),), status=303)
        raise NotThereError(f"the ontology has no term and no form {name[:60]!r}; /ontology has them all")
    form = FORMS[name] if name else form_for(accept, ONTOLOGY)
    link = [f'<{base}/ontology.{form.suffix}>; rel="canonical"', f'<{_ADDRESS}>; rel="describes"']
    link += [
        f'<{base}/ontology.{other}>; rel="alternate"; type="{FORMS[other].type}"'
        for other in ONTOLOGY
        if other != form.suffix
    ]
    headers = (("Link", ", ".join(link)), ("Content-Location", f"{base}/ontology.{form.suffix}"))
    if form.suffix != "html":
        return Product(_written(form.suffix), form.media, headers=headers)
    page = html_page(
        "linked/terms.html", "Terms", up=up, chapters=_chapters(desk), version=owl.VERSION, address=_ADDRESS,
        beside=list(_BESIDE), alternates=[(FORMS[other], f"ontology.{other}") for other in ONTOLOGY if other != "html"],
    )  # fmt: skip
    return page._replace(headers=(*page.headers, *headers))


@cache
def _written(suffix: str) -> bytes:
    """Return the ontology and its alignments in a form of RDF."""
    if suffix == "ttl":  # as it is generated, with its comments
        return (owl.to_turtle() + "\n" + alignments.to_turtle()).encode("utf-8")
    triples = _triples()
    if suffix == "jsonld":
        return to_jsonld(triples, _ADDRESS)
    form = getattr(ox.RdfFormat, FORMS[suffix].rdf or "")
    prefixes = {} if suffix == "nt" else {**PREFIXES_HERE, **ALIGNED_PREFIXES}
    return bytes(ox.serialize(triples, format=form, prefixes=prefixes) or b"")


def _triples() -> list[ox.Triple]:
    """Return the triples of the ontology, its unions as blank nodes that are always called the same."""
    labels: dict[str, ox.BlankNode] = {}

    def named(term: object) -> object:
        if isinstance(term, ox.BlankNode):
            return labels.setdefault(term.value, ox.BlankNode(f"union{len(labels)}"))
        return term

    found: dict[ox.Triple, None] = {}
    for text in (owl.to_turtle(), alignments.to_turtle()):
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
            found[ox.Triple(named(quad.subject), quad.predicate, named(quad.object))] = None  # type: ignore[arg-type]
    return list(found)


@cache
def _aligned() -> dict[str, tuple[Aligned, ...]]:
    prefixes = {**PREFIXES, **ALIGNED_PREFIXES}
    found: dict[str, list[Aligned]] = {}
    for term, kind, other in alignments.matches():
        prefix, _, local = other.partition(":")
        how = {"skos:exactMatch": "same as", "skos:closeMatch": "like", "skos:broadMatch": "narrower than"}
        row = Aligned(how.get(kind, "related to"), other, prefixes[prefix] + local)
        found.setdefault(term.removeprefix("kei:"), []).append(row)
    return {term: tuple(rows) for term, rows in found.items()}


@cache
def _anchors() -> frozenset[str]:
    return frozenset(term.name for chapter in _tables() for term in chapter.terms)


def _chapters(desk: Desk) -> list[Chapter]:
    """Return every term with how much the graph uses it."""
    used = _used(desk)
    return [
        chapter._replace(
            terms=tuple(term._replace(used=used.get(term.name), unit=_unit(term, used)) for term in chapter.terms)
        )
        for chapter in _tables()
    ]


def _unit(term: Term, used: Counter[str]) -> str:
    if term.name not in used:
        return ""
    word = ("entity", "entities") if term.name in _kind_names() else ("claim", "claims")
    return word[0] if used[term.name] == 1 else word[1]


@cache
def _kind_names() -> frozenset[str]:
    return frozenset(camel(kind) for kind in KINDS)


def _used(desk: Desk) -> Counter[str]:
    """Return how many claims or entities use a term, by its name."""
    if desk.plan.build is None:
        return Counter()
    view, every = desk.view, ClaimFilter()
    found: Counter[str] = Counter()
    for shape, number in view.counts(every, "shape").items():
        found[camel(shape)] = number
    statements = view.counts(ClaimFilter(shapes=("statement",)), "topic")
    found.update({lower_camel(topic): number for topic, number in statements.items()})
    for scheme, shape in (("deal", "deal"), ("occurrence", "occurrence")):
        own = view.counts(ClaimFilter(shapes=(shape,)), "topic")
        found.update({_anchor(scheme, topic): number for topic, number in own.items()})
    for scheme in ("modality", "rank"):
        own = view.counts(every, "modality" if scheme == "modality" else "rank")
        found.update({_anchor(scheme, name): number for name, number in own.items()})
    if view.about().entities <= _COUNTED:
        kinds = Counter(entity.kind for entity in view.all_entities())
        found.update({camel(kind): number for kind, number in kinds.items()})
    return found


def _anchor(scheme: str, name: str) -> str:
    return term_iri(scheme, name).partition("#")[2]


@cache
def _tables() -> tuple[Chapter, ...]:
    relations = [Chapter(f"relations-{group}", title, tuple(_relations(group))) for group, title in GROUPS.items()]
    return (
        Chapter("kinds", "Kinds of entity", tuple(map(_kind, KINDS))),
        *relations,
        Chapter("classes", "Claims and their parts", tuple(map(_class, CLAIM_CLASSES))),
        Chapter("properties", "Properties of claims, sources and places", tuple(map(_property, CLAIM_TERMS))),
        *(Chapter(f"{scheme}-scheme", f"Values of {scheme}", tuple(_values(scheme))) for scheme in owl.SCHEMES),
    )


def _kind(name: str) -> Term:
    kind = KINDS[name]
    above = (("is a", (f"#{camel(kind.parent)}",)),) if kind.parent else ()
    return _term(camel(name), kind.label, kind.definition, above)


def _relations(group: str) -> Iterable[Term]:
    for relation in (row for row in RELATIONS.values() if row.group == group):
        traits = [
            word
            for word, holds in (
                ("symmetric", relation.symmetric), ("transitive", relation.transitive), ("acyclic", relation.acyclic),
                ("one at a time", relation.functional),
            )
            if holds
        ]  # fmt: skip
        inverse = "" if relation.symmetric else f"#{lower_camel(relation.inverse)}"
        rows = [
            ("from", tuple(f"#{camel(kind)}" for kind in relation.domain)),
            ("to", tuple(f"#{camel(kind)}" for kind in relation.range)),
            *([("other way", (inverse,))] if inverse else []),
            *([("is", tuple(traits))] if traits else []),
        ]
        yield _term(lower_camel(relation.name), relation.label, relation.definition, rows)
        if inverse:
            back = [("other way", (f"#{lower_camel(relation.name)}",))]
            yield _term(inverse[1:], relation.inverse_label, "The same tie, read from its object.", back)


def _class(name: str) -> Term:
    definition, above = CLAIM_CLASSES[name]
    ours = tuple(f"#{one.removeprefix('kei:')}" if one.startswith("kei:") else one for one in above)
    return _term(name, name, definition, [("is a", ours)] if ours else [])


def _property(name: str) -> Term:
    row = CLAIM_TERMS[name]
    ranged = row.range if row.range.startswith("xsd:") or row.range == "term" else f"#{row.range}"
    rows = [("of", tuple(f"#{one}" for one in row.domain.split())), ("value", (ranged,))]
    return _term(name, "", row.definition, rows)


def _values(scheme: str) -> Iterable[Term]:
    for value, definition in owl.SCHEMES[scheme].items():
        yield _term(_anchor(scheme, value), value.replace("_", " "), definition, [])


def _term(name: str, label: str, definition: str, rows: Iterable[tuple[str, tuple[str, ...]]]) -> Term:
    return Term(name, label, definition, tuple(rows), _aligned().get(name, ()))
