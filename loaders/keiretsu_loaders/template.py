"""A small working dataset to start from, of our own writing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from keiretsu_loaders.anchor import locate
from keiretsu_loaders.scalars import one_line
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.evidence import digest
from keiretsu_ontology.writing import slug_fault, text_fault

TEXT = """\
Harbour Foods moves its orders to Pier Cloud

On 3 March 2025 Harbour Foods said that it will run its ordering system on Pier Cloud, the platform of Quay Systems.
Sales of Harbour Foods rose 12% in 2024, to 48.5 million euros. Quay Systems expects more such customers this year.
Pier Cloud is developed by Quay Systems. Its rival Basin Data did not comment.
"""

ABOUT = """\
name: {name}
title: {title}
description: A small example; replace it by your own facts.
"""

ENTITIES = """\
# Things, with their names. The kinds are listed by the reference of the ontology.
entities:
  - id: harbour-foods
    kind: company
    name: Harbour Foods
    aliases: {en: [Harbour]}
  - id: quay-systems
    kind: company
    name: Quay Systems
  - id: basin-data
    kind: company
    name: Basin Data
  - id: pier-cloud
    kind: platform
    name: Pier Cloud
  - id: harbour-gazette
    kind: news_agency
    name: Harbour Gazette
"""

CLAIMS = """\
# One file a source: who says what, and where it stands.
source:
  id: gazette-2025-03-04
  title: Harbour Foods moves its orders to Pier Cloud
  kind: article
  publisher: harbour-gazette
  published: 2025-03-04
  url: https://example.org/2025/03/04/harbour-foods
  language: en
  licence: CC0-1.0
  quotable: true
  text:
    file: gazette-2025-03-04.txt
    characters: {characters}
    sha256: {sha256}
recorded: 2025-03-05
defaults: {{speaker: harbour-gazette, modality: stated}}
expect: {{claims: {{min: 5}}}}
claims:
  - id: harbour-pier
    deal:
      kind: adoption
      parties: {{customer: harbour-foods, provider: quay-systems, product: pier-cloud}}
      purpose: its ordering system
      status: announced
    text: Harbour Foods takes up Pier Cloud of Quay Systems for its orders.
    speaker: harbour-foods
    relayed_by: harbour-gazette
    modality: reported
    from: 2025-03-03
    evidence:
      - {deal}
  - id: pier-maker
    statement: [quay-systems, develops, pier-cloud]
    text: Quay Systems makes Pier Cloud.
    evidence:
      - {maker}
  - id: harbour-growth
    observation: {{of: harbour-foods, metric: revenue, change: 12%, base: year_before, direction: up, period: 2024}}
    text: Harbour Foods sold an eighth more in 2024 than in the year before.
    evidence:
      - {growth}
  - id: harbour-sales
    observation: {{of: harbour-foods, metric: revenue, value: 48.5 million EUR, period: 2024}}
    text: Harbour Foods sold for 48.5 million euros in 2024.
    evidence:
      - {sales}
  - id: pier-rival
    statement: [quay-systems, competitor_of, basin-data]
    text: Basin Data competes with Quay Systems.
    evidence:
      - {rival}
"""

VIEWS = """\
# Views by name: the explorer shows each as a tab, with the steps of its story. `claims` says what the words rest on.
views:
  - id: pier-cloud
    title: Who uses Pier Cloud
    note: Quay Systems makes it, Harbour Foods takes it up.
    around: pier-cloud
    claims: [harbour-pier, pier-maker]
    steps:
      - title: The maker and its rival
        note: Basin Data competes with Quay Systems.
        show: [quay-systems, basin-data, pier-cloud]
        chosen: quay-systems
        claims: [pier-maker, pier-rival]
      - title: From the customer to the rival
        note: Harbour Foods takes up a platform of Quay Systems, with which Basin Data competes.
        ask: path "Harbour Foods" "Basin Data"
        claims: [harbour-pier, pier-rival]
"""

_QUOTES = {
    "deal": "Harbour Foods said that it will run its ordering system on Pier Cloud, the platform of Quay Systems",
    "maker": "Pier Cloud is developed by Quay Systems",
    "growth": "Sales of Harbour Foods rose 12% in 2024",
    "sales": "to 48.5 million euros",
    "rival": "Its rival Basin Data",
}


def init(folder: Path, name: str, title: str) -> None:
    """Write a small dataset into a new or empty folder, whole or not at all.

    Raises:
        UsageError: The folder holds something, or name or title are not admitted.
    """
    for fault in (slug_fault(name), text_fault(title)):
        if fault is not None:
            raise UsageError(fault)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".keiretsu-", dir=folder.parent))
        try:
            _write(work, name, title)
            work.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            work.rename(folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror or error}") from None


def _write(folder: Path, name: str, title: str) -> None:
    places = {key: _place(quote) for key, quote in _QUOTES.items()}
    files = {
        "keiretsu.yaml": ABOUT.format(name=one_line(name), title=one_line(title)),
        "entities/things.yaml": ENTITIES,
        "claims/gazette-2025-03-04.yaml": CLAIMS.format(characters=len(TEXT), sha256=digest(TEXT), **places),
        "sources/gazette-2025-03-04.txt": TEXT,
        "views.yaml": VIEWS,
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def _place(quote: str) -> str:
    place = locate(quote, TEXT)
    return f"at: {place.start}-{place.end}\n        sha256: {place.sha256}\n        quote: {quote}"
