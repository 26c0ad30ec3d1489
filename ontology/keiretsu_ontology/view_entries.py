"""What a person writes in views.yaml: pydantic models, as those of the files of facts in entries.py."""

from __future__ import annotations

import re
import shlex
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from keiretsu_ontology.entries import Entry
from keiretsu_ontology.written import (
    Count,
    DayText,
    EntityRef,
    EntityRefs,
    FamilyNames,
    FreeText,
    GroupNames,
    KindNames,
    ModalityNames,
    NameText,
    Refers,
    RelationNames,
    RoleNames,
    SlugList,
    SlugText,
)

DEPTH_MAX = 4
MAX_VIEWS, MAX_STEPS = 50, 50
MANY = 500  # of anything in a list; a link has to hold it


def _depth(value: int) -> int:
    if not 1 <= value <= DEPTH_MAX:
        raise ValueError(f"a depth is a whole number from 1 to {DEPTH_MAX}, not {value}")
    return value


def _question(value: str) -> str:
    try:
        words = shlex.split(value)
    except ValueError:
        raise ValueError("a quotation mark is not closed") from None
    if words[:1] == ["keiretsu"]:
        raise ValueError(f"a question begins with its name, without 'keiretsu': {' '.join(words[1:3])[:60]!r} ...")
    if not words or not re.fullmatch(r"[a-z][a-z-]{0,39}", words[0]):
        raise ValueError(
            f"a question as on the command line is wanted here, such as 'path NBA Bosch', not {value[:60]!r}"
        )
    return value


def _as_around(value: Any) -> Any:
    return {"entity": value} if isinstance(value, str) else value


class AroundEntry(Entry):
    """A neighbourhood: a thing and what is tied to it."""

    entity: EntityRef
    depth: Annotated[Count, AfterValidator(_depth)] = Field(default=1, description="How many ties around it, 1 to 4.")


class ChosenEntry(Entry):
    """What is open in the pane of details: an entity, or a claim."""

    entity: EntityRef | None = None
    claim: SlugText | None = None

    @model_validator(mode="after")
    def _whole(self) -> ChosenEntry:
        if (self.entity is None) == (self.claim is None):
            raise ValueError("what is chosen is one 'entity' or one 'claim'")
        return self


class HideEntry(Entry):
    """What is left out, as by the legend."""

    families: FamilyNames = Field(default=[])
    kinds: KindNames = Field(default=[])
    groups: GroupNames = Field(default=[])
    relations: RelationNames = Field(default=[])
    roles: RoleNames = Field(default=[])
    modalities: ModalityNames = Field(default=[])
    speakers: EntityRefs = Field(default=[])
    sources: SlugList = Field(default=[])


class RevealEntry(Entry):
    """What is drawn although it usually is not."""

    groups: GroupNames = Field(default=[])


# `banma` is short for {entity: banma}
Around = Annotated[AroundEntry, BeforeValidator(_as_around), Refers()]
Chosen = Annotated[ChosenEntry, BeforeValidator(_as_around), Refers()]
Shown = Annotated[EntityRefs, Field(max_length=MANY)]
Keys = Annotated[SlugList, Field(max_length=MANY)]
Asked = Annotated[NameText, AfterValidator(_question)]


class StepEntry(Entry):
    """A step of a story; what it does not say is as in the view."""

    title: NameText
    note: FreeText | None = None
    show: Shown = Field(default=[], description="Ids of the things in view.")
    around: Around | None = Field(default=None, description="A thing and what is around it, instead of 'show'.")
    as_of: DayText | None = Field(default=None, description="Only what was so on this day.")
    known_by: DayText | None = Field(default=None, description="Only what had been published by this day.")
    hide: HideEntry | None = None
    reveal: RevealEntry | None = None
    chosen: Chosen | None = Field(default=None, description="Whose details are open.")
    ask: Asked | None = Field(default=None, description="A question as on the command line: path NBA Bosch")
    claims: Keys = Field(default=[], description="Keys of the claims that title and note rest on.")

    @model_validator(mode="after")
    def _whole(self) -> StepEntry:
        if self.show and self.around is not None:
            raise ValueError("a step has 'show' or 'around', not both")
        return self


class ViewEntry(Entry):
    """A view by its name."""

    id: SlugText
    title: NameText
    note: FreeText | None = None
    show: Shown = Field(default=[], description="Ids of the things in view.")
    around: Around | None = Field(default=None, description="A thing and what is around it, instead of 'show'.")
    as_of: DayText | None = Field(default=None, description="Only what was so on this day.")
    known_by: DayText | None = Field(default=None, description="Only what had been published by this day.")
    hide: HideEntry | None = None
    reveal: RevealEntry | None = None
    chosen: Chosen | None = Field(default=None, description="Whose details are open.")
    ask: Asked | None = Field(default=None, description="A question as on the command line: path NBA Bosch")
    claims: Keys = Field(default=[], description="Keys of the claims that title and note rest on.")
    steps: Annotated[list[StepEntry], Field(max_length=MAX_STEPS)] = Field(
        default=[], description="A story, told in order."
    )

    @model_validator(mode="after")
    def _whole(self) -> ViewEntry:
        if self.show and self.around is not None:
            raise ValueError("a view has 'show' or 'around', not both")
        if not (self.show or self.around or self.ask):
            raise ValueError("a view needs 'show', 'around' or 'ask'; otherwise nothing would be in view")
        return self


class ViewsFile(Entry):
    """The file views.yaml at the top of a dataset: views that the explorer shows as tabs, in this order."""

    views: Annotated[list[ViewEntry], Field(max_length=MAX_VIEWS)]
