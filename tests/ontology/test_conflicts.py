"""Which claims cannot all hold."""

from __future__ import annotations

from datetime import date

from factories import a_statement, a_when, an_observation, an_occurrence, small_claims
from keiretsu_loaders.convert import outrank
from keiretsu_ontology.claims import AnyClaim, Conflict, Scope
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dates import Held, Period
from keiretsu_ontology.values import Quantity

AUTUMN = Period("quarter", date(2025, 7, 1), date(2025, 9, 30))


def _users(key: str, number: str, sign: str, **more: object) -> AnyClaim:
    quantity = Quantity(number, "users", sign, "million")  # type: ignore[arg-type]
    return an_observation(key, "cloud", "daily-active-users", quantity=quantity, **more)


def _reasons(*claims: AnyClaim) -> list[str]:
    return [conflict.why for conflict in find_conflicts(claims)]


def test_figures_that_differ_conflict() -> None:
    """The small graph holds one conflict: what North and the reporter say of its revenue."""
    claims = {claim.id: claim.key for claim in small_claims()}

    found = list(find_conflicts(small_claims()))

    assert [(conflict.why, {claims[side] for side in conflict.claims}) for conflict in found] == [
        ("value", {"sales-own", "sales-press"})
    ]


def test_a_restatement_is_no_conflict() -> None:
    """At least 360 million beside 360 million is the same thing said again."""
    assert _reasons(_users("a", "360", "="), _users("b", "360", ">=")) == []


def test_a_forecast_does_not_conflict_with_a_fact() -> None:
    """What was expected and what came are two things."""
    assert _reasons(_users("a", "360", "="), _users("b", "300", "=", modality="forecast")) == []


def test_a_deprecated_claim_conflicts_with_nothing() -> None:
    """What was put aside no longer disagrees."""
    aside = _users("b", "300", "=", rank="deprecated", rank_reason="a slip")

    assert _reasons(_users("a", "360", "="), aside) == []


def test_all_sides_stand_in_one_conflict() -> None:
    """Three figures that disagree are one conflict with three sides; one that agrees with all is no side."""
    claims = [_users("a", "360", "="), _users("b", "300", "="), _users("c", "200", "="), _users("d", "100", ">")]

    (conflict,) = find_conflicts(claims)
    assert conflict.claims == tuple(sorted(claim.id for claim in claims[:3]))


def test_two_currencies_are_two_conflicts() -> None:
    """Figures that disagree in dollars and others that do in euros are not sides of one conflict."""
    claims = [
        an_observation(f"{unit}-{number}", "north", "revenue", quantity=Quantity(number, unit), period=AUTUMN)
        for unit in ("USD", "EUR")
        for number in ("3", "4")
    ]

    found = [set(conflict.claims) for conflict in find_conflicts(claims)]
    assert sorted(found, key=sorted) == sorted(
        [{claim.id for claim in claims[:2]}, {claim.id for claim in claims[2:]}], key=sorted
    )


def test_a_claim_that_agrees_is_not_outranked() -> None:
    """In a conflict of several sides the preferred one beats those that it disagrees with, and no other."""
    chosen = _users("a", "350", ">=", rank="preferred", rank_reason="audited")
    agreeing, wrong = _users("b", "360", "="), _users("c", "300", "=")
    claims = [chosen, agreeing, wrong]

    ranked = outrank(claims, list(find_conflicts(claims)))
    assert [claim.outranked for claim in ranked] == [False, False, True]


def test_directions_conflict() -> None:
    """Flat beside down, of the same thing in the same period, is a conflict."""
    flat = an_observation("a", "north", "net-income", direction="flat", period=AUTUMN)
    down = an_observation("b", "north", "net-income", direction="down", period=AUTUMN)

    assert _reasons(flat, down) == ["direction"]


def test_one_parent_at_a_time() -> None:
    """A unit of two groups at one time is a conflict; of one after the other it is none."""
    early = Held(a_when("2020", date(2020, 1, 1)), a_when("2021", date(2021, 1, 1)))
    late = Held(a_when("2022", date(2022, 1, 1)), None)
    first, second = a_statement("a", "lab", "unit_of", "south"), a_statement("b", "lab", "unit_of", "east")
    apart = (
        a_statement("c", "lab", "unit_of", "south", held=early),
        a_statement("d", "lab", "unit_of", "east", held=late),
    )

    assert _reasons(first, second) == ["object"]
    assert _reasons(*apart) == []


def _launch(key: str, day: date, parts: dict[str, str], **more: object) -> AnyClaim:
    when = a_when(day.isoformat(), day)
    return an_occurrence(key, "launch", parts, held=Held(when, when), **more)


def test_one_launch_has_one_date() -> None:
    """Two dates of one launch conflict, whether or not its agent is named; one in another place is another launch."""
    early, late = date(2025, 7, 21), date(2025, 7, 22)
    first = _launch("a", early, {"spark": "product", "lab": "agent"})
    second = _launch("b", late, {"spark": "product"})
    abroad = _launch("c", date(2026, 1, 1), {"spark": "product"}, scope=Scope(place="east"))

    assert _reasons(first, second, abroad) == ["time"]
    assert _reasons(first, abroad) == []


def test_a_rough_date_agrees_with_a_fine_one() -> None:
    """A launch in July and one on 21 July are one launch told more and less exactly."""
    july = a_when("2025-07", date(2025, 7, 1), date(2025, 7, 31))
    rough = an_occurrence("a", "launch", {"spark": "product"}, held=Held(july, july))

    assert _reasons(rough, _launch("b", date(2025, 7, 21), {"spark": "product"})) == []
    assert _reasons(rough, _launch("c", date(2025, 8, 1), {"spark": "product"})) == ["time"]


def test_what_may_happen_again_has_no_one_date() -> None:
    """A thing may be shown twice; that is no conflict."""
    days = [a_when(f"2025-0{month}-01", date(2025, month, 1)) for month in (1, 2)]

    assert (
        _reasons(*(an_occurrence(day.edtf, "showcase", {"spark": "product"}, held=Held(day, day)) for day in days))
        == []
    )


def test_an_explained_difference_outranks_nothing() -> None:
    """Where two definitions explain a difference, the preferred figure leaves the other one standing."""
    chosen = _users("a", "360", "=", rank="preferred", rank_reason="audited")
    other = _users("b", "300", "=")
    sides = tuple(sorted((chosen.id, other.id)))

    for why, outranked in (("definition", False), ("labelling", True)):
        ranked = outrank([chosen, other], [Conflict("x", sides, why, "", curated=True)])
        assert [claim.outranked for claim in ranked] == [False, outranked], why


def test_two_parents_on_two_days_are_no_conflict() -> None:
    """What is known of single days only does not overlap, unless the days are the same."""
    spring, autumn = a_when("2025-04-01", date(2025, 4, 1)), a_when("2025-10-01", date(2025, 10, 1))

    def parent(key: str, group: str, held: Held) -> AnyClaim:
        return a_statement(key, "lab", "unit_of", group, held=held)

    assert _reasons(parent("a", "south", Held.on(spring)), parent("b", "east", Held.on(autumn))) == []
    assert _reasons(parent("a", "south", Held.on(spring)), parent("b", "east", Held(autumn, None))) == []
    assert _reasons(parent("a", "south", Held.on(autumn)), parent("b", "east", Held(spring, None))) == ["object"]


def test_near_and_far_parents_agree() -> None:
    """A unit of a unit of a group is a unit of the group; of another group it is not."""
    near, far = a_statement("a", "lab", "unit_of", "south"), a_statement("b", "lab", "unit_of", "east")
    between = a_statement("c", "south", "unit_of", "east")

    assert _reasons(near, far, between) == []
    assert _reasons(near, far) == ["object"]


def test_one_parent_gives_way_to_the_next() -> None:
    """A unit may leave one group and join another on one day."""
    day = a_when("2025-06-23", date(2025, 6, 23))
    before = a_statement("a", "lab", "unit_of", "south", held=Held(None, day))
    after = a_statement("b", "lab", "unit_of", "east", held=Held(day, None))

    assert _reasons(before, after) == []
