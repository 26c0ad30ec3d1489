"""Rules over evidence: is it there, may it be quoted, and does the text say it?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from keiretsu_loaders.facts import Facts
from keiretsu_loaders.files import is_file, is_folder, listed
from keiretsu_loaders.reading import ClaimsOf, Located, repeated
from keiretsu_ontology.entries import ClaimEntry, EvidenceEntry
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.evidence import Evidence, digest


def texts_are_the_ones_meant(facts: Facts) -> Iterator[Problem]:
    """Where the text of a source is at hand, it can be read and is as long as was written down."""
    stray = _stray_texts(facts)
    for file in facts.entries.files:
        meant = file.head.entry.source.text
        if meant is None:
            continue
        found, where = facts.texts.find(meant.file), ("source", "text", "file")
        if found is None:
            if stray:  # without one the text is elsewhere, and its places are unchecked
                hint = facts.hint(meant.file, stray)
                message = f"there is no text {meant.file!r} in sources/, but one that no source names{hint}"
                yield file.head.problem(*where, message=message)
        elif found.text is None:
            message = found.problem.message if found.problem else "cannot be read"
            yield file.head.problem(*where, message=f"the text {meant.file!r}: {message}")
        elif len(found.text) != meant.characters and digest(found.text) == meant.sha256:
            message = f"the text has {len(found.text)} characters, not {meant.characters}"
            yield file.head.problem("source", "text", "characters", message=message)


def _stray_texts(facts: Facts) -> tuple[str, ...]:
    """Return the names of texts that lie in a dataset and that no source names."""
    sources = facts.entries.folder / "sources"
    if not is_folder(sources):
        return ()
    named = {file.head.entry.source.text.file for file in facts.entries.files if file.head.entry.source.text}
    lying = (entry for entry in listed(sources) if isinstance(entry, Path) and is_file(entry))
    return tuple(entry.name for entry in lying if entry.name not in named and not entry.stem.startswith("README"))


def to_evidence(file: ClaimsOf, entry: EvidenceEntry) -> Evidence:
    """Return the place that an entry names."""
    start, end = (int(part) for part in entry.at.split("-")) if entry.at else (None, None)
    return Evidence(file.head.entry.source.id, start, end, entry.sha256, entry.quote)


def evidence_is_in_the_text(facts: Facts) -> Iterator[Problem]:
    """Every claim rests on places in its source, each named once, and where the text is at hand they are there."""
    for file, claim in facts.each_claim():
        listed_places = claim.entry.evidence
        if not listed_places:
            if file.head.entry.source.text is not None or listed_places is not None:
                yield claim.problem("evidence", message="evidence is missing; `keiretsu anchor` makes it from a quote")
            continue
        for place in repeated((entry.at, entry.quote) for entry in listed_places):
            yield claim.problem("evidence", place, message="this place stands twice")
        for place, entry in enumerate(listed_places):
            yield from _form_problems(file, claim, place, entry)
            yield from _place_problems(facts, file, claim, place, entry)


def _form_problems(file: ClaimsOf, claim: Located[ClaimEntry], place: int, entry: EvidenceEntry) -> Iterator[Problem]:
    """Yield what is wrong with a place whatever the text says."""
    source, where = file.head.entry.source, ("evidence", place)
    if source.text is None and entry.at is not None:
        message = f"the source {source.id!r} names no 'text' that places are counted in"
        yield claim.problem(*where, "at", message=message)
    if entry.quote is not None and not source.quotable:
        message = f"quotes of {source.id!r} are not kept (quotable: false); run `keiretsu anchor FILE --write`"
        yield claim.problem(*where, "quote", message=message)
    if entry.quote is not None and entry.sha256 is not None and digest(entry.quote) != entry.sha256:
        yield claim.problem(*where, "quote", message="the quote is not the text that 'sha256' is the digest of")


def _place_problems(
    facts: Facts, file: ClaimsOf, claim: Located[ClaimEntry], place: int, entry: EvidenceEntry
) -> Iterator[Problem]:
    """Yield what the text says against a place."""
    meant, where = file.head.entry.source.text, ("evidence", place)
    if meant is None:
        return
    found, text = to_evidence(file, entry), facts.texts.text(meant.file)
    if found.end is not None and found.end > meant.characters:
        message = f"the place {entry.at} lies beyond the end of the text ({meant.characters} characters)"
        yield claim.problem(*where, "at", message=message)
    elif facts.texts.standing(found, meant.file) == "orphaned":
        message = "the text at this place is not the one meant, and it was not found once elsewhere"
        yield claim.problem(*where, "at", message=message)
    if entry.quote is not None and text is not None and entry.quote not in text:
        yield claim.problem(*where, "quote", message="the quote is not in the text")
