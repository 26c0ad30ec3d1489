"""A page for a person who opens the endpoint in a browser: a form without any script."""

from __future__ import annotations

import base64
import hashlib

from starlette.responses import Response

from keiretsu.http.wanted import WORDS

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; }
textarea { box-sizing: border-box; font: 14px/1.4 ui-monospace, monospace; padding: .5rem; width: 100%; }
""".strip()
_CHOICES = "".join(f"<option>{word}</option>" for word in WORDS)
_PAGE = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SPARQL</title>
<style>{_STYLE}</style>
<h1>SPARQL</h1>
<form method="get">
<p><label for="query">Query</label></p>
<textarea id="query" name="query" rows="12" spellcheck="false" required>
SELECT ?kind (COUNT(?thing) AS ?number)
WHERE {{ ?thing a ?kind }}
GROUP BY ?kind ORDER BY DESC(?number) LIMIT 20
</textarea>
<p><label>Format <select name="format">{_CHOICES}</select></label> <button>Ask</button></p>
</form>
<p>Programs send queries to this address by the SPARQL protocol. <a href="/void?format=turtle">What is in the graph</a>.
</html>
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept", "Content-Security-Policy": _POLICY}


def query_page() -> Response:
    """Return the page."""
    return Response(_PAGE, headers=_HEADERS, media_type="text/html")
