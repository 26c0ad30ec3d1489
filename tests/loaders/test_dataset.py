"""What is read from a dataset, and the rules that need more than one line to break."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hostile import ABOUT, CLAIMS, TEXT, THINGS, problems
from keiretsu_loaders import check, init, load
from keiretsu_ontology.claims import Deal, Observation, Part, Scope, Statement
from keiretsu_ontology.dates import When
from keiretsu_ontology.entities import Identifier, Name
from keiretsu_ontology.errors import SeedError
from keiretsu_ontology.values import Quantity

QUOTE = "evidence: [{quote: Basin Data}]"


def _add(folder: Path, *claims: str, things: str = "", conflicts: str = "") -> None:
    """Add claims, each with the same evidence, and other lines."""
    rows = "".join(f"  - {{{claim}, text: 'Says {place}.', {QUOTE}}}\n" for place, claim in enumerate(claims))
    (folder / CLAIMS).write_text((folder / CLAIMS).read_text() + rows + conflicts)
    (folder / THINGS).write_text((folder / THINGS).read_text() + things)


def _messages(folder: Path) -> list[str]:
    return [problem.message for problem in problems(folder)]


def test_the_facts_of_a_folder_are_read(folder: Path) -> None:
    """Entities, sources and claims come out in the order of their ids, with defaults applied."""
    dataset = load(folder)

    assert (dataset.name, dataset.title) == ("harbour", "Harbour and its partners")
    assert [entity.id for entity in dataset.entities] == [
        "basin-data", "harbour-foods", "harbour-gazette", "pier-cloud", "quay-systems", "revenue",
    ]  # fmt: skip
    assert [claim.id for claim in dataset.claims] == sorted(claim.id for claim in dataset.claims)
    claims = {claim.key: claim for claim in dataset.claims}
    deal, sales, maker = claims["harbour-pier"], claims["harbour-sales"], claims["pier-maker"]
    assert isinstance(deal, Deal)
    assert deal.parts == (
        Part("customer", "harbour-foods"), Part("product", "pier-cloud"), Part("provider", "quay-systems"),
    )  # fmt: skip
    assert (deal.speaker, deal.relayed_by, deal.modality) == ("harbour-foods", "harbour-gazette", "reported")
    assert isinstance(sales, Observation)
    assert sales.quantity is not None
    assert sales.quantity.amount == Decimal(48_500_000)
    assert (maker.speaker, maker.relayed_by, maker.modality) == ("harbour-gazette", None, "stated")
    assert maker.published is not None
    assert (maker.published.earliest, maker.recorded) == (date(2025, 3, 4), date(2025, 3, 5))


def test_loading_twice_gives_the_same(folder: Path, tmp_path: Path) -> None:
    """Nothing depends on where or when the folder is read; any byte of a file changes the digest."""
    one = load(folder)
    folder.rename(tmp_path / "other")
    other = load(tmp_path / "other")
    (tmp_path / "other" / ABOUT).write_text((tmp_path / "other" / ABOUT).read_text() + "# more\n")

    assert one == other
    assert load(tmp_path / "other").digest != one.digest


def test_all_problems_come_at_once_and_in_order(folder: Path) -> None:
    """Faults of form and of sense, in several files, are told in one run by path, line and column."""
    for file, old, new in (
        (ABOUT, "title:", "titel:"),
        (THINGS, "kind: platform", "kind: platfrom"),
        (CLAIMS, "basin-data]", "basin-date]"),
        (CLAIMS, "from: 2025-03-03", "from: 2025-02-30"),
    ):
        (folder / file).write_text((folder / file).read_text().replace(old, new))

    with pytest.raises(SeedError) as caught:
        load(folder)

    assert [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems] == [
        f"{CLAIMS}:30:11: there is no day '2025-02-30' in the calendar",
        f"{CLAIMS}:57:46: unknown entity 'basin-date'; did you mean 'basin-data'?",
        f"{THINGS}:14:11: unknown kind 'platfrom'; did you mean 'platform'?",
        f"{ABOUT}:1:1: 'title' is missing",
        f"{ABOUT}:2:1: unknown key 'titel'; did you mean 'title'?",
    ]


def test_every_name_keeps_its_languages(folder: Path) -> None:
    """One spelling may be a name in several languages, the preferred one too."""
    text = (folder / THINGS).read_text()
    (folder / THINGS).write_text(text.replace("{en: [Harbour]}", "{de: [Harbour Foods], en: [Harbour], fr: Harbour}"))

    names = next(entity.names for entity in load(folder).entities if entity.id == "harbour-foods")

    assert names == (
        Name("Harbour Foods", "de", preferred=True), Name("Harbour", "en"), Name("Harbour", "fr"),
    )  # fmt: skip


def test_none_is_an_object_that_is_known_not_to_be(folder: Path) -> None:
    """`none` as object says that there is no such thing; beside a named object it is refused."""
    _add(folder, "id: alone, statement: [basin-data, subsidiary_of, none]")
    claim = next(claim for claim in load(folder).claims if claim.key == "alone")
    _add(folder, "id: both, statement: [basin-data, subsidiary_of, quay-systems], none: true")

    assert isinstance(claim, Statement)
    assert (claim.object, claim.none) == (None, True)
    assert _messages(folder) == ["'none' beside an object; write [basin-data, subsidiary_of, none] instead"]


def test_a_circle_is_told_with_its_steps(folder: Path) -> None:
    """Whatever is a unit of its own unit is refused, unless the claim is denied or put aside."""
    _add(
        folder,
        "id: a, statement: [harbour-foods, unit_of, quay-systems]",
        "id: b, statement: [quay-systems, subsidiary_of, basin-data]",
        "id: c, statement: [basin-data, unit_of, harbour-foods], modality: denied",
    )
    assert problems(folder) == ()
    _add(folder, "id: d, statement: [basin-data, subsidiary_of, harbour-foods]")

    assert _messages(folder) == [
        "this closes a circle: harbour-foods > quay-systems > basin-data > harbour-foods"
    ]  # fmt: skip


def test_restatements_end_somewhere(folder: Path) -> None:
    """Claims may restate others, in a row, but not in a circle."""
    _add(folder, "id: a, statement: [basin-data, competitor_of, quay-systems], restates: pier-rival",
         "id: b, statement: [basin-data, partner_of, quay-systems], restates: a")  # fmt: skip
    assert problems(folder) == ()
    _add(folder, "id: c, statement: [basin-data, partner_of, harbour-foods], restates: d",
         "id: d, statement: [basin-data, supplier_of, harbour-foods], restates: c")  # fmt: skip

    assert _messages(folder) == ["a claim cannot say itself again: c > d > c"]


def test_saying_the_same_twice_is_told(folder: Path) -> None:
    """Two claims with one content from one place have one id; the second names the first."""
    _add(folder, "id: a, statement: [basin-data, partner_of, quay-systems]",
         "id: b, statement: [basin-data, partner_of, quay-systems]")  # fmt: skip

    assert _messages(folder) == ["this says just what 'a' says, from the same place"]


def test_a_curated_conflict_takes_the_place_of_a_found_one(folder: Path) -> None:
    """What a curator says of two claims is not said a second time by comparing."""
    other = "id: other, observation: {of: harbour-foods, metric: revenue, value: 50 million EUR, period: 2024}"
    _add(folder, other)
    found = load(folder).conflicts
    _add(folder, conflicts="conflicts:\n  - {id: sales, claims: [harbour-sales, other], why: value, note: Which?}\n")
    curated = load(folder).conflicts

    assert [(conflict.why, conflict.curated) for conflict in found] == [("value", False)]
    assert [(conflict.id, conflict.curated) for conflict in curated] == [("sales", True)]
    assert curated[0].claims == found[0].claims


def test_a_preferred_claim_outranks_the_other_side(folder: Path) -> None:
    """The other side of a conflict is outranked, no fact any more, and the conflict is settled."""
    _add(folder, "id: other, observation: {of: harbour-foods, metric: revenue, value: 50 million EUR, period: 2024}, "
         "rank: preferred, rank_reason: audited")  # fmt: skip
    dataset = load(folder)

    assert {claim.key: claim.factual for claim in dataset.claims if "sales" in claim.key or claim.key == "other"} == {
        "harbour-sales": False,
        "other": True,
    }
    assert dataset.conflicts == ()


def test_conflicts_name_claims_that_are_there(folder: Path) -> None:
    """A side that is no claim, or stands twice, is told."""
    _add(folder, conflicts="conflicts:\n"
         "  - {id: x, claims: [harbour-sales, harbour-sale], why: value, note: X}\n"
         "  - {id: y, claims: [harbour-sales, harbour-sales], why: value, note: X}\n"
         "  - {id: y, claims: [harbour-sales, pier-rival], why: values, note: X}\n")  # fmt: skip

    assert _messages(folder) == [
        "no claim 'harbour-sale'; did you mean 'harbour-sales'?",
        "this claim stands twice",
        "unknown reason 'values'; did you mean 'value'?",
    ]


def test_a_fiscal_period_is_the_one_of_the_group(folder: Path) -> None:
    """A unit, and a product, follow the fiscal year of the company above; one without any is told."""
    (folder / THINGS).write_text(
        (folder / THINGS).read_text().replace("name: Quay Systems", "name: Quay Systems\n    fiscal_year_end: 03-31")
    )
    figure = "observation: {{of: {}, metric: revenue, value: 1 million EUR, period: FY2025 Q1}}"
    _add(folder, "id: a, " + figure.format("pier-cloud"))
    claim = next(claim for claim in load(folder).claims if claim.key == "a")
    _add(folder, "id: b, " + figure.format("basin-data"))

    assert isinstance(claim, Observation)
    assert claim.period is not None
    assert (claim.period.start, claim.period.end) == (date(2024, 4, 1), date(2024, 6, 30))
    assert _messages(folder) == ["a fiscal period needs 'fiscal_year_end' on the entity that the figure is about"]


def test_an_identifier_belongs_to_one_thing(folder: Path) -> None:
    """The second entity with an identifier is told who has it."""
    _add(folder, things="  - {id: a, kind: company, name: A, identifiers: {wikidata: Q42}}\n"
         "  - {id: b, kind: company, name: B, identifiers: {wikidata: Q42}}\n")  # fmt: skip

    assert _messages(folder) == [f"the wikidata 'Q42' already belongs to 'a' at {folder / THINGS}:19"]


def test_what_is_broken_elsewhere_is_not_unknown(folder: Path) -> None:
    """An entity whose own entry is faulty, or whose file cannot be read, is not told as unknown as well."""
    text = (folder / THINGS).read_text()
    (folder / THINGS).write_text(text.replace("kind: platform", "kind: platfrom"))
    faulty = _messages(folder)
    (folder / THINGS).write_text(text + "\t")
    broken = problems(folder)

    assert faulty == ["unknown kind 'platfrom'; did you mean 'platform'?"]
    assert [problem.path for problem in broken] == [folder / THINGS]


def test_evidence_stands_as_the_text_says(folder: Path) -> None:
    """Places are verified, moved or unchecked, by the text that is at hand; each is counted and told."""
    whole = check(folder)
    path = folder / TEXT
    path.write_text("A new first line.\n" + path.read_text())
    moved = check(folder)
    path.unlink()
    gone = check(folder)

    assert whole.evidence == {"verified": 5, "moved": 0, "unchecked": 0}
    assert whole.notes == ()
    assert moved.evidence == {"verified": 0, "moved": 5, "unchecked": 0}
    assert moved.problems == ()
    assert [note.partition(":")[0] for note in moved.notes] == [
        "the text of 'gazette-2025-03-04' (gazette-2025-03-04.txt) is another edition than the one written down",
        "moved in 'gazette-2025-03-04', anchor again",
    ]
    assert gone.evidence == {"verified": 0, "moved": 0, "unchecked": 5}
    assert "is not here; its evidence is unchecked" in gone.notes[0]


def test_a_text_may_lie_elsewhere(folder: Path, tmp_path: Path) -> None:
    """A folder that the caller names comes before the dataset's own."""
    (tmp_path / "texts").mkdir()
    (folder / TEXT).rename(tmp_path / "texts" / Path(TEXT).name)

    assert check(folder, sources=[tmp_path / "texts"]).evidence["verified"] == 5


def test_words_that_now_stand_twice_are_orphaned(folder: Path) -> None:
    """Where the exact text has moved to two places, neither is taken."""
    path = folder / TEXT
    path.write_text("Twice.\n" + path.read_text() + "Its rival Basin Data.\n")

    assert _messages(folder) == ["the text at this place is not the one meant, and it was not found once elsewhere"]


def test_a_source_without_text_may_stand_as_a_whole(folder: Path) -> None:
    """Where no text is declared, a claim may rest on the source as a whole."""
    text = (folder / CLAIMS).read_text()
    without = re.sub(r"(?m)^  text:\n(    .*\n)+|^    evidence:\n(      .*\n)+", "", text)
    (folder / CLAIMS).write_text(without)

    assert problems(folder) == ()
    assert {claim.evidence for claim in load(folder).claims} == {()}


def test_the_report_is_for_people_and_programs(folder: Path) -> None:
    """The same findings come as lines and as a record."""
    fine = check(folder)
    (folder / ABOUT).write_text("name: x\n")
    bad = check(folder)

    assert list(fine.to_lines()) == [
        f"{folder}: 6 entities, 5 claims, 1 source, 0 conflicts, 1 view; no problems", "evidence: 5 verified",
    ]  # fmt: skip
    assert list(bad.to_lines()) == [f"{folder / ABOUT}:1:1: 'title' is missing", "1 problem"]
    assert bad.to_record()["problems"] == [
        {"path": str(folder / ABOUT), "line": 1, "column": 1, "message": "'title' is missing"}
    ]


def test_an_unknown_key_hides_nothing_else(tmp_path: Path) -> None:
    """A claim with a key that nothing knows is looked at all the same: both faults come at once."""
    init(tmp_path / "set", "mine", "Mine")
    file = tmp_path / "set/claims/gazette-2025-03-04.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("customer: harbour-foods", "customer: harbor-foods", 1).replace("relayed_by:", "relayd_by:", 1)
    file.write_text(text, encoding="utf-8")

    messages = [problem.message for problem in check(tmp_path / "set").problems]
    assert messages == [
        "unknown entity 'harbor-foods'; did you mean 'harbour-foods'?",
        "unknown key 'relayd_by'; did you mean 'relayed_by'?",
    ]


def test_a_deal_has_a_sum_and_a_share(folder: Path) -> None:
    """A deal keeps its amount of money and its share of a whole; anything else in their place is told."""
    deal = "deal: {{kind: acquisition, parties: {{acquirer: harbour-foods, target: basin-data}}, {}}}"
    _add(folder, "id: a, " + deal.format("amount: 41-60 million EUR, share: 33%"))
    claim = next(claim for claim in load(folder).claims if claim.key == "a")
    _add(folder, "id: b, " + deal.format("amount: 33%, share: 5 million EUR"),
         "id: c, " + deal.format("amount: -1 EUR, share: 101%"))  # fmt: skip

    assert isinstance(claim, Deal)
    assert (claim.amount, claim.share) == (
        Quantity("41", "EUR", "-", "million", "60"), Quantity("33", "percent"),
    )  # fmt: skip
    assert _messages(folder) == [
        "an amount is of money and not below zero, such as 3.6 billion USD, not '33%'",
        "a share is a part of a whole in percent, such as 33%, not '5 million EUR'",
        "an amount is of money and not below zero, such as 3.6 billion USD, not '-1 EUR'",
        "a share is a part of a whole in percent, such as 33%, not '101%'",
    ]


def test_on_says_that_no_more_is_known(folder: Path) -> None:
    """A claim may be known to hold on one date; then it has neither beginning nor end, and is no event."""
    _add(folder, "id: a, statement: [basin-data, partner_of, quay-systems], on: {date: 2025-03, stated: in March}")
    claim = next(claim for claim in load(folder).claims if claim.key == "a")
    _add(folder, "id: b, statement: [basin-data, supplier_of, quay-systems], on: 2025-03-01, from: 2025",
         "id: c, occurrence: {kind: founding, parties: {subject: basin-data}}, on: 2025-03-01",
         "id: d, statement: [basin-data, supplier_of, quay-systems], on: 2025-03-01/2025-03-02")  # fmt: skip

    assert claim.held.day == When("2025-03", date(2025, 3, 1), date(2025, 3, 31), "in March")
    assert _messages(folder) == [
        "'on' says that no more is known than one date; it does not stand beside 'from' or 'to'",
        "an occurrence takes place 'when'; 'from', 'to' and 'on' are for what lasts",
        "'on' is one date, not an interval; write 'from' and 'to'",
    ]


def test_a_scope_has_a_counterparty(folder: Path) -> None:
    """A figure may be with regard to an agent or a product; of a place it is not."""
    stake = "observation: {{of: harbour-foods, metric: stake, value: 36%}}, scope: {{counterparty: {}}}"
    _add(folder, "id: a, " + stake.format("basin-data"))
    claim = next(claim for claim in load(folder).claims if claim.key == "a")
    _add(folder, "id: b, " + stake.format("basin"), "id: c, " + stake.format("oslo"),
         things="  - {id: oslo, kind: place, name: Oslo}\n")  # fmt: skip

    assert claim.scope == Scope(counterparty="basin-data")
    assert _messages(folder) == [
        "unknown entity 'basin'; did you mean 'basin-data'?",
        "'oslo' is of the kind place; wanted here is one of the kind agent or product",
    ]


def test_a_register_may_know_a_thing_by_several_names(folder: Path) -> None:
    """An identifier is one text or a list; each is checked where it stands, and belongs to one thing."""
    text = (folder / THINGS).read_text()
    text = text.replace("name: Quay Systems", "name: Quay Systems\n    identifiers: {ticker: [NYSE:QS, HKEX:9]}", 1)
    (folder / THINGS).write_text(text)
    found = next(entity.identifiers for entity in load(folder).entities if entity.id == "quay-systems")
    (folder / THINGS).write_text(text.replace("HKEX:9]", "HKEX:9, HKEX 8, HKEX:9]"))
    _add(folder, things="  - {id: other, kind: company, name: Other, identifiers: {ticker: NYSE:QS}}\n")

    assert found == (Identifier("ticker", "HKEX:9"), Identifier("ticker", "NYSE:QS"))
    assert _messages(folder) == [
        "a value of ticker is EXCHANGE:SYMBOL, e.g. NYSE:BABA",
        "'HKEX:9' stands twice",
        f"the ticker 'NYSE:QS' already belongs to 'quay-systems' at {folder / THINGS}:7",
    ]


def test_a_merged_id_leads_to_one_thing(folder: Path) -> None:
    """An id that was merged is kept with the entity, is no entity itself, and is merged once."""
    text = (folder / THINGS).read_text()
    merged = text.replace("name: Quay Systems", "name: Quay Systems\n    merged: [quay]", 1)
    (folder / THINGS).write_text(merged)
    found = next([row.id for row in entity.merged] for entity in load(folder).entities if entity.id == "quay-systems")
    (folder / THINGS).write_text(merged.replace("name: Pier Cloud", "name: Pier Cloud\n    merged: [basin-data, quay]"))
    _add(folder, "id: a, statement: [quay, partner_of, basin-data]")

    assert found == ["quay"]
    assert _messages(folder) == [
        "unknown entity 'quay'; did you mean 'quay-systems'?",
        f"'basin-data' is an entity of its own, at {folder / THINGS}:11; it is not merged",
        f"'quay' was already merged at {folder / THINGS}:7",
    ]


def test_conflicts_may_stand_in_a_file_of_their_own(folder: Path) -> None:
    """A conflict of claims in several files stands in conflicts/, under the same rules."""
    other = "id: other, observation: {of: harbour-foods, metric: revenue, value: 50 million EUR, period: 2024}"
    _add(folder, other)
    (folder / "conflicts").mkdir()
    file = folder / "conflicts/sales.yaml"
    row = "  - {id: sales, claims: [harbour-sales, other], why: definition, note: Gross and net.}\n"
    file.write_text(f"conflicts:\n{row}")
    before = load(folder)
    file.write_text(f"conflicts:\n{row}  - {{id: sales, claims: [nobody, other], why: definitions, note: X}}\n")
    wrong = _messages(folder)
    file.write_text("claims: []\n")

    assert [(conflict.id, conflict.why, conflict.curated) for conflict in before.conflicts] == [
        ("sales", "definition", True)
    ]
    assert wrong == ["unknown reason 'definitions'; did you mean 'definition'?"]
    assert _messages(folder) == ["'conflicts' is missing", "unknown key 'claims'"]


def test_an_edited_conflict_changes_the_digest(folder: Path) -> None:
    """Files of conflicts are part of what a build is made from."""
    before = load(folder).digest
    (folder / "conflicts").mkdir()
    (folder / "conflicts/none.yaml").write_text("conflicts: []\n")

    assert load(folder).digest != before
