"""Writing Turtle that reads well and is always the same: subjects and their properties in the order given."""

from __future__ import annotations

import json
from collections.abc import Iterable

from keiretsu_ontology.vocabulary import ALIGNED_PREFIXES, KEI, PREFIXES


def text(value: str, language: str | None = None) -> str:
    """Return a literal; JSON's escapes are those of Turtle strings (Turtle, section 6.4)."""
    quoted = json.dumps(value, ensure_ascii=False)
    return f"{quoted}@{language}" if language else quoted


def kei(name: str) -> str:
    """Return the compact name of a term of ours, from its name or its IRI."""
    return f"kei:{name.removeprefix(KEI)}"


def collection(items: Iterable[str]) -> str:
    """Return an RDF list."""
    return f"( {' '.join(items)} )"


def block(subject: str, *pairs: tuple[str, str | None]) -> str:
    """Return a subject with its properties; those without a value are left out."""
    lines = [f"{name} {value}" for name, value in pairs if value]
    return f"{subject} " + " ;\n    ".join(lines) + " .\n"


def document(comment: str, blocks: Iterable[str], *, aligned: bool = False) -> str:
    """Return a document with its prefixes."""
    known = {**PREFIXES, **(ALIGNED_PREFIXES if aligned else {})}
    prefixes = "".join(f"@prefix {name}: <{address}> .\n" for name, address in sorted(known.items()))
    return (
        f"# {comment}\n# Generated from the declarations: python -m keiretsu_ontology.artefacts\n\n{prefixes}\n"
        + "\n".join(blocks)
    )
