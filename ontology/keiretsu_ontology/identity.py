"""Ids of claims, made from what they say, so that loading twice changes nothing."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from keiretsu_ontology.claims import AnyClaim, shape_of
from keiretsu_ontology.evidence import digest

_Claim = TypeVar("_Claim", bound=AnyClaim)

# What says nothing about the world: names given by curators, their verdicts, and the day of entry.
_ASIDE = ("id", "key", "text", "rank", "rank_reason", "retracted", "recorded", "published", "restates", "outranked")


def mint(claim: _Claim) -> _Claim:
    """Return a claim with the id that follows from what it says: who, what, when and where it was read.

    What says nothing is left out, so that the model may grow without giving old claims new ids.
    """
    said = {name: value for name, value in _plain(claim).items() if name not in _ASIDE}
    said["shape"] = shape_of(claim)
    text = json.dumps(said, default=_plain, ensure_ascii=False, sort_keys=True)
    return replace(claim, id="c" + digest(text)[:16])


def _plain(value: Any) -> Any:
    """Return a dataclass as a dict of what it says, and anything else that JSON does not know as a text."""
    if not is_dataclass(value):
        return str(value)
    named = ((field.name, getattr(value, field.name)) for field in fields(value))
    return {name: found for name, found in named if found is not None and found != ()}
