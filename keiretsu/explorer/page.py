"""The page itself: one file, its data inert, its script and style allowed by their digests and nothing else."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from keiretsu.explorer.model import model

if TYPE_CHECKING:
    from keiretsu_graph.view import View
    from keiretsu_ontology.evidence import Evidence, Source

_HERE = Path(__file__).parent
SCRIPTS = ("data.js", "words.js", "drawing.js", "details.js", "tables.js", "main.js")


class Texts(Protocol):
    """Gives the words at a place of a source, where its text is at hand."""

    def excerpt(self, place: Evidence, source: Source) -> str | None:
        """Return the words, or None."""


def page(view: View, *, texts: Texts | None = None, focus: str | None = None, depth: int = 1) -> str:
    """Return the explorer of a graph as one HTML document that reaches for nothing.

    Args:
        view: The graph.
        texts: Where texts of sources lie beside, the words at a place are shown.
        focus: The id of the entity to begin with.
        depth: How many ties around it are drawn at first.
    """
    sources = {source.id: source for source in view.sources()}

    def excerpt(place: Evidence) -> str | None:
        return texts.excerpt(place, sources[place.source]) if texts and place.source in sources else None

    data = model(view, excerpt, focus=focus, depth=depth)
    style = (_HERE / "explorer.css").read_text(encoding="utf-8")
    script = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    script = f'"use strict";\n(() => {{\n{script}\n}})();\n'
    policy = (
        f"default-src 'none'; script-src '{_source(script)}'; style-src '{_source(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    body = (_HERE / "body.html").read_text(encoding="utf-8")
    return _PAGE.format(
        policy=escape(policy), title=escape(data["title"]), style=style, body=body, data=inert(data), script=script
    )


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{title} - Keiretsu</title>
<style>{style}</style>
</head>
<body>
{body}<script type="application/json" id="graph">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def inert(data: Any) -> str:
    """Return data as JSON that cannot end the element it stands in: no angle bracket or ampersand is left in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _source(text: str) -> str:
    """Return the source expression of an inline text (CSP level 3, 2.3.1)."""
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
