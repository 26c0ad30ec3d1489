"""Everything that is generated from the declarations, and the command that writes it.

python -m keiretsu_ontology.artefacts            write
python -m keiretsu_ontology.artefacts --check    say what is not current, and exit with 1
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from keiretsu_ontology import alignments, context, owl, reference, schema, shapes

ROOT = Path(__file__).resolve().parents[2]

ARTEFACTS: dict[str, Callable[[], str]] = {
    "ontology/generated/keiretsu.ttl": owl.to_turtle,
    "ontology/generated/shapes.ttl": shapes.to_turtle,
    "ontology/generated/alignments.ttl": alignments.to_turtle,
    "ontology/generated/context.jsonld": context.to_json,
    "ontology/generated/dataset.schema.json": partial(schema.to_json, "dataset"),
    "ontology/generated/entities.schema.json": partial(schema.to_json, "entities"),
    "ontology/generated/claims.schema.json": partial(schema.to_json, "claims"),
    "ontology/generated/conflicts.schema.json": partial(schema.to_json, "conflicts"),
    "ontology/generated/mapping.schema.json": partial(schema.to_json, "mapping"),
    "ontology/generated/views.schema.json": partial(schema.to_json, "views"),
    "docs/reference/ontology.md": reference.to_markdown,
}


def stale(root: Path = ROOT) -> list[str]:
    """Return the files that are missing or are not what the declarations give now."""
    return [name for name, make in ARTEFACTS.items() if not _is_current(root / name, make())]


def _is_current(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


def write(root: Path = ROOT) -> list[str]:
    """Write what is not current, and return its names."""
    changed = stale(root)
    for name in changed:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(ARTEFACTS[name](), encoding="utf-8", newline="\n")
    return changed


if __name__ == "__main__":
    found = stale() if "--check" in sys.argv[1:] else write()
    sys.stdout.write("".join(f"{name}\n" for name in found))
    raise SystemExit(bool(found) and "--check" in sys.argv[1:])
