"""Times of tables becoming facts: reading each format, and the whole way from rows to checked claims.

    python bench/tables.py [ROWS]

The table is made up: companies that supply each other, with a product, an amount and a day. CPU milliseconds.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

MAPPING = """\
source: {id: made-up, title: Made up, kind: dataset}
recorded: 2026-11-25
defaults: {speaker: us, modality: reported}
entities:
  - {id: us, kind: voice, name: Us}
  - {as: supplier, key: "{supplier_id}", kind: company, name: "{supplier}"}
  - {as: customer, key: "{customer_id}", kind: company, name: "{customer}"}
claims:
  - statement: ["{supplier.id}", supplier_of, "{customer.id}"]
    from: "{day|date(M/D/YYYY)}"
    text: "{supplier} supplies {customer}: order {order}."
    scope: {note: "{goods|strip}"}
  - when: {amount: {number: true}}
    observation: {of: "{supplier.id}", metric: revenue, value: "{amount|number} USD", period: "{day|date(M/D/YYYY)}"}
    text: "Order {order} brought in {amount}."
    scope: {note: "order {order}"}
"""


def made_up(rows: int) -> list[dict[str, str]]:
    """Return the rows of a table."""
    companies = max(rows // 4, 2)
    found = []
    for number in range(rows):
        one, other = number % companies, (number * 7919 + number // companies * 31 + 13) % companies
        other = (other + 1) % companies if one == other else other
        found.append({
            "order": str(number), "supplier_id": f"c{one}", "supplier": f"Company {one}", "customer_id": f"c{other}",
            "customer": f"Company {other}", "goods": f"parts, no. {number % 97}", "amount": f"{number * 13 + 7:,}.50",
            "day": f"{number % 12 + 1}/{number % 28 + 1}/{2000 + number % 25}",
        })  # fmt: skip
    return found


def timed(name: str, work: Callable[[], object]) -> object:
    """Print how long something takes, and return what it gives."""
    start = time.process_time()
    found = work()
    print(f"| {name} | {1000 * (time.process_time() - start):.0f} |")
    return found


def write_all(folder: Path, rows: list[dict[str, str]]) -> list[Path]:
    """Write the rows in every format."""
    paths = [folder / f"orders{suffix}" for suffix in (".csv", ".jsonl", ".json", ".parquet")]
    with paths[0].open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    paths[1].write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    paths[2].write_text(json.dumps(rows), encoding="utf-8")
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), paths[3])
    return paths


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    from keiretsu_loaders import load
    from keiretsu_loaders.tables.importing import read_import
    from keiretsu_loaders.tables.reading import read_table

    with tempfile.TemporaryDirectory() as made:
        folder, rows = Path(made), made_up(count)
        (folder / "tables").mkdir()
        (folder / "keiretsu.yaml").write_text("name: orders\ntitle: Orders\n", encoding="utf-8")
        mapping = folder / "tables/orders.map.yaml"
        mapping.write_text(MAPPING, encoding="utf-8")
        print(f"| what, {count} rows | CPU ms |\n|---|---|")
        for path in write_all(folder, rows):
            timed(f"read {path.suffix}", lambda path=path: read_table(path))  # type: ignore[misc]
        found = timed("import as a preview", lambda: read_import(folder / "orders.csv", mapping))
        counts = found.to_record()["counts"]  # type: ignore[attr-defined]
        (folder / "orders.csv").rename(folder / "tables/orders.csv")
        timed("load a dataset that holds the table", lambda: load(folder))
        broken = [{**row, "day": "31/31/2020"} for row in rows]
        write_all(folder, broken)
        timed("tell of a table that is wrong in every row", lambda: read_import(folder / "orders.csv", mapping))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"\n{counts['claims']} claims, {counts['entities']} entities; at most {peak} MB")


if __name__ == "__main__":
    main()
