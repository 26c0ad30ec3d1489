"""A small table of orders with its mapping, for tests that break it."""

from __future__ import annotations

from pathlib import Path

from keiretsu_loaders.tables.importing import Import, read_import

ORDERS = """\
order,supplier,customer,goods,amount,day,ticker
1,Quay Systems,Harbour Foods,parts,"1,200.50",3/4/2025,
2,Basin Data,Harbour Foods,"disks, small",90,12/31/2024,NYSE:BSN
3,Quay Systems,Pier & Sons,,,1/2/2025,
"""

MAPPING = """\
source: {id: orders, title: Orders, kind: dataset, published: 2025-05-01}
recorded: 2026-11-25
defaults: {speaker: us, modality: stated}
entities:
  - {id: us, kind: voice, name: Us}
  - kind: company
    name: "{supplier}"
    identifiers: {ticker: "{ticker}"}
  - kind: company
    name: "{customer}"
claims:
  - statement: ["{supplier|id}", supplier_of, "{customer|id}"]
    from: "{day|date(M/D/YYYY)}"
    text: "{supplier} supplies {customer}."
    scope: {note: "{goods}"}
  - when: {amount: {given: true}}
    observation:
      of: "{supplier|id}"
      metric: revenue
      value: "{amount|number} USD"
      period: "{day|date(M/D/YYYY)}"
    text: "Order {order} brought in {amount}."
"""


def lay(folder: Path, table: str | bytes = ORDERS, mapping: str = MAPPING, name: str = "orders.csv") -> Path:
    """Write a table and its mapping into a folder and return the path of the table."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(table if isinstance(table, bytes) else table.encode("utf-8", "surrogatepass"))
    (folder / "orders.map.yaml").write_text(mapping, encoding="utf-8")
    return folder / name


def imported(folder: Path, table: str | bytes = ORDERS, mapping: str = MAPPING, name: str = "orders.csv") -> Import:
    """Return what a table becomes by a mapping."""
    return read_import(lay(folder, table, mapping, name), folder / "orders.map.yaml")


def told(made: Import) -> list[str]:
    """Return the problems of an import without their folders."""
    return [f"{row.path.name}:{row.line}:{row.column}: {row.message}" for row in made.problems]


def changed(text: str, old: str, new: str) -> str:
    """Return a text in which something stands in the place of something else."""
    assert old in text, old
    return text.replace(old, new, 1)
