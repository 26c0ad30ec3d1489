"""Keys of a mapping and items of a list: put in or taken out in place, as the canonical form has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from keiretsu_loaders.canonical import text_lines, write_item
from keiretsu_loaders.editing import Change, Page, to_page
from keiretsu_loaders.nodes import Node, Part, Remark, column_of, of_data
from keiretsu_loaders.scalars import one_line
from keiretsu_loaders.yaml_reader import Location
from keiretsu_ontology.errors import UsageError


def with_key(page: Page, location: Location, key: str, text: str, order: Sequence[str]) -> Page:
    """Return a page on which a mapping has a key with a text.

    Args:
        page: The file.
        location: Where the mapping stands.
        key: The key; where it is there already, its text is replaced.
        text: The text.
        order: The keys of the mapping in the order in which they are written.
    """
    around = page.node(location)
    column = column_of(page.text, around.parts[0].start)
    here = around.part(key)
    if around.flow:
        written = f"{key}: {one_line(text, flow=True)}"
    else:
        written = page.line_end.join(text_lines(key, text, column))
    if here is not None:
        return _edited(page, Change(here.start, here.value.end, written))
    before = _before(around, key, order)
    if around.flow:
        return _edited(page, Change(before.value.end, before.value.end, f", {written}"))
    at = _end_of_line(page.text, _last(before))
    return _edited(page, Change(at, at, page.line_end + " " * column + written))


def without_key(page: Page, location: Location, key: str) -> Page:
    """Return a page on which a mapping has a key no longer; the comments around it stay."""
    around = page.node(location)
    here = around.part(key)
    if here is None:
        return page
    place = around.parts.index(here)
    if place == 0:  # what follows takes its place, after a dash or a bracket
        rest = re.compile(r"[ \t]*,?\s*" if around.flow else r"\s*").match(page.text, here.value.end)
        return _edited(page, Change(here.start, rest.end() if rest else here.value.end, ""))
    if around.flow:
        comma = page.text.rfind(",", around.parts[place - 1].value.end, here.start)
        return _edited(page, Change(comma, here.value.end, ""))
    if here.beside:  # a comment beside it keeps the line
        return _edited(page, Change(here.start, here.beside[0].start, ""))
    start = here.start - column_of(page.text, here.start)
    end = _end_of_line(page.text, here.value.end)
    return _edited(page, Change(start - len(_line_end_before(page.text, start)), end, ""))


def with_texts(page: Page, texts: dict[Location, str]) -> Page:
    """Return a page on which other texts stand at some places."""
    changes = []
    for location, text in texts.items():
        node = page.node(location)
        changes.append(Change(node.start, node.end, one_line(text, flow=node.flow)))
    return to_page(page.path, page.edit(changes))


def with_item(page: Page, location: Location, part: Part, model: type[BaseModel]) -> Page:
    """Return a page on which a part stands at the place of an item, in canonical form.

    Raises:
        UsageError: The list stands in brackets.
    """
    start, end = _item(page, location)
    lines = write_item(part, model, _dash_column(page, start))
    return _edited(page, Change(start, end, page.line_end.join(lines)))


def with_item_after(
    page: Page, location: Location, data: dict[str, Any], model: type[BaseModel], remarks: Sequence[Remark] = ()
) -> Page:
    """Return a page on which an item stands after another one, with comments above it.

    Raises:
        UsageError: The list stands in brackets.
    """
    start, end = _item(page, location)
    column = _dash_column(page, start)
    lines = [*(" " * column + remark.text for remark in remarks), *write_item(Part(None, of_data(data)), model, column)]
    return _edited(page, Change(end, end, "".join(page.line_end + line for line in lines)))


def without_item(page: Page, location: Location) -> Page:
    """Return a page on which an item stands no longer; the comments above it stay.

    Raises:
        UsageError: The list stands in brackets.
    """
    start, end = _item(page, location)
    return _edited(page, Change(start - len(_line_end_before(page.text, start)), end, ""))


def _item(page: Page, location: Location) -> tuple[int, int]:
    """Return where the lines of an item of a block list begin and end."""
    around, number = page.node(location[:-1]), location[-1]
    if around.flow or not isinstance(number, int):
        raise UsageError(f"the list in {page.path} stands in brackets; write its items beneath one another first")
    part = page.part(location)
    dash = around.start
    if number:
        between = page.text[_last(around.parts[number - 1]) : part.start]
        found = list(re.finditer(r"(?m)^[ \t]*-(?=\s)", between))
        dash = _last(around.parts[number - 1]) + found[-1].end() - 1
    return dash - column_of(page.text, dash), _end_of_line(page.text, _last(part))


def _dash_column(page: Page, start: int) -> int:
    found = re.compile(" *").match(page.text, start)
    return found.end() - start if found is not None else 0


def _edited(page: Page, change: Change) -> Page:
    return to_page(page.path, page.edit([change]))


def _before(around: Node, key: str, order: Sequence[str]) -> Part:
    """Return the part after which a key goes: the nearest of those that come before it in order."""
    earlier = set(order[: order.index(key)])
    fitting = [part for part in around.parts if part.key is not None and part.key.value in earlier]
    return max(fitting, key=lambda part: order.index(part.key.value) if part.key else 0, default=around.parts[-1])


def _last(part: Part) -> int:
    """Return where a part ends, with the comments that belong to it."""
    ends = [part.value.end, *(remark.start for remark in (*part.beside, *part.value.foot))]
    return max([*ends, *(_last(inner) for inner in part.value.parts[-1:])])


def _end_of_line(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]|\Z").search(text, at)
    return found.start() if found is not None else len(text)


def _line_end_before(text: str, at: int) -> str:
    found = re.compile(r"(?:\r\n|\r|\n)\Z").search(text, max(0, at - 2), at)
    return found[0] if found is not None else ""
