"""The texts that a person writes in files of facts, each with its rule: what fits passes as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from keiretsu_ontology.claims import BASES, MODALITIES, RANKS, REASONS
from keiretsu_ontology.dates import PERIOD_KINDS
from keiretsu_ontology.entities import ABSTRACT, FAMILIES, KINDS
from keiretsu_ontology.evidence import SOURCE_KINDS
from keiretsu_ontology.metrics import DIMENSIONS
from keiretsu_ontology.notation import nearest, parse_quantity, parse_when
from keiretsu_ontology.relations import GROUPS, INVERSES, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, DEAL_STATUSES, OCCURRENCE_KINDS, ROLES
from keiretsu_ontology.writing import IDENTIFIER_SCHEMES, NAME_MAX, slug_fault, text_fault, url_fault

NONE = "none"  # the object of a statement that says there is no such thing


def _fault(found: str | None) -> None:
    if found is not None:
        raise ValueError(found)


def _slug(value: str) -> str:
    _fault(slug_fault(value))
    return value


def _name(value: str) -> str:
    _fault(text_fault(value, limit=NAME_MAX))
    return value


def _text(value: str) -> str:
    value = value.removesuffix("\n")  # a block of YAML ends in a line break
    _fault(text_fault(value, lines=True))
    return value


def _entity_id(value: str) -> str:
    if value == NONE:
        raise ValueError(f"{NONE!r} is what a statement says where there is no such thing; choose another id")
    return value


def _scheme(value: str) -> str:
    if value not in IDENTIFIER_SCHEMES:
        raise ValueError(f"unknown identifier {value[:60]!r}{nearest(value, IDENTIFIER_SCHEMES)}")
    return value


def _url(value: str) -> str:
    _fault(url_fault(value))
    return value


def _file(value: str) -> str:
    _fault(text_fault(value, limit=200))
    if re.search(r"[/\\:]", value) or value.startswith(".") or value != value.strip():
        raise ValueError(f"a file name without folders is wanted here, not {value[:60]!r}")
    return value


def _digest(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise ValueError("a SHA-256 in 64 lower-case hexadecimal digits is wanted here")
    return value


def _span(value: str) -> str:
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", value, re.ASCII)
    if found is None:
        raise ValueError("a place is START-END in characters, such as 120-184")
    if int(found[1]) >= int(found[2]):
        raise ValueError(f"the place {value} ends before it begins")
    return value


def _day(value: str) -> str:
    when = parse_when(value)
    if when.earliest != when.latest or len(value) != 10:
        raise ValueError(f"a full date such as 2025-11-25 is wanted here, not {value[:60]!r}")
    return value


def _edtf(value: str) -> str:
    parse_when(value)
    return value


def _quantity(value: str) -> str:
    parse_quantity(value)
    return value


def _year_end(value: str) -> str:
    if value not in _MONTH_ENDS:
        raise ValueError(f"the last day of a month as MM-DD is wanted here, such as 03-31, not {value[:60]!r}")
    return value


_MONTH_ENDS = (
    "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31",
)  # fmt: skip


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", value):
        raise ValueError(f"a language tag such as en or zh-Hans is wanted here, not {value[:60]!r}")
    return value


def _flag(value: Any) -> Any:
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, str):
        raise ValueError(f"true or false is wanted here, not {value[:40]!r}")
    return value


def _count(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
            raise ValueError(f"a whole number is wanted here, not {value[:40]!r}")
        return int(value)
    return value


@dataclass(frozen=True)
class OneOf:
    """Admits the words of a closed list; for another one the nearest is offered."""

    what: str
    known: tuple[str, ...]
    turned: tuple[tuple[str, str], ...] = ()  # what is read from the other side, and what to write

    def check(self, value: str) -> str:
        """Return a known word.

        Raises:
            ValueError: It is not known.
        """
        if value in self.known:
            return value
        if (right := dict(self.turned).get(value)) is not None:
            raise ValueError(f"{value!r} is read from the other side; write {right!r} and swap the two ends")
        raise ValueError(f"unknown {self.what} {value[:60]!r}{nearest(value, self.known)}")

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return text that is checked."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return a schema with the words, so that an editor offers them."""
        return {**handler(schema), "enum": list(self.known)}


def as_list(value: Any) -> Any:
    """Return a list of one where one is written alone."""
    return [value] if isinstance(value, str) else value


@dataclass(frozen=True)
class Refers:
    """Marks what names entities by their ids: a text, or some items of a list."""

    items: tuple[int, ...] = ()  # of a list, which ones; none where a text is marked


def _mention(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{1,80}(/[a-z0-9_]+){0,5}", value):
        raise ValueError(f"an id is wanted here, or one with the path of a key, such as a/speaker, not {value[:60]!r}")
    return value


def as_merged(value: Any) -> Any:
    """Return an id that was merged, written as one text, in its long form."""
    return {"id": value} if isinstance(value, str) else value


def as_date(value: Any) -> Any:
    """Return a date that is written as one text in its long form."""
    return {"date": value} if isinstance(value, str) else value


def as_period(value: Any) -> Any:
    """Return a period that is written as one text in its long form."""
    return {"period": value} if isinstance(value, str) else value


SlugText = Annotated[str, AfterValidator(_slug), Field(json_schema_extra={"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})]
EntityRef = Annotated[SlugText, Refers()]
MentionText = Annotated[str, AfterValidator(_mention)]
NameText = Annotated[str, AfterValidator(_name)]
FreeText = Annotated[str, AfterValidator(_text)]
UrlText = Annotated[str, AfterValidator(_url)]
FileName = Annotated[str, AfterValidator(_file)]
DigestText = Annotated[str, AfterValidator(_digest)]
DayText = Annotated[str, AfterValidator(_day)]
EdtfText = Annotated[str, AfterValidator(_edtf)]
QuantityText = Annotated[str, AfterValidator(_quantity)]
LanguageTag = Annotated[str, AfterValidator(_language)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Count = Annotated[int, BeforeValidator(_count)]
SlugList = Annotated[list[SlugText], BeforeValidator(as_list)]
EntityRefs = Annotated[list[EntityRef], BeforeValidator(as_list)]
KindName = Annotated[str, OneOf("kind", tuple(name for name in KINDS if name not in ABSTRACT and name != "source"))]
RelationName = Annotated[str, OneOf("relation", tuple(RELATIONS), tuple(INVERSES.items()))]
RoleName = Annotated[str, OneOf("role", tuple(ROLES))]
DealKindName = Annotated[str, OneOf("kind of deal", tuple(DEAL_KINDS))]
OccurrenceKindName = Annotated[str, OneOf("kind of occurrence", tuple(OCCURRENCE_KINDS))]
PeriodKindName = Annotated[str, OneOf("kind of period", tuple(PERIOD_KINDS))]
SourceKindName = Annotated[str, OneOf("kind of source", SOURCE_KINDS)]
StatusName = Annotated[str, OneOf("status", DEAL_STATUSES)]
BaseName = Annotated[str, OneOf("base", tuple(BASES))]
ModalityName = Annotated[str, OneOf("modality", tuple(MODALITIES))]
RankName = Annotated[str, OneOf("rank", RANKS)]
ReasonName = Annotated[str, OneOf("reason", tuple(REASONS))]
DimensionName = Annotated[str, OneOf("dimension", tuple(DIMENSIONS))]
EntityId = Annotated[SlugText, AfterValidator(_entity_id)]
SchemeName = Annotated[str, AfterValidator(_scheme)]
SpanText = Annotated[str, AfterValidator(_span)]
YearEnd = Annotated[str, AfterValidator(_year_end)]
Names = Annotated[list[NameText], BeforeValidator(as_list)]
FamilyNames = Annotated[list[Annotated[str, OneOf("family of kinds", tuple(FAMILIES))]], BeforeValidator(as_list)]
GroupNames = Annotated[list[Annotated[str, OneOf("group of relations", tuple(GROUPS))]], BeforeValidator(as_list)]
KindNames = Annotated[list[KindName], BeforeValidator(as_list)]
RelationNames = Annotated[list[RelationName], BeforeValidator(as_list)]
RoleNames = Annotated[list[RoleName], BeforeValidator(as_list)]
ModalityNames = Annotated[list[ModalityName], BeforeValidator(as_list)]
