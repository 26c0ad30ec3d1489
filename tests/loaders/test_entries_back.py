"""Facts that come from elsewhere are written as entries, and mean what they meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from keiretsu_loaders import load
from keiretsu_loaders.dataset import broken_rules, converted
from keiretsu_loaders.entries_back import Known, to_entries
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.texts import SourceTexts


def test_the_bundled_facts_come_back_as_they_were(seeds_folder: Path, tmp_path: Path) -> None:
    """Every entity, source, claim and conflict written as an entry breaks no rule and is the same, ids included.

    Views are no facts, and stay with the files.
    """
    facts = load(seeds_folder)
    curated = tuple(conflict for conflict in facts.conflicts if conflict.curated)
    known = Known(facts.name, facts.title, facts.entities, facts.sources, facts.claims, curated)

    entries = to_entries(known, tmp_path)
    read = Facts.of(entries, SourceTexts())
    back, problems = converted(read)

    assert (entries.problems, broken_rules(read, lambda _: None), problems) == ([], set(), [])
    assert (
        replace(back, digest=facts.digest, description=facts.description, licence=facts.licence, views=facts.views)
        == facts
    )
