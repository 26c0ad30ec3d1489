"""What a question in English is recognised by, and which question of ours it is: the first rule that fits counts.

A rule looks for words and for how many things, measures, kinds and days were named. It never looks at the facts, so
what was understood can be told, and the command for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from keiretsu_queries.english import calls
from keiretsu_queries.english.calls import Call, Caller, asks, asks_whole, shows
from keiretsu_queries.english.lexicon import ABOVE, DOES, DONE_TO, EVENTS, PARTS, PLACES
from keiretsu_queries.english.mentions import Tagged


class Rule(NamedTuple):
    """What a question is recognised by."""

    words: re.Pattern[str]  # stand somewhere in it; <e0>, <d0> stand for what was named
    call: Caller
    example: str = ""  # empty where another rule's example shows it
    things: int = 0  # at least so many were named
    measures: int = 0
    kinds: int = 0
    days: int = 0

    def fits(self, tagged: Tagged) -> bool:
        """Say whether a question is of this form."""
        named = (
            (tagged.entities, self.things), (tagged.metrics, self.measures), (tagged.kinds, self.kinds),
            (tagged.days, self.days),
        )  # fmt: skip
        return all(len(found) >= least for found, least in named) and self.words.search(tagged.plain) is not None


def _any(*forms: str) -> re.Pattern[str]:
    """Return what finds any of some forms; `E` stands for the first thing that was named, `ANY` for each."""
    return re.compile("|".join(form.replace("ANY", r"<e\d+>").replace("E", "(?:the )?<e0>(?: 's)?") for form in forms))


_MORE = r"(?:larger|bigger|higher|more|greater|better|lower|smaller|less|fewer|faster|cheaper|older|newer|longer)"
_MOST = r"(?:most|highest|largest|biggest|greatest|lowest|fewest|smallest|longest|best|worst|fastest|cheapest)"
_OUT = r"(?:releas|launch|publish|unveil|announc|shown|introduc|present|c[oa]me out|debut|c[oa]me to market)"
_WHEN = r"\b(?:since when|until when|when|how (?:long|old)|(?:what|which) (?:date|day|year|month))\b"
_ASKED = r"\b(?:who|what|which|how many|how much|where|name|list|whom|whose)\b"
_JOIN = r"(?: (?:of|at|for|in|to|by|behind|has|have|does|do|did|is|are|was|were|under|with|on|from|the|its|an?))*"
_FAIL = r"(?:fail|stop|gone|restrict|bann?|vanish|break|broke|cut off|unavailable|down|lost)"
_FEW = r"(?: \w+){0,2}"


def _provenance() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(r"\b(?:disagree|conflict|contradict|disput|inconsisten)"), calls.conflicts,
               "Where do sources disagree about Amap?")
    yield Rule(_any(r"\b(?:not known|unknown|missing|gaps?)\b", r"\b(?:don't|do not|does not) (?:we |you )?know\b"),
               asks("gaps"), "What is not known about Banma?", things=1)
    yield Rule(_any(r"\bwho (?:sa(?:ys|id)|claim(?:s|ed)|report(?:s|ed)|state[sd])\b",
                    r"\baccording to wh(?:om|ich)\b"),
               calls.said_of, "Who says anything about Qwen3?", things=1)
    yield Rule(_any(r"\bwhat (?:does|do|did|has|have) E (?:say|said|claim|report|state|write|think|expect|forecast)",
                    r"\baccording to E", r"\b(?:claims|statements) (?:by|of|from) E"),
               calls.says, "What does Bloomberg say about Qwen?", things=1)
    yield Rule(_any(r"\b(?:sources?|evidence|cited|citation)\b", r"\bhow do (?:we|you) know\b"),
               calls.sources, "Which sources are there for Bosch?")
    # fmt: on


def _several() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(r"\b(?:connect|link|path|chain|route|hang together)",
                    r"\bhow (?:is|are|was|were) ANY.*(?:related|tied|associated)"),
               asks("path", 2), "How is NBA connected to Bosch?", things=2)
    yield Rule(_any(r"\b(?:in common|common|shared?|shares|both)\b"), calls.common,
               "What do Bosch and Marriott have in common?", things=2)
    yield Rule(_any(r"\b(?:compar\w+|vs\.?|versus|differ\w*|against)\b", rf"\b(?:{_MORE}|{_MOST})\b.*\b(?:than|or)\b",
                    r"ANY ?,? or (?:the )?ANY"),
               calls.compare, "Which has more parameters, Qwen3-8B or Qwen3-14B?", things=2)
    yield Rule(_any(r"\b(?:timeline|history|chronology)\b", r"\bwhat happened (?:to|with|at)\b(?!.*<d0>)"),
               calls.timeline, "What is the timeline of Qwen?", things=1)
    # fmt: on


def _wholes() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(r"\b(?:most|best) (?:important|central|connected|influential|linked)\b", r"\bhubs?\b"),
               calls.central, "Who is the most central?")
    yield Rule(_any(r"\b(?:communit|cluster)"), asks_whole("communities"), "Which communities are there?")
    yield Rule(_any(r"\b(?:bridges?|brokers?|bottlenecks?|weak points?)\b"), asks_whole("bridges"),
               "What are the bridges?")
    yield Rule(_any(r"\bhow many (?:\w+ )?(?:ties|relations|deals|partnerships|launches|events|connections)\b",
                    r"\b(?:deals|launches|ties) (?:by|per|in each) (?:year|role|relation|kind)"),
               calls.counted, "How many deals are there?")
    yield Rule(_any(r"\blicen[cs]ed? under\b", r"\bunder (?:the )?ANY"), calls.licensed,
               "Which models are licensed under Apache License 2.0?", things=1, kinds=1)
    # fmt: on


def _times() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(r"\b(?:happen|chang|new|news|occur|events).*<d0>"), calls.changes,
               "What has happened at Alibaba since 2025-09-01?", days=1)
    yield Rule(_any(r"\b(?:state|status|situation|structure) (?:of|at)\b.*<d0>", r"\blook(?:ed)? like\b.*<d0>",
                    r"^E (?:on|in|at|as of) <d0>"),
               calls.at, "What did Alibaba look like on 2023-09-11?", things=1, days=1)
    yield Rule(_any(rf"{_WHEN}.*ANY.*ANY"), asks("between", 2), "When did Marriott and Alibaba found their venture?",
               things=2)
    yield Rule(_any(rf"{_WHEN}.*\b(?:found|set up|establish|creat|start)"), shows("founding,founded_by"),
               "When was Alibaba founded?", things=1)
    yield Rule(_any(rf"{_WHEN}.*\b{_OUT}", r"\b(?:release|launch) date"),
               shows("launch,planned_launch,announcement,showcase"), "When was Qwen3 released?", things=1)
    yield Rule(_any(_WHEN), calls.when(f"{EVENTS},people,structure"), "When did Ele.me move?", things=1)
    # fmt: on


def _hanging() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(r"\b(?:does|do|did|is|are|was) E(?: \w+)* (?:depend|rely|rest|hinge|based|built)\w* (?:up)?on\b",
                    r"\b(?:dependenc|supply chain)", r"\b(?:what|which \w+) (?:powers?|drives?|underl(?:ies|ie)) E",
                    r"\bwhat is (?:behind|inside|in) E"),
               asks("depends"), "What does the Qwen app depend on?", things=1)
    yield Rule(_any(r"\b(?:depends?|rel(?:y|ies)|rests?|builds?|based|built|dependent|reliant|runs?) (?:up)?on E",
                    rf"\b(?:if|when)\b.*<e0>.*\b{_FAIL}", r"\bexpos", r"\baffected\b"),
               asks("exposure"), "What would be touched if T-Head failed?", things=1)
    yield Rule(_any(r"\bpartners?\b", rf"{_ASKED}.*<e0>(?: 's)? (?:work|partner|cooperat|collaborat|do business)\w*",
                    r"\b(?:works?|working|partnered|cooperat\w+|collaborat\w+) with E"),
               asks("partners"), "Who are the partners of Alibaba?", things=1)
    # fmt: on


def _figures() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(rf"\b(?:{_MOST}|rank(?:ing)?|leaderboard|top)\b"), calls.best,
               "Which model has the most parameters?", measures=1, kinds=1)
    yield Rule(_any(r"\b(?:largest|biggest|smallest)\b"), calls.best, "What is the largest model of Qwen3?", kinds=1)
    yield Rule(_any(r"\b(?:newest|latest|most recent|last)\b"), calls.newest, "What is the latest model of Qwen3?",
               kinds=1)
    yield Rule(_any(r"ANY.*ANY"), asks("between", 2), "What did Qwen3-32B score on AIME25?", things=2, measures=1)
    yield Rule(_any(""), calls.metrics, "What was Alibaba's revenue in the September quarter of 2025?", things=1,
               measures=1)
    # fmt: on


def _deeds() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(rf"^(?!.*{_ASKED}).*ANY.*ANY", r"^(?:why|how)\b.*ANY.*ANY"), asks("between", 2),
               "Does Bosch use Alibaba Cloud?", things=2)
    for verb, topics in DONE_TO.items():
        forms = (rf"{_ASKED}.*\b(?:{verb})(?: (?:the|in|on|with|an?))* <e0>", rf"<e0>(?: been| being)? (?:{verb}) by\b")
        yield Rule(_any(*forms), shows(topics), things=1)
    # fmt: on


def _parts() -> Iterator[Rule]:
    # fmt: off
    for part, topics in PARTS.items():
        yield Rule(_any(rf"\b(?:{part}){_JOIN} <e0>", rf"<e0>(?: 's)?{_FEW} (?:{part})\b"), shows(topics), things=1)
    yield Rule(_any(r"\b(?:chief executive|ceo)\b"), shows(PARTS[next(iter(PARTS))]),
               "Who is the chief executive of Alibaba?", things=1)
    # fmt: on


def _lists() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(_ASKED, r"\ball\b"), calls.listed, "Which chips does T-Head make?", kinds=1)
    # fmt: on


def _doings() -> Iterator[Rule]:
    for verb, topics in DOES.items():
        yield Rule(_any(rf"{_ASKED}.*<e0>(?: 's)?{_FEW} (?:{verb})(?:d|ed|s)?\b"), shows(topics), things=1)


def _things() -> Iterator[Rule]:
    # fmt: off
    yield Rule(_any(r"\bwhere\b"), shows(PLACES), "Where is Alibaba based?", things=1)
    yield Rule(_any(r"\b(?:part|unit|member|version|variant|subsidiary) of\b", r"\bbelongs? to\b"),
               calls.part_of(ABOVE), "What is Ele.me part of?", things=1)
    yield Rule(_any(r"\b(?:role|office|position|job|title|work)s?\b"), shows("people"),
               "What role does Joe Tsai hold?", things=1)
    yield Rule(_any(r"ANY.*ANY"), asks("between", 2), things=2)
    lead = r"(?:and|so|please|tell|me|show|describe|everything|all|what|who|is|are|was|were|do|you|we|know"
    lead += r"|known|can|say|about|of|on|information|facts|overview|an?|the)"
    yield Rule(_any(rf"^(?:{lead} )*<e0>(?: 's)?(?: (?:on|in|as of|at) <d0>)?[ ?.!]*$"), asks("show"),
               "What is the Hanguang 800?", things=1)
    # fmt: on


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order in which they are tried."""
    families = (
        _provenance, _several, _wholes, _times, _hanging, _figures, _deeds, _parts, _lists, _doings, _things,
    )  # fmt: skip
    return tuple(rule for family in families for rule in family())


def understood(tagged: Tagged) -> Call | None:
    """Return the call that a question means, or None where no rule fits."""
    for rule in rules():
        if rule.fits(tagged) and (call := rule.call(tagged)) is not None:
            return call
    return None
