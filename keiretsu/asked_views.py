"""The rule of the loader that needs the questions: what a view asks can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keiretsu_ontology.errors import Problem, UsageError

if TYPE_CHECKING:
    from keiretsu_loaders.facts import Facts


def views_ask_what_can_be_asked(facts: Facts) -> Iterator[Problem]:
    """A question of a view is one of those that there are, asked with what it takes."""
    from keiretsu_queries.typed import read_typed

    for part in (part for view in facts.entries.views for part in view.parts):
        if part.entry.ask is not None:
            try:
                read_typed(part.entry.ask)
            except UsageError as error:
                yield part.problem("ask", message=str(error))
