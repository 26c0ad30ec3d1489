"""Claims, entities and sources as plain data, and back: what SQLite keeps and what `--json` prints.

None and empty values are left out. A look-up reads hundreds of claims: only what is not plain is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from keiretsu_ontology.claims import (
    SHAPES,
    AnyClaim,
    Conflict,
    Deal,
    Observation,
    Occurrence,
    Part,
    Scope,
    Statement,
    Tie,
    shape_of,
)
from keiretsu_ontology.dates import Held, Period, When
from keiretsu_ontology.entities import Entity, Identifier, Merged, Name
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_ontology.values import Quantity

Record = dict[str, Any]
_FIELDS: dict[type, tuple[str, ...]] = {}


def to_record(value: Any) -> Record:
    """Return a claim, entity, source, conflict or tie as plain data; claims tell their shape."""
    record = _fields(value)
    shaped = isinstance(value, Statement | Deal | Observation | Occurrence)
    return {"shape": shape_of(value), **record} if shaped else record


def _fields(value: Any) -> Record:
    found: Record = {}
    for name in _names(type(value)):
        part = getattr(value, name)
        if type(part) is str:  # most are, or are nothing
            found[name] = part
        elif part is not None and part is not False and part != () and not _is_empty(plain := _plain(part)):
            found[name] = plain
    return found


def _is_empty(plain: Any) -> bool:
    return plain is None or plain is False or plain == [] or plain == {}


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind))
    return _FIELDS[kind]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Name | Identifier | Part | Merged):
        return {name: part for name, part in value._asdict().items() if not _is_empty(part)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return _fields(value)
    raise TypeError(f"no plain form of {type(value).__name__}")


def to_entity(record: Mapping[str, Any]) -> Entity:
    """Return the entity of a record."""
    return Entity(
        record["id"], record["kind"], record["name"],
        tuple(Name(row["text"], row["language"], row.get("preferred", False)) for row in record.get("names", ())),
        tuple(Identifier(row["scheme"], row["value"]) for row in record.get("identifiers", ())),
        record.get("description"), record.get("fiscal_year_end"), record.get("dimension"),
        tuple(Merged(row["id"], row.get("reason")) for row in record.get("merged", ())),
    )  # fmt: skip


def to_source(record: Mapping[str, Any]) -> Source:
    """Return the source of a record."""
    plain = {**record, "recorded": date.fromisoformat(record["recorded"]), "published": _when(record.get("published"))}
    return Source(**plain)


def to_conflict(record: Mapping[str, Any]) -> Conflict:
    """Return the conflict of a record."""
    return Conflict(
        record["id"], tuple(record["claims"]), record["why"], record.get("note", ""), record.get("curated", False)
    )


def to_tie(record: Mapping[str, Any]) -> Tie:
    """Return the tie of a record."""
    return Tie(
        record["subject"], record["relation"], record["object"], tuple(record["claims"]), record.get("rule"),
        record.get("factual", False),
    )  # fmt: skip


def to_claim(record: Mapping[str, Any]) -> AnyClaim:
    """Return the claim of a record: what is not in it has its default.

    Raises:
        KeyError: The record is of no known shape.
        TypeError: It misses a field, or has one that is not of its shape.
    """
    given = {name: _FROM_PLAIN[name](value) if name in _FROM_PLAIN else value for name, value in record.items()}
    given.setdefault("held", _UNDATED)
    given.setdefault("scope", _ANYWHERE)
    made = _CLAIMS.get(given.pop("shape"))
    if made is None:
        raise KeyError(f"no claim has the shape {record['shape']!r}; there are {', '.join(SHAPES)}")
    if made is Statement:
        given.setdefault("object", None)
    return made(**given)


def to_claims(texts: Iterable[str]) -> list[AnyClaim]:
    """Return the claims of many records in JSON, parsed at one go: starting the parser takes as long as a record."""
    return [to_claim(record) for record in json.loads(f"[{','.join(texts)}]")]


def to_entities(texts: Iterable[str]) -> list[Entity]:
    """Return the entities of many records in JSON."""
    return [to_entity(record) for record in json.loads(f"[{','.join(texts)}]")]


_day_of = lru_cache(maxsize=20_000)(date.fromisoformat)  # many claims were recorded on one day


def _day(text: str | None) -> date | None:
    return _day_of(text) if text else None


def _when(record: Mapping[str, Any] | None) -> When | None:
    if record is None:
        return None
    get = record.get
    return _when_of(record["edtf"], get("earliest"), get("latest"), get("stated"), get("inferred", False))


@lru_cache(maxsize=20_000)  # every claim of a source has its date
def _when_of(edtf: str, earliest: str | None, latest: str | None, stated: str | None, inferred: Any) -> When:
    return When(edtf, _day(earliest), _day(latest), stated, inferred)


def _held(record: Mapping[str, Any]) -> Held:
    return Held(_when(record.get("start")), _when(record.get("end")))


def _period(record: Mapping[str, Any]) -> Period:
    return Period(
        record["kind"], _day(record.get("start")), _day(record.get("end")), record.get("label"), record.get("stated"),
        record.get("inferred", False),
    )  # fmt: skip


def _quantity(record: Mapping[str, Any]) -> Quantity:
    return Quantity(**record)


def _scope(record: Mapping[str, Any]) -> Scope:
    return Scope(**{**record, "excludes": tuple(record.get("excludes", ()))})


def _evidence(records: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**record) for record in records)


def _parts(records: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    return tuple(Part(row["role"], row["entity"]) for row in records)


_CLAIMS: dict[Any, type[AnyClaim]] = {
    "statement": Statement, "deal": Deal, "observation": Observation, "occurrence": Occurrence,
}  # fmt: skip
_UNDATED, _ANYWHERE = Held(), Scope()
# How a field of a claim that is not plain in a record is read; the others are as they stand.
_FROM_PLAIN: dict[str, Callable[[Any], Any]] = {
    "retracted": _day_of, "held": _held, "published": _when, "recorded": _day_of,
    "scope": _scope, "evidence": _evidence, "parts": _parts, "amount": _quantity, "share": _quantity,
    "quantity": _quantity, "period": _period,
}  # fmt: skip
