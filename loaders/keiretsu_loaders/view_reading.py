"""Reading views.yaml: each view and each of its steps on its own, so that one fault hides no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from keiretsu_loaders.files import lies, read_file
from keiretsu_loaders.reading import Entries, Located, items_of, validated, without
from keiretsu_loaders.yaml_reader import Document, read_yaml
from keiretsu_ontology.view_entries import MAX_STEPS, MAX_VIEWS, StepEntry, ViewEntry, ViewsFile

NAME = "views.yaml"


class ViewOf(NamedTuple):
    """A view, and those of its steps that are well formed."""

    head: Located[ViewEntry]  # without its steps
    steps: tuple[Located[StepEntry], ...]

    @property
    def parts(self) -> tuple[Located[ViewEntry] | Located[StepEntry], ...]:
        """The view and its steps."""
        return (self.head, *self.steps)


def read_views(entries: Entries, take: Callable[[str, bytes], None]) -> None:
    """Add the views of a dataset folder to its entries, with every problem of form.

    Args:
        entries: What was read of the folder so far.
        take: Is given the bytes that are read.
    """
    path = entries.folder / NAME
    if not lies(path):
        return
    found = read_file(path)
    if found.text is None:
        entries.problems.extend([found.problem] if found.problem else [])
        return
    take(NAME, found.data)
    document, problems = read_yaml(path, found.text)
    entries.problems.extend(problems)
    if document is None:
        return
    validated(entries.problems, ViewsFile, document, (), without(document.data, "views"))
    listed = items_of(document.data, "views")
    if len(listed) > MAX_VIEWS:
        entries.problems.append(document.problem(("views",), f"at most {MAX_VIEWS} views are kept, not {len(listed)}"))
    for number, item in listed[:MAX_VIEWS]:
        _read_view(entries, document, number, item)


def _read_view(entries: Entries, document: Document, number: int, item: Any) -> None:
    where, steps = ("views", number), items_of(item, "steps")
    head = validated(entries.problems, ViewEntry, document, where, without(item, "steps"))
    if len(steps) > MAX_STEPS:
        message = f"a story has at most {MAX_STEPS} steps, not {len(steps)}"
        entries.problems.append(document.problem((*where, "steps"), message))
    read = [
        validated(entries.problems, StepEntry, document, (*where, "steps", place), step)
        for place, step in steps[:MAX_STEPS]
    ]
    if head is not None:
        entries.views.append(ViewOf(head, tuple(step for step in read if step is not None)))
