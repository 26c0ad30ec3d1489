"""What workers do for linked data: one document, the page of candidates for a name, the front page, the terms."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from keiretsu.http.linked import claim_page, entity_page, other_pages
from keiretsu.http.linked.addresses import SORTS, parted
from keiretsu.http.linked.citation import Citation
from keiretsu.http.linked.described import describe
from keiretsu.http.linked.forms import FORMS, RDF, Form, form_for
from keiretsu.http.linked.missing import missing
from keiretsu.http.linked.papers import written
from keiretsu.http.linked.settled import Settled, settle
from keiretsu.http.linked.statements import Paper
from keiretsu.http.pages import html_page
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import LimitError, Product
from keiretsu_graph.records import to_record
from keiretsu_ontology.claims import Conflict, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import NotThereError
from keiretsu_ontology.evidence import Source

_RECORDED = re.compile(rb'#recordedOn> "(\d{4}-\d\d-\d\d)"')
_SUFFIXES = frozenset(FORMS)


def document(
    desk: Desk, *, sort: str, name: str, accept: str | None = None, part: str | None = None, page: int = 1,
    up: str = "..",
) -> Product:  # fmt: skip
    """Return a document about a thing, or where it is to be had.

    Args:
        desk: The graph.
        sort: One of `SORTS`.
        name: The last part of the address: an id, and the suffix of a form where one is asked for.
        accept: The header of that name, which decides where no form is asked for.
        part: Which part of a page, where only that is wanted.
        page: Which page of a long list.
        up: The way from the page to the root of the server.

    Raises:
        NotAcceptableError: The client takes none of the forms.
        LimitError: The document is larger than answers may be.
    """
    slug, suffix = parted(name, _SUFFIXES)
    found = settle(desk, sort, slug)
    if found is None:
        return missing(desk, sort, slug, accept, suffix, up)
    if found.id != slug:
        return _moved(found, suffix)
    if suffix is None:
        return _see_other(desk, sort, found, form_for(accept))
    paper = _paper(desk, sort, found, page)
    try:
        product = _written(desk, sort, found, FORMS[suffix], paper, part, up)
    except NotThereError as error:
        return missing(desk, sort, slug, accept, suffix, up, str(error))
    if len(product.body) > desk.limits.answer:
        raise LimitError(f"the document has {len(product.body)} bytes, more than may be sent at once")
    return product


def _moved(found: Settled, suffix: str | None) -> Product:
    """Return where a thing is that was asked for by another name: for good, where a decision says that it is one."""
    place = found.id + (f".{suffix}" if suffix else "")
    status = 301 if found.merged else 302  # a key may be given to another claim, an id that was merged may not
    return Product(b"", "text/plain", headers=(("Location", place),), status=status)


def _see_other(desk: Desk, sort: str, found: Settled, form: Form) -> Product:
    """Return where the document about a thing is: the thing itself cannot be sent (Cool URIs for the Semantic Web)."""
    paper = _paper(desk, sort, found, 1)
    link = ", ".join(_link(paper.in_form(other.suffix), "describedby", other) for other in FORMS.values())
    return Product(
        b"", "text/plain", headers=(("Location", f"{found.id}.{form.suffix}"), ("Link", link)), status=303
    )  # fmt: skip


def _paper(desk: Desk, sort: str, found: Settled, page: int) -> Paper:
    return Paper(f"{desk.address}/{sort}/{found.id}", SORTS[sort].iri(found.id), found.title, None, tuple(FORMS), page)


def _written(
    desk: Desk, sort: str, found: Settled, form: Form, paper: Paper, part: str | None, up: str
) -> Product:  # fmt: skip
    if form.suffix in RDF:
        return _rdf(desk, sort, found, form, paper)
    if paper.page > 1 and not (form.suffix == "html" and (part or sort == "source")):
        raise NotThereError(f"{found.id}.{form.suffix} has one page")
    if form.suffix == "json":
        return Product(_record(desk, sort, found), form.media, headers=_headers(paper, form))
    shown = _shown(desk, found, part, paper.page)
    about = desk.view.about()
    cited = Citation(found.title, about.title, about.digest, shown["day"], paper.in_form("html", 1), paper.topic)
    if form.suffix == "html":
        alternates = [(form, f"{found.id}.{form.suffix}") for form in FORMS.values() if form.suffix != "html"]
        made = html_page(
            f"linked/{sort}.html", found.title, up=up, sort=SORTS[sort], cited=cited, alternates=alternates,
            place=f"{found.id}.html", iri=paper.topic, graph=about, **shown,
        )  # fmt: skip
        return made._replace(headers=(*made.headers, *_headers(paper, form)))
    text = cited.bibtex if form.suffix == "bib" else cited.csl
    return Product(text.encode("utf-8", "replace"), form.media, headers=_headers(paper, form))


def _rdf(desk: Desk, sort: str, found: Settled, form: Form, paper: Paper) -> Product:
    described = describe(desk, sort, found.id, paper.page)
    if paper.page > described.pages:
        raise NotThereError(f"what is said of {found.id} ends on page {described.pages}")
    days = [match.decode() for match in _RECORDED.findall(b"\n".join(described.lines))]
    paper = paper._replace(pages=described.pages, modified=max(days, default=None))
    body = written(described.lines, paper, found.topic, form.suffix)
    return Product(body, form.media, rows=len(described.lines), headers=_headers(paper, form))


def _shown(desk: Desk, found: Settled, part: str | None, page: int) -> Mapping[str, Any]:
    match found.topic:
        case Entity():
            return entity_page.shown_of(desk, found.topic, part, page)
        case Source():
            return other_pages.source_shown(desk, found.topic, page)
        case Conflict():
            return other_pages.conflict_shown(desk, found.topic)
        case Tie():
            return other_pages.tie_shown(desk, found.topic)
        case _:
            return claim_page.shown_of(desk, found.topic)


# The question that answers with what is known of a thing, as the API puts it.
_ASKED = {"entity": ("show", "name"), "claim": ("why", "claim"), "conflict": ("conflicts", "name")}


def _record(desk: Desk, sort: str, found: Settled) -> bytes:
    """Return a thing as plain data: the answer of the question that fits, or its own record."""
    if sort not in _ASKED:
        return json.dumps(to_record(found.topic), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    from keiretsu_queries.calling import call
    from keiretsu_queries.questions import QUESTIONS
    from keiretsu_queries.records import answer_record

    name, parameter = _ASKED[sort]
    given = {parameter: [found.id], **({"limit": ["0"]} if sort != "claim" else {})}
    record = answer_record(call(desk.view, QUESTIONS[name], given))
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _headers(paper: Paper, form: Form) -> tuple[tuple[str, str], ...]:
    """Return the headers of a document: what it describes, how it is cited, and the other forms (RFC 8288)."""
    links = [
        f'<{paper.in_form(form.suffix)}>; rel="canonical"',
        f'<{paper.topic}>; rel="describes"',
        f'<{paper.topic}>; rel="cite-as"',
    ]
    for other in FORMS.values():
        if other.suffix != form.suffix:
            relation = "alternate describedby" if other.rdf else "alternate"
            links.append(_link(paper.in_form(other.suffix), relation, other))
    if form.rdf and paper.page < paper.pages:
        links.append(f'<{paper.in_form(form.suffix, paper.page + 1)}>; rel="next"')
    if form.rdf and paper.page > 1:
        links.append(f'<{paper.in_form(form.suffix, paper.page - 1)}>; rel="prev"')
    return (("Link", ", ".join(links)), ("Content-Location", paper.in_form(form.suffix)))


def _link(address: str, relation: str, form: Form) -> str:
    return f'<{address}>; rel="{relation}"; type="{form.type}"'
