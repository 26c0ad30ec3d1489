"""Which form of an answer a client wants: by the header, or by a parameter where a person can set no header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.exceptions import HTTPException

from keiretsu_ontology.notation import nearest

PARAMETERS = ("format", "output")
# Each word is read as a header: what there is of it depends on whether rows or a graph are asked for.
WORDS = {
    "json": "application/sparql-results+json, application/ld+json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "trig": "application/trig",
    "nquads": "application/n-quads",
}
# As clients and other servers spell them.
_ALIASES = {
    "ttl": "turtle",
    "n3": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "n-quads": "nquads",
    "nq": "nquads",
    "json-ld": "jsonld",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "rdf/xml": "rdfxml",
}


def wanted(fields: Iterable[tuple[str, str]], headers: Sequence[str]) -> str | None:
    """Return what a client takes, written as the header Accept, or None where it does not say.

    Args:
        fields: Of the request; `format` or `output` in words, or as a media type, wins over the header. Several are
            taken as what a client takes, because there are clients that say it in several ways.
        headers: The lines of the header, which count as one.

    Raises:
        HTTPException: A word is unknown.

    Example:
        >>> wanted([("format", "csv")], ["*/*"]), wanted([], ["text/turtle", "*/*;q=0.1"])
        ('text/csv', 'text/turtle, */*;q=0.1')
    """
    said = dict.fromkeys(_header(value) for key, value in fields if key in PARAMETERS and value)
    return ", ".join(said or headers) or None


def _header(value: str) -> str:
    if "/" in value and value.lower() not in _ALIASES:
        return value
    word = _ALIASES.get(value.lower(), value.lower())
    if word not in WORDS:
        raise HTTPException(400, f"unknown format {value[:100]!r}{nearest(word, WORDS)}; there are {', '.join(WORDS)}")
    return WORDS[word]
