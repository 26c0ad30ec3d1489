"""The reference page of the ontology, from the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keiretsu_ontology.claims import BASES, EXPLAINED, MODALITIES, REASONS, SHAPES
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.metrics import DIMENSIONS, METRICS, SCALES, UNITS
from keiretsu_ontology.relations import GROUPS, RELATIONS, Relation
from keiretsu_ontology.roles import DEAL_KINDS, DEAL_STATUSES, OCCURRENCE_KINDS, ROLES
from keiretsu_ontology.writing import IDENTIFIER_SCHEMES


def to_markdown() -> str:
    """Return the reference page in Markdown."""
    return "\n".join(_lines()) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(head)
    yield "| " + " | ".join(names) + " |"
    yield "|" + " --- |" * len(names)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


def _lines() -> Iterator[str]:
    yield "# What may be said"
    yield ""
    yield "Generated from the declarations by `python -m keiretsu_ontology.artefacts`; do not edit."
    yield ""
    yield "## Kinds of entity"
    yield ""
    yield from _tree(None, 0)
    yield ""
    yield f"Identifiers: {', '.join(f'`{name}` ({form})' for name, (_, form) in IDENTIFIER_SCHEMES.items())}."
    yield ""
    yield "## Relations"
    yield ""
    for group, title in GROUPS.items():
        yield f"### {title}"
        yield ""
        own = [relation for relation in RELATIONS.values() if relation.group == group]
        yield from _table(("relation", "reads", "from", "to", "other side", "properties"), map(_relation, own))
    yield "## Claims"
    yield ""
    yield f"Shapes: {', '.join(SHAPES)}."
    yield ""
    yield from _table(("modality", "meaning"), ((f"`{name}`", told) for name, told in MODALITIES.items()))
    reasons = ((f"`{name}`", told, "yes" if name in EXPLAINED else "") for name, told in REASONS.items())
    yield from _table(("why claims conflict", "meaning", "explained, and no contradiction"), reasons)
    yield from _deals()
    yield from _measures()


def _tree(parent: str | None, depth: int) -> Iterator[str]:
    for kind in KINDS.values():
        if kind.parent == parent:
            yield f"{'  ' * depth}- `{kind.name}`: {kind.definition}"
            yield from _tree(kind.name, depth + 1)


def _relation(relation: Relation) -> tuple[str, ...]:
    named = ("symmetric", "transitive", "acyclic")
    properties = [name for name in named if getattr(relation, name)]
    properties += ["one at a time"] if relation.functional else []
    other = "" if relation.symmetric else relation.inverse_label
    return (
        f"`{relation.name}`", relation.label, ", ".join(relation.domain), ", ".join(relation.range), other,
        ", ".join(properties),
    )  # fmt: skip


def _deals() -> Iterator[str]:
    yield "## Deals and occurrences"
    yield ""
    rows = (
        (f"`{name}`", deal.definition, ", ".join(deal.required), ", ".join(deal.optional),
         "; ".join(f"{row.subject} {RELATIONS[row.relation].label} {row.object}" for row in deal.follows))
        for name, deal in DEAL_KINDS.items()
    )  # fmt: skip
    yield from _table(("deal", "meaning", "needs", "may have", "what follows"), rows)
    yield f"Status of a deal: {', '.join(f'`{name}`' for name in DEAL_STATUSES)}."
    yield ""
    kinds = (
        (f"`{name}`", kind.definition, ", ".join(kind.roles), kind.once or "")
        for name, kind in OCCURRENCE_KINDS.items()
    )
    yield from _table(("occurrence", "meaning", "roles", "once for each"), kinds)
    roles = ((f"`{name}`", role.definition, ", ".join(role.kinds)) for name, role in ROLES.items())
    yield from _table(("role", "meaning", "who may play it"), roles)


def _measures() -> Iterator[str]:
    yield "## Figures"
    yield ""
    rows = ((f"`{name}`", row.label, row.dimension, row.timing, row.definition) for name, row in METRICS.items())
    yield from _table(("metric", "label", "dimension", "flow or stock", "meaning"), rows)
    yield from _table(("dimension", "meaning"), ((f"`{name}`", told) for name, told in DIMENSIONS.items()))
    units = ((row.label, ", ".join(row.dimensions)) for row in UNITS.values())
    yield from _table(("unit", "of dimensions"), units)
    yield "Money is given in the codes of ISO 4217. Changes are in percent, percentage points or times."
    yield f"Scales: {', '.join(SCALES)}."
    yield ""
    yield from _table(("base of a change", "meaning"), ((f"`{name}`", told) for name, told in BASES.items()))
