"""Peers: things of one kind of which something is known, and what is usual among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.entities import ABSTRACT, KINDS, Entity, is_a
from keiretsu_queries.base import Clocks
from keiretsu_queries.doubts.features import Feature, Known, known_of_all

FEW = 5  # peers; where there are fewer, near kinds are looked at as well
_LEAST = 2  # features that make a thing a peer: what is merely named is none


class Peers(NamedTuple):
    """Things like another one."""

    kind: str  # of which all of them are
    entities: tuple[Entity, ...]  # without the thing itself


def peers_of(view: View, entity: Entity, clocks: Clocks) -> tuple[Peers, Known]:
    """Return the things of the kind of an entity, of near kinds where there are few, and what is known of them all."""
    every = view.all_entities()
    peers, known = Peers(entity.kind, ()), known_of_all([entity], [])
    for kind in (entity.kind, KINDS[entity.kind].parent):
        if kind is None or kind in ABSTRACT:
            break
        alike = [other for other in every if is_a(other.kind, kind) or other.id == entity.id]
        found, known = among(view, alike, clocks)
        peers = Peers(kind, tuple(other for other in found if other.id != entity.id))
        if len(peers.entities) >= FEW:
            break
    return peers, known


def among(view: View, things: Iterable[Entity], clocks: Clocks) -> tuple[list[Entity], Known]:
    """Return the things of which enough is known to tell what is usual, and what is known of all."""
    listed = list(things)
    ids = tuple(entity.id for entity in listed)
    return told_of(listed, view.claims(clocks.claims(entities=ids)) if ids else ())


def told_of(listed: Sequence[Entity], claims: Iterable[AnyClaim]) -> tuple[list[Entity], Known]:
    """Return the things of which some claims tell enough to tell what is usual, and what is known of all."""
    known = known_of_all(listed, claims)
    told = [entity for entity in listed if sum(bool(claims) for claims in known.claims[entity.id].values()) >= _LEAST]
    return told, known


def having(peers: Iterable[Entity], known: Known, features: Iterable[Feature]) -> list[Entity]:
    """Return the peers of which any of some features is known."""
    wanted = set(features)
    return [peer for peer in peers if wanted & set(known.claims[peer.id])]


def usual(peers: Iterable[Entity], known: Known, least: int) -> list[Feature]:
    """Return the features that a third of some peers have, and not fewer than a number, the most usual first."""
    listed = list(peers)
    number = Counter(feature for peer in listed for feature in known.claims[peer.id])
    found = [feature for feature, count in number.items() if count >= least and 3 * count >= len(listed)]
    return sorted(found, key=lambda feature: (-number[feature], feature))
