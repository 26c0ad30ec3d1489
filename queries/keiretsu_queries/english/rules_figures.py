"""Rules for questions about places, figures and lists of what is made."""

from __future__ import annotations

from collections.abc import Iterator

from keiretsu_queries.english import figure_calls
from keiretsu_queries.english.calls import Calls, either, of_mark, related, shows, together
from keiretsu_queries.english.forms import ASKED, GREW, MOST, Rule, any_of
from keiretsu_queries.english.lexicon import PLACES
from keiretsu_queries.english.mentions import Tagged


def places() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(r"\bwhere\b.*\b(?:get|download|find|buy|run|available|hosted|use)\b"),
               shows("available_on,offered_by"), things=1)
    yield Rule(any_of(r"\bwhere\b.*\b(?:shares?|stock|traded?|listed)\b"), shows("listed_on,listing"), things=1)
    yield Rule(any_of(r"\bwhere\b(?!.*\b(?:reported|figures?|results|numbers)\b)",
                      r"\bin (?:which|what) (?:country|countries|city|cities|places?|towns?|regions?)\b"),
               shows(PLACES), "Where is Alibaba based?", things=1)
    yield Rule(any_of(r"\b(?:country|city|place|town|jurisdiction)\b"),
               shows("incorporated_in,located_in,operates_in"), things=1)
    # fmt: on


def figures() -> Iterator[Rule]:
    """Yield the rules of this family, the narrower ones first."""
    # fmt: off
    yield Rule(any_of(r"^how much (?:is|are|was|were)(?: the| a)? <e0>(?! 's)(?!.* worth)",
                      r"^how much (?:does|do|did)(?: the| a)? <e0> cost"),
               shows("price,valuation"), "How much is the Qwen2.5-Turbo?", things=1)
    yield Rule(any_of(r"\bshares?\b.*<e0> and (?:the )?<e1> (?:have|had|hold|held)"), figure_calls.market_shares,
               things=2)
    yield Rule(any_of(rf"\b(?:{MOST}|rank(?:ing)?|leaderboard|top)\b"), figure_calls.best,
               "Which model has the most parameters?", measures=1, kinds=1)
    yield Rule(any_of(rf"^who\b.*\b(?:{MOST})\b"), figure_calls.best, measures=1)
    yield Rule(any_of(rf"\b(?:{MOST}|top|leads?|first)\b.*\b(?:on|in|at) (?:the )?<e\d>(?: benchmark| test)?[ ?.]*$",
                    rf"\b(?:{MOST}|top)\b.*\bscores?\b.*<e0>", rf"\b(?:{MOST}|top)\b.*<e0> scores?\b"),
               either(figure_calls.scored, figure_calls.measures), "Which model is best on GPQA?", things=1)
    yield Rule(any_of(r"\b(?:largest|biggest|smallest)\b"), figure_calls.best, "What is the largest model of Qwen3?",
               kinds=1)
    yield Rule(any_of(r"\b(?:newest|latest|most recent|last)\b"), figure_calls.newest,
               "What is the latest model of Qwen3?",
               kinds=1)
    yield Rule(any_of(r"\bhow (?:many|much)\b.*\bplan|\bplan\w*\b.*\b(?:invest|spend)|\b(?:will|wants? to|going to) "
                      r"(?:invest|spend)"),
               related("planned-investment,investment"), "How much does Alibaba plan to invest in AI infrastructure?",
               things=1)
    yield Rule(any_of(r"^(?!.*\blos[et]\b).*\b(?:price|value|worth|cost|amount|much)\b.*\b(?:deal|acquisition|"
                      r"takeover|sale|purchase|bought for|sold for)\b",
                    r"\bpaid for E[ ?.]*$", r"\bE (?:sold|bought|acquired) for\b"), related("acquisition,deals"),
               things=1)
    yield Rule(any_of(r"\bhow (?:much|many)\b.*\b(?:pay|paid|price|cost|bought|buy|acquire|acquired|sell|sold)\b"
                      r".*<e1>"),
               either(shows("acquisition"), figure_calls.measures, together), "How much did Alibaba pay for Lazada?",
               things=2)
    yield Rule(any_of(r"\b(?:what|which|how (?:much|big|large|many)|percent\w*)\b.*\b(?:share|stake|own|hold|part|"
                      r"percentage|interest)s?\b.*ANY.*ANY",
                    r"\b(?:what|which|how (?:much|big|large|many)|percent\w*)\b.*ANY.*ANY.*\b(?:own|hold|have|"
                    r"possess)s?\b",
                    r"\b(?:what|which|how (?:much|big|large))\b.*ANY.*\b(?:share|stake|interest)s?\b.*ANY"),
               either(_stakes, figure_calls.measures, together), "How much of Ant Group does Alibaba own?", things=2)
    yield Rule(any_of(GREW),
               either(figure_calls.compare, figure_calls.grown), things=2)
    yield Rule(any_of(GREW),
               figure_calls.grown, "How much did quick commerce grow in FY2026 Q2?", things=1)
    yield Rule(any_of(r"\bhow (?:large|big|small|great) (?:is|was|are|were)(?: the)? <e0>"
                      r"(?: 's)?[ ?.]*(?:<d0>[ ?.]*)?$",
                      r"\bsize of E"),
               shows("market-size,parameters,model-sizes,employees,revenue,valuation,programme-budget"),
               "How large is the China cloud infrastructure market?", things=1)
    yield Rule(any_of(""), figure_calls.measures, "What was Alibaba's revenue in the September quarter of 2025?",
               things=1,
               measures=1)
    # fmt: on


def _stakes(tagged: Tagged) -> Calls:
    """Return the calls for what one thing holds of another, a company or a market, whichever was named first."""
    topics = "stake,owns_stake_in,investment as investor,acquisition as acquirer,market-share"
    if tagged.metrics and tagged.metrics[0][0] not in ("stake", "shares-outstanding", "price"):
        return ()
    return (*shows(topics)(tagged), *of_mark(shows(topics), 1)(tagged))


def made() -> Iterator[Rule]:
    """Yield rules for lists of what somebody makes, before those for what somebody does."""
    making = (
        r"(?:mak|made|develop|buil|creat|design|produc|manufactur|releas|launch|publish|offer|put|bring|brought|"
        r"come|came|c[oa]me out|introduc|announc|unveil)"
    )
    # fmt: off
    yield Rule(any_of(rf"{ASKED}.*\b{making}\w*"), either(figure_calls.dated, figure_calls.newest),
               "Which models were launched in July 2025?",
               kinds=1, days=1)
    yield Rule(any_of(rf"\b(?:which|what|how many|list|name)\b.*\b{making}\w*"),
               either(figure_calls.listed, shows("develops,manufactures,co_development,launch,offers")), kinds=1,
               things=1)
    yield Rule(any_of(r"\bwhat\b.*<e0>.*\b(?:releas|launch|publish|announc|unveil|introduc|bring out|put out)\w*"
                      r".*<d0>"),
               figure_calls.changes, "What did the Qwen team release in 2024?", things=1, days=1)
    # fmt: on
