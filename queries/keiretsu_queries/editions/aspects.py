"""In what two editions of one claim, entity or source differ, aspect by aspect, in words.

Fields are taken from the dataclasses, so that a new one is told under its own name until it gets a better one here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from keiretsu_graph.records import to_record
from keiretsu_ontology.claims import AnyClaim, Observation
from keiretsu_ontology.dates import When
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_queries.wording import date_words, scope_words, value_words, voice_words, when_words, words_of

Names = Mapping[str, Entity]
NOTHING = "–"


class Change(NamedTuple):
    """One aspect in which two editions differ."""

    aspect: str
    old: str
    new: str


# Which fields of a claim make up an aspect; what is not here is an aspect by itself.
_CLAIM: dict[str, tuple[str, ...]] = {
    "says": ("subject", "relation", "object", "about", "metric", "kind", "parts", "purpose", "status", "none"),
    "value": ("measure", "quantity", "direction", "base"),
    "time": ("held", "period"),
    "speaker": ("speaker", "relayed_by"),
    "modality": ("modality",),
    "rank": ("rank", "rank_reason"),
    "standing": ("outranked",),
    "retraction": ("retracted",),
    "scope": ("scope",),
    "wording": ("text",),
    "evidence": ("evidence",),
}
_ASIDE = ("id", "key", "recorded", "published")  # follow from the rest, or are told of the source
_ASPECT_OF = {field: aspect for aspect, listed in _CLAIM.items() for field in listed}

_CLAIM_WORDS: dict[str, Callable[[AnyClaim, Names], str]] = {
    "says": words_of,
    "value": lambda claim, _: value_words(claim) if isinstance(claim, Observation) else "",
    "time": lambda claim, _: when_words(claim),
    "speaker": voice_words,
    "modality": lambda claim, _: claim.modality,
    "rank": lambda claim, _: f"{claim.rank}: {claim.rank_reason}" if claim.rank_reason else claim.rank,
    "standing": lambda claim, _: "outranked" if claim.outranked else "stands",
    "retraction": lambda claim, _: f"retracted {claim.retracted}" if claim.retracted else "not retracted",
    "scope": lambda claim, names: scope_words(claim.scope, names),
    "wording": lambda claim, _: claim.text,
}


def claim_changes(old: AnyClaim, new: AnyClaim, old_names: Names, new_names: Names) -> tuple[Change, ...]:
    """Return in what two editions of a claim differ, in the order of the aspects."""
    aspects = dict.fromkeys(_CLAIM) | dict.fromkeys(
        name for name in (*_fields(old), *_fields(new)) if name not in _ASPECT_OF and name not in _ASIDE
    )
    found: list[Change] = []
    for aspect in aspects:
        listed = _CLAIM.get(aspect, (aspect,))
        if [getattr(old, name, None) for name in listed] == [getattr(new, name, None) for name in listed]:
            continue
        words = _CLAIM_WORDS.get(aspect)
        before, after = (words(old, old_names), words(new, new_names)) if words is not None else ("", "")
        if before != after:
            found.append(Change(aspect, before or NOTHING, after or NOTHING))
        else:
            found += [
                _plain_change(aspect, getattr(old, name, None), getattr(new, name, None))
                for name in listed if getattr(old, name, None) != getattr(new, name, None)
            ]  # fmt: skip
    return tuple(found)


def entity_changes(old: Entity, new: Entity) -> tuple[Change, ...]:
    """Return in what two editions of an entity differ; its preferred name is told once."""
    aliases = [tuple(name[:2] for name in one.names if name.text != one.name) for one in (old, new)]
    names = (_plain_change("other names", *aliases),) if aliases[0] != aliases[1] else ()
    return tuple(row for row in _changes(old, new) if row.aspect != "names") + names


def source_changes(old: Source, new: Source) -> tuple[Change, ...]:
    """Return in what two editions of a source differ."""
    return _changes(old, new)


def _changes(old: Any, new: Any) -> tuple[Change, ...]:
    names = [name for name in _fields(new) if name != "id" and getattr(old, name) != getattr(new, name)]
    return tuple(_plain_change(name, getattr(old, name), getattr(new, name)) for name in names)


def _plain_change(aspect: str, old: Any, new: Any) -> Change:
    if isinstance(old, tuple) and isinstance(new, tuple) and not hasattr(old, "_fields"):  # tell only what differs
        old, new = [part for part in old if part not in new], [part for part in new if part not in old]
    return Change(aspect.replace("_", " "), plain_words(old), plain_words(new))


def plain_words(value: Any) -> str:
    """Return the value of any field in words."""
    match value:
        case None | False | () | []:
            return NOTHING
        case True:
            return "yes"
        case When():
            return date_words(value)
        case Evidence():
            return str(value) if value.start is not None or not value.quote else f"{value.source}: “{value.quote}”"
        case (str() as first, str() as second):  # a name and its language, a role and who has it
            return f"{first} ({second})"
        case list() | tuple():
            return "; ".join(plain_words(part) for part in value)
        case _ if is_dataclass(value) and type(value).__str__ is object.__str__:
            return ", ".join(f"{name} {part}" for name, part in to_record(value).items()) or NOTHING
    return str(value)


def _fields(value: Any) -> Iterable[str]:
    return (field.name for field in fields(value))
