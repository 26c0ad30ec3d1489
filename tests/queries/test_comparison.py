"""What changed between two editions, told as an analyst asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from factories import DAY, a_place, a_statement, an_entity, an_observation, small_claims, small_dataset
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.claims import AnyClaim, Conflict, Scope
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.entities import Entity, Name
from keiretsu_ontology.identity import mint
from keiretsu_ontology.values import Quantity
from keiretsu_queries.editions.aspects import Change
from keiretsu_queries.editions.comparison import Differences, compare
from keiretsu_queries.editions.edition import Edition
from keiretsu_queries.editions.records import difference_record


def differences(old: Dataset, new: Dataset) -> Differences:
    """Return what changed from one dataset to another."""
    return compare(Edition.of_dataset("old", old), Edition.of_dataset("new", new))


def with_claim(key: str, **changes: Any) -> Dataset:
    """Return the small dataset in which one claim is otherwise."""
    return small_dataset([mint(replace(claim, **changes)) if claim.key == key else claim for claim in small_claims()])


def with_entities(dataset: Dataset, entities: Iterable[Entity]) -> Dataset:
    """Return a dataset with other entities."""
    return replace(dataset, entities=tuple(sorted(entities, key=lambda entity: entity.id)))


def with_conflicts(dataset: Dataset, *conflicts: Conflict) -> Dataset:
    """Return a dataset with other conflicts."""
    return replace(dataset, conflicts=conflicts)


def the_claims(dataset: Dataset, *keys: str) -> tuple[str, ...]:
    """Return the ids of claims."""
    return tuple(sorted(claim.id for claim in dataset.claims if claim.key in keys))


def changes(key: str, **changed: Any) -> tuple[Change, ...]:
    """Return what is told of one changed claim."""
    found = differences(small_dataset(), with_claim(key, **changed))
    (row,) = found.claims_changed
    assert row.new.key == key
    return row.changes


def test_nothing_changed_is_nothing_told(small_view: SqliteView) -> None:
    """A dataset and its build are the same edition."""
    built, read = Edition.of_view("old", small_view), Edition.of_dataset("new", small_dataset())

    assert compare(built, read).counts() == {}
    assert replace(built, label="new") == read


def test_claims_are_added_and_withdrawn() -> None:
    """By key, with the ties that come and go."""
    kept = [claim for claim in small_claims() if claim.key != "lab-spark"]
    found = differences(small_dataset(), small_dataset([*kept, a_statement("new", "ann", "develops", "cloud")]))

    assert [claim.key for claim in found.claims_added] == ["new"]
    assert [claim.key for claim in found.claims_withdrawn] == ["lab-spark"]
    assert [(row.what, row.words, row.rules) for row in found.ties] == [
        ("seen", "Ann Wu develops Cloud", ()),
        ("seen", "Ann Wu is a partner of North", ("maker",)),
        ("missed", "Lab develops Spark", ()),
        ("missed", "South Group develops Spark", ("group",)),
    ]


def test_each_aspect_of_a_claim_is_told_in_its_words() -> None:
    """Rank, retraction, value, modality, speaker, scope, wording, time, evidence and what is said."""
    assert changes("lab-spark", rank="deprecated", rank_reason="a misprint") == (
        Change("rank", "normal", "deprecated: a misprint"),
    )
    assert changes("lab-spark", retracted=date(2025, 1, 2)) == (
        Change("retraction", "not retracted", "retracted 2025-01-02"),
    )
    assert changes("sales-own", quantity=Quantity("3", "USD", scale="billion")) == (
        Change("value", "3.00 billion USD", "3 billion USD"),
    )
    assert changes("rivals", modality="opinion") == (Change("modality", "forecast", "opinion"),)
    assert changes("ann-wants", relayed_by=None) == (Change("speaker", "Ann Wu via Reporter", "Ann Wu"),)
    assert changes("spark-reason", scope=Scope()) == (Change("scope", "in data centres", "–"),)
    assert changes("ann-leads", text="Other words.") == (Change("wording", "What ann-leads says.", "Other words."),)
    assert changes("lab-spark", evidence=(a_place("Lab"),)) == (Change("evidence", "paper 36-50", "paper 66-69"),)
    assert changes("lab-spark", object="cloud") == (Change("says", "Lab develops Spark", "Lab develops Cloud"),)
    assert changes("north-south", held=replace(small_claims()[0].held, start=None)) == (
        Change("time", "since 2025-07 (late July, year inferred)", "–"),
    )
    assert changes("north-south", status="signed")[0].aspect == "says"
    assert changes("old-word", restates="rivals") == (Change("restates", "–", "rivals"),)


def test_the_day_of_entry_is_no_change() -> None:
    """What follows from the file or the source is told of the source alone."""
    moved = [replace(claim, recorded=date(2026, 1, 1)) for claim in small_claims()]
    dataset = small_dataset(moved)
    source = replace(dataset.sources[0], recorded=date(2026, 1, 1), title="The newspaper")
    found = differences(small_dataset(), replace(dataset, sources=(source,)))

    assert found.counts() == {"sources": {"changed": 1}}
    assert found.sources_changed[0].changes == (
        Change("title", "The paper", "The newspaper"), Change("recorded", str(DAY), "2026-01-01"),
    )  # fmt: skip


def test_a_renamed_key_is_no_other_claim() -> None:
    """A claim that says the same at the same place is matched by what it says, its other changes are told."""
    claims = [
        replace(claim, key="made-by-lab", text="So.") if claim.key == "lab-spark" else claim for claim in small_claims()
    ]
    found = differences(small_dataset(), small_dataset(claims))

    assert found.counts() == {"claims": {"renamed": 1}}
    (row,) = found.claims_renamed
    assert (row.old.key, row.new.key, row.changes) == (
        "lab-spark", "made-by-lab", (Change("wording", "What lab-spark says.", "So."),),
    )  # fmt: skip


def test_an_entity_is_renamed_and_described() -> None:
    """Name, other names and the rest are told apart; what is new and what is gone is told by id."""
    old = small_dataset()
    names = (Name("North Group", "en", preferred=True), Name("North", "en"))
    changed = [
        replace(entity, name="North Group", names=names, description="A buyer.") if entity.id == "north" else entity
        for entity in old.entities
    ]
    found = differences(old, with_entities(old, [*changed, an_entity("west")]))

    assert [entity.id for entity in found.entities_added] == ["west"]
    assert found.entities_changed[0].changes == (
        Change("name", "North", "North Group"), Change("description", "–", "A buyer."),
        Change("other names", "–", "North (en)"),
    )  # fmt: skip


def _without_lab(target: str, *extra: Entity) -> Dataset:
    """Return the small dataset in which the lab is another entity."""

    def moved(claim: AnyClaim) -> AnyClaim:
        fields: dict[str, Any] = {name: target for name in ("subject", "object") if getattr(claim, name, None) == "lab"}
        parts = getattr(claim, "parts", None)
        if parts:
            fields["parts"] = tuple(
                sorted(part._replace(entity=target) if part.entity == "lab" else part for part in parts)
            )
        return mint(replace(claim, **fields))

    dataset = small_dataset([moved(claim) for claim in small_claims()])
    return with_entities(dataset, [*(entity for entity in dataset.entities if entity.id != "lab"), *extra])


def test_another_id_of_the_same_thing_changes_nothing_else() -> None:
    """An id that is gone is found by its name; claims and ties that only name it otherwise are the same."""
    found = differences(small_dataset(), _without_lab("labs", an_entity("labs", "business_unit", "Lab")))

    assert found.counts() == {"entities": {"merged": 1}}
    assert [(row.old.id, row.new.id, row.how, row.renamed) for row in found.entities_merged] == [
        ("lab", "labs", "by its name", True)
    ]


def test_a_thing_that_joined_another_is_told_by_its_claims() -> None:
    """Where only the claims show it, each of them is told as well: it may be a correction."""
    found = differences(small_dataset(), _without_lab("east"))

    assert [(row.old.id, row.new.id, row.how, row.renamed) for row in found.entities_merged] == [
        ("lab", "east", "by its claims", False)
    ]
    assert [row.new.key for row in found.claims_changed] == ["lab-spark", "lab-unit", "spark-out"]


def test_two_that_always_shared_a_name_are_not_one() -> None:
    """Where one of two namesakes is removed, it is removed."""
    old = small_dataset()
    twin = with_entities(old, [*old.entities, an_entity("east-2", name="East")])
    found = differences(twin, old)

    assert [entity.id for entity in found.entities_removed] == ["east-2"]
    assert found.entities_merged == ()


def test_conflicts_arise_and_are_settled() -> None:
    """A conflict is open while two sides stand; how it was settled is told."""
    old = small_dataset()
    agreed = differences(old, with_claim("sales-press", quantity=Quantity("3.00", "USD", scale="billion")))
    assert [(row.what, row.sides, row.note) for row in agreed.conflicts] == [
        ("settled", ("sales-own", "sales-press"), "the sides no longer disagree")
    ]
    gone = small_dataset([claim for claim in small_claims() if claim.key != "sales-press"])
    assert [(row.what, row.note) for row in differences(old, gone).conflicts] == [
        ("settled", "sales-press is withdrawn")
    ]
    assert [row.what for row in differences(gone, old).conflicts] == ["arisen"]

    curated = Conflict("sales", old.conflicts[0].claims, "value", "Two figures.", curated=True)
    ranked = with_claim("sales-own", rank="preferred", rank_reason="audited")
    decided = replace(
        with_conflicts(ranked, curated),
        claims=tuple(
            replace(claim, outranked=True) if claim.key == "sales-press" else claim for claim in ranked.claims
        ),
    )
    assert [(row.what, row.note) for row in differences(with_conflicts(old, curated), decided).conflicts] == [
        ("settled", "sales-own is preferred: audited; sales-press is outranked")
    ]
    assert [row.what for row in differences(with_conflicts(old), decided).conflicts] == ["recorded"]
    assert [row.what for row in differences(decided, with_conflicts(old)).conflicts] == ["removed"]


def test_a_conflict_that_only_grew_or_was_written_down_is_the_same() -> None:
    """A third figure joins, an edited side keeps its place, a curator takes note: changed, or nothing at all."""
    old = small_dataset()
    third = an_observation(
        "sales-third", "north", "revenue", quantity=Quantity("5", "USD", scale="billion"),
        period=next(claim.period for claim in small_claims() if claim.key == "sales-own"),  # type: ignore[union-attr]
    )  # fmt: skip
    grown = differences(old, small_dataset([*small_claims(), third])).conflicts
    assert [(row.what, row.sides, row.note) for row in grown] == [
        ("changed", ("sales-own", "sales-press", "sales-third"), "before: sales-own, sales-press; value")
    ]
    assert differences(old, with_claim("sales-press", text="So.", evidence=(a_place("Lab"),))).conflicts == ()

    curated = Conflict(
        "sales", the_claims(old, "sales-own", "sales-press", "sales-growth"), "value", "N.", curated=True
    )
    assert [row.what for row in differences(old, with_conflicts(old, curated)).conflicts] == ["changed"]
    assert [row.what for row in differences(with_conflicts(old, curated), old).conflicts] == ["changed"]


def test_a_tie_turns_from_claim_to_fact() -> None:
    """What was only expected and is now stated is seen otherwise."""
    found = differences(small_dataset(), with_claim("rivals", modality="stated"))

    assert [(row.what, row.words) for row in found.ties] == [("fact now", "South Group competes with East")]


def test_the_record_is_one_form_and_the_order_is_stable() -> None:
    """Plain data with a version, the same whatever order things came in."""
    old, new = small_dataset(), _without_lab("east")
    one = difference_record(differences(old, new))
    shuffled = replace(new, claims=new.claims[::-1], entities=new.entities[::-1], conflicts=new.conflicts[::-1])

    assert json.dumps(one) == json.dumps(difference_record(differences(old, shuffled)))
    assert (one["version"], one["old"], one["new"]) == (1, "old", "new")
    assert one["entities"]["merged"] == [
        {"old": "lab", "new": "east", "how": "by its claims", "renamed": False, "reason": None}
    ]
