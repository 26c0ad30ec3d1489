"""The canonical form of a file of facts: keys in the order of the model, short things in one line.

What may stand where is read from the pydantic models of entries.py, so that a new key finds its place by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from keiretsu_loaders.nodes import Node, Part, Remark, of_data, to_nodes
from keiretsu_loaders.scalars import many_lines, one_line

WIDTH = 120  # of a line, in characters; a text that cannot be broken may be longer
_AIRY = 2  # levels of a file at which empty lines are kept: its keys, and the items of its lists


def to_canonical(text: str, model: type[BaseModel]) -> str:
    r"""Return the canonical form of a well-formed file of facts.

    Args:
        text: The file, without a byte order mark; it has passed the strict reader and the model.
        model: What the file holds.

    Example:
        >>> from keiretsu_ontology.entries import DatasetFile
        >>> to_canonical('"title":   "A: b"\r\nname: small # ours', DatasetFile)
        "name: small  # ours\ntitle: 'A: b'\n"
    """
    root = to_nodes(text)
    head, gap = _take_head(root)
    form = _Form((model,))
    _arrange(root, form)
    if root.parts and gap:
        _set_blank(root.parts[0])
    lines = _remark_lines(head, "", airy=True)
    lines += _Writer().block(root, form, 0, 0)
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines) + "\n"


def write(data: dict[str, Any], model: type[BaseModel]) -> str:
    r"""Return a file of facts that says what some data says, in canonical form.

    Args:
        data: Texts, and lists and mappings of them, as the strict reader gives them.
        model: What the file holds.

    Example:
        >>> from keiretsu_ontology.entries import DatasetFile
        >>> write({"title": "A: b", "name": "small"}, DatasetFile)
        "name: small\ntitle: 'A: b'\n"
    """
    root, form = of_data(data), _Form((model,))
    _arrange(root, form)
    return "\n".join(_Writer().block(root, form, 0, 0)) + "\n"


def write_item(part: Part, model: type[BaseModel], indent: int) -> list[str]:
    """Return the lines of an item of a list in canonical form, without the comments above it.

    Args:
        part: The item.
        model: What it is.
        indent: The column of its dash, from 0.
    """
    around, form = Node("list", 0, 0, flow=False, parts=[part]), _Form.of(list[model])  # type: ignore[valid-type]
    part.above, part.blank = [], False
    _arrange(around, form)
    return _Writer().block(around, form, indent, 1)


def _take_head(root: Node) -> tuple[list[Remark], bool]:
    """Take off what is said of the file as a whole: the comments above its first key, which stay on top."""
    if not root.parts:
        return [], False
    first = root.parts[0]
    head, first.above = first.above, []
    return head, bool(head) and first.blank


def _set_blank(part: Part) -> None:
    if part.above:
        part.above[0] = part.above[0]._replace(blank=True)
    else:
        part.blank = True


@dataclass(frozen=True, slots=True)
class _Form:
    """What may stand at a place: the alternatives of a type."""

    types: tuple[Any, ...]

    @classmethod
    def of(cls, annotation: Any) -> _Form:
        """Return the alternatives of an annotation."""
        return _form_of(annotation)

    def model(self, node: Node) -> type[BaseModel] | None:
        """Return the model that knows the keys of a mapping."""
        keys = {part.key.value for part in node.parts if part.key is not None}
        models = [kind for kind in self.types if isinstance(kind, type) and issubclass(kind, BaseModel)]
        return next((model for model in models if keys <= set(_fields(model))), None)

    def literal(self) -> bool:
        """Whether a truth value or a count stands here, rather than a text."""
        return any(kind in (bool, int) for kind in self.types)

    def inside(self, node: Node, part: Part) -> _Form:
        """Return what may stand in a part of a node."""
        if node.kind == "list" or part.key is None:
            return self._generic(list, 0)
        if (model := self.model(node)) is not None:
            return _Form.of(_fields(model)[part.key.value])
        return self._generic(dict, 1)

    def _generic(self, origin: type, argument: int) -> _Form:
        for kind in self.types:
            if get_origin(kind) is origin and len(get_args(kind)) > argument:
                return _Form.of(get_args(kind)[argument])
        return _Form(())


@cache
def _form_of(annotation: Any) -> _Form:
    return _Form(tuple(_alternatives(annotation)))


def _alternatives(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for part in get_args(annotation):
            yield from _alternatives(part)
    else:
        yield annotation


@cache
def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def key_order(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model in the order in which they are written."""
    return list(_fields(model))


def _arrange(node: Node, form: _Form) -> None:
    """Put keys in the order of the model, and comments where they can stand."""
    for part in node.parts:
        _arrange(part.value, form.inside(node, part))
        if part.value.kind != "text" and not part.value.parts:  # nothing to stand at the foot of
            part.above += part.value.foot
            part.value.foot = []
        if node.kind == "list" and part.value.parts:  # a dash stands in one line with the first key
            _raise_remarks(part, part.value.parts[0])
        part.above += part.beside[:-1]
        part.beside = part.beside[-1:]
    if node.kind == "mapping" and (model := form.model(node)) is not None:
        order = key_order(model)
        node.parts.sort(key=lambda part: order.index(part.key.value) if part.key is not None else 0)


def _raise_remarks(item: Part, first: Part) -> None:
    """Move the comments above the first key of an item to above the item."""
    if first.above:
        item.above += [first.above[0]._replace(blank=item.blank), *first.above[1:]]
        item.blank, first.above = False, []


def _remark_lines(remarks: list[Remark], pad: str, *, airy: bool) -> list[str]:
    lines: list[str] = []
    for remark in remarks:
        lines += [""] if airy and remark.blank else []
        lines.append(pad + remark.text)
    return lines


class _Writer:
    """Writes nodes as lines."""

    def block(self, node: Node, form: _Form, indent: int, level: int) -> list[str]:
        """Return the lines of a list or mapping, one part beneath the other."""
        if not node.parts:
            return ["{}" if node.kind == "mapping" else "[]"]
        lines: list[str] = []
        airy = level < _AIRY
        for part in node.parts:
            own = self._part(node, part, form, indent, level)
            first = not lines and level > 0
            lines += own[1:] if first and own[0] == "" else own
        return lines + _remark_lines(node.foot, " " * indent, airy=airy)

    def _part(self, node: Node, part: Part, form: _Form, indent: int, level: int) -> list[str]:
        airy, pad = level < _AIRY, " " * indent
        body, aside = self._body(node, part, form, indent, level)
        above = _remark_lines([*part.above, *aside], pad, airy=airy)
        return [*above, *([""] if airy and part.blank else []), *body]

    def _body(self, node: Node, part: Part, form: _Form, indent: int, level: int) -> tuple[list[str], list[Remark]]:
        """Return the lines of a part, and the comments that find no place beside it."""
        lead, inner = " " * indent + _lead(node, part, form), form.inside(node, part)
        beside = f"  {part.beside[-1].text}" if part.beside else ""
        short = _in_line(part.value, inner, flow=False)
        alone = part.value.kind == "text" or not part.value.parts  # what can stand nowhere but beside its key
        if short is not None and (len(lead) + 1 + len(short) <= WIDTH or alone):
            wide = part.value.kind == "text" and len(lead) + 1 + len(short) > WIDTH
            long = many_lines(part.value.value, WIDTH - indent - 2) if wide else None
            if long is None:
                return [f"{lead} {short}{beside}"], []
        if part.value.kind == "text":
            return _long_text(part.value.value, lead, beside, indent + 2), []
        lines = self.block(part.value, inner, indent + 2, level + 1)
        if part.key is not None:
            return [lead + beside, *lines], []
        return [f"{lead} {lines[0].lstrip()}", *lines[1:]], part.beside


def _lead(node: Node, part: Part, form: _Form) -> str:
    if part.key is None:
        return "-"
    known = form.model(node) is not None
    return one_line(part.key.value, literal=known) + ":"


def text_lines(key: str, text: str, indent: int) -> list[str]:
    """Return a key with a text in canonical form; the first line is not indented.

    Example:
        >>> text_lines("rank_reason", "the filing: final", 4)
        ["rank_reason: 'the filing: final'"]
    """
    pad = " " * indent
    short = f"{pad}{key}: {one_line(text)}"
    lines = [short] if len(short) <= WIDTH and "\n" not in text else _long_text(text, f"{pad}{key}:", "", indent + 2)
    return [lines[0].lstrip(), *lines[1:]]


def _long_text(text: str, lead: str, beside: str, indent: int) -> list[str]:
    text = text.removesuffix("\n")
    found = many_lines(text, WIDTH - indent)
    if found is None:
        return [f"{lead} {one_line(text)}{beside}"]
    head, lines = found
    return [f"{lead} {head}{beside}", *(" " * indent + line if line else "" for line in lines)]


def _in_line(node: Node, form: _Form, *, flow: bool) -> str | None:
    """Return a node in one line, or None where it has to stand in several."""
    if node.kind == "text":
        text = node.value.removesuffix("\n")  # a block of text ends in a line break, which says nothing
        return None if "\n" in text else one_line(text, flow=flow, literal=form.literal())
    if not node.parts:
        return "{}" if node.kind == "mapping" else "[]"
    if _stands_open(node, form):
        return None
    inner = [_part_in_line(node, part, form) for part in node.parts]
    if any(text is None for text in inner):
        return None
    return ("{{{}}}" if node.kind == "mapping" else "[{}]").format(", ".join(text or "" for text in inner))


def _stands_open(node: Node, form: _Form) -> bool:
    """Whether each part has a line of its own: what has an id, what holds mappings or comments."""
    if node.foot or any(part.above or part.beside for part in node.parts):
        return True
    if node.kind == "list":
        return any(part.value.kind == "mapping" for part in node.parts)
    model = form.model(node)
    return model is not None and "id" in model.model_fields


def _part_in_line(node: Node, part: Part, form: _Form) -> str | None:
    value = _in_line(part.value, form.inside(node, part), flow=True)
    if value is None or part.key is None:
        return value
    return f"{one_line(part.key.value, flow=True, literal=form.model(node) is not None)}: {value}"
