"""Entries as the plain data that a person would have written of them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def to_data(entry: BaseModel) -> dict[str, Any]:
    """Return what was written of an entry: its keys in the order of the model, short forms where they say all."""
    found = _short(entry.model_dump(by_alias=True, exclude_unset=True))
    if not isinstance(found, dict):
        return {}
    for around, key in ((found, "identifiers"), (found.get("deal"), "parties"), (found.get("occurrence"), "parties")):
        if isinstance(around, dict) and key in around:  # a single one stands without brackets
            told = around[key].items()
            around[key] = {name: one[0] if len(one) == 1 else one for name, one in told}
    return found


_ONE = (("date",), ("period",), ("id",))  # of a mapping with this key alone, what it holds says all


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: _short(part) for key, part in value.items() if part is not None}
        return next(iter(inner.values())) if tuple(inner) in _ONE else inner
    if isinstance(value, list):
        return [_short(part) for part in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
