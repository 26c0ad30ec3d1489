"""What a person writes in a file of facts: pydantic models of the three kinds of file.

Their JSON Schema lets an editor complete and check while one types. Every scalar arrives as text, exactly as it was
written: a country `NO` stays a country and `2.50` keeps its zero.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.functional_validators import AfterValidator

from keiretsu_ontology.claims import BASES, MODALITIES, RANKS, REASONS
from keiretsu_ontology.dates import PERIOD_KINDS
from keiretsu_ontology.entities import ABSTRACT, KINDS
from keiretsu_ontology.evidence import SOURCE_KINDS
from keiretsu_ontology.metrics import DIMENSIONS
from keiretsu_ontology.notation import nearest, parse_quantity, parse_when
from keiretsu_ontology.relations import INVERSES, RELATIONS
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


def _one_of(what: str, known: tuple[str, ...], *, also: dict[str, str] | None = None) -> Any:
    def check(value: str) -> str:
        if value in known:
            return value
        if also and value in also:
            raise ValueError(f"{value!r} is read from the other side; write {also[value]!r} and swap the two ends")
        raise ValueError(f"unknown {what} {value[:60]!r}{nearest(value, known)}")

    return Annotated[str, AfterValidator(check), Field(json_schema_extra={"enum": list(known)})]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_date(value: Any) -> Any:
    return {"date": value} if isinstance(value, str) else value


def _as_period(value: Any) -> Any:
    return {"period": value} if isinstance(value, str) else value


SlugText = Annotated[str, AfterValidator(_slug), Field(json_schema_extra={"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})]
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
SlugList = Annotated[list[SlugText], BeforeValidator(_as_list)]
KindName = _one_of("kind", tuple(name for name in KINDS if name not in ABSTRACT and name != "source"))
RelationName = _one_of("relation", tuple(RELATIONS), also=INVERSES)
RoleName = _one_of("role", tuple(ROLES))


class Entry(BaseModel):
    """Base of everything written: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DateEntry(Entry):
    """A date: EDTF, and the wording of the source where it says it differently."""

    date: EdtfText
    stated: NameText | None = None
    inferred: Flag = False


class PeriodEntry(Entry):
    """A period: FY2026 Q2, 2025-Q3 or EDTF."""

    period: NameText
    kind: _one_of("kind of period", tuple(PERIOD_KINDS)) | None = None  # type: ignore[valid-type]
    stated: NameText | None = None
    inferred: Flag = False


WrittenDate = Annotated[DateEntry, BeforeValidator(_as_date)]
WrittenPeriod = Annotated[PeriodEntry, BeforeValidator(_as_period)]


class EvidenceEntry(Entry):
    """A place in the text: offsets and digest, or a quote where the licence of the source allows one."""

    at: Annotated[str, AfterValidator(_span)] | None = None
    sha256: DigestText | None = None
    quote: Annotated[str, AfterValidator(_text)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> EvidenceEntry:
        if (self.at is None) != (self.sha256 is None):
            raise ValueError("a place needs both 'at' and 'sha256'; `keiretsu anchor` prints them for a quote")
        if self.at is None and self.quote is None:
            raise ValueError("evidence needs 'at' and 'sha256', or a 'quote'")
        return self


class ScopeEntry(Entry):
    """For what, where and through which product a claim holds."""

    note: FreeText | None = None
    product: SlugText | None = None
    market: SlugText | None = None
    place: SlugText | None = None
    benchmark: SlugText | None = None
    excludes: SlugList = []


class DealEntry(Entry):
    """Several parties with roles."""

    kind: _one_of("kind of deal", tuple(DEAL_KINDS))  # type: ignore[valid-type]
    parties: dict[RoleName, SlugList]  # type: ignore[valid-type]
    purpose: FreeText | None = None
    status: _one_of("status", DEAL_STATUSES) | None = None  # type: ignore[valid-type]


class ObservationEntry(Entry):
    """A value of a metric, or its change, or only its direction."""

    of: SlugText
    metric: SlugText
    value: QuantityText | None = None
    change: QuantityText | None = None
    base: _one_of("base", tuple(BASES)) | None = None  # type: ignore[valid-type]
    direction: Literal["up", "down", "flat"] | None = None
    period: WrittenPeriod | None = None

    @model_validator(mode="after")
    def _whole(self) -> ObservationEntry:
        if self.value is not None and self.change is not None:
            raise ValueError("an observation has a 'value' or a 'change', not both; write two claims")
        if self.value is None and self.change is None and self.direction is None:
            raise ValueError("an observation needs a 'value', a 'change' or a 'direction'")
        if self.base is not None and self.value is not None:
            raise ValueError("'base' belongs to a 'change' or a 'direction', not to a 'value'")
        if self.change is not None and self.base is None:
            raise ValueError("a change needs a 'base', such as year_before")
        return self


class OccurrenceEntry(Entry):
    """An event with participants."""

    kind: _one_of("kind of occurrence", tuple(OCCURRENCE_KINDS))  # type: ignore[valid-type]
    parties: dict[RoleName, SlugList]  # type: ignore[valid-type]
    when: WrittenDate | None = None


class ClaimEntry(Entry):
    """One thing said by someone. Exactly one of the four shapes is filled."""

    id: SlugText
    statement: Annotated[list[NameText], Field(min_length=3, max_length=3)] | None = Field(
        default=None, description="[subject, relation, object]; the object `none` says that there is none"
    )
    deal: DealEntry | None = None
    observation: ObservationEntry | None = None
    occurrence: OccurrenceEntry | None = None
    text: FreeText = Field(description="What the claim says, in words of your own.")
    speaker: SlugText | None = Field(default=None, description="Who says so; by default the file's.")
    relayed_by: SlugText | None = Field(default=None, description="Who passed it on.")
    modality: _one_of("modality", tuple(MODALITIES)) | None = None  # type: ignore[valid-type]
    rank: _one_of("rank", RANKS) = "normal"  # type: ignore[valid-type]
    rank_reason: FreeText | None = None
    retracted: DayText | None = None
    none: Flag = False
    from_: WrittenDate | None = Field(default=None, alias="from")
    to: WrittenDate | None = None
    scope: ScopeEntry | None = None
    restates: SlugText | None = None
    evidence: list[EvidenceEntry] | None = Field(default=None, description="Places in the text of the source.")

    @model_validator(mode="after")
    def _whole(self) -> ClaimEntry:
        shapes = [name for name in ("statement", "deal", "observation", "occurrence") if getattr(self, name)]
        if len(shapes) != 1:
            found = "none" if not shapes else " and ".join(shapes)
            raise ValueError(f"a claim is one of statement, deal, observation or occurrence; this has {found}")
        if self.rank != "normal" and self.rank_reason is None:
            raise ValueError(f"rank {self.rank!r} needs a 'rank_reason'")
        if self.none and self.statement is not None and self.statement[2] != NONE:
            raise ValueError(f"'none' beside an object; write [{', '.join(self.statement[:2])}, {NONE}] instead")
        if self.occurrence is not None and (self.from_ or self.to):
            raise ValueError("an occurrence takes place 'when'; 'from' and 'to' are for what lasts")
        return self


class DefaultsEntry(Entry):
    """What holds for each claim of the file that does not say otherwise."""

    speaker: SlugText
    relayed_by: SlugText | None = None
    modality: _one_of("modality", tuple(MODALITIES)) = "stated"  # type: ignore[valid-type]


class TextEntry(Entry):
    """The text that the places of a source are counted in."""

    file: FileName
    characters: Count
    sha256: DigestText


class SourceEntry(Entry):
    """Where the claims of a file were read."""

    id: SlugText
    title: NameText
    kind: _one_of("kind of source", SOURCE_KINDS)  # type: ignore[valid-type]
    publisher: SlugText | None = None
    author: SlugText | None = None
    published: WrittenDate | None = None
    url: UrlText | None = None
    language: LanguageTag | None = None
    licence: NameText | None = None
    quotable: Flag = False
    text: TextEntry | None = None


class ConflictEntry(Entry):
    """Claims that cannot all hold, as a curator sees it."""

    id: SlugText
    claims: Annotated[list[SlugText], Field(min_length=2)]
    why: _one_of("reason", tuple(REASONS))  # type: ignore[valid-type]
    note: FreeText


class BoundsEntry(Entry):
    """How many there should be, so that a file cannot shrink unseen."""

    min: Count = 0
    max: Count | None = None

    @model_validator(mode="after")
    def _whole(self) -> BoundsEntry:
        if self.max is not None and self.max < self.min:
            raise ValueError(f"at least {self.min} and at most {self.max} cannot both hold")
        return self


class ExpectEntry(Entry):
    """The bounds that a file promises."""

    claims: BoundsEntry


class ClaimsFile(Entry):
    """A file of claims/: one source and what it says."""

    source: SourceEntry
    recorded: DayText
    defaults: DefaultsEntry
    expect: ExpectEntry | None = None
    claims: list[ClaimEntry]
    conflicts: list[ConflictEntry] = []


class EntityEntry(Entry):
    """A thing with its names."""

    id: Annotated[SlugText, AfterValidator(_entity_id)]
    kind: KindName  # type: ignore[valid-type]
    name: NameText
    aliases: dict[LanguageTag, Annotated[list[NameText], BeforeValidator(_as_list)]] = {}
    identifiers: dict[Annotated[str, AfterValidator(_scheme)], NameText] = {}  # the loaders check their form
    description: FreeText | None = None
    fiscal_year_end: Annotated[str, AfterValidator(_year_end)] | None = None
    dimension: _one_of("dimension", tuple(DIMENSIONS)) | None = None  # type: ignore[valid-type]

    @model_validator(mode="after")
    def _whole(self) -> EntityEntry:
        if (self.kind == "metric") != (self.dimension is not None):
            raise ValueError("a metric, and nothing else, has a 'dimension'")
        return self


class EntitiesFile(Entry):
    """A file of entities/: things with their names."""

    entities: list[EntityEntry]


class DatasetFile(Entry):
    """The file keiretsu.yaml at the top of a dataset."""

    name: SlugText
    title: NameText
    description: FreeText | None = None
    licence: NameText | None = None
