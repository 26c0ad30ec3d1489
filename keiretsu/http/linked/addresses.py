"""The addresses of things on this server, and the IRIs that they have everywhere.

IRIs are fixed in the data; a server answers for them at its own address, whatever that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from keiretsu_ontology.vocabulary import (
    BASE,
    claim_iri,
    conflict_iri,
    entity_iri,
    source_iri,
    tie_iri,
)


class Sort(NamedTuple):
    """A sort of thing that has addresses."""

    name: str  # the first part of its address
    iri: Callable[[str], str]
    title: str


SORTS: dict[str, Sort] = {
    sort.name: sort
    for sort in (
        Sort("entity", entity_iri, "Entity"),
        Sort("claim", claim_iri, "Claim"),
        Sort("source", source_iri, "Source"),
        Sort("conflict", conflict_iri, "Conflict"),
        Sort("tie", tie_iri, "Derived tie"),
    )
}
LONGEST = 120
_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,118}[a-z0-9])?")
_FORM = re.compile(r"(?P<id>.+)\.(?P<form>[a-z]{2,6})")


def is_id(text: str) -> bool:
    """Say whether a text may be an id or a key at all; what may not is never looked up.

    Example:
        >>> is_id("bosch"), is_id("../bosch"), is_id("Bosch"), is_id("bosch ")
        (True, False, False, False)
    """
    return _ID.fullmatch(text) is not None


def parted(text: str, forms: frozenset[str]) -> tuple[str, str | None]:
    """Return the id in the last part of an address, and the form that it asks for, if it asks for one.

    Example:
        >>> parted("bosch.ttl", frozenset({"ttl"})), parted("bosch", frozenset({"ttl"}))
        (('bosch', 'ttl'), ('bosch', None))
        >>> parted("bosch.exe", frozenset({"ttl"}))
        ('bosch.exe', None)
    """
    found = _FORM.fullmatch(text)
    if found is not None and found["form"] in forms:
        return found["id"], found["form"]
    return text, None


def place_of(iri: str) -> str | None:
    """Return the address of a thing under a server's base, from its IRI; None where it has none.

    Example:
        >>> place_of("https://w3id.org/keiretsu/entity/bosch"), place_of("https://example.org/")
        ('entity/bosch', None)
    """
    return iri.removeprefix(BASE) if iri.startswith(BASE) else None
