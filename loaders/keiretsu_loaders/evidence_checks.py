"""Rules over evidence: is it there, may it be quoted, and does the text say it?"""

from __future__ import annotations

from collections.abc import Iterator

from keiretsu_loaders.facts import Facts
from keiretsu_loaders.reading import ClaimsOf, Located
from keiretsu_ontology.entries import ClaimEntry, EvidenceEntry
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.evidence import Evidence, digest, standing


def texts_are_the_ones_meant(facts: Facts) -> Iterator[Problem]:
    """Where the text of a source is at hand, its length and digest are the ones written down."""
    for file in facts.entries.files:
        meant = file.head.entry.source.text
        if meant is None or (text := facts.texts.text(meant.file)) is None:
            continue
        if len(text) != meant.characters and digest(text) == meant.sha256:
            message = f"the text has {len(text)} characters, not {meant.characters}"
            yield file.head.problem("source", "text", "characters", message=message)


def to_evidence(file: ClaimsOf, entry: EvidenceEntry) -> Evidence:
    """Return the place that an entry names."""
    start, end = (int(part) for part in entry.at.split("-")) if entry.at else (None, None)
    return Evidence(file.head.entry.source.id, start, end, entry.sha256, entry.quote)


def evidence_is_in_the_text(facts: Facts) -> Iterator[Problem]:
    """Every claim rests on places in its source, and where the text is at hand they are there."""
    for file in facts.entries.files:
        source = file.head.entry.source
        text = facts.texts.text(source.text.file) if source.text else None
        for claim in file.claims:
            if not claim.entry.evidence:
                if source.text is not None or claim.entry.evidence is not None:
                    yield claim.problem(message="evidence is missing; `keiretsu anchor` makes it from a quote")
                continue
            for place, entry in enumerate(claim.entry.evidence):
                yield from _place_problems(file, claim, place, entry, text)


def _place_problems(
    file: ClaimsOf, claim: Located[ClaimEntry], place: int, entry: EvidenceEntry, text: str | None
) -> Iterator[Problem]:
    source = file.head.entry.source
    where = ("evidence", place)
    if source.text is None and entry.at is not None:
        yield claim.problem(
            *where, "at", message=f"the source {source.id!r} names no 'text' that places are counted in"
        )
    if entry.quote is not None and not source.quotable:
        message = f"quotes of {source.id!r} are not kept (quotable: false); run `keiretsu anchor FILE --write`"
        yield claim.problem(*where, "quote", message=message)
    found = to_evidence(file, entry)
    if source.text is not None and found.end is not None and found.end > source.text.characters:
        message = f"the place {entry.at} lies beyond the end of the text ({source.text.characters} characters)"
        yield claim.problem(*where, "at", message=message)
    elif text is not None and standing(found, text) == "orphaned":
        message = "the text at this place is not the one meant, nor does it stand elsewhere once"
        yield claim.problem(*where, "at", message=message)
    if entry.quote is not None and entry.sha256 is not None and digest(entry.quote) != entry.sha256:
        yield claim.problem(*where, "sha256", message="this is not the digest of the quote")
    elif entry.quote is not None and text is not None and entry.quote not in text:
        yield claim.problem(*where, "quote", message="the quote is not in the text")
