"""The page as a server gives it: its script and style are files beside it, its facts are asked for when wanted."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from keiretsu.explorer.built import licences
from keiretsu.explorer.inert import block, text_block

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{title} - Keiretsu</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<noscript>This page draws a graph with a script of its own, and scripts are off. \
<a href="./">The same facts stand on pages</a> that need none.</noscript>
<div id="app" data-sparql="{sparql}"></div>
{held}
{licences}
<script src="{script}"></script>
</body>
</html>
"""


def served_page(about: Mapping[str, Any], assets: Mapping[str, str]) -> str:
    """Return the page of a served graph.

    Args:
        about: What is said of the graph as a whole (About in explorer/src/format.ts).
        assets: The addresses of "script", "style" and "sparql", the panel's script, which the page loads when it is
            opened.
    """
    named = {name: escape(address) for name, address in assets.items()}
    return _PAGE.format(
        title=escape(about["title"]),
        held=block("held", {"about": about}),
        licences=text_block("licences", licences()),
        **named,
    )
