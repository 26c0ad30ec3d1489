"""Rules for questions about when something was, and who held which office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keiretsu_queries.english import figure_calls
from keiretsu_queries.english.calls import Caller, Calls, asks, either, if_two, related, shows, together
from keiretsu_queries.english.forms import NO_ASK, OUT, WHEN, Rule, any_of
from keiretsu_queries.english.lexicon import EVENTS, OFFICES
from keiretsu_queries.english.mentions import Tagged


def times() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(r"\b(?:available|hosted|offered|found) (?:on|at|in|through|via) (?:the )?<e1>"),
               related("available_on,offered_by,distribution"), things=2)
    yield Rule(any_of(r"\b(?:chang|gr[eo]w|evolv|trend)", r"\bhow\b.*\bdevelop(?:ed)?[ ?.]*$"), figure_calls.measures,
               things=1, measures=1)
    yield Rule(any_of(rf"{WHEN}.*ANY and (?:the )?ANY"),
               either(shows("deals,announcement,founding"), asks("between", 2)), things=2)
    yield Rule(any_of(r"\b(?:happen|chang|new|news|occur|events|going on).*<d0>", r"<d0>.*\b(?:happen|occur)"),
               figure_calls.changes,
               "What has happened at Alibaba since 2025-09-01?", days=1)
    yield Rule(any_of(r"\b(?:state|status|situation|structure|shape) (?:of|at)\b.*<d0>",
                      r"\blook(?:ed)?(?: like)?\b.*<d0>",
                    r"^E (?:on|in|at|as of) <d0>", r"\bstand\b.*<d0>"),
               figure_calls.at, "What did Alibaba look like on 2023-09-11?", things=1, days=1)
    yield Rule(any_of(rf"{WHEN}.*\b(?:found|set up|establish|creat|start)"),
               either(shows("founding,founded_by"), if_two(related("joint_venture,deals"))),
               "When was Alibaba founded?", things=1)
    yield Rule(any_of(rf"{WHEN}.*\b(?:spin|spun|float|call(?:ed)? off|scrap|cancel)"),
               related("spin_off,listing"), things=1)
    yield Rule(any_of(rf"{WHEN}.*\b(?:list(?:ed|ing)?|ipo|go public|went public|gone public)\b"),
               either(shows("listing,spin_off"), shows("listing,listed_on"), together),
               "When did Alibaba list in Hong Kong?", things=1)
    yield Rule(any_of(rf"{WHEN}.*\b(?:ceo|chief|chair\w*|boss|head|director|officer|leave|left|step|resign|quit|"
                      rf"become|became|"
                    r"appointed|take office|took (?:office|charge)|lead|led|runs?|ran|in charge|office|been)\b"),
               either(_offices_of, together), "Since when has Eddie Wu been chief executive of Alibaba?", things=1)
    yield Rule(any_of(rf"{WHEN}.*\b(?:bought|buy|acqui|take over|took over|taken over|purchas|sell|sold)"),
               either(shows("acquisition,owns_stake_in"), shows("launch,planned_launch,available_on"), together),
               "When did Alibaba buy Lazada?", things=1)
    yield Rule(any_of(rf"{WHEN}.*\b(?:move|moved|reorgani|merge|merged|fold(?:ed)?|join(?:ed)?|become part|became "
                      rf"part)\b"),
               related("reorganisation,unit_of"), "When did Ele.me move?", things=1)
    yield Rule(any_of(rf"{WHEN}.*\brenam"), shows("renaming"), things=1)
    yield Rule(any_of(rf"{WHEN}.*\b{OUT}", r"\b(?:release|launch) date", r"\bdate of (?:the )?(?:release|launch)"),
               related("launch,planned_launch,announcement,showcase"), "When was Qwen3 released?", things=1)
    yield Rule(any_of(rf"{NO_ASK}(?:did|was|were|has|have|is|are|will)\b.*<e0>.*\b{OUT}"),
               related("launch,planned_launch,announcement,showcase"), things=1)
    yield Rule(any_of(rf"{WHEN}.*ANY.*ANY"), either(shows("deals,events"), asks("between", 2)),
               "When did Marriott and Alibaba found their venture?", things=2)
    yield Rule(any_of(WHEN), either(figure_calls.measures, shows(f"{EVENTS},people,structure")), things=1, measures=1)
    yield Rule(any_of(WHEN), shows(f"{EVENTS},people,structure"), things=1)
    # fmt: on


def _offices_of(tagged: Tagged) -> Calls:
    """Return the call for the offices of somebody or something, the one that is named first."""
    named = (("has_chief_executive", r"ceo|chief executive|boss|head|l[ea]+d|r[au]n|charge"), ("has_chair", "chair"),
             ("has_director", "director|board"))  # fmt: skip
    first = [topic for topic, words in named if re.search(rf"\b(?:{words})", tagged.plain)]
    return shows(",".join((*first, "people")))(tagged)


def offices() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    for words, said in OFFICES.items():
        forms = (rf"\b(?:{words})\b",)
        yield Rule(any_of(*forms), either(_office(said), shows("has_officer,people")), things=1)
    yield Rule(
        any_of(r"\bchief ([a-z]+) officer\b(?<!executive officer)"),
        either(_named_office, shows("people")),
        "Who is the chief financial officer of Alibaba?",
        things=1,
    )


def _office(said: str) -> Caller:
    return lambda tagged: shows("has_officer", said)(tagged._replace(entities=tagged.entities[-1:]))


def _named_office(tagged: Tagged) -> Calls:
    found = re.search(r"\bchief [a-z]+ officer\b", tagged.plain)
    return _office(found[0])(tagged) if found else ()
