"""What a person writes to say how the rows of a table become entities and claims: the model of a mapping.

It stands here, beside the other files that people write, so that its JSON Schema is generated with theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from keiretsu_ontology.entries import ClaimEntry, ClaimsFile, EntityEntry, Entry
from keiretsu_ontology.patterns import pattern_of
from keiretsu_ontology.written import FileName, Flag, FreeText, OneOf

FORMATS = ("csv", "tsv", "jsonl", "json", "parquet")

if TYPE_CHECKING:
    _HeadPattern = Entry
    _EntityPattern = Entry
    _ClaimPattern = Entry
else:
    _HEAD = tuple(name for name in ClaimsFile.model_fields if name not in ("claims", "conflicts"))
    _HeadPattern = pattern_of(ClaimsFile, without=("claims", "conflicts"), optional=_HEAD)
    _EntityPattern = pattern_of(EntityEntry, optional=("id",))
    _ClaimPattern = pattern_of(ClaimEntry, optional=tuple(ClaimEntry.model_fields))


def _word(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", value):
        raise ValueError(f"a word of lower-case letters, digits and underscores is wanted here, not {value[:60]!r}")
    return value


def _delimiter(value: str) -> str:
    if len(value) != 1 or value in '"\r\n{}' or value.isalnum():
        raise ValueError(f"one character that separates cells is wanted here, such as ';', not {value[:20]!r}")
    return value


def _as_condition(value: Any) -> Any:
    return {"in": value} if isinstance(value, (str, list)) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Word = Annotated[str, AfterValidator(_word)]
Words = Annotated[list[str], BeforeValidator(_as_list)]


class TableEntry(Entry):
    """Which table is meant and how it is written, where its name does not tell."""

    file: FileName | None = Field(default=None, description="A file beside the mapping; by default the one of its name")
    format: Annotated[str, OneOf("format", FORMATS)] | None = None
    delimiter: Annotated[str, AfterValidator(_delimiter)] | None = None


class ColumnEntry(Entry):
    """What a column holds."""

    header: str | None = Field(default=None, description="What the table calls it, where that is another name.")
    required: Flag = Field(default=False, description="Whether a row without it is wrong.")
    empty: Words | None = Field(default=None, description="Values that mean that there is none.")


class JoinEntry(Entry):
    """Another table beside this one, whose row belongs to a row of this one."""

    file: FileName
    on: dict[str, str] = Field(min_length=1, max_length=1, description="A column of this table: one of the other.")
    optional: Flag = Field(default=False, description="Whether a row need not have another that belongs to it.")


class ConditionEntry(Entry):
    """Which values of a column a rule is for."""

    in_: Words | None = Field(default=None, alias="in")
    not_: Words | None = Field(default=None, alias="not")
    given: Flag | None = Field(default=None, description="Whether there is a value.")
    number: Flag | None = Field(default=None, description="Whether the value is a number.")
    same: str | None = Field(default=None, description="Another column that holds the same.")
    differs: str | None = Field(default=None, description="Another column that holds something else.")


Condition = Annotated[ConditionEntry, BeforeValidator(_as_condition)]


class SkipEntry(Entry):
    """Rows that are passed over, and why."""

    when: dict[str, Condition] = Field(min_length=1)
    why: FreeText


class EntityRule(_EntityPattern):
    """How a row names an entity."""

    as_: Word | None = Field(default=None, alias="as", description="Claims may write {word.id} for its id.")
    when: dict[str, Condition] = Field(default={})
    key: str | None = Field(default=None, description="What tells two things of one name apart.")


class ClaimRule(_ClaimPattern):
    """How a row becomes a claim."""

    when: dict[str, Condition] = Field(default={})
    once: Flag = Field(default=False, description="Whether rows that say the same make one claim.")


class CommonRule(_ClaimPattern):
    """What each claim says that does not say otherwise."""


class MappingFile(_HeadPattern):
    """A mapping: how the rows of a table become entities and claims."""

    table: TableEntry | None = None
    columns: dict[str, ColumnEntry] = Field(default={})
    empty: Words = Field(default=[""], description="Values of any column that mean that there is none.")
    lookup: dict[Word, dict[str, str]] = Field(default={}, description="Words of the table and what we call them.")
    join: dict[Word, JoinEntry] = Field(default={})
    skip: list[SkipEntry] = Field(default=[], description="Rows that are passed over: known to be wrong, or not meant.")
    entities: list[EntityRule] = Field(default=[])
    common: CommonRule | None = None
    claims: list[ClaimRule] = Field(default=[])

    @model_validator(mode="after")
    def _whole(self) -> MappingFile:
        if not self.entities and not self.claims:
            raise ValueError("a mapping makes 'entities' or 'claims'; this one makes neither")
        head = [name for name, info in ClaimsFile.model_fields.items() if info.is_required() and name != "claims"]
        missing = [name for name in head if getattr(self, name) is None]
        if self.claims and missing:
            raise ValueError(f"claims need {' and '.join(repr(name) for name in missing)}")
        return self


RULE_KEYS = ("as_", "when", "key", "once")  # what a rule has beside the pattern of its entry
