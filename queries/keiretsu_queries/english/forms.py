"""Rules: the forms that a question in English may have, and the patterns that many of them share."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from keiretsu_queries.english.calls import Caller
from keiretsu_queries.english.mentions import Tagged

MORE = (
    r"(?:larger|bigger|higher|more|greater|better|lower|smaller|less|fewer|faster|cheaper|older|newer|longer|stronger)"
)
MOST = r"(?:most|highest|largest|biggest|greatest|lowest|fewest|smallest|longest|best|worst|fastest|cheapest)"
OUT = (
    r"(?:releas|launch|publish|unveil|announc|shown|introduc|present|c[oa]mes? out|debut|c[oa]mes? to market|on "
    r"sale|be sold|available)"
)
WHEN = (
    r"\b(?:since when|until when|till when|from when|when|how (?:long|old)|(?:what|which|in what|in which) "
    r"(?:date|day|year|month|quarter))\b"
)
ASKED = r"\b(?:who|what|which|how many|how much|where|name|list|whom|whose|any)\b"
JOIN = r"(?: (?:of|at|for|in|to|by|behind|has|have|is|are|was|were|been|under|with|on|from|the|its|an?|holds?|at all))*"
FAIL = r"(?:fail|stop|gone|restrict|bann?|vanish|disappear|break|broke|cut off|unavailable|down|lost|bankrupt)"
GREW = r"\b(?:gr[eo]w\w*|rise|rose|risen|fall|fell|fallen|increas\w*|decreas\w*|declin\w*|shr[aiu]nk)\b"
FEW = r"(?: [\w-]+){0,2}"
NO_ASK = rf"^(?!.*{ASKED})"  # yes or no
BE = r"(?:is|are|was|were|be|been|being)"


class Rule(NamedTuple):
    """What a question is recognised by."""

    words: str  # a pattern, found somewhere in it; <e0>, <d0> stand for what was named
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
        return (
            all(len(found) >= least for found, least in named)
            and _compiled(self.words).search(tagged.plain) is not None
        )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern, compiled when it is first needed: most rules fall out by what was named."""
    return re.compile(pattern)


def any_of(*forms: str) -> str:
    """Return what finds any of some forms; `E` stands for the first thing that was named, `ANY` for each."""
    return "|".join(form.replace("ANY", r"<e\d+>").replace("E", "(?:the )?<e0>(?: 's)?") for form in forms)
