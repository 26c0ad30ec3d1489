"""What rests on what: which end of a relation hangs on the other, and what may stand in for it.

This is a reading, declared here and told in every answer that uses it: the relations themselves do not say it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from keiretsu_ontology.claims import Tie
from keiretsu_ontology.entities import is_a

_MODELS, _CHIPS = ("ai_model", "model_family"), ("chip",)


class Dependence(NamedTuple):
    """How a relation carries dependence."""

    relation: str
    rests: Literal["subject", "object"]  # the end that rests on the other
    owned: bool = False  # and belongs to it: what touches the one touches the other as far as this goes
    near: bool = False  # reaches what belongs to the subject, and not who builds on it: that one has it already
    spares: tuple[tuple[str, ...], ...] = ()  # kinds among which another end of the same relation can stand in


def _table(*rows: Dependence) -> dict[str, Dependence]:
    return {row.relation: row for row in rows}


DEPENDENCE: dict[str, Dependence] = _table(
    # what belongs to something
    Dependence("unit_of", "subject", owned=True),
    Dependence("subsidiary_of", "subject", owned=True),
    Dependence("part_of", "subject", owned=True),
    Dependence("variant_of", "subject", owned=True),
    Dependence("develops", "object", owned=True, spares=(("agent",),)),
    Dependence("offers", "object", owned=True, spares=(("agent",),)),
    Dependence("manufactures", "object", owned=True, spares=(("agent",),)),
    # what is made of, or runs on, something
    Dependence("built_on", "subject"),
    Dependence("integrates", "subject"),
    Dependence("uses_technology", "subject"),
    Dependence("feeds", "object"),
    Dependence("available_on", "subject", near=True, spares=(("product", "organisation"),)),
    Dependence("licensed_under", "subject"),
    # who works with something
    Dependence("uses", "subject", spares=(_MODELS, _CHIPS)),
    Dependence("customer_of", "subject"),
    Dependence("supplier_of", "object"),
    Dependence("licensee_of", "subject"),
    # what weighs on something
    Dependence("restricts", "object"),
    Dependence("exposed_to", "subject"),
)


def ends_of(tie: Tie) -> tuple[str, str]:
    """Return what rests on the other end of a tie, and that end.

    Example:
        >>> ends_of(Tie("t-head", "develops", "hanguang-800", ()))
        ('hanguang-800', 't-head')
    """
    if DEPENDENCE[tie.relation].rests == "subject":
        return tie.subject, tie.object
    return tie.object, tie.subject


def can_stand_in(relation: str, kind: str, other: str) -> bool:
    """Say whether a thing of one kind may take the place of one of another kind at the end of a relation.

    Example:
        >>> can_stand_in("uses", "ai_model", "model_family"), can_stand_in("uses", "ai_model", "chip")
        (True, False)
    """
    return any(is_a(kind, *kinds) and is_a(other, *kinds) for kinds in DEPENDENCE[relation].spares)
