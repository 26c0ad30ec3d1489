"""Ids of claims, made from what they say, so that loading twice changes nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TypeVar

from keiretsu_ontology.claims import AnyClaim, shape_of
from keiretsu_ontology.evidence import digest

_Claim = TypeVar("_Claim", bound=AnyClaim)

# What says nothing about the world: names given by curators, their verdicts, and the day of entry.
_ASIDE = ("id", "key", "text", "rank", "rank_reason", "retracted", "recorded", "published", "restates", "outranked")


def mint(claim: _Claim) -> _Claim:
    """Return a claim with the id that follows from what it says: who, what, when and where it was read."""
    said = {name: value for name, value in asdict(claim).items() if name not in _ASIDE}
    said["shape"] = shape_of(claim)
    text = json.dumps(said, default=str, ensure_ascii=False, sort_keys=True)
    return replace(claim, id="c" + digest(text)[:16])
