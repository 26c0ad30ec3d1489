"""How a document is cited: in words, in BibTeX and in CSL-JSON. The date is that of the facts, never of the clock."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

_VERSION = 12  # characters of the digest
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


class Citation(NamedTuple):
    """What is cited."""

    title: str
    graph: str  # the title of the graph
    digest: str  # of the facts that it was built from
    day: str | None  # of the newest of its facts
    address: str
    iri: str

    @property
    def version(self) -> str:
        """The version of the graph: the beginning of the digest of its facts."""
        return self.digest[:_VERSION]

    @property
    def words(self) -> str:
        """The citation as one line."""
        day = f", as recorded by {self.day}" if self.day else ""
        title = self.title.rstrip(".")
        return f"“{title}”. In: {self.graph}, Keiretsu knowledge graph, version {self.version}{day}. {self.address}"

    @property
    def bibtex(self) -> str:
        """The citation for BibTeX."""
        fields = {
            "title": _tex(self.title),
            "howpublished": f"{_tex(self.graph)}, Keiretsu knowledge graph, version {_tex(self.version)}",
            "year": self.day[:4] if self.day else None,
            "month": str(int(self.day[5:7])) if self.day else None,
            "url": re.sub(r"[\s{}\\]", "", self.address),
            "note": f"Identifier: {_tex(self.iri)}",
        }
        rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{keiretsu-{re.sub(r'[^a-z0-9-]', '-', self.iri.rpartition('/')[2])},\n{rows}\n}}\n"

    @property
    def csl(self) -> str:
        """The citation as CSL-JSON."""
        record: dict[str, object] = {
            "id": self.iri,
            "type": "entry",
            "title": self.title,
            "container-title": self.graph,
            "version": self.version,
            "URL": self.address,
        }
        if self.day:
            record["issued"] = {"date-parts": [[int(part) for part in self.day.split("-")]]}
        return json.dumps([record], ensure_ascii=False, indent=2) + "\n"


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in " ".join(text.split()))
