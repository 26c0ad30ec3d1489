"""Made-up graphs of companies in the terms of our model, of any size: scale-free ones and ones made of groups.

Both have about two ties a thing, one claim a tie, one source for every 500 claims. Relations are such that nothing
follows by rule: what is drawn is what was made. The same arguments make the same dataset.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from keiretsu_ontology.claims import Modality, Statement
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import Held, When
from keiretsu_ontology.entities import Entity, Name
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_ontology.identity import mint

Pairs = list[tuple[int, int]]
SORTS = ("scale-free", "grouped")
_PER_SOURCE = 500  # claims
_KINDS = ("company", "application", "technology", "person")
_SHARES = (60, 25, 8, 7)  # of a hundred
_ENDINGS = {
    "company": ("Corp.", "K.K.", "AG", "Ltd."), "application": ("One", "Pro", "Suite"),
    "technology": ("process", "protocol"), "person": ("senior", "junior"),
}  # fmt: skip
_SYLLABLES = ("ka", "mi", "to", "ra", "shi", "ne", "lo", "bru", "den", "vel", "ga", "os", "ter", "an", "qui", "za")
_MODALITIES: tuple[Modality, ...] = ("reported", "stated", "stated", "stated", "forecast", "opinion")
# By the kinds of both ends, in the order of _KINDS; what stands first is the subject.
_RELATIONS = {
    ("company", "company"): ("supplier_of", "customer_of", "partner_of", "investor_in", "licensee_of"),
    ("company", "application"): ("offers", "uses", "manufactures"),
    ("company", "technology"): ("uses_technology", "investor_in"),
    ("person", "company"): ("director_of", "officer_of", "founded"),
    ("application", "application"): ("integrates", "surpasses"),
    ("application", "technology"): ("built_on", "uses_technology"),
    ("person", "application"): ("uses",),
    ("technology", "technology"): ("supports",),
    ("person", "technology"): ("uses",),
    ("person", "person"): ("partner_of",),
}


def company_graph(things: int, sort: str = "scale-free", *, hubs: int = 0, seed: int = 7) -> Dataset:
    """Return the dataset.

    Args:
        things: How many entities, at least 10.
        sort: One of SORTS.
        hubs: So many things share a tenth of all ties, as 1, 1/2, 1/3 ...: far more than a scale-free graph gives them.
        seed: Of chance.
    """
    dice = random.Random(f"{sort} {things} {hubs} {seed}")
    pairs = (_scale_free if sort == "scale-free" else _grouped)(things, dice)
    if hubs:
        pairs = _leaning(pairs, hubs, things, dice)
    kinds = dice.choices(_KINDS, _SHARES, k=things)
    kinds[: max(hubs, things // 50)] = ["company"] * max(hubs, things // 50)
    entities = tuple(sorted((_entity(number, kind, dice) for number, kind in enumerate(kinds)), key=lambda e: e.id))
    sources = [_source(number) for number in range(len(pairs) // _PER_SOURCE + 1)]
    claims = tuple(sorted(_claims(pairs, kinds, sources, dice), key=lambda claim: claim.id))
    digest = sha256(f"{sort} {things} {hubs} {seed} {len(pairs)}".encode()).hexdigest()
    title = f"Made up, {sort}, {things:,} things"
    return Dataset("made-up", title, digest, entities, tuple(sorted(sources, key=lambda s: s.id)), claims, ())


def _scale_free(things: int, dice: random.Random) -> Pairs:
    """Return ties by preferential attachment, two of each newcomer (Barabási and Albert 1999)."""
    ends, pairs = [0, 1], [(0, 1)]
    for new in range(2, things):
        chosen = {dice.choice(ends)}
        while len(chosen) < 2:
            chosen.add(dice.choice(ends))
        for other in sorted(chosen):
            pairs.append((new, other))
            ends += (new, other)
    return pairs


def _grouped(things: int, dice: random.Random) -> Pairs:
    """Return ties within groups of a dozen to some sixty, each about a hub, and one in ten between groups."""
    pairs: set[tuple[int, int]] = set()
    hubs = [0]
    size, ends = _size(dice), [0]
    for new in range(1, things):
        if new - hubs[-1] >= size:
            hubs.append(new)
            size, ends = _size(dice), [new]
            continue
        for other in {dice.choice(ends), dice.choice(ends)}:
            pairs.add((new, other))
            ends += (new, other)
    missing = things // 5 if len(hubs) > 1 else 0
    while missing:
        one, other = dice.choice(hubs) if dice.random() < 0.4 else dice.randrange(things), dice.randrange(things)
        if one != other and (pair := (max(one, other), min(one, other))) not in pairs:
            pairs.add(pair)
            missing -= 1
    return sorted(pairs)


def _size(dice: random.Random) -> int:
    return dice.randint(12, 24) if dice.random() < 0.6 else dice.randint(25, 60)


def _leaning(pairs: Pairs, hubs: int, things: int, dice: random.Random) -> Pairs:
    """Return ties of which every tenth has one end moved to a hub; a tie that is there already is left out."""
    weights = [1 / (rank + 1) for rank in range(hubs)]
    chosen = iter(dice.choices(range(hubs), weights, k=len(pairs)))
    found = {(dice.randrange(hubs, things), next(chosen)) if place % 10 == 0 else pair
             for place, pair in enumerate(pairs)}  # fmt: skip
    return sorted(found)


def _entity(number: int, kind: str, dice: random.Random) -> Entity:
    word = "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))).capitalize()
    name = f"{word} {dice.choice(_ENDINGS[kind])}"
    return Entity(f"t{number}", kind, name, (Name(name, "en", preferred=True),))


def _source(number: int) -> Source:
    month = date(2020 + number // 12 % 6, number % 12 + 1, 1)
    when = When(f"{month:%Y-%m}", month, month.replace(day=28))
    return Source(f"s{number}", f"Report {number}", "report", date(2026, 1, 1), when)


def _claims(pairs: Pairs, kinds: list[str], sources: list[Source], dice: random.Random) -> Iterator[Statement]:
    for number, (one, other) in enumerate(pairs):
        if (kinds[one], kinds[other]) not in _RELATIONS:
            one, other = other, one
        source = sources[number // _PER_SOURCE]
        relation = dice.choice(_RELATIONS[kinds[one], kinds[other]])
        year = dice.randint(2005, 2025)
        yield mint(
            Statement(
                id="", key=f"k{number}", text=f"Report {number // _PER_SOURCE} says so.", subject=f"t{one}",
                relation=relation, object=f"t{other}", speaker=f"t{dice.randrange(20) if number % 3 else 0}",
                modality=dice.choice(_MODALITIES), held=Held(When(str(year), date(year, 1, 1), date(year, 12, 31))),
                source=source.id, published=source.published, recorded=source.recorded,
                evidence=(Evidence(source.id),),
            )
        )  # fmt: skip
