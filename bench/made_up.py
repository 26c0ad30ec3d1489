"""A made-up dataset of many claims in which one company, one speaker and one source are far busier than the rest.

The shapes stand in it about as they do in real facts: four statements in ten, two deals, three figures, one event.
Every third claim is about the hub `c0`; companies are subsidiaries of others, three deep, so that ties are lifted.
"""

from __future__ import annotations

from pathlib import Path

MANY = 20_000
_RELATIONS = ("supplier_of", "customer_of", "partner_of", "investor_in")
_DEALS = (("adoption", "customer", "provider"), ("supply", "provider", "customer"), ("cooperation", "partner", ""))
_FIGURES = (("revenue", "million USD"), ("employees", "people"), ("net-income", "million USD"))
_PER_SOURCE = 500  # claims
_PER_FILE = 10_000  # entities


def made_up(folder: Path, claims: int = MANY) -> None:
    """Write the dataset: `claims` claims on a fourth as many entities."""
    companies, products = claims * 7 // 40 - 1, claims * 3 // 40 - 1  # of 20,000 claims both are primes
    for part in ("entities", "claims"):
        (folder / part).mkdir(parents=True)
    (folder / "keiretsu.yaml").write_text("name: many\ntitle: Many\n", encoding="utf-8")
    rows = [f"  - {{id: v{i}, kind: voice, name: Voice {i}}}" for i in range(100)]
    rows += [f"  - {{id: c{i}, kind: company, name: Company {i}}}" for i in range(companies)]
    rows += [f"  - {{id: p{i}, kind: application, name: Product {i}}}" for i in range(products)]
    for start in range(0, len(rows), _PER_FILE):
        part = "\n".join(["entities:", *rows[start : start + _PER_FILE], ""])
        (folder / f"entities/{start // _PER_FILE}.yaml").write_text(part, encoding="utf-8")
    sources = max(claims // _PER_SOURCE, 1)
    for number in range(sources):
        said = "".join(_claim(i, companies, products) for i in range(number, claims, sources))
        head = (
            f"source: {{id: s{number}, title: Report {number}, kind: report, published: 2025-{number % 12 + 1:02}}}\n"
        )
        text = f"{head}recorded: 2026-01-01\ndefaults: {{speaker: v0, modality: reported}}\nclaims:\n{said}"
        (folder / f"claims/{number}.yaml").write_text(text, encoding="utf-8")


def _claim(number: int, companies: int, products: int) -> str:
    """Return one claim; of what sort it is goes by its last digit."""
    one = 0 if number % 3 == 0 else number * 31 % companies
    other = (number * 7919 + number // companies * 131 + 13) % companies
    other = (other + 1) % companies if one == other else other
    product, digit, speaker = f"p{number * 17 % products}", number % 10, 0 if number % 3 == 1 else number % 100
    if digit == 3:
        said = _belongs(number // 10, companies, product)
    elif digit < 4:
        relation = _RELATIONS[number // 10 % len(_RELATIONS)]
        said = f"statement: [c{one}, {relation}, c{other}]\n    from: {2010 + number % 15}"
    elif digit < 6:
        kind, role, against = _DEALS[number // 10 % len(_DEALS)]
        parties = f"{role}: c{one}, {against}: c{other}" if against else f"{role}: [c{one}, c{other}]"
        said = f"deal: {{kind: {kind}, parties: {{{parties}, product: {product}}}}}\n    from: {2015 + number % 10}"
    elif digit < 9:
        metric, unit = _FIGURES[number // 10 % len(_FIGURES)]
        year = f"{1990 + number // 30 % 35}"
        said = f"observation: {{of: c{one}, metric: {metric}, value: {number} {unit}, period: {year}}}"
    else:
        said = (
            f"occurrence: {{kind: launch, parties: {{agent: c{one}, product: {product}}}, when: {2015 + number % 10}}}"
        )
    return f"  - id: k{number}\n    {said}\n    text: Claim {number} says so.\n    speaker: v{speaker}\n"


def _belongs(number: int, companies: int, product: str) -> str:
    """Return who develops what, or which company belongs to which: every eighth part of the number is the parent."""
    child = number * 3 % companies
    if child < 2 or number % 2:
        return f"statement: [c{child}, develops, {product}]"
    return f"statement: [c{child}, subsidiary_of, c{child // 8 + 1 if child >= 8 else 1}]"
