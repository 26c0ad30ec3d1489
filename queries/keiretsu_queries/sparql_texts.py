"""The SPARQL that finds what an answer rests on. Ids are checked slugs or hashes before they come here."""

from __future__ import annotations

from collections.abc import Sequence

from keiretsu_ontology.vocabulary import PREFIXES, claim_iri, entity_iri

_SELECT = "SELECT DISTINCT ?claim ?text ?speaker ?modality WHERE {\n"
_DETAIL = "  ?claim rdfs:label ?text ; kei:claimedBy ?speaker ; kei:modality ?modality .\n} ORDER BY ?claim"


def _prefixes(*names: str) -> str:
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in names)


def about(entities: Sequence[str], *, kind: str | None = None) -> str:
    """Return the query for the claims about any of some entities, of one class where one is named."""
    typed = f" a kei:{kind} ;" if kind else ""
    listed = " ".join(f"<{entity_iri(slug)}>" for slug in sorted(set(entities)))
    return (
        _prefixes("kei", "rdfs")
        + _SELECT
        + f"  VALUES ?about {{ {listed} }}\n  ?claim{typed} kei:about ?about .\n"
        + _DETAIL
    )


def these(claims: Sequence[str]) -> str:
    """Return the query for claims by id."""
    listed = " ".join(f"<{claim_iri(claim)}>" for claim in sorted(set(claims)))
    return _prefixes("kei", "rdfs") + _SELECT + f"  VALUES ?claim {{ {listed} }}\n" + _DETAIL


def disputed() -> str:
    """Return the query for every claim that is a side of a conflict."""
    return _prefixes("kei", "rdfs") + _SELECT + "  ?conflict a kei:Conflict ; kei:side ?claim .\n" + _DETAIL
