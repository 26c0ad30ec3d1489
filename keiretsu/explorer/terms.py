"""What an editor of SPARQL completes: the prefixes that are known, and the terms of our ontology."""

from __future__ import annotations

from functools import cache
from typing import Any

from keiretsu_ontology import owl
from keiretsu_ontology.vocabulary import KEI, PREFIXES

_SORTS = {
    "Class": "class",
    "ObjectProperty": "property",
    "DatatypeProperty": "property",
    "AnnotationProperty": "property",
    "Concept": "individual",
}


@cache
def terms_record() -> dict[str, Any]:
    """Return the prefixes, and every class, property and value of the ontology with its label and what it means."""
    import pyoxigraph as ox

    sorts: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {"label": {}, "prefLabel": {}, "definition": {}}
    for quad in ox.parse(owl.to_turtle(), format=ox.RdfFormat.TURTLE):
        if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(KEI):
            continue
        said, name = quad.predicate.value.rpartition("#")[2], quad.subject.value
        if said == "type" and isinstance(quad.object, ox.NamedNode):
            sort = _SORTS.get(quad.object.value.rpartition("#")[2])
            sorts |= {name: sort} if sort else {}
        elif said in texts and isinstance(quad.object, ox.Literal):
            texts[said].setdefault(name, quad.object.value)
    labels = texts["prefLabel"] | texts["label"]
    terms = [
        {
            "iri": iri,
            "prefixed": f"kei:{iri.removeprefix(KEI)}",
            "label": labels.get(iri, ""),
            "comment": texts["definition"].get(iri, ""),
            "sort": sort,
        }
        for iri, sort in sorted(sorts.items())
    ]
    return {"prefixes": PREFIXES, "terms": terms}
