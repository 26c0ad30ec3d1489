"""What a person writes in a file of facts: pydantic models of the kinds of file.

Their JSON Schema lets an editor complete and check while one types. Every scalar arrives as text, exactly as it was
written: a country `NO` stays a country and `2.50` keeps its zero.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from keiretsu_ontology.written import (
    NONE,
    BaseName,
    Count,
    DayText,
    DealKindName,
    DigestText,
    DimensionName,
    EdtfText,
    EntityId,
    EntityRef,
    EntityRefs,
    FileName,
    Flag,
    FreeText,
    KindName,
    LanguageTag,
    MentionText,
    ModalityName,
    Names,
    NameText,
    OccurrenceKindName,
    PeriodKindName,
    QuantityText,
    RankName,
    ReasonName,
    Refers,
    RoleName,
    SchemeName,
    SlugList,
    SlugText,
    SourceKindName,
    SpanText,
    StatusName,
    UrlText,
    YearEnd,
    as_date,
    as_list,
    as_merged,
    as_period,
)


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
    kind: PeriodKindName | None = None
    stated: NameText | None = None
    inferred: Flag = False


WrittenDate = Annotated[DateEntry, BeforeValidator(as_date)]
WrittenPeriod = Annotated[PeriodEntry, BeforeValidator(as_period)]


class EvidenceEntry(Entry):
    """A place in the text: offsets and digest, or a quote where the licence of the source allows one."""

    at: SpanText | None = None
    sha256: DigestText | None = None
    quote: FreeText | None = None

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
    product: EntityRef | None = None
    market: EntityRef | None = None
    place: EntityRef | None = None
    benchmark: EntityRef | None = None
    counterparty: EntityRef | None = Field(default=None, description="With regard to whom or what: a stake in, ...")
    excludes: EntityRefs = []


class DealEntry(Entry):
    """Several parties with roles."""

    kind: DealKindName
    parties: dict[RoleName, EntityRefs]
    purpose: FreeText | None = None
    status: StatusName | None = None
    amount: QuantityText | None = Field(default=None, description="Of money, such as 3.6 billion USD.")
    share: QuantityText | None = Field(default=None, description="Of the whole that changes hands, such as 33%.")


class ObservationEntry(Entry):
    """A value of a metric, or its change, or only its direction."""

    of: EntityRef
    metric: EntityRef
    value: QuantityText | None = None
    change: QuantityText | None = None
    base: BaseName | None = None
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

    kind: OccurrenceKindName
    parties: dict[RoleName, EntityRefs]
    when: WrittenDate | None = None


class ClaimEntry(Entry):
    """One thing said by someone. Exactly one of the four shapes is filled."""

    id: SlugText
    statement: Annotated[list[NameText], Field(min_length=3, max_length=3), Refers((0, 2))] | None = Field(
        default=None, description="[subject, relation, object]; the object `none` says that there is none"
    )
    deal: DealEntry | None = None
    observation: ObservationEntry | None = None
    occurrence: OccurrenceEntry | None = None
    text: FreeText = Field(description="What the claim says, in words of your own.")
    speaker: EntityRef | None = Field(default=None, description="Who says so; by default the file's.")
    relayed_by: EntityRef | None = Field(default=None, description="Who passed it on.")
    modality: ModalityName | None = None
    rank: RankName = "normal"
    rank_reason: FreeText | None = None
    retracted: DayText | None = None
    none: Flag = False
    from_: WrittenDate | None = Field(default=None, alias="from")
    to: WrittenDate | None = None
    on: WrittenDate | None = Field(default=None, description="When it is known to have held; no more is said.")
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
        if self.occurrence is not None and (self.from_ or self.to or self.on):
            raise ValueError("an occurrence takes place 'when'; 'from', 'to' and 'on' are for what lasts")
        if self.on is not None and (self.from_ or self.to):
            raise ValueError("'on' says that no more is known than one date; it does not stand beside 'from' or 'to'")
        if self.on is not None and "/" in self.on.date:
            raise ValueError("'on' is one date, not an interval; write 'from' and 'to'")
        return self


class DefaultsEntry(Entry):
    """What holds for each claim of the file that does not say otherwise."""

    speaker: EntityRef
    relayed_by: EntityRef | None = None
    modality: ModalityName = "stated"


class TextEntry(Entry):
    """The text that the places of a source are counted in."""

    file: FileName
    characters: Count
    sha256: DigestText


class SourceEntry(Entry):
    """Where the claims of a file were read."""

    id: SlugText
    title: NameText
    kind: SourceKindName
    publisher: EntityRef | None = None
    author: EntityRef | None = None
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
    why: ReasonName
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


class ConflictsFile(Entry):
    """A file of conflicts/: what a reader of several sources sees, whatever files the sides stand in."""

    conflicts: list[ConflictEntry]


class FormerEntry(Entry):
    """What stood of a thing before it was merged into another."""

    kind: KindName
    name: NameText
    aliases: dict[LanguageTag, Names] = {}
    identifiers: dict[SchemeName, Names] = {}
    merged: SlugList = []  # ids that had been merged into it, and came along
    description: FreeText | None = None
    fiscal_year_end: YearEnd | None = None
    dimension: DimensionName | None = None


class MergedEntry(Entry):
    """A decision that another id means this thing too: why, and what it takes to take it back."""

    id: EntityId
    reason: FreeText | None = None
    was: FormerEntry | None = Field(default=None, description="Its entry as it was.")
    shared: Names = Field(default=[], description="Names and identifiers that both had.")
    claims: list[MentionText] = Field(default=[], description="Claims that named it; id/key/key for one place.")
    sources: list[MentionText] = Field(default=[], description="Sources that named it.")
    views: list[MentionText] = Field(default=[], description="Views that named it.")


Merged = Annotated[MergedEntry, BeforeValidator(as_merged)]


class EntityEntry(Entry):
    """A thing with its names."""

    id: EntityId
    kind: KindName
    name: NameText
    aliases: dict[LanguageTag, Names] = {}
    identifiers: dict[SchemeName, Names] = {}  # one or several of a scheme; the loaders check their form
    merged: Annotated[list[Merged], BeforeValidator(as_list)] = []  # ids that were found to mean this thing too
    description: FreeText | None = None
    fiscal_year_end: YearEnd | None = None
    dimension: DimensionName | None = None

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
