"""From what a query finds to the things that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from keiretsu.explorer.about import Start
from keiretsu_graph.view import View
from keiretsu_ontology.claims import parts_of
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.vocabulary import claim_iri, entity_iri
from keiretsu_queries.base import ALWAYS, Clocks

if TYPE_CHECKING:
    from keiretsu_graph.results import Results

MANY = 500  # things in view at once


def start_of_results(view: View, found: Results, title: str, clocks: Clocks = ALWAYS) -> tuple[Start, int]:
    """Return the things that a result speaks of as what is in view at first, and how many there are in all.

    Things and claims count wherever they stand: in any column, as subject or object. Of a claim it is what the claim
    is about.

    Args:
        view: The graph.
        found: Rows, or a graph.
        title: What the view is called.
        clocks: Claims that do not pass are left out.

    Raises:
        UsageError: The result is a truth, or speaks of no thing of the graph.
    """
    if found.kind == "truth":
        raise UsageError("a query that is answered by yes or no has nothing to draw; write SELECT or CONSTRUCT")
    iris = list(dict.fromkeys(_iris(found)))
    claims = _stripped(iris, claim_iri(""))
    said = view.claims(clocks.claims(ids=tuple(claims))) if claims else []
    named = [*_stripped(iris, entity_iri("")), *(part.entity for claim in said for part in parts_of(claim))]
    known = view.entities(named)
    ids = [slug for slug in dict.fromkeys(named) if slug in known]
    if not ids:
        raise UsageError(
            "the query found nothing to draw: no column and no end of a triple is a thing or a claim of this graph"
        )
    return Start(tuple(ids[:MANY]), None, title), len(ids)


def title_of(query: str) -> str:
    r"""Return what a query asks: its first comment, or that it is one.

    Example:
        >>> title_of("# Which chips are there?\nSELECT ?chip {}"), title_of("SELECT ?chip {}")
        ('Which chips are there?', 'What the query found')
    """
    first = query.strip().partition("\n")[0]
    return first.lstrip("# ").strip()[:200] or _UNTITLED if first.startswith("#") else _UNTITLED


_UNTITLED = "What the query found"


def _iris(found: Results) -> Iterator[str]:
    import pyoxigraph as ox

    rows: Iterable[Iterable[Any]] = found.solutions or ((row.subject, row.object) for row in found.triples)
    for row in rows:
        yield from (term.value for term in row if isinstance(term, ox.NamedNode))


def _stripped(iris: Iterable[str], base: str) -> list[str]:
    return [iri.removeprefix(base) for iri in iris if iri.startswith(base)]
