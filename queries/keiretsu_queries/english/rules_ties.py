"""Rules for questions about what things are to each other, have and do."""

from __future__ import annotations

from collections.abc import Iterator

from keiretsu_queries.english import figure_calls
from keiretsu_queries.english.calls import (
    Caller,
    asks,
    either,
    first_alone,
    last_alone,
    of_mark,
    related,
    shows,
)
from keiretsu_queries.english.forms import ASKED, BE, FAIL, FEW, JOIN, NO_ASK, Rule, any_of
from keiretsu_queries.english.lexicon import ABOVE, DOES, DONE_TO, PARTS


def hanging() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(r"\bwhat (?:does|do|did) E (?:\w+ )?(?:depend|rely|rest|hinge|run|build)\w* (?:up)?on\b",
                    r"\b(?:dependenc|supply chain)"),
               asks("depends"), "What does the Qwen app depend on?", things=1)
    yield Rule(any_of(r"\b(?:what|which|who)\b.*\b(?:depends?|rel(?:y|ies)|rests?|dependent|reliant) (?:up)?on E",
                    rf"\b(?:if|when|should|were|without)\b.*<e0>.*\b{FAIL}", r"\baffected\b", r"\bwithout E",
                    r"\bfailure of E"),
               asks("exposure"), "What would be touched if T-Head failed?", things=1)
    yield Rule(any_of(r"\b(?:what|which [\w-]+) (?:powers?|drives?|underl(?:ies|ie)|is behind|is inside|is in|are in|"
                      r"runs) E",
                    r"\bwhat is E (?:built|based|running) (?:up)?on\b",
                      r"<e0>(?: 's)?.* (?:built|based|building) (?:up)?on\b(?!.*<e1>)",
                    r"\bbuilds? (?:up)?on$", r"<e0>(?: 's)? builds? (?:up)?on\b"),
               either(shows("built_on,integrates,uses,uses_technology"), asks("depends")),
               "What is the Qwen app built on?", things=1)
    yield Rule(any_of(r"^(?:who|which|what|list|name|all|show|how many)\b.*\bpartners?\b(?! (?:with|in)\b)(?!.*<e1>)",
                      r"^E partners?\b",
                    rf"{ASKED}.*<e0>(?: 's)? (?:work|partner|cooperat|collaborat|do business|team)\w*(?: (?:up "
                    rf")?with)?[ ?.]*$",
                    r"\b(?:who|which \w+)\b.*\b(?:works?|working|partners?|partnered|cooperat\w+|collaborat\w+|"
                    r"teams?)(?: up)? with E"),
               asks("partners"), "Who are the partners of Alibaba?", things=1)
    # fmt: on


def belonging() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(rf"^(?:{BE}|do|does|did) .*\b(?:reported in|(?:part|unit|member|subsidiary|version|division) "
                      rf"of|belong(?:s|ed)? to)\b"),
               either(shows(ABOVE), asks("between", 2)), things=2)
    yield Rule(any_of(r"^(?:which|what|who|list|how many)\b.*\b(?:reported (?:in|under|within)|(?:part|unit|member|"
                      r"subsidiary) of) (?:the )?<e1>"),
               of_mark(first_alone("reports_on,has_unit,has_subsidiary,has_part,has_variant"), 1), things=2)
    yield Rule(any_of(r"^(?:which|what) (?:[\w-]+ )?(?:group|segment|company|unit|family|division|"
                      r"series)\b.*<e0>.*\b(?:in|under|of)[ ?.]*$"),
               related(ABOVE), things=1)
    yield Rule(any_of(r"\breported (?:in|under|within)\b",
                      r"\bwhere\b.*\b(?:figures?|report(?:ed|ing)|results|numbers)\b"),
               shows(f"reported_in,{ABOVE}"), "Which segment is Lazada reported in?", things=1)
    yield Rule(any_of(r"^(?:what|which|whom?|whose)\b.*<e0>.*\b(?:part|unit|member|version|variant|subsidiary|"
                      r"division) of\b",
                    r"\b(?:of|in|to) (?:what|which)\b.*<e0>.*\b(?:member|part|unit|version|division)[ ?.]*$",
                    r"\b(?:what|which|whom?|whose)\b.*<e0>.*\bbelong(?:s|ed)?(?: to)?\b",
                      r"\bto (?:which|whom|what)\b.*<e0>.*\bbelong"),
               related(ABOVE), "What is Ele.me part of?", things=1)
    yield Rule(any_of(r"\bbelongs? to E", r"\bpart of E"),
               shows("has_unit,has_subsidiary,has_part,has_variant,reports_on"),
               "What companies belong to Alibaba?", things=1)
    # fmt: on


def deeds() -> Iterator[Rule]:
    """Yield rules for two things and what joins them; then for what is done to one."""
    # fmt: off
    # "Is Daniel Zhang still chief executive of Alibaba?", "Is Apple a customer of Alibaba?"
    yield Rule(any_of(r"^(?:which|what) (?:\w+ )?(?:deals|partnerships|agreements|contracts)\b"),
               related("deals,business"), things=2)
    yield Rule(any_of(r"<e0>(?: being)? (?:used|integrated|adopted|installed|found) (?:in|by|at|on)\b(?!.*<e1>)"),
               shows("integrated_in,used_by,basis_of,technology_used_by,adoption as product,available_on"),
               "What is AliOS used in?", things=1)
    for part, topics in PARTS.items():
        yield Rule(any_of(rf"^(?:{BE}) (?:the )?<e0> (?:still|currently|now|today|at present)\b.*\b(?:{part}){JOIN} "
                          rf"(?:the )?<e1>"),
                   last_alone(topics), things=2)
        yield Rule(any_of(rf"^(?:{BE}) (?:the )?<e0>.*\b(?:{part}){JOIN} (?:the )?<e1>"), of_mark(related(topics), 1),
                   things=2)
        yield Rule(any_of(rf"^(?:{BE}) (?:the )?<e0> (?:still |currently |now )?<e1> 's{FEW} (?:{part})\b"),
                   of_mark(related(topics), 1), things=2)
    for verb, topics in DOES.items():  # "Does Bosch use Alibaba Cloud?", "To whom did Alibaba sell Sun Art?"
        yield Rule(any_of(rf"\b(?:do|does|did|has|have|had|is|was|can|will)\b(?: it)?(?: the)? <e0>(?: 's)?{FEW} "
                          rf"(?:{verb})(?:d|ed|s|ing)?\b.*<e1>"),
                   related(topics), things=2)
        yield Rule(any_of(rf"<e0> (?:{BE}){FEW} (?:{verb})(?:d|ed)? by (?:the )?<e1>"), of_mark(related(topics), 1),
                   things=2)
        yield Rule(any_of(rf"^(?:{BE}) (?:the )?<e0>{FEW} (?:{verb})(?:d|ed)? by (?:the )?<e1>"),
                   of_mark(related(topics), 1),
                   things=2)
        yield Rule(any_of(rf"^(?:(?:which|what) )?(?:the )?<e0> (?:{verb})(?:d|ed|s)?\b.*<e1>"), related(topics),
                   things=2)
    yield Rule(any_of(rf"{NO_ASK}.*ANY.*ANY", r"^(?:why|how|what is the \w+ between)\b.*ANY.*ANY",
                      r"\bbetween (?:the )?<e0> and <e1>",
                    r"<e0> and <e1>.*\b(?:together|jointly|each other)\b",
                      r"<e0> 's [\w -]+ (?:with|to|and) (?:the )?<e1>"),
               asks("between", 2), "Does Bosch use Alibaba Cloud?", things=2)
    yield Rule(any_of(r"\b(?:what|when|why|how|which)\b.*<e0> and (?:the )?<e1>"), asks("between", 2), things=2)
    yield Rule(any_of(r"\bwho\b.*\b(?:succeed(?:s|ed)?|replace[sd]?|followed|t[ao]+k\w* over from|after) "
                      r"(?:the )?<e0>"),
               either(first_alone("predecessor_of"), figure_calls.succession), "Who succeeded Daniel Zhang?", things=1)
    for verb, topics in DONE_TO.items():
        forms = (rf"{ASKED}.*\b(?:{verb})(?: (?:the|in|on|with|an?|of))* <e0>",
                 rf"<e0>(?: 's)?(?: been| being)? (?:{verb}) by\b",
                 rf"\bby wh(?:om|ich [\w-]+)\b.*<e0>.*\b(?:{verb})\b",
                 rf"\bwho\b.*<e0>(?: 's)? (?:{verb})(?: by)?[ ?.]*$",
                 rf"^(?:do|does|did|has|have|is|are|was|were) (?!.*<e1>).*\b(?:{verb})"
                 r"(?: (?:the|in|on|with|an?|of))* <e0>")
        yield Rule(any_of(*forms), shows(topics), things=1)
    # fmt: on


def parts() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    for form in (rf"\b(?:PART){JOIN} (?:the )?<e0>",
                 rf"\b(?:PART) (?:do|does|did) (?:the )?<e0>{FEW} (?:have|has|had|hold|get|list|need|make|made|do|"
                 rf"done|plan|planned|strike)\b",
                 rf"<e0>(?: 's)?{FEW} (?:PART)\b"):
        for part, topics in PARTS.items():
            yield Rule(form.replace("PART", part), _part(topics), things=1)
    yield Rule(any_of(r"\b(?:chief executive|ceo)\b"), shows(PARTS[next(iter(PARTS))]),
               "Who is the chief executive of Alibaba?", things=1)
    # fmt: on


def _part(topics: str) -> Caller:
    """Return what shows a part of a thing; where a measure is named by the same word, its figure."""
    return lambda tagged: (*shows(topics)(tagged), *(figure_calls.measures(tagged) if tagged.metrics else ()))


def lists() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(ASKED, r"\ball\b", r"^E [\w ]+$"), figure_calls.listed, "Which chips does T-Head make?", kinds=1)
    # fmt: on


def doings() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    for verb, topics in DOES.items():
        forms = (
            rf"{ASKED}.*<e0>(?: 's)?{FEW} (?:{verb})(?:d|ed|s|ing)?\b",
            rf"{ASKED}.*\b(?:{verb})(?:d|ed)? by (?:the )?<e0>",
            rf"^(?:do|does|did|has|have|can|is|was|will)\b(?: the)? <e0>{FEW} (?:{verb})(?:d|ed|s|ing)?\b",
        )
        yield Rule(any_of(*forms), shows(topics), things=1)


def things() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(r"\b(?:role|office|position|job|title|work)s?\b", r"\bdo[ ?.]*$"),
               shows("people,develops,offers"),
               "What role does Joe Tsai hold?", things=1)
    yield Rule(any_of(r"ANY.*ANY"), asks("between", 2), things=2)
    lead = r"(?:and|so|please|tell|me|show|describe|everything|all|what|who|is|are|was|were|do|you|we|know"
    lead += r"|known|can|say|about|of|on|information|facts|overview|an?|the|exactly|actually|give|explain"
    lead += r"|summar\w+|plan)"
    yield Rule(any_of(rf"^(?:{lead} )*<e0>(?: 's)?(?: (?:on|in|as of|at) <d0>)?[ ?.!]*$"), asks("show"),
               "What is the Hanguang 800?", things=1)
    # fmt: on
