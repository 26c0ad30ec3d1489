"""Changing a Keiretsu graph: a change of its RDF, held against the model, the rules of the loader and the shapes.

The engine only says what the graph would be. That is read back into the model and checked as files of facts are; what
passes is built anew, so that look-ups, derived ties and RDF say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from keiretsu.workers.plan import Plan
from keiretsu.workers.product import ChangeRefusedError, Product
from keiretsu.workers.shapes import broken_shapes
from keiretsu_graph.build import Build, build, open_build
from keiretsu_graph.kept import Triple, loss, lost
from keiretsu_graph.reading_back import CURATED, SOURCES, Fault, Index, ReadBack, read_back, root_of
from keiretsu_graph.records import to_record
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.terms import quads
from keiretsu_loaders.dataset import broken_rules, converted
from keiretsu_loaders.entries_back import Known, to_entries
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.texts import SourceTexts
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.vocabulary import BASE, DATASET, GRAPHS, KEI, claim_iri, slug_of

MAX_PROBLEMS, MAX_LOST = 1_000, 20
_OPEN = (CURATED, SOURCES)
_DIGEST = f"<{DATASET}> <{KEI}digest>"
_ADDED = ("kei:about", "kei:evidence", "kei:factual", "kei:rank")  # what is made only of things that can be read


def change_build(plan: Plan, apply: Any) -> tuple[Plan, Product]:
    """Return what is served after a change, and what the client is told.

    Args:
        plan: The working copy, which is a build.
        apply: Changes a store in memory and returns what the client is told.

    Raises:
        ChangeRefusedError: With everything that is wrong; nothing was changed.
        KeiretsuError: It cannot be read, applied or written; nothing was changed.
    """
    current = _current(plan)
    store = ox.Store()
    store.bulk_load(path=str(current.quads), format=ox.RdfFormat.N_QUADS)
    before = _lines(store)
    product: Product = apply(store)
    after = _lines(store)
    if before == after:
        return plan, product
    dataset = _checked(plan, store, list(_parsed(after - before)), list(_parsed(before - after)))
    built = build(_with_views(dataset, current), current.folder)
    return plan._replace(current=built.manifest.current), product


def _current(plan: Plan) -> Build:
    found = open_build(Path(str(plan.copy)))
    return found._replace(manifest=found.manifest._replace(current=plan.current or found.manifest.current))


def _with_views(dataset: Dataset, current: Build) -> Dataset:
    """Return a dataset with the views that were kept before: they are no RDF, so no change of that changes them."""
    view = SqliteView.open(current.sqlite)
    try:
        views = view.views()
    finally:
        view.close()
    if not views:
        return dataset
    told = "\n".join([dataset.digest, *(json.dumps(to_record(one), sort_keys=True) for one in views)])
    return replace(dataset, views=views, digest=sha256(told.encode()).hexdigest())


def _lines(store: ox.Store) -> set[bytes]:
    return set(bytes(store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines())


def _parsed(lines: set[bytes]) -> Iterator[ox.Quad]:
    return ox.parse(b"\n".join(sorted(lines)), format=ox.RdfFormat.N_QUADS)


def _checked(plan: Plan, store: ox.Store, added: list[ox.Quad], removed: list[ox.Quad]) -> Dataset:
    """Return the dataset that a changed store means.

    Raises:
        ChangeRefusedError: It means none that the loader would take.
    """
    index = Index(store)
    touched: list[Any] = [quad for quad in (*added, *removed) if _graph(quad) in _OPEN]
    roots = {root for quad in touched if (root := root_of(quad.subject))}
    roots |= {root_of(node) for node in _around(index, {quad.subject for quad in touched})}
    read = read_back(index, roots)
    faults = [*_closed(added, removed), *read.faults]
    faults += _untold(broken_shapes(read, index, roots - {DATASET}), read.faults)
    known = Known(read.name, read.title, read.entities, read.sources, read.claims, read.conflicts, read.malformed)
    entries = to_entries(known, Path(str(plan.copy)))
    facts = Facts.of(entries, SourceTexts(Path(folder) for folder in plan.texts))
    faults += [_fault(row) for row in set(entries.problems) | broken_rules(facts, lambda _: None)]
    if faults:
        raise refused(faults)
    dataset, more = converted(facts)
    if more:
        raise refused([_fault(row) for row in more])
    new: set[Triple] = {(quad.subject, quad.predicate, quad.object) for quad in added}  # type: ignore[misc]
    lines = list(quads(dataset, ()))
    if missing := _lost(read, dataset, index, lines, new, roots):
        raise refused(missing)
    return replace(dataset, digest=_digest(lines))


def _untold(shapes: list[Fault], told: tuple[Fault, ...]) -> list[Fault]:
    """Return what SHACL finds beyond what was told already, in plainer words, of the same property of a thing."""
    known = {(fault.node, fault.message.partition(" ")[0].rstrip(":")) for fault in told}
    nodes = {fault.node for fault in told}
    found = []
    for fault in shapes:
        path = fault.message.split(" ")[1].rstrip(":")
        unread = fault.node in nodes and (":" not in path or path in _ADDED)
        if (fault.node, path) not in known and not unread:
            found.append(fault)
    return found


def _graph(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _around(index: Index, nodes: set[Any]) -> set[Any]:
    """Return what leads to nodes that have no name of their own."""
    left: set[Any] = {node for node in nodes if isinstance(node, ox.BlankNode)}
    seen: set[Any] = set()
    while left:
        seen |= left
        left = {
            subject
            for graph in (index.curated, index.sources)
            for subject, pairs in graph.items()
            if subject not in seen and any(value in left for _, value in pairs)
        }
    return {node for node in seen if isinstance(node, ox.NamedNode)}


def _closed(added: list[ox.Quad], removed: list[ox.Quad]) -> Iterator[Fault]:
    """Yield a fault for every graph that may not be changed."""
    counted: dict[str, int] = {}
    for quad in (*added, *removed):
        counted[_graph(quad)] = counted.get(_graph(quad), 0) + 1
    for graph, number in sorted(counted.items()):
        if graph in (GRAPHS["derived"], GRAPHS["ontology"]):
            yield Fault(graph, f"this graph follows from the others; {number} triples of it would change")
        elif graph == "":
            yield Fault(BASE + "graph/", f"facts stand in <{CURATED}> and <{SOURCES}>, not in the default graph, where "
                        f"{number} would change; say WITH, GRAPH or ?graph=")  # fmt: skip
        elif graph not in _OPEN:
            yield Fault(graph, f"unknown graph; facts stand in <{CURATED}> and <{SOURCES}>")


def _lost(
    read: ReadBack, dataset: Dataset, index: Index, lines: list[str], added: set[Triple], roots: set[str]
) -> list[Fault]:
    """Return what would not come back from the model, the first of it."""
    ids = {claim.key: claim.id for claim in dataset.claims}
    renamed = {claim_iri(claim.id): claim_iri(ids[claim.key]) for claim in read.claims}
    wanted = {renamed.get(root, root) for root in roots}
    own = [line for line in lines if line[1:].partition(">")[0].partition("#")[0] in wanted]
    made = ox.Store()
    made.load("\n".join(own).encode(), format=ox.RdfFormat.N_QUADS)
    rows = list(lost(index, Index(made), added, roots, renamed))
    more = [Fault(BASE, f"and {len(rows) - MAX_LOST} more triples would be lost")] if len(rows) > MAX_LOST else []
    return [loss(row) for row in rows[:MAX_LOST]] + more


def _digest(lines: list[str]) -> str:
    """Return a digest of facts that are in no files: of their RDF, which the same facts make the same."""
    state = sha256()
    for line in lines:  # the digest of what was there before is not among the facts
        state.update(line.encode() + b"\n" if not line.startswith(_DIGEST) else b"")
    return state.hexdigest()


def _fault(problem: Problem) -> Fault:
    return Fault(DATASET if str(problem.path) == "dataset" else BASE + problem.path.as_posix(), problem.message)


def refused(faults: list[Fault]) -> ChangeRefusedError:
    """Return the error that tells of faults, each once."""
    rows = sorted(set(faults))
    shown = [{"node": row.node, "message": row.message} for row in rows[:MAX_PROBLEMS]]
    first = f"{slug_of(rows[0].node)}: {rows[0].message}"
    error = ChangeRefusedError(
        f"the change was refused and nothing was changed: {first}" + (f" (and {len(rows) - 1} more)" * (len(rows) > 1))
    )
    error.problems = tuple(shown)
    return error
