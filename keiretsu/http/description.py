"""What the service can do and what it holds, as RDF.

Source: SPARQL 1.1 Service Description; Describing Linked Datasets with the VoID Vocabulary.
"""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from keiretsu.http.figures import Figures
from keiretsu_ontology.vocabulary import PREFIXES

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "TriG",
    "N-Quads",
)
SPELT = {name: iri for name, iri in PREFIXES.items() if name in ("dcterms", "kei", "rdf", "rdfs", "xsd")} | {
    "foaf": "http://xmlns.com/foaf/0.1/",
    "formats": _FORMATS,
    "sd": SD,
    "void": VOID,
}
_A = NamedNode(PREFIXES["rdf"] + "type")


class Place(NamedTuple):
    """The address that the graph was asked at, which is what a description names."""

    address: str  # without a slash at the end
    path: str = "/sparql"

    @property
    def endpoint(self) -> str:
        """The address of the endpoint."""
        return self.address + self.path

    @property
    def void(self) -> str:
        """The address of the description of the dataset."""
        return f"{self.address}/void"


class Powers(NamedTuple):
    """What a service can do beyond queries of its own graphs."""

    union: bool = False  # whether the default graph is all graphs together
    changes: bool = False
    services: bool = False  # whether SERVICE may reach others


def sd(name: str) -> NamedNode:
    """Return a term of the vocabulary of service descriptions."""
    return NamedNode(SD + name)


def void(name: str) -> NamedNode:
    """Return a term of the vocabulary of datasets."""
    return NamedNode(VOID + name)


def dcterms(name: str) -> NamedNode:
    """Return a term of Dublin Core."""
    return NamedNode(PREFIXES["dcterms"] + name)


def kind(subject: NamedNode, *kinds: NamedNode) -> list[Triple]:
    """Return what says of which kinds something is."""
    return [Triple(subject, _A, one) for one in kinds]


def number(subject: NamedNode, name: NamedNode, value: int | None) -> list[Triple]:
    """Return what says how many there are, or nothing where that is not known."""
    return [] if value is None else [Triple(subject, name, Literal(value))]


def service(place: Place, powers: Powers, figures: Figures) -> list[Triple]:
    """Return the description of the service at an address."""
    node, dataset = NamedNode(f"{place.endpoint}#service"), NamedNode(f"{place.endpoint}#dataset")
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if powers.changes else [])]
    features = [("UnionDefaultGraph", powers.union), ("BasicFederatedQuery", powers.services)]
    return [
        *kind(node, sd("Service")),
        Triple(node, sd("endpoint"), NamedNode(place.endpoint)),
        *(Triple(node, sd("supportedLanguage"), sd(language)) for language in languages),
        *(Triple(node, sd("feature"), sd(name)) for name, there in features if there),
        *(Triple(node, sd("resultFormat"), NamedNode(_FORMATS + name)) for name in RESULTS),
        Triple(node, sd("defaultEntailmentRegime"), NamedNode("http://www.w3.org/ns/entailment/Simple")),
        Triple(node, sd("defaultDataset"), dataset),
        *kind(dataset, sd("Dataset")),
        *_graphs(place, dataset, powers, figures),
    ]


def _graphs(place: Place, dataset: NamedNode, powers: Powers, figures: Figures) -> list[Triple]:
    """Return the default graph and the named graphs of a service, each with its number of triples."""
    default = NamedNode(f"{place.endpoint}#default")
    found = [
        Triple(dataset, sd("defaultGraph"), default),
        *kind(default, sd("Graph"), void("Dataset")),
        *number(default, void("triples"), figures.triples if powers.union else figures.default),
        Triple(default, NamedNode(PREFIXES["rdfs"] + "seeAlso"), NamedNode(place.void)),
    ]
    for at, (name, triples) in enumerate(figures.graphs.most if figures.graphs else (), start=1):
        named, graph = NamedNode(f"{place.endpoint}#named-{at}"), NamedNode(f"{place.endpoint}#graph-{at}")
        found += [
            Triple(dataset, sd("namedGraph"), named),
            *kind(named, sd("NamedGraph")),
            Triple(named, sd("name"), NamedNode(name)),
            Triple(named, sd("graph"), graph),
            *kind(graph, sd("Graph"), void("Dataset")),
            *number(graph, void("triples"), triples),
        ]
    return found


def written(triples: list[Triple], media: str) -> bytes:
    """Return triples in one of the formats that `FORMS` names: the same bytes in every process."""
    subjects = {triple.subject: at for at, triple in reversed(list(enumerate(triples)))}
    grouped = sorted(triples, key=lambda triple: subjects[triple.subject])
    if FORMS[media] != ox.RdfFormat.TURTLE:
        return ox.serialize(grouped, format=FORMS[media]) or b""
    lines = (ox.serialize(grouped, format=ox.RdfFormat.TURTLE, prefixes=SPELT) or b"").splitlines(keepends=True)
    head = [line for line in lines if line.startswith(b"@prefix ")]  # in another order in every process
    return b"".join([*sorted(head), *lines[len(head) :]])


FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
