"""Rules for questions about who says what, about several things, and about the whole graph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keiretsu_queries.english import figure_calls, voice_calls
from keiretsu_queries.english.calls import (
    Calls,
    asks,
    asks_whole,
    either,
    first_alone,
    of_mark,
    shows,
    together,
)
from keiretsu_queries.english.forms import MORE, MOST, Rule, any_of
from keiretsu_queries.english.mentions import Tagged


def provenance() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(r"\b(?:disagree|conflict|contradict|disput|inconsisten|controvers|contested)",
                    r"\b(?:sources?|everybody|everyone|claims?|papers?|they|all) (?:\w+ )?agree\b"),
               voice_calls.conflicts,
               "Where do sources disagree about Amap?")
    yield Rule(any_of(r"\b(?:not known|unknown|missing|gaps?)\b",
                    r"\b(?:do not|does not|don't) (?:we |you |the graph )?know\b"),
               asks("gaps"), "What is not known about Banma?", things=1)
    yield Rule(any_of(r"\bsources? (?:say|report|tell|write)\b"), figure_calls.measures, things=1, measures=1)
    yield Rule(any_of(r"\b(?:which|what) sources?\b",
                      r"\b(?:sources?|evidence|cited|citation|proof|backs? (?:it|this) up)\b",
                    r"\bhow do (?:we|you) know\b"),
               voice_calls.sources, "Which sources are there for Bosch?", things=1)
    yield Rule(any_of(r"\bsources?\b"), voice_calls.sources)
    yield Rule(any_of(r"\bwho (?:else )?(?:sa(?:ys|id)|claim(?:s|ed)|report(?:s|ed)|state[sd]|told|writes?|wrote|"
                      r"predict(?:s|ed)|forecasts?|expects?)\b",
                    r"\baccording to wh(?:om|ich|at)\b",
                      r"\bby wh(?:om|ich source) (?:is|was|are|were) .*(?:said|claimed|reported)",
                    r"\bwhose (?:claim|word|statement)\b"),
               voice_calls.said_of, "Who says anything about Qwen3?", things=1)
    yield Rule(any_of(r"\bwhat (?:does|do|did|has|have|is) E (?:\w+ )?(?:say|said|claim|report|state|write|wrote|"
                      r"think|expect|"
                    r"forecast|predict|saying|believe|tell|told)",
                    r"\baccording to E",
                      r"\b(?:claims|statements|predictions|forecasts|facts|figures) (?:made |come |comes |came |stem "
                      r")?(?:by|from) E",
                    r"\b(?:published|reported|claimed|stated) by E",
                    r"^(?:did|does|has|do) E (?:say|said|claim|report|state|forecast|predict)"),
               voice_calls.says, "What does Bloomberg say about Qwen?", things=1)
    # fmt: on


def _against(tagged: Tagged) -> Calls:
    """Return the calls for what is said of one thing against another, where one is asked whether it is the better."""
    if tagged.metrics or re.search(rf"\b{MORE} than (?:the )?<e", tagged.plain) is None:
        return ()
    topics = "relative-speed,relative-cost,surpasses,comparable_to"
    return (*shows(topics)(tagged), *of_mark(shows(topics), 1)(tagged))


def several() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(r"\b(?:connect|link|path|chain|route|hang together|steps? from)",
                    r"\bhow (?:is|are|was|were) ANY.*(?:related|tied|associated)"),
               asks("path", 2), "How is NBA connected to Bosch?", things=2)
    yield Rule(any_of(r"\b(?:in common|common|shared by)\b", r"ANY.* and .*ANY.*\b(?:shares?|both)\b(?! (?:of|in)\b)",
                    r"\bboth\b.*ANY.* and .*ANY", r"\b(?:do|does|did) ANY.* and .*ANY share\b"),
               either(figure_calls.common, together), "What do Bosch and Marriott have in common?", things=2)
    yield Rule(any_of(r"\b(?:older|newer|earlier|later|sooner|(?:came|come|comes|was|were|launched|released) (?:\w+ "
                      r")?(?:first|before|after))\b.*ANY.*ANY",
                    r"ANY.*ANY.*\b(?:first|earlier|later|older|newer)\b"), figure_calls.timeline,
               "Which is older, Qwen2 or Qwen1.5?", things=2)
    yield Rule(any_of(r"\b(?:compar\w+|vs\.?|versus|differ\w*|side by side|stack up)\b",
                    rf"\b(?:{MORE}|{MOST})\b.*\b(?:than|or)\b", r"ANY ?,? or (?:the )?ANY",
                      rf"\bwhich\b.*\b{MORE}\b.*ANY.*ANY"),
               either(_against, figure_calls.compare), "Which has more parameters, Qwen3-8B or Qwen3-14B?", things=2)
    yield Rule(any_of(r"\b(?:timeline|history|chronology|story)\b",
                    r"\bwhat (?:has )?happened (?:to|with|at)\b(?!.*<d0>)", r"\bwhat became of\b", r"\bfate of\b"),
               figure_calls.timeline, "What is the timeline of Qwen?", things=1)
    # fmt: on


def wholes() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(r"\b(?:most|best) (?:important|central|connected|influential|linked)\b", r"\bhubs?\b"),
               figure_calls.central, "Who is the most central?")
    yield Rule(any_of(r"\b(?:communit|cluster)"), asks_whole("communities"), "Which communities are there?")
    yield Rule(any_of(r"\b(?:bridges?|brokers?|bottlenecks?|weak points?)\b"), asks_whole("bridges"),
               "What are the bridges?")
    yield Rule(any_of(r"\bhow many partners\b", r"\bnumber of partners\b"), asks("partners"), things=1)
    yield Rule(any_of(r"\b(?:how many|number of) (?:\w+ )?(?:ties|relations|deals|partnerships|launches|events|"
                      r"connections|"
                    r"acquisitions|takeovers|investments|spin-?offs|joint ventures|reorgani[sz]ations)\b",
                    r"\b(?:deals|launches|ties|acquisitions|investments) (?:by|per|in each) "
                      r"(?:year|role|relation|kind)"),
               figure_calls.counted, "How many deals are there?")
    yield Rule(any_of(r"\blicen[cs]ed? under\b", r"\bunder (?:the )?ANY", r"\bANY licen[cs]ed?\b"),
               figure_calls.licensed,
               "Which models are licensed under Apache License 2.0?", things=1, kinds=1)
    yield Rule(any_of(r"^(?:is|are|was|were) (?:the )?<e0>.*\b(?:licen[cs]|under|open[- ]source)"),
               first_alone("licensed_under"), things=1)
    # fmt: on
