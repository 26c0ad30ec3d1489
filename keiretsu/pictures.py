"""Quick pictures of answers by pyvis, under the explorer's rule: offline, names only ever as text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu_graph.view import ClaimFilter, TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Statement, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.sheets import Axis, Bars, Block, Network
from keiretsu_queries.wording import speaker_words, tie_words, when_words

if TYPE_CHECKING:
    from keiretsu_queries.base import Answer
    from keiretsu_queries.questions import Question

_SHAPES = {
    "organisation": ("dot", "#2f6690"), "person": ("diamond", "#9b4f96"), "product": ("square", "#2a7f62"),
    "idea": ("triangle", "#b8741a"), "setting": ("hexagon", "#6c5aa6"), "happening": ("star", "#6b7378"),
}  # fmt: skip
# Told apart by people who see no red or green (Okabe and Ito, 2008).
_GROUPS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8a7f00", "#555555")
_SCALE = 520  # of the unit of the layout, in pixels
# Labels and sizes of nodes are not counted when a picture is fitted into the window.
_ROOMY = 'network.once("afterDrawing", () => network.moveTo({scale: 0.85 * network.getScale()}));'


class Look(NamedTuple):
    """How nodes look beyond their kind."""

    sizes: Mapping[str, float]  # by entity, from 0 to 1
    groups: Mapping[str, int]  # what is of one group has one colour
    places: Mapping[str, tuple[float, float]] = MappingProxyType({})  # of every entity, where they are given


PLAIN = Look({}, {})


def picture(view: View, ties: Iterable[Tie], title: str, look: Look = PLAIN) -> str:
    """Return a picture of some ties as one HTML document that reaches for nothing.

    Args:
        view: The graph that the ties are of.
        ties: Each is drawn as an edge of its own.
        title: What the page is called.
        look: Sizes and colours of nodes beyond those of their kind.
    """
    from pyvis.network import Network as Drawn

    listed = list(ties)
    entities = view.entities({end for tie in listed for end in (tie.subject, tie.object)})
    claims = {claim.id: claim for claim in view.claims(ClaimFilter(ids=_rests(listed)))} if listed else {}
    drawn = Drawn(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    drawn.toggle_physics(status=False)
    for slug, (x, y) in (look.places or _places(listed)).items():
        shape, colour = _SHAPES[entities[slug].family]
        colour = _GROUPS[look.groups[slug] % len(_GROUPS)] if slug in look.groups else colour
        at = {"x": x * _SCALE, "y": y * _SCALE}
        drawn.add_node(
            slug, label=entities[slug].name, title=slug, shape=shape, color=colour, size=_size(look, slug), **at
        )
    for tie, bend in _bends(listed):
        line = {"dashes": not tie.factual, "width": 1 if tie.rule else 2, "smooth": bend}
        drawn.add_edge(tie.subject, tie.object, title=_told(tie, claims, entities), **line)
    drawn.set_options('{"physics": {"enabled": false}, "nodes": {"size": 14}}')
    return _sealed(drawn.generate_html(notebook=False), title)


def _size(look: Look, slug: str) -> float:
    return round(8 + 26 * look.sizes.get(slug, 0.0), 1) if look.sizes else 14


def _bends(ties: Iterable[Tie]) -> Iterator[tuple[Tie, dict[str, Any]]]:
    """Yield ties with the bend of each, so that parallel ones lie beside each other."""
    seen: Counter[tuple[str, str]] = Counter()
    for tie in ties:
        pair = (min(tie.subject, tie.object), max(tie.subject, tie.object))
        turn = seen[pair] if tie.subject == pair[0] else -seen[pair]
        seen[pair] += 1
        kind = "curvedCW" if turn >= 0 else "curvedCCW"
        yield tie, {"enabled": True, "type": kind, "roundness": round(0.14 * abs(turn), 2)}


def _rests(ties: Iterable[Tie]) -> tuple[str, ...]:
    return tuple(sorted({claim for tie in ties for claim in tie.claims}))


def _places(ties: Iterable[Tie]) -> dict[str, tuple[float, float]]:
    import networkx as nx

    from keiretsu_graph.layout import positions

    network: nx.Graph[str] = nx.Graph()
    network.add_edges_from((tie.subject, tie.object) for tie in ties)
    return positions(network)


def _told(tie: Tie, claims: dict[str, AnyClaim], entities: dict[str, Entity]) -> str:
    """Return what is shown over an edge. The one word that makes pyvis take titles for HTML is broken up."""
    told = [tie_words(tie, entities) + (f" (by the rule {tie.rule})" if tie.rule else "")]
    for claim in (claims[found] for found in tie.claims if found in claims):
        told.append("; ".join(part for part in (speaker_words(claim, entities), when_words(claim), claim.key) if part))
    return re.sub("(?i)href", lambda found: f"{found[0][:1]}\u2010{found[0][1:]}", "\n".join(told))


def _sealed(page: str, title: str) -> str:
    """Return a page of pyvis without anything that reaches out, closed by a content security policy."""
    page = re.sub(r"<link\b[^>]*>", "", page)
    page = re.sub(r"<script\b[^>]*\bsrc\s*=[^>]*>\s*</script>", "", page)
    page = re.sub(r"<center>.*?</center>", "", page, flags=re.DOTALL)
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    page = page.replace("</style>", "body{margin:0;overflow:hidden}</style>", 1)
    page = page.replace("return network;", f"{_ROOMY}return network;", 1)
    scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", page, flags=re.DOTALL)
    allowed = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts)
    policy = f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        f'<link rel="icon" href="data:,"><title>{escape(title)}</title>'
    )
    page = re.sub(r'<meta charset="utf-8">', "", page)
    return re.sub(r"<head>", lambda _: f"<head>{head}", page, count=1)


def ties_of(view: View, answer: Answer[Any]) -> list[Tie]:
    """Return the ties that an answer can be drawn by: those that rest on its claims."""
    rests = {claim.id for claim in answer.claims}
    found = [tie for tie in view.ties(TieFilter(factual=None)) if rests & set(tie.claims)]
    stated = {claim.id for claim in answer.claims if isinstance(claim, Statement)}
    return [tie for tie in found if set(tie.claims) <= rests or set(tie.claims) & stated]


def write_picture(view: View, question: Question, answer: Answer[Any], file: Path) -> None:
    """Write a picture of an answer into a file, whole or not at all: its bars and axes, else its ties.

    Args:
        view: The graph.
        question: What was asked.
        answer: The answer.
        file: `.svg` takes bars and axes alone; anything else becomes one HTML page.

    Raises:
        UsageError: There is nothing to draw.
        StoreError: The file cannot be written.
    """
    from keiretsu_graph.exports import write_whole

    blocks = list(question.tell(answer)) if answer.state != "not known" else []
    drawings = _drawings(blocks)
    network = next((block for block in blocks if isinstance(block, Network)), None)
    if drawings and network is None:
        whole = file.suffix.lower() == ".svg"
        write_whole(file, (_stacked(drawings) if whole else _page(drawings, answer.question)).encode("utf-8"))
        return
    if file.suffix.lower() == ".svg":
        raise UsageError("there are no bars and no axis in this answer; name a file that ends in .html")
    ties = list(network.ties) if network else ties_of(view, answer)
    if not ties:
        raise UsageError("there are no ties in this answer, so there is nothing to draw")
    look = Look(network.sizes, network.groups, network.places) if network else PLAIN
    write_whole(file, picture(view, ties, answer.question, look).encode("utf-8"))


def _drawings(blocks: Iterable[Block]) -> list[str]:
    from keiretsu.drawing import axis_svg, bars_svg

    drawn = (
        bars_svg(block) if isinstance(block, Bars) else axis_svg(block) if isinstance(block, Axis) else ""
        for block in blocks
    )
    return [svg for svg in drawn if svg]


def _page(drawings: Iterable[str], title: str) -> str:
    """Return drawings as one HTML page that reaches for nothing."""
    style = (
        "body{font:15px system-ui,sans-serif;margin:2rem auto;max-width:960px;color-scheme:light dark}"
        "svg{max-width:100%}"
    )
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; img-src data:; base-uri 'none'"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{style}</style></head>"
        f"<body><h1>{escape(title)}</h1>{''.join(f'<p>{svg}</p>' for svg in drawings)}</body></html>\n"
    )


def _stacked(drawings: list[str]) -> str:
    """Return drawings as one SVG, each beneath the one before."""
    from keiretsu.drawing import WIDTH

    if len(drawings) == 1:
        return drawings[0] + "\n"
    heights = [int(re.search(r'height="(\d+)"', svg)[1]) for svg in drawings]  # type: ignore[index]
    tops = [sum(heights[:place]) for place in range(len(heights))]
    inner = "".join(svg.replace("<svg ", f'<svg y="{top}" ', 1) for svg, top in zip(drawings, tops, strict=True))
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{sum(heights)}">{inner}</svg>\n'
