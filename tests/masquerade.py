"""A graph in which every word is a mask: markup, formulas, links, queries, steering, all told as names and texts.

Every text is one that a file of facts admits (a test holds it): what must be refused never reaches a graph. Two things
come from a build by a stranger and not from a file: the address of the source `trap`, and the steering text of `rogue`.

hub plays every role there is, and is tied to each mask; ring-a, ring-b, ring-c depend on each other in a circle;
alone is spoken of by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from factories import DAY, a_deal, a_statement, a_when, an_entity, an_observation, an_occurrence, small_dataset
from keiretsu_ontology.claims import AnyClaim, Conflict, Scope
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import Held, Period, When
from keiretsu_ontology.entities import Entity, Identifier, Merged, Name
from keiretsu_ontology.evidence import Evidence, Source, digest
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS
from keiretsu_ontology.values import COMPARATOR_WORDS, Quantity

MASKS = {
    "script": "<script>alert(1)</script>",
    "breakout": "</script></style></title><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover='alert(1)' x=\"",
    "address": "javascript:alert(1)",
    "comment": "--><svg onload=alert(1)><!-- ]]>",
    "entity": "&lt;b&gt; &#60;i&#62; &amp;amp;",
    "query": "} } INSERT DATA { <urn:x> <urn:y> <urn:z> } # ?who",
    "table": "'; DROP TABLE claim; --",
    "link": "[press](javascript:alert(1)) ![x](http://evil.example/x.png) <http://evil.example>",
    "mention": "@octocat and a@evil.example, GH-1, octo/cat#1, #1, :smile:",
    "site": "WWW.evil.example ftp://evil.example mailto:a@evil.example",
    "style": "**bold** _x_ ~~gone~~ `code` | cell | $x$ ==m==",
    "head": "# head",
    "number": "1. first",
    "bullet": "- first",
    "quoted": "> quoted",
    "rule": "---",
    "fence": "```",
    "footnote": "[^1]: note",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1-202-555-0100",
    "minus": "-2+3",
    "at-sign": "@SUM(A1:A9)",
    "quotes": '"",="",\'\'',
    "template": "${7*7} {{7*7}} {0.__class__} %s%n $(id) `id`",
    "markup": "[bold red]rich[/] [link=http://evil.example]x[/link]",
    "file": "../../etc/passwd",
    "escape": "\\x1b[31m \\u202e \\n",
    "none": "None",
    "null": "null",
    "zero": "0",
    "arabic": "شركة الشمال",
    "persian": "شرکت می‌خواهد",
    "hebrew": "חברת הצפון",
    "hindi": "कंपनी नॉर्थ",
    "thai": "บริษัทเหนือ",
    "combining": "q\u0303q\u0323\u0303 zalgo",
    "emoji": "👩\u200d💻 Lab 🚀",
    "chinese": "上海" * 40,
    "long": "L" * 300,
    "words": "many words " * 27 + "end",
}
# What may stand in a build that a stranger made, though no file admits it.
STEERING = "\x1b]0;title\x07\x1b[2J\x1b[31m\u202erogue\x00\r\n\u2028"
_KINDS = ("company", "platform", "chip", "ai_model", "person", "technology", "market", "topic", "place", "policy",
          "business_unit", "benchmark", "event", "service", "research_body")  # fmt: skip
OLD, FAR = date(1500, 1, 1), date(2200, 12, 31)
SPRING = a_when("2025-04-29", date(2025, 4, 29))
LATE = a_when("2025-07", date(2025, 7, 1), date(2025, 7, 31), stated=MASKS["script"], inferred=True)
AUTUMN = Period("quarter", date(2025, 7, 1), date(2025, 9, 30), "FY2026 Q2", MASKS["link"])


def masks() -> list[Entity]:
    """Return the things of the graph, whose names are masks."""
    masked = [
        an_entity(f"mask-{slug}", _KINDS[place % len(_KINDS)], name, description=name,
                  names=(Name(name, "en", preferred=True), Name(f"{name[:290]} other", "zh")))
        for place, (slug, name) in enumerate(MASKS.items())
    ]  # fmt: skip
    return [
        *masked,
        an_entity("hub", name="Hub", fiscal_year_end="03-31", merged=(Merged("old-hub"),),
                  names=(Name("Hub", "en", preferred=True), Name(MASKS["head"], "fr"), Name("中心", "zh")),
                  identifiers=(Identifier("ticker", "NYSE:HUB"), Identifier("wikidata", "Q1"))),
        an_entity("alone"), an_entity("none"), an_entity("a-b-c", name="A--B"), an_entity("9" * 80, name="Nine"),
        an_entity("rogue", name=STEERING, names=(Name(STEERING, "en", preferred=True),)),
        an_entity("constructor", "person"), an_entity("reporter", "voice"), an_entity("exam", "benchmark"),
        *(an_entity(f"ring-{letter}", "technology") for letter in "abc"),
        an_entity("revenue", "metric", "revenue", dimension="money"),
        an_entity("margin-x", "metric", MASKS["script"], dimension="share"),
        an_entity("parameters", "metric", "parameters", dimension="count"),
        an_entity("demand", "metric", MASKS["formula"], dimension="level"),
    ]  # fmt: skip


def masked_sources() -> tuple[Source, ...]:
    """Return the sources: with masks for titles, with no date, with an address that no file admits."""
    published = When("2025-11-25", date(2025, 11, 25), date(2025, 11, 25))
    return (
        Source("paper", MASKS["breakout"], "article", DAY, published, author="reporter", publisher="mask-script",
               url="https://example.org/a?b='x'&c=%22#\u4e0a"),
        Source("trap", MASKS["link"], "blog", DAY, None, url="javascript:alert(document.domain)//http://x"),
        Source("undated", MASKS["formula"], "report", DAY, When("2025-XX", date(2025, 1, 1), date(2025, 12, 31))),
    )  # fmt: skip


def _tied() -> Iterable[AnyClaim]:
    """Yield ties of the hub with every mask, all modalities and ranks, and what is known to be none."""
    modalities = ("stated", "reported", "forecast", "opinion", "denied")
    for place, (slug, text) in enumerate(MASKS.items()):
        more: dict[str, Any] = {"text": text, "modality": modalities[place % 5], "scope": Scope(note=text)}
        more |= {"source": ("paper", "trap", "undated")[place % 3]}
        more |= {"published": None} if place % 3 == 1 else {}
        more |= {"held": (Held(SPRING, None), Held(None, LATE), Held.on(SPRING), Held(LATE, LATE), Held())[place % 5]}
        yield a_statement(f"tie-{slug}", "hub", "assessed_on", f"mask-{slug}", **more)
        yield a_statement(f"walk-{slug}", f"mask-{slug}", "competitor_of", "hub", **{**more, "modality": "stated"})
    yield a_statement("none-listed", "hub", "listed_on", None, none=True)
    yield a_statement("rogue-tie", "rogue", "develops", "mask-chinese", text=STEERING, scope=Scope(note=STEERING),
                      evidence=(Evidence("paper", 0, 5, digest("x"), STEERING),))  # fmt: skip
    yield a_statement("taken-back", "hub", "partner_of", "none", retracted=DAY, rank_reason=MASKS["link"])
    yield a_statement("put-aside", "hub", "partner_of", "a-b-c", rank="deprecated", rank_reason=MASKS["script"])
    yield a_statement("preferred", "constructor", "chief_executive_of", "hub", rank="preferred")
    yield a_statement("said-again", "constructor", "chief_executive_of", "hub", restates="preferred", source="trap")
    yield a_statement("speaks", "hub", "prioritizes", "ring-a", speaker="mask-script", relayed_by="mask-link")
    for one, other in ("ab", "bc", "ca"):
        yield a_statement(f"ring-{one}{other}", f"ring-{one}", "supports", f"ring-{other}")
    yield a_statement("ring-in", "hub", "uses_technology", "ring-a")
    yield a_statement("seat-old", "hub", "incorporated_in", "mask-place-a", held=Held(a_when("1500-01-01", OLD), None))
    yield a_statement("seat-far", "hub", "incorporated_in", "mask-place-b", held=Held(None, a_when("2200-12-31", FAR)))


def _dealt() -> Iterable[AnyClaim]:
    """Yield a deal and an event of every kind; the hub stands in their first role, masks in the others."""
    slugs = [f"mask-{slug}" for slug in MASKS]
    for place, (name, kind) in enumerate(DEAL_KINDS.items()):
        roles = kind.required + kind.optional
        parts = {("hub" if not at else slugs[(place * 3 + at) % len(slugs)]): role for at, role in enumerate(roles)}
        parts |= {"9" * 80: roles[0]} if len(parts) < 2 else {}
        yield a_deal(f"deal-{name.replace('_', '-')}", name, parts, purpose=MASKS["style"], status="announced",
                     amount=Quantity("0.01", "USD", "~", "billion"), share=Quantity("33.40", "percent", ">="),
                     held=Held(LATE, None) if place % 2 else Held())  # fmt: skip
    for place, (name, happening) in enumerate(OCCURRENCE_KINDS.items()):
        parts = {("hub" if not at else slugs[-at - 1]): role for at, role in enumerate(happening.roles)}
        yield an_occurrence(f"event-{name.replace('_', '-')}", name, parts, scope=Scope(note=MASKS["markup"]),
                            held=(Held(SPRING, SPRING), Held(LATE, LATE), Held())[place % 3])  # fmt: skip
    yield an_occurrence("launch-again", "launch", {"hub": "product"}, held=Held(a_when("2200-12-31", FAR), None))
    yield an_occurrence("launch-old", "launch", {"hub": "product"}, held=Held(a_when("1500-01-01", OLD),
                                                                              a_when("1500-01-01", OLD)))  # fmt: skip


def _measured() -> Iterable[AnyClaim]:
    """Yield figures: of every comparator, huge, tiny, negative, ranges, changes and mere directions."""
    written = ("9" * 21, "0." + "0" * 20 + "1", "-7.50", "0", "1.00", "360", "1.5")
    for place, (sign, digits) in enumerate(zip(COMPARATOR_WORDS, written, strict=True)):
        upper = "2.5" if sign == "-" else None
        scale = "trillion" if place % 2 else None
        yield an_observation(f"figure-{place}", "hub", "revenue", period=AUTUMN,
                             quantity=Quantity(digits, "USD", sign, scale, upper))  # fmt: skip
        yield an_observation(f"size-{place}", f"mask-{list(MASKS)[place]}", "parameters",
                             quantity=Quantity(digits, "parameters", sign, "K", upper), scope=Scope(benchmark="exam",
                             counterparty="mask-link", excludes=("none",), note=MASKS["breakout"]))  # fmt: skip
    years = [Period("year", date(year, 1, 1), date(year, 12, 31), str(year)) for year in (1500, 2024, 2025, 2200)]
    for place, year in enumerate(years):
        yield an_observation(f"year-{place}", "hub", "margin-x", quantity=Quantity(str(10 + place), "percent"),
                             period=year, modality="forecast" if place == 3 else "stated")  # fmt: skip
    yield an_observation("grew", "hub", "revenue", measure="change", base="year_before", direction="up",
                         quantity=Quantity("5", "percent"), period=AUTUMN)  # fmt: skip
    yield an_observation("rose", "hub", "demand", direction="up", period=AUTUMN)
    yield an_observation("fell", "hub", "demand", direction="down", period=AUTUMN)
    yield an_observation("unknown-when", "hub", "revenue", quantity=Quantity("5", "EUR"))
    yield an_observation("no-sales", "none", "revenue", none=True, period=AUTUMN)


def masquerade(claims: Sequence[AnyClaim] | None = None) -> Dataset:
    """Return the graph as a dataset; its conflicts have every reason and every way to stand."""
    listed = [*_tied(), *_dealt(), *_measured()] if claims is None else [*claims]
    places = [an_entity("mask-place-a", "place", MASKS["rule"]), an_entity("mask-place-b", "place", "Far")]
    return replace(
        small_dataset([]), name="masquerade", title=MASKS["breakout"], digest=digest("masquerade"),
        entities=tuple(sorted([*masks(), *places], key=lambda entity: entity.id)), sources=masked_sources(),
        claims=tuple(sorted(listed, key=lambda claim: claim.id)), conflicts=tuple(_disputed(listed)),
    )  # fmt: skip


def _disputed(claims: Sequence[AnyClaim]) -> list[Conflict]:
    keyed = {claim.key: claim.id for claim in claims}
    said = [
        ("attribution", "walk-script", "walk-link"), ("scope", "walk-head", "walk-rule"),
        ("wording", "tie-script", "tie-breakout"), ("labelling", "year-1", "year-2"),
        ("definition", "figure-3", "figure-5"), ("conversion", "figure-1", "unknown-when"),
        ("object", "preferred", "put-aside"),
    ]  # fmt: skip
    own = [
        Conflict(f"curated-{why}", tuple(sorted((keyed[one], keyed[other]))), why, MASKS["link"], curated=True)
        for why, one, other in said
        if one in keyed and other in keyed
    ]
    return sorted([*find_conflicts(claims), *own], key=lambda conflict: conflict.id)
