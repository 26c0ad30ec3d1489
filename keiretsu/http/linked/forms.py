"""The forms that a document is had in: one row a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from keiretsu.http.negotiation import choose
from keiretsu.http.pages import HTML
from keiretsu.workers.product import NotAcceptableError


class Form(NamedTuple):
    """A form of a document."""

    suffix: str  # of its address, without the dot
    media: str  # as the header says it
    rdf: str | None = None  # the format of RDF, as pyoxigraph calls it; None where it is none
    accepts: tuple[str, ...] = ()  # further media types that are answered by it
    title: str = ""  # as a person reads it

    @property
    def type(self) -> str:
        """The media type without parameters."""
        return self.media.partition(";")[0]


# In the order of our liking: the first one is what a client gets that takes anything.
FORMS: dict[str, Form] = {
    form.suffix: form
    for form in (
        Form("html", HTML, None, ("application/xhtml+xml",), "Page"),
        Form("ttl", "text/turtle; charset=utf-8", "TURTLE", ("application/x-turtle",), "Turtle"),
        Form("jsonld", "application/ld+json", "JSON_LD", (), "JSON-LD"),
        Form("nt", "application/n-triples", "N_TRIPLES", ("text/plain",), "N-Triples"),
        Form("rdf", "application/rdf+xml", "RDF_XML", ("application/xml", "text/xml"), "RDF/XML"),
        Form("trig", "application/trig", "TRIG", (), "TriG, with layers"),
        Form("json", "application/json", None, (), "JSON, as the API answers"),
        Form("bib", "application/x-bibtex; charset=utf-8", None, (), "BibTeX"),
        Form("csl", "application/vnd.citationstyles.csl+json", None, (), "CSL-JSON"),
    )
}
RDF = tuple(form.suffix for form in FORMS.values() if form.rdf)
ONTOLOGY = ("html", "ttl", "jsonld", "nt", "rdf")


def form_for(accept: str | None, among: Iterable[str] = FORMS) -> Form:
    """Return the form that a client takes best.

    Raises:
        NotAcceptableError: It takes none of them.

    Example:
        >>> form_for("text/turtle").suffix, form_for("*/*").suffix, form_for("application/json").suffix
        ('ttl', 'html', 'json')
    """
    offered = [FORMS[suffix] for suffix in among]
    by_media = {form.type: form for form in offered}
    for form in offered:
        for media in form.accepts:
            by_media.setdefault(media, form)
    chosen = choose(accept, list(by_media))
    if chosen is None:
        raise NotAcceptableError(f"this is had as {', '.join(form.type for form in offered)}")
    return by_media[chosen]
