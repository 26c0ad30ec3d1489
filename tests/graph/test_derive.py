"""Rules by which ties follow from ties: units and groups, products and makers, and their times."""

from __future__ import annotations

from datetime import date

import pytest

from factories import a_deal, a_statement, a_when, an_entity
from keiretsu_graph.derive import RULES, all_ties
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.dates import Held

KINDS = {
    "north": "company", "south": "company", "east": "company", "maker": "company", "lab": "business_unit",
    "division": "business_unit", "shop": "business_unit", "desk": "business_unit", "spark": "chip", "glasses": "device",
}  # fmt: skip
ENTITIES = [an_entity(slug, kind) for slug, kind in KINDS.items()]
SHOP = a_statement("shop-unit", "shop", "unit_of", "division")
DIVISION = a_statement("division-unit", "division", "unit_of", "south")
LAB = a_statement("lab-unit", "lab", "unit_of", "south")


def _until(day: date) -> Held:
    return Held(None, a_when(day.isoformat(), day))


def _since(day: date) -> Held:
    return Held(a_when(day.isoformat(), day), None)


def _derived(*claims: AnyClaim, rule: str) -> dict[tuple[str, str, str], tuple[str, ...]]:
    keys = {claim.id: claim.key for claim in claims}
    found = all_ties(claims, ENTITIES)
    return {
        (tie.subject, tie.relation, tie.object): tuple(sorted(keys[claim] for claim in tie.claims))
        for tie in found
        if tie.rule == rule
    }


def test_what_a_unit_has_to_do_with_others_its_groups_have() -> None:
    """A customer of a unit is one of each group above it, by the claims of the chain."""
    deal = a_statement("north-shop", "north", "customer_of", "shop")

    assert _derived(deal, SHOP, DIVISION, rule="unit") == {
        ("north", "customer_of", "division"): ("north-shop", "shop-unit"),
        ("north", "customer_of", "south"): ("division-unit", "north-shop", "shop-unit"),
    }


def test_units_on_both_sides_count_for_both_groups() -> None:
    """A tie of two units is one of either group with the other unit, and of the groups."""
    desk = a_statement("desk-unit", "desk", "unit_of", "north")
    tie = a_statement("desk-lab", "desk", "supplier_of", "lab")

    assert set(_derived(tie, LAB, desk, rule="unit")) == {
        ("desk", "supplier_of", "south"), ("north", "supplier_of", "lab"), ("north", "supplier_of", "south")
    }  # fmt: skip


@pytest.mark.parametrize("pair", [("lab", "shop"), ("shop", "south"), ("division", "shop")])
def test_nothing_follows_within_a_group(pair: tuple[str, str]) -> None:
    """What units of one group do with each other or with their group ties the group to nobody, least to itself."""
    tie = a_statement("own", pair[0], "partner_of", pair[1])
    found = set(_derived(tie, LAB, SHOP, DIVISION, rule="unit"))

    assert not [ends for ends in found if "south" in ends]
    assert found <= {("division", "partner_of", "lab")}


def test_a_deal_of_a_unit_is_lifted_too() -> None:
    """The ties of a deal's parties hold for their groups, by the rule of units."""
    deal = a_deal("deal", "adoption", {"north": "customer", "lab": "provider"})

    assert set(_derived(deal, LAB, rule="unit")) == {
        ("north", "customer_of", "south"), ("north", "partner_of", "south")
    }  # fmt: skip


def test_what_was_over_before_is_not_joined() -> None:
    """A unit that had left its group ties it to nobody; the group that it came to is tied."""
    moved = (
        a_statement("then", "lab", "unit_of", "south", held=_until(date(2025, 6, 23))),
        a_statement("now", "lab", "unit_of", "east", held=_since(date(2025, 6, 24))),
    )
    deal = a_statement("deal", "north", "customer_of", "lab", held=_since(date(2025, 10, 1)))
    chip = a_statement("chip", "lab", "develops", "spark", held=_since(date(2025, 10, 1)))

    assert set(_derived(deal, *moved, rule="unit")) == {("north", "customer_of", "east")}
    assert set(_derived(chip, *moved, rule="group")) == {("east", "develops", "spark")}


def test_a_unit_that_was_moved_within_a_group_stays_in_it() -> None:
    """Where one chain to the group had ended, another of the time holds."""
    moved = (
        a_statement("then", "lab", "unit_of", "desk", held=_until(date(2025, 6, 23))),
        a_statement("now", "lab", "unit_of", "division", held=_since(date(2025, 6, 24))),
    )
    desk = a_statement("desk-unit", "desk", "unit_of", "south")
    deal = a_statement("deal", "north", "customer_of", "lab", held=_since(date(2025, 10, 1)))

    assert _derived(deal, *moved, desk, DIVISION, rule="unit") == {
        ("north", "customer_of", "division"): ("deal", "now"),
        ("north", "customer_of", "south"): ("deal", "division-unit", "now"),
    }


def test_a_sold_unit_is_a_stranger_afterwards() -> None:
    """What it uses of its former group makes the two partners."""
    sold = a_statement("was", "lab", "unit_of", "south", held=_until(date(2020, 1, 1)))
    chip = a_statement("chip", "south", "develops", "spark")
    use = a_statement("use", "lab", "uses", "spark", held=_since(date(2025, 1, 1)))

    assert _derived(sold, chip, use, rule="maker") == {("lab", "partner_of", "south"): ("chip", "use")}
    assert _derived(LAB, chip, use, rule="maker") == {}


def test_a_maker_uses_what_its_product_is_made_of() -> None:
    """A tie of a product is one of its maker; parts from one's own group make none."""
    glasses = a_statement("glasses", "north", "develops", "glasses")
    part = a_statement("part", "glasses", "integrates", "spark")
    own = a_statement("own-chip", "north", "develops", "spark")

    assert _derived(glasses, part, rule="product") == {("north", "uses", "spark"): ("glasses", "part")}
    assert _derived(glasses, part, own, rule="product") == {}


def test_a_tie_that_is_said_is_not_derived() -> None:
    """What stands in a claim, either way round where that is the same, does not follow once more."""
    deal = a_statement("deal", "north", "partner_of", "lab")
    said = a_statement("said", "south", "partner_of", "north")

    assert set(_derived(deal, LAB, rule="unit")) == {("north", "partner_of", "south")}
    assert _derived(deal, LAB, said, rule="unit") == {}


def test_a_wish_lifts_only_a_wish() -> None:
    """A tie of a group that rests on a forecast may not be read as a fact."""
    deal = a_statement("deal", "north", "customer_of", "lab", modality="forecast")

    (tie,) = [tie for tie in all_ties([deal, LAB], ENTITIES) if tie.rule == "unit"]
    assert not tie.factual


def test_rings_of_units_end() -> None:
    """Units that are said to be each other's groups, and a thousand in a row, are walked once."""
    ring = [a_statement("a", "lab", "unit_of", "shop"), a_statement("b", "shop", "unit_of", "lab")]
    row = [a_statement(f"r{n:03}", f"u{n:03}", "unit_of", f"u{n + 1:03}") for n in range(300)]
    many = [an_entity(f"u{n:03}", "business_unit") for n in range(301)]
    deal = a_statement("deal", "north", "customer_of", "u000")

    assert set(_derived(a_statement("deal", "north", "customer_of", "lab"), *ring, rule="unit")) == {
        ("north", "customer_of", "shop")
    }
    assert len([tie for tie in all_ties([deal, *row], [*ENTITIES, *many]) if tie.rule == "unit"]) == 300


def test_the_order_of_claims_does_not_matter() -> None:
    """The same claims in any order give the same ties."""
    claims = [SHOP, DIVISION, LAB, a_statement("deal", "north", "customer_of", "shop")]

    assert all_ties(claims, ENTITIES) == all_ties(claims[::-1], ENTITIES[::-1])
    assert list(RULES)[-1] == "unit"
