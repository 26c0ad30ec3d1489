"""What the page shows, as plain data: pure, and the same for the same facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from keiretsu_graph.derive import RULES
from keiretsu_graph.layout import positions
from keiretsu_graph.network import to_networkx
from keiretsu_graph.view import ClaimFilter, TieFilter, View
from keiretsu_ontology.claims import MODALITIES, REASONS, AnyClaim, Observation, Statement, Tie, parts_of, shape_of
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.entities import FAMILIES, KINDS, Entity
from keiretsu_ontology.evidence import Evidence, digest
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_queries.base import standings_of
from keiretsu_queries.wording import voice_words, when_words, words_of

Excerpt = Callable[[Evidence], str | None]
HIDDEN = ("remarks",)  # groups of ties that are not drawn until asked for


def model(view: View, excerpt: Excerpt, *, focus: str | None = None, depth: int = 1) -> dict[str, Any]:
    """Return everything that the page shows.

    Args:
        view: The graph.
        excerpt: Gives the words at a place, or None where the text is not at hand.
        focus: The id of the entity to begin with.
        depth: How many ties around it are drawn at first.
    """
    entities = {entity.id: entity for entity in view.all_entities()}
    claims = view.claims(ClaimFilter())
    ties = [tie for tie in view.ties(TieFilter(factual=None)) if {tie.subject, tie.object} <= set(entities)]
    about, conflicts = view.about(), view.conflicts()
    standings = standings_of(view, claims, conflicts)
    return {
        "title": about.title,
        "digest": about.digest[:12],
        "counts": {"entities": about.entities, "claims": about.claims, "sources": about.sources},
        "families": list(FAMILIES.items()),
        "groups": list(GROUPS.items()),
        "hidden": list(HIDDEN),
        "modalities": MODALITIES,
        "rules": {name: rule.sentence for name, rule in RULES.items()},
        "focus": focus,
        "depth": depth,
        "nodes": _nodes(view, entities, ties),
        "ties": [_tie(tie) for tie in ties],
        "claims": {claim.id: _claim(claim, entities, excerpt) for claim in claims},
        "conflicts": [
            {
                "id": row.id,
                "why": REASONS[row.why],
                "note": row.note,
                "claims": list(row.claims),
                "curated": row.curated,
                "standing": standings[row.id],
            }
            for row in conflicts
        ],
        "sources": {
            source.id: {
                "title": source.title,
                "publisher": entities[source.publisher].name if source.publisher in entities else None,
                "kind": source.kind.replace("_", " "),
                "published": str(source.published) if source.published else None,
                "recorded": str(source.recorded),
                "url": source.url,
            }
            for source in view.sources()
        },
    }


def _nodes(view: View, entities: dict[str, Entity], ties: Iterable[Tie]) -> list[dict[str, Any]]:
    """Return entities with their places; what is drawn at first is laid out, the rest stands around it.

    At first those ties are drawn that one claim makes; what follows from several together is shown when asked for.
    """
    drawn = tuple(name for name, relation in RELATIONS.items() if relation.group not in HIDDEN)
    network = to_networkx(view, TieFilter(relations=drawn, factual=None))
    network.remove_edges_from([edge for edge in network.edges(keys=True) if " " in network.edges[edge]["claims"]])
    places = positions(network)
    degree: dict[str, int] = {}
    for tie in ties:
        for end in (tie.subject, tie.object):
            degree[end] = degree.get(end, 0) + (tie.relation in drawn and len(tie.claims) == 1)
    return [
        {
            "id": slug,
            "name": entity.name,
            "kind": KINDS[entity.kind].label,
            "family": entity.family,
            "x": places[slug][0],
            "y": places[slug][1],
            "degree": degree.get(slug, 0),
            "names": [[name.text, name.language] for name in entity.names if name.text != entity.name],
            "identifiers": [[found.scheme, found.value] for found in entity.identifiers],
            "description": entity.description,
        }
        for slug, entity in entities.items()
    ]


def _tie(tie: Tie) -> dict[str, Any]:
    relation = RELATIONS[tie.relation]
    made_of = " ".join([tie.subject, tie.relation, tie.object, tie.rule or "", *tie.claims])
    return {
        "id": digest(made_of)[:10],
        "s": tie.subject,
        "o": tie.object,
        "label": relation.label,
        "inverse": relation.inverse_label,
        "symmetric": relation.symmetric,
        "group": relation.group,
        "rule": tie.rule,
        "factual": tie.factual,
        "claims": list(tie.claims),
    }


def _claim(claim: AnyClaim, entities: dict[str, Entity], excerpt: Excerpt) -> dict[str, Any]:
    when = date_of(claim)
    return {
        "key": claim.key,
        "shape": shape_of(claim),
        "group": RELATIONS[claim.relation].group if isinstance(claim, Statement) else shape_of(claim),
        "text": claim.text,
        "says": words_of(claim, entities),
        "who": voice_words(claim, entities),
        "speaker": claim.speaker,
        "modality": claim.modality,
        "factual": claim.factual,
        "rank": claim.rank,
        "when": when_words(claim),
        "sort": str(when.earliest or when.latest) if when else "",
        "of": claim.about if isinstance(claim, Observation) else None,
        "about": sorted({part.entity for part in parts_of(claim)}),
        "restates": claim.restates,
        "source": claim.source,
        "places": [
            {"source": place.source, "at": _at(place), "words": place.quote or excerpt(place)}
            for place in claim.evidence
        ],
    }


def _at(place: Evidence) -> str:
    return "the source as a whole" if place.start is None else f"characters {place.start} to {place.end}"
