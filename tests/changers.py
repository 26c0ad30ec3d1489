"""Programs that change something again and again, to be killed: `python tests/changers.py KIND FOLDER`.

Each says "ready" once it has begun, and then every change that it was told is done.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from factories import small_dataset
from keiretsu.workers.crew import Crew
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Plan
from keiretsu_graph.build import Build, build
from keiretsu_graph.build_copy import begin_copy
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.working_copy import read_copy
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.vocabulary import GRAPHS

LEFT, RIGHT, NUMBER = "urn:left", "urn:right", "urn:number"
GIVEN = {"kind": "update", "using": (), "using_named": (), "base": None}
START = "".join(f'<urn:filler{n}> <urn:p> "{n}" .\n' for n in range(2_000)) + "".join(
    f'<{side}> <{NUMBER}> "0" .\n' for side in (LEFT, RIGHT)
)


def tell(what: object) -> None:
    """Say something at once."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def two_datasets() -> tuple[Dataset, Dataset]:
    """Return two datasets that are told apart by their digest and by the name of an entity."""
    one = small_dataset()
    entities = tuple(replace(row, description="Another rival.") if row.id == "east" else row for row in one.entities)
    return one, replace(one, digest="0" * 64, entities=entities)


def numbers(copy: Path) -> list[str]:
    """Return the numbers on both sides of a working copy."""
    store = read_copy(copy)
    assert store is not None
    return [quad.object.value for quad in store if quad.predicate.value == NUMBER]


def update_to(number: int) -> str:
    """Return the update that puts a number on both sides."""
    sides = "".join(f'<{side}> <{NUMBER}> "{number}" . ' for side in (LEFT, RIGHT))
    return f"DELETE {{ ?s <{NUMBER}> ?o }} WHERE {{ ?s <{NUMBER}> ?o }} ; INSERT DATA {{ {sides} }}"


async def _change(copy: Path) -> None:
    file = copy.with_suffix(".nt")
    if not file.exists():
        file.write_text(START, encoding="utf-8")
    async with Crew(Limits(workers=1), jobs="odd_jobs") as crew:
        await crew.open(Plan(files=(str(file),), copy=str(copy)))
        number = int(numbers(copy)[0])
        tell("ready")
        while True:
            number += 1
            await crew.change(dict(GIVEN), update_to(number).encode())
            tell(number)


async def _change_graph(copy: Path) -> None:
    facts = small_dataset()
    entities = tuple(replace(row, fiscal_year_end="03-31") if row.id == "north" else row for row in facts.entities)
    begun = begin_copy(build(replace(facts, entities=entities), copy.with_suffix(".given")), copy)
    async with Crew(Limits(workers=1), jobs="odd_jobs") as crew:
        await crew.open(Plan(build=str(copy), current=begun.manifest.current, copy=str(copy)))
        number = len(aliases(begun))
        tell("ready")
        while True:
            number += 1
            text = f'entity:north skos:altLabel "Alias {number}"@de'
            await crew.change(dict(GIVEN), f"INSERT DATA {{ GRAPH <{GRAPHS['curated']}> {{ {text} }} }}".encode())
            tell(number)


def aliases(built: Build) -> list[str]:
    """Return the German names that were added to North, as both engines have them."""
    found = [engine.entities(["north"])["north"].names for engine in (SqliteView.open(built.sqlite),
                                                                     OxigraphView.open(built.store))]  # fmt: skip
    assert found[0] == found[1]
    return [name.text for name in found[0] if name.language == "de"]


def _build(out: Path) -> None:
    facts = two_datasets()
    build(facts[0], out)
    tell("ready")
    for number in range(1, 1_000_000):
        tell(build(facts[number % 2], out).manifest.digest)


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    if sys.argv[1] == "build":
        _build(folder)
    else:
        asyncio.run({"change": _change, "graph": _change_graph}[sys.argv[1]](folder))
