"""The description of the dataset that is served: how much of what it holds, and where. Nothing in it is guessed.

Source: Describing Linked Datasets with the VoID Vocabulary (W3C, 2011).
"""

from __future__ import annotations

import hashlib
import re

from pyoxigraph import Literal, NamedNode, Triple

from keiretsu.http.description import Place, dcterms, kind, number, void
from keiretsu.http.figures import Figures, Part, Tally
from keiretsu_ontology.vocabulary import BASE

_FOAF = "http://xmlns.com/foaf/0.1/"


def description(place: Place, figures: Figures, *, own_space: bool) -> list[Triple]:
    """Return the description of the dataset.

    Args:
        place: The address that was asked.
        figures: What is known of the graph.
        own_space: Whether its things have the addresses that we mint.
    """
    page = NamedNode(place.void)
    said = figures.said
    dataset = NamedNode(said.dataset if said and said.dataset else f"{place.void}#dataset")
    return [
        *kind(page, void("DatasetDescription")),
        Triple(page, NamedNode(_FOAF + "primaryTopic"), dataset),
        *kind(dataset, void("Dataset")),
        *([Triple(dataset, dcterms("title"), Literal(said.title))] if said and said.title else []),
        *([Triple(dataset, dcterms("license"), NamedNode(said.licence))] if said and said.licence else []),
        Triple(dataset, void("sparqlEndpoint"), NamedNode(place.endpoint)),
        *([Triple(dataset, void("uriSpace"), Literal(f"{BASE}entity/"))] if own_space else []),
        *(Triple(dataset, void("exampleResource"), NamedNode(iri)) for iri in figures.examples or ()),
        *_counts(dataset, figures),
        *(Triple(dataset, void("vocabulary"), NamedNode(iri)) for iri in _vocabularies(figures)),
        *_partitions(place, dataset, figures),
    ]


def _counts(dataset: NamedNode, figures: Figures) -> list[Triple]:
    rows = (
        ("triples", figures.triples),
        ("entities", figures.entities),
        ("classes", figures.classes.number if figures.classes else None),
        ("properties", figures.properties.number if figures.properties else None),
        ("distinctSubjects", figures.subjects),
        ("distinctObjects", figures.objects),
    )
    return [triple for name, value in rows for triple in number(dataset, void(name), value)]


def _partitions(place: Place, dataset: NamedNode, figures: Figures) -> list[Triple]:
    """Return how many things each class has, and how many triples each property."""
    found = []
    for name, counted, tally in (
        ("class", "entities", figures.classes),
        ("property", "triples", figures.properties),
    ):
        for iri, value in (tally or Tally()).most:
            part = NamedNode(f"{place.void}#{name}-{hashlib.sha256(iri.encode()).hexdigest()[:12]}")
            found += [
                Triple(dataset, void(f"{name}Partition"), part),
                Triple(part, void(name), NamedNode(iri)),
                *number(part, void(counted), value),
            ]
    return found


def _vocabularies(figures: Figures) -> list[str]:
    """Return the namespaces of the classes and properties that are used."""
    parts: list[Part] = [*(figures.classes or Tally()).most, *(figures.properties or Tally()).most]
    return sorted({space for iri, _ in parts if (space := _namespace(iri))})


def _namespace(iri: str) -> str:
    """Return what comes before the name of a term.

    Example:
        >>> _namespace("http://purl.org/dc/terms/title"), _namespace("urn:x"), _namespace("http://xmlns.com/")
        ('http://purl.org/dc/terms/', '', '')
    """
    found = re.fullmatch(r"(\w+://[^/#]+/(?:.*[/#])?)[^/#]+", iri)
    return found[1] if found else ""
