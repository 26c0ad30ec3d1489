"""What a question in English is recognised by, and which questions of ours it is: the first rule that fits counts.

A rule looks for words and for how many things, measures, kinds and days were named. It never looks at the facts, so
what was understood can be told, and the command for it. It may give several questions, the best first: where nothing
is known of one, the next is asked.
"""

from __future__ import annotations

from functools import cache

from keiretsu_queries.english import rules_about, rules_figures, rules_ties, rules_time
from keiretsu_queries.english.calls import Calls
from keiretsu_queries.english.forms import Rule
from keiretsu_queries.english.mentions import Tagged

FAMILIES = (
    rules_about.provenance, rules_about.several, rules_about.wholes, rules_time.times, rules_ties.hanging,
    rules_figures.places, rules_figures.figures, rules_figures.made, rules_ties.belonging, rules_time.offices,
    rules_ties.deeds, rules_ties.parts, rules_ties.doings, rules_ties.lists, rules_ties.things,
)  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order in which they are tried."""
    return tuple(rule for family in FAMILIES for rule in family())


def understood(tagged: Tagged) -> Calls:
    """Return the calls that a question means, the best first; none where no rule fits."""
    for rule in rules():
        if rule.fits(tagged) and (found := rule.call(tagged)):
            return found
    return ()
