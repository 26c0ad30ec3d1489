"""What servers are asked in comparisons: each kind as a SPARQL query, and by our own addresses where there are some."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

_ENTITY = "https://w3id.org/keiretsu/entity/"
_KEI = "https://w3id.org/keiretsu/ontology#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
ROWS = "application/sparql-results+json"


class Kind(NamedTuple):
    """A kind of request about one company, which is told by its number."""

    name: str
    query: str  # with ENTITY for the company's IRI and NUMBER for its number
    own: tuple[str, ...] = ()  # paths of ours that answer the same, with NUMBER
    goal: float = 0.5  # of the rate of Oxigraph's server


KINDS = (
    Kind("ASK", "ASK { ENTITY ?p ?o }"),
    Kind("name lookup", f'SELECT ?one {{ ?one <{_LABEL}> "Company NUMBER" }}'),
    Kind("join of three, LIMIT 100",
         f"SELECT ?claim ?who ?text {{ ?claim <{_KEI}about> ENTITY . ?claim <{_KEI}claimedBy> ?who . "
         f"?claim <{_LABEL}> ?text }} LIMIT 100"),
    Kind("partners",
         f"SELECT DISTINCT ?relation ?other ?name {{ VALUES ?relation {{ <{_KEI}partnerOf> <{_KEI}customerOf> "
         f"<{_KEI}supplierOf> <{_KEI}investorIn> }} {{ ENTITY ?relation ?other }} UNION {{ ?other ?relation ENTITY }} "
         f"?other <{_LABEL}> ?name }}",
         ("/api/partners?name=cNUMBER",), 3.0),
    Kind("entity page",
         f"SELECT ?p ?o ?claim ?cp ?co {{ {{ ENTITY ?p ?o }} UNION "
         f"{{ ?claim <{_KEI}about> ENTITY . ?claim ?cp ?co }} }}",
         ("/api/show?name=cNUMBER", "/entity/cNUMBER.nt", "/entity/cNUMBER.jsonld", "/entity/cNUMBER.html"), 3.0),
)  # fmt: skip


def path_of(kind: Kind, number: int, sparql: str, own: str | None = None) -> str:
    """Return the address, without the server, that asks for a company by its number."""
    if own is not None:
        return own.replace("NUMBER", str(number))
    query = kind.query.replace("ENTITY", f"<{_ENTITY}c{number}>").replace("NUMBER", str(number))
    return f"{sparql}?query={quote(query)}"


def numbers(companies: int, many: int) -> list[int]:
    """Return the numbers of companies spread over a whole graph, in an order that is always the same.

    The hub c0, which a third of all claims are about, is left out: one such page would outweigh all others.
    """
    step = next(step for step in (7919, 7907, 7901) if companies % step)
    return [1 + place * step % (companies - 1) for place in range(many)]


def rows_of(address: str) -> list[str]:
    """Return the rows that a server answers, as comparable texts in order; an ASK has one."""
    found = fetched(address, ROWS)
    if "boolean" in found:
        return [str(found["boolean"])]
    return sorted(json.dumps({name: term["value"] for name, term in row.items()}, sort_keys=True)
                  for row in found["results"]["bindings"])  # fmt: skip


def fetched(address: str, accept: str = "application/json", *, read: bool = True) -> Any:
    """Return what a server answers in JSON, or its bytes where they are not to be read."""
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": accept}), timeout=60) as found:
        body = found.read()
    return json.loads(body) if read else body


def claims_of(rows: Sequence[str]) -> set[str]:
    """Return the ids of the claims in the rows of an entity page."""
    named = (json.loads(row).get("claim", "") for row in rows)
    return {iri.rpartition("/")[2] for iri in named if iri}


def others_of(rows: Sequence[str]) -> set[str]:
    """Return the ids of whoever stands in the rows of partners."""
    return {json.loads(row)["other"].rpartition("/")[2] for row in rows}


def claims_shown(answer: Any) -> set[str]:
    """Return the ids of the claims that an answer of `show` rests on."""
    return {claim["id"] for claim in answer["claims"]}


def others_shown(answer: Any) -> set[str]:
    """Return the ids of whoever an answer of `partners` tells; what is said of the units of a group is the group's."""
    said = [claim for claim in answer["claims"] if claim["shape"] == "statement"]
    ends = {end for claim in said for end in (claim["subject"], claim.get("object"))}
    return {*ends, *(row["entity"] for row in answer["result"])} | {
        end for row in answer["result"] for tie in row["ties"] for end in (tie["subject"], tie["object"])
    }


# How an answer by an address of ours is compared with the rows of the query beside it.
COMPARED: dict[str, tuple[Callable[[Sequence[str]], set[str]], Callable[[Any], set[str]]]] = {
    "entity page": (claims_of, claims_shown),
    "partners": (others_of, others_shown),
}
