"""Rules over views.yaml: everything that a view or a step names is there."""

from __future__ import annotations

from collections.abc import Iterator

from keiretsu_loaders.facts import Facts
from keiretsu_loaders.reading import repeated
from keiretsu_loaders.references import references
from keiretsu_loaders.yaml_reader import Location
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.view_entries import StepEntry, ViewEntry


def views_have_ids_of_their_own(facts: Facts) -> Iterator[Problem]:
    """No two views have one id."""
    first = {view.head.entry.id: view.head for view in reversed(facts.entries.views)}
    for place in repeated(view.head.entry.id for view in facts.entries.views):
        head = facts.entries.views[place].head
        slug = head.entry.id
        yield head.problem("id", message=f"the view {slug!r} already stands at {first[slug].place()}")


def views_name_known_things(facts: Facts) -> Iterator[Problem]:
    """Entities, claims and sources that a view names exist."""
    sources = {file.head.entry.source.id for file in facts.entries.files}
    for view in facts.entries.views:
        for part in view.parts:
            for where, slug in references(type(part.entry), part.entry.model_dump(by_alias=True)):
                if (fault := facts.misfit(slug, ("thing",))) is not None:
                    yield part.problem(*where, message=fault)
            for where, key in _claims(part.entry):
                if not facts.has_claim(key):
                    yield part.problem(*where, message=f"no claim {key!r}{facts.hint(key, facts.claims)}")
            for number, slug in enumerate(part.entry.hide.sources if part.entry.hide else ()):
                if slug not in sources and "claims" not in facts.entries.unread:
                    message = f"no source {slug!r}{facts.hint(slug, sources)}"
                    yield part.problem("hide", "sources", number, message=message)


def what_is_chosen_is_in_view(facts: Facts) -> Iterator[Problem]:
    """An entity that is chosen is among those shown, where these are listed and no question brings more."""
    for view in facts.entries.views:
        whole = view.head.entry
        for part in view.parts:
            entry = part.entry
            shown = entry.show or (whole.show if entry.around is None else [])
            chosen = entry.chosen.entity if entry.chosen else None
            if chosen and shown and not (entry.ask or whole.ask) and chosen not in shown:
                yield part.problem("chosen", message=f"{chosen!r} is chosen and not in view; add it to 'show'")


def _claims(entry: ViewEntry | StepEntry) -> Iterator[tuple[Location, str]]:
    if entry.chosen is not None and entry.chosen.claim is not None:
        yield ("chosen", "claim"), entry.chosen.claim
    yield from ((("claims", number), key) for number, key in enumerate(entry.claims))
