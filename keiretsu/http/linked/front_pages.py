"""The front page, and the page of what a name may mean."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from keiretsu.http.pages import html_page
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.claims import parts_of
from keiretsu_ontology.entities import FAMILIES, KINDS
from keiretsu_queries.wording import kinds_words

_EXACT = ("id", "identifier", "name")
_SHOWN = 40  # candidates
_EXAMPLES, _ROWS = 8, 4  # entities of a family on the front page, families
_COUNTED = 100_000  # claims that are counted for examples, at most
_TELLING = ("organisation", "product", "person", "idea")


class Face(NamedTuple):
    """One way to ask the graph."""

    title: str
    address: str  # under the base
    told: str


# What a server offers; an address that ends in a slash or names a page can be opened in a browser.
FACES = (
    Face("Explorer", "explore", "The graph as a picture to walk about in, where every tie opens its evidence."),
    Face("Linked data", "entity/", "Every entity, claim, source and conflict has an address: HTML, Turtle, JSON-LD."),
    Face("Questions", "api/", "Every question of the command line over HTTP, as JSON, CSV, Markdown or text."),
    Face("SPARQL", "sparql", "The SPARQL 1.1 protocol over the whole graph, read-only."),
    Face("Terms", "ontology", "The ontology: every class and property with its definition and its use."),
    Face("Reconciliation", "reconcile", "Names matched against the graph, for OpenRefine and others."),
    Face("OpenAPI", "api/openapi.json", "The questions described for programs."),
    Face("Dataset", "dataset.ttl", "What this graph is, in VoID."),
)


def front(desk: Desk) -> Product:
    """Return the front page: what the graph is, where to begin, and how to ask."""
    if desk.plan.build is None:
        return html_page(
            "linked/front.html",
            "SPARQL",
            up=".",
            about=None,
            base=desk.address,
            faces=[face for face in FACES if face.title == "SPARQL"],
        )
    about = desk.view.about()
    manifest = desk.build.manifest
    return html_page(
        "linked/front.html", about.title, up=".", about=about, manifest=manifest, base=desk.address,
        faces=FACES, examples=_examples(desk, about.claims),
    )  # fmt: skip


def _examples(desk: Desk, claims: int) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Return the entities that most is said of, by family; of a graph too large to count, none."""
    if claims > _COUNTED:
        return []
    counted = Counter(
        slug for claim in desk.view.claims(ClaimFilter()) for slug in {part.entity for part in parts_of(claim)}
    )
    entities = desk.view.entities(counted)
    rows = []
    for family in _TELLING[:_ROWS]:
        own = sorted((slug for slug in counted if entities[slug].family == family), key=lambda s: (-counted[s], s))
        rows.append((FAMILIES[family], [(slug, entities[slug].name, counted[slug]) for slug in own[:_EXAMPLES]]))
    return [row for row in rows if row[1]]


def candidates(desk: Desk, *, text: str) -> Product:
    """Return the page of what a name may mean; where it names one thing exactly, the way to its page."""
    rows = desk.view.names(text, limit=_SHOWN) if text.strip() else []
    exact = {row.entity for row in rows if row.match in _EXACT}
    if len(exact) == 1:
        return Product(b"", "text/plain", headers=(("Location", f"entity/{exact.pop()}.html"),), status=303)
    entities = desk.view.entities([row.entity for row in rows])
    listed = {row.entity: (entities[row.entity], KINDS[entities[row.entity].kind].label, row.name) for row in rows}
    kinds = Counter(entity.kind for entity, _, _ in listed.values())
    title = f"“{text[:60]}”" if text.strip() else "Find by name"
    return html_page(
        "linked/candidates.html", title, up=".", sought=text, rows=list(listed.values()), more=len(rows) == _SHOWN,
        words=kinds_words(kinds) if kinds else "",
    )  # fmt: skip
