"""The JSON-LD context: short names for every term."""

from __future__ import annotations

import json
from typing import Any

from keiretsu_ontology.claim_terms import CLAIM_CLASSES, CLAIM_TERMS
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.vocabulary import PREFIXES, camel, lower_camel


def to_json() -> str:
    """Return the context as a JSON document."""
    terms: dict[str, Any] = {"@version": 1.1, **PREFIXES, "id": "@id", "type": "@type", "label": "rdfs:label"}
    for kind in KINDS:
        terms[camel(kind)] = f"kei:{camel(kind)}"
    for name in CLAIM_CLASSES:
        terms[name] = f"kei:{name}"
    for row in CLAIM_TERMS.values():
        terms[row.name] = {"@id": f"kei:{row.name}", "@type": row.range if row.range.startswith("xsd:") else "@id"}
    for relation in RELATIONS.values():
        for name in {relation.name, relation.inverse}:
            terms[lower_camel(name)] = {"@id": f"kei:{lower_camel(name)}", "@type": "@id"}
    return json.dumps({"@context": terms}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
