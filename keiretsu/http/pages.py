"""Pages for people: templates that escape whatever they show, one style, no script.

The style stands in the page and is allowed by its digest alone, so that a page needs nothing else and runs nothing.
"""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keiretsu.workers.product import Product

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "templates"
HTML = "text/html; charset=utf-8"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style"] = _style()
    return made


@cache
def _style() -> str:
    return (_FOLDER / "style.css").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Return the content security policy of our pages: their own style, forms to this server, nothing else."""
    digest = base64.b64encode(sha256(_style().encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def html_page(template: str, title: str, *, status: int = 200, **shown: Any) -> Product:
    """Return a page made of a template; what is shown is text to it, never HTML."""
    text = _environment().get_template(template).render(title=title, **shown)
    headers = (("Content-Security-Policy", policy()),)
    return Product(text.encode("utf-8", "replace"), HTML, headers=headers, status=status)
