"""Files of facts in their canonical form: the same facts, written as everyone writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from keiretsu_loaders.canonical import key_order, to_canonical
from keiretsu_loaders.editing import Edited
from keiretsu_loaders.files import YAML, folder_fault, is_folder, is_link, listed, read_file, trouble
from keiretsu_loaders.reading import form_faults
from keiretsu_loaders.yaml_reader import Document, read_yaml
from keiretsu_ontology import entries
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.view_entries import ViewsFile

# Every sort of file: the models of entries.py that are called so, and views.yaml.
FILE_MODELS: tuple[type[BaseModel], ...] = (
    *(
        found for name, found in sorted(vars(entries).items())
        if isinstance(found, type) and issubclass(found, entries.Entry) and name.endswith("File")
    ),
    ViewsFile,
)  # fmt: skip
_ABOUT = "keiretsu.yaml"
_TOP = (_ABOUT, "views.yaml")
_NOT_FACTS = ("sources", "queries")


def tidy(paths: Iterable[Path]) -> Iterator[Edited]:
    """Yield files with their canonical form, in order; nothing is written.

    Args:
        paths: Files of facts, datasets, or folders of files.
    """
    for path in paths:
        for found in _files(path):
            yield tidy_file(found) if isinstance(found, Path) else Edited(found.path, problems=(found,))


def tidy_file(path: Path) -> Edited:
    """Return a file with its canonical form; one with problems has none."""
    found = read_file(path)
    if found.text is None:
        return Edited(path, problems=(found.problem,) if found.problem else ())
    after, problems = tidy_text(path, found.text)
    return Edited(path, found.data, (after or "").encode("utf-8"), tuple(sorted(problems)))


def tidy_text(path: Path, text: str) -> tuple[str | None, list[Problem]]:
    """Return the canonical form of the text of a file, or None with the problems that it has.

    Only the form of the file is looked at: whether its entities are known, `check` tells.
    """
    text = text.removeprefix("\ufeff")
    document, problems = read_yaml(path, text)
    if document is None:
        return None, problems
    model, problems = file_model(document)
    if problems:
        return None, problems
    after = to_canonical(text, model)
    again, problems = read_yaml(path, after)
    if again is None or _said(again.data) != _said(document.data):
        message = "the canonical form of this file would say something else; it is left as it is"
        return None, [*problems, trouble(path, message)]
    return after, []


def file_model(document: Document) -> tuple[type[BaseModel], list[Problem]]:
    """Return what a file holds by its keys, and what is wrong with its form."""
    found = [(model, form_faults(model, document)) for model in FILE_MODELS]
    keys = set(document.data) if isinstance(document.data, dict) else set()
    return min(found, key=lambda row: (bool(row[1]), -len(keys & set(key_order(row[0]))), len(row[1])))


def _said(data: Any) -> Any:
    """Return data without what says nothing: the line break at the end of a block of text."""
    if isinstance(data, dict):
        return [(key, _said(data[key])) for key in sorted(data)]
    if isinstance(data, list):
        return [_said(item) for item in data]
    return str(data).removesuffix("\n")


def _files(path: Path) -> Iterator[Path | Problem]:
    if not is_folder(path) or is_link(path):
        yield path
    elif (fault := folder_fault(path)) is not None:
        yield trouble(path, fault)
    else:
        found = list(_facts_in(path))
        yield from found or [trouble(path, "no files of facts are in this folder")]


def _facts_in(folder: Path) -> Iterator[Path | Problem]:
    """Yield the files of facts in a folder: of a dataset its description, its views and the files of its parts."""
    dataset = (folder / _ABOUT).exists()
    for entry in listed(folder):
        if isinstance(entry, Problem):
            yield entry
        elif is_folder(entry):
            if not (dataset and entry.name in _NOT_FACTS):
                yield from _facts_in(entry)
        elif entry.suffix.lower() in YAML and (not dataset or entry.name in _TOP):
            yield entry
