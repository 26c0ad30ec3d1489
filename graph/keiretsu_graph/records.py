"""Claims, entities and sources as plain data, and back: what SQLite keeps and what `--json` prints.

None and empty values are left out. Reading is written out by hand, class by class: a look-up reads hundreds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
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
    named = ((name, _plain(getattr(value, name))) for name in _names(type(value)))
    return {name: plain for name, plain in named if not _is_empty(plain)}


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
    """Return the claim of a record.

    Raises:
        KeyError: The record is of no known shape or misses a field.
    """
    common = _common(record)
    match record["shape"]:
        case "statement":
            return Statement(
                subject=record["subject"], relation=record["relation"], object=record.get("object"), **common
            )
        case "deal":
            return Deal(
                kind=record["kind"], parts=_parts(record), purpose=record.get("purpose"), status=record.get("status"),
                amount=_quantity(record.get("amount")), share=_quantity(record.get("share")), **common,
            )  # fmt: skip
        case "observation":
            return Observation(
                about=record["about"], metric=record["metric"], measure=record.get("measure", "value"),
                quantity=_quantity(record.get("quantity")), direction=record.get("direction"),
                period=_period(record.get("period")), base=record.get("base"), **common,
            )  # fmt: skip
        case "occurrence":
            return Occurrence(kind=record["kind"], parts=_parts(record), **common)
        case other:
            raise KeyError(f"no claim has the shape {other!r}; there are {', '.join(SHAPES)}")


def _common(record: Mapping[str, Any]) -> Record:
    return {
        "id": record["id"],
        "key": record["key"],
        "text": record["text"],
        "speaker": record["speaker"],
        "relayed_by": record.get("relayed_by"),
        "modality": record["modality"],
        "rank": record["rank"],
        "rank_reason": record.get("rank_reason"),
        "retracted": _day(record.get("retracted")),
        "none": record.get("none", False),
        "held": _held(record.get("held")),
        "source": record["source"],
        "published": _when(record.get("published")),
        "recorded": date.fromisoformat(record["recorded"]),
        "scope": _scope(record.get("scope")),
        "evidence": tuple(_evidence(row) for row in record.get("evidence", ())),
        "restates": record.get("restates"),
        "outranked": record.get("outranked", False),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _when(record: Mapping[str, Any] | None) -> When | None:
    if record is None:
        return None
    return When(
        record["edtf"], _day(record.get("earliest")), _day(record.get("latest")), record.get("stated"),
        record.get("inferred", False),
    )  # fmt: skip


def _held(record: Mapping[str, Any] | None) -> Held:
    return Held(_when(record.get("start")), _when(record.get("end"))) if record else Held()


def _period(record: Mapping[str, Any] | None) -> Period | None:
    if record is None:
        return None
    return Period(
        record["kind"], _day(record.get("start")), _day(record.get("end")), record.get("label"), record.get("stated"),
        record.get("inferred", False),
    )  # fmt: skip


def _quantity(record: Mapping[str, Any] | None) -> Quantity | None:
    if record is None:
        return None
    return Quantity(record["written"], record["unit"], record["comparator"], record.get("scale"), record.get("upper"))


def _scope(record: Mapping[str, Any] | None) -> Scope:
    return Scope(**{**record, "excludes": tuple(record.get("excludes", ()))}) if record else Scope()


def _evidence(record: Mapping[str, Any]) -> Evidence:
    return Evidence(record["source"], record.get("start"), record.get("end"), record.get("sha256"), record.get("quote"))


def _parts(record: Mapping[str, Any]) -> tuple[Part, ...]:
    return tuple(Part(row["role"], row["entity"]) for row in record["parts"])
