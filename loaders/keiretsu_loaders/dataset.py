"""Loading and checking a dataset: all problems at once, or all facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keiretsu_loaders.checks import RULES, Rule
from keiretsu_loaders.convert import outrank, to_claims, to_conflict, to_entities, to_source
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.files import is_link, lies
from keiretsu_loaders.reading import Entries, read_entries
from keiretsu_loaders.texts import SourceTexts
from keiretsu_loaders.view_convert import to_view
from keiretsu_loaders.view_reading import read_views
from keiretsu_ontology.claims import AnyClaim, Conflict
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.errors import Problem, SeedError
from keiretsu_ontology.evidence import Source, digest

MAX_PROBLEMS = 1_000
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    folder: Path
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]  # what is worth knowing and is no problem
    counts: dict[str, int]
    evidence: dict[str, int]  # how many places are verified, moved or unchecked

    def to_lines(self) -> Iterator[str]:
        """Yield the report for a person."""
        yield from (str(problem) for problem in self.problems)
        if self.problems:
            capped = "; these are the first" if len(self.problems) >= MAX_PROBLEMS else ""
            yield f"{len(self.problems)} problem{'s' * (len(self.problems) != 1)}{capped}"
            return
        counted = ", ".join(f"{number} {_counted(name, number)}" for name, number in self.counts.items())
        places = ", ".join(f"{number} {name}" for name, number in self.evidence.items() if number)
        yield f"{self.folder}: {counted}; no problems"
        yield f"evidence: {places or 'none'}"
        yield from self.notes

    def to_record(self) -> dict[str, Any]:
        """Return the report for a program."""
        return {
            "version": 1,
            "problems": problem_records(self.problems),
            "notes": list(self.notes),
            "counts": self.counts,
            "evidence": self.evidence,
        }


def _counted(name: str, number: int) -> str:
    if number != 1:
        return name
    return "entity" if name == "entities" else name.removesuffix("s")


def load(
    folder: Path, *, sources: Iterable[Path] = (), progress: Progress | None = None, rules: Iterable[Rule] = ()
) -> Dataset:
    """Return the facts of a folder.

    Args:
        folder: The dataset.
        sources: Folders in which texts of sources may lie, beside the dataset's own.
        progress: Is told what is going on.
        rules: More rules than the loader's own.

    Raises:
        SeedError: Something is wrong; it carries every problem.
    """
    return load_facts(folder, sources=sources, progress=progress, rules=rules)[1]


def load_facts(
    folder: Path, *, sources: Iterable[Path] = (), progress: Progress | None = None, rules: Iterable[Rule] = ()
) -> tuple[Facts, Dataset]:
    """Return the facts of a folder as they are written, each at its place, and as they are meant.

    Raises:
        SeedError: Something is wrong; it carries every problem.
    """
    facts, problems = _checked(folder, sources, progress or (lambda _: None), rules)
    if problems:
        raise SeedError(problems)
    dataset, more = converted(facts)
    if more:
        raise SeedError(more)
    return facts, dataset


def check(
    folder: Path, *, sources: Iterable[Path] = (), progress: Progress | None = None, rules: Iterable[Rule] = ()
) -> Report:
    """Return what is wrong with the facts of a folder, and how its evidence stands; `rules` are more than its own."""
    facts, problems = _checked(folder, sources, progress or (lambda _: None), rules)
    dataset: Dataset | None = None
    if not problems:
        dataset, more = converted(facts)
        problems = tuple(more)
    if problems or dataset is None:
        return Report(folder, tuple(problems), (), {}, {})
    counts = {name: len(getattr(dataset, name)) for name in ("entities", "claims", "sources", "conflicts")}
    counts |= {"views": len(dataset.views)} if dataset.views else {}
    return Report(folder, (), tuple(_notes(dataset, facts)), counts, _standings(dataset, facts.texts))


def _checked(
    folder: Path, sources: Iterable[Path], tell: Progress, rules: Iterable[Rule]
) -> tuple[Facts, tuple[Problem, ...]]:
    tell(f"reading {folder}")
    entries = entries_of(folder, tell)
    own = folder / "sources"
    beside = [place for place in sources if place != own]
    facts = Facts.of(entries, SourceTexts(beside if is_link(own) else [*beside, own]))
    return facts, tuple(sorted(set(entries.problems) | broken_rules(facts, tell, rules))[:MAX_PROBLEMS])


def entries_of(folder: Path, tell: Progress) -> Entries:
    """Return the entries of a dataset folder, those of its tables and views among them, with every problem of form."""

    def more(entries: Entries, take: Callable[[str, bytes], None]) -> None:
        if lies(folder / "tables"):  # most datasets have none
            from keiretsu_loaders.tables.folder import read_folder

            read_folder(entries, take, tell)
        read_views(entries, take)

    return read_entries(folder, more)


def broken_rules(facts: Facts, tell: Progress, more: Iterable[Rule] = ()) -> set[Problem]:
    """Return a problem for everything that breaks a rule."""
    found: set[Problem] = set()
    for rule in (*RULES, *more):
        tell(rule.__name__.replace("_", " "))
        found.update(rule(facts))
    return found


def problem_records(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for a program."""
    return [{**row._asdict(), "path": str(row.path)} for row in problems]


def converted(facts: Facts) -> tuple[Dataset, list[Problem]]:
    """Return the dataset that checked facts mean, or what shows only then to be wrong."""
    claims = [claim for file in facts.entries.files for claim in to_claims(facts, file)]
    if problems := list(said_twice(facts, claims)):
        return _dataset(facts, [], []), problems
    ids = {claim.key: claim.id for claim in claims}
    curated = [to_conflict(row.entry, ids) for row in facts.entries.conflicts]
    found = list(find_conflicts(claims))
    ranked = outrank(claims, [*curated, *found])
    if ranked != claims:  # what is outranked stands against nothing any more
        found = list(find_conflicts(ranked))
    sides = [set(conflict.claims) for conflict in curated]
    others = [conflict for conflict in found if not any(set(conflict.claims) <= one for one in sides)]
    return _dataset(facts, ranked, [*curated, *others]), []


def _dataset(facts: Facts, claims: list[AnyClaim], conflicts: list[Conflict]) -> Dataset:
    about = facts.entries.about
    named = about.entry if about is not None else None
    return Dataset(
        named.name if named else "unnamed", named.title if named else "", facts.entries.digest,
        tuple(to_entities(facts)),
        tuple(sorted((to_source(file) for file in facts.entries.files), key=lambda source: source.id)),
        tuple(sorted(claims, key=lambda claim: claim.id)), tuple(sorted(conflicts, key=lambda conflict: conflict.id)),
        named.description if named else None, named.licence if named else None,
        tuple(map(to_view, facts.entries.views)),
    )  # fmt: skip


def said_twice(facts: Facts, claims: Iterable[AnyClaim]) -> Iterator[Problem]:
    """Yield a problem for a claim that says just what another one says, at the same place."""
    known: dict[str, str] = {}
    for claim in claims:
        if claim.id in known:
            _, located = facts.claims[claim.key]
            yield located.problem(message=f"this says just what {known[claim.id]!r} says, from the same place")
        known.setdefault(claim.id, claim.key)


def _standings(dataset: Dataset, texts: SourceTexts) -> dict[str, int]:
    files = {source.id: source.file for source in dataset.sources}
    counted = Counter(texts.standing(place, files[place.source]) for row in dataset.claims for place in row.evidence)
    return {name: counted[name] for name in ("verified", "moved", "unchecked")}


def _notes(dataset: Dataset, facts: Facts) -> Iterator[str]:
    yield from facts.entries.notes
    for source in dataset.sources:
        text = facts.texts.text(source.file)
        if source.file and text is None:
            yield f"the text of {source.id!r} ({source.file}) is not here; its evidence is unchecked (--sources DIR)"
        elif text is not None and digest(text) != source.sha256:
            yield f"the text of {source.id!r} ({source.file}) is another edition than the one written down"
        if moved := _moved(dataset, facts.texts, source):
            more = f" and {len(moved) - 10} more" if len(moved) > 10 else ""
            yield f"moved in {source.id!r}, anchor again: {', '.join(moved[:10])}{more}"


def _moved(dataset: Dataset, texts: SourceTexts, source: Source) -> list[str]:
    """Return the keys of claims of which a place in the source has moved."""
    return sorted(
        claim.key
        for claim in dataset.claims
        if claim.source == source.id and any(texts.standing(place, source.file) == "moved" for place in claim.evidence)
    )
