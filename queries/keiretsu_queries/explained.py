"""Reasons that explain why figures differ: both sides may be right, so they are no conflict."""

from __future__ import annotations

EXPLAINED: frozenset[str] = frozenset({"definition", "conversion"})
