"""Every question that can be asked, by name: a face offers what stands here, and knows no more.

A question is a function of a view with typed parameters (parameters.py), and beside it `tell_...` lays its answer out
(sheets.py). Its module is imported when it is asked: a look-up does not pay for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple

from keiretsu_queries.base import Answer
from keiretsu_queries.sheets import Block, Table


class Question(NamedTuple):
    """A question: where its function stands, and how it is offered."""

    name: str  # of the command; of the function, with underscores
    module: str  # within this package: its room and its name
    help: str  # in the imperative
    asks: str  # in plain words
    examples: tuple[str, ...]  # what follows the name of the program

    @property
    def function(self) -> str:
        """The name that programs call it by."""
        return self.name.replace("-", "_")

    @property
    def ask(self) -> Callable[..., Answer[Any]]:
        """The function itself."""
        found: Callable[..., Answer[Any]] = getattr(self._home, self.function)
        return found

    @property
    def tell(self) -> Callable[[Answer[Any]], Iterable[Block]]:
        """What lays its answer out."""
        found: Callable[[Answer[Any]], Iterable[Block]] = getattr(self._home, f"tell_{self.function}")
        return found

    @property
    def rows(self) -> Callable[[Answer[Any]], Table] | None:
        """What gives its answer as one table, where it has one beside what is told."""
        found: Callable[[Answer[Any]], Table] | None = getattr(self._home, f"rows_{self.function}", None)
        return found

    @property
    def _home(self) -> Any:
        return import_module(f"keiretsu_queries.{self.module}")


def _questions(*rows: Question) -> dict[str, Question]:
    return {row.name: row for row in rows}


QUESTIONS: dict[str, Question] = _questions(
    Question("ask", "english.ask",
             "Ask in plain English; the question that was understood is told with its command.",
             "Anything of the below, asked in plain English",
             ('ask "Who is the chief executive of Alibaba?"', 'ask "When was 含光800 released?"')),
    Question("show", "things.show",
             "Show all that is known of one thing, by group, with who says it and where.",
             "What is known of a thing?",
             ('show "Hanguang 800"', "show 阿里巴巴 --as-of 2025-10-01 --json")),
    Question("find", "things.find",
             "Find things by name or alias, in any script.",
             "What has a name like this?",
             ('find "Alibba Clod"', "find 阿里")),
    Question("partners", "things.partners",
             "List everybody that a company works with, as what, and what for.",
             "Who works with whom, as what, and what for?",
             ("partners Alibaba", "partners Bosch --as-of 2025-10-01 --json")),
    Question("why", "things.why",
             "Say why a claim is made: who says so, where it was read, and what hangs on it.",
             "Why is a claim made, and what hangs on it?",
             ("why nba-deal",)),
    Question("list", "things.lists",
             "List the things of a kind: how many there are, the newest, the largest by a metric.",
             "Which things are there of a kind, how many, and which is the largest?",
             ("list chips --relation developed_by --of Alibaba",
              "list models --metric parameters",
              "list models --metric benchmark-score --on AIME25",
              "list people --of Alibaba")),
    Question("ties", "things.ties",
             "Count ties, deals and events by relation, role, year, source, speaker, modality or kind.",
             "How many ties, deals and events are there, of what sort?",
             ("ties", "ties deals --by year", "ties develops --about Alibaba")),
    Question("path", "chains.paths",
             "Find how two things hang together: the shortest path and alternatives, with evidence for every step.",
             "How do two things hang together?",
             ("path NBA Bosch", "path Qualcomm Qwen3-Omni --limit 5")),
    Question("between", "chains.between",
             "Show everything that is said of two things together.",
             "What is said of two things together?",
             ("between Alibaba Qualcomm", "between Qwen Signify")),
    Question("common", "chains.common",
             "Show what things have in common: partners, products, people, sources.",
             "What do things share?",
             ("common NBA Bosch", "common Banma Qualcomm Alibaba")),
    Question("depends", "chains.depends",
             "Show what a thing rests on, step by step, and its single points of failure.",
             "What does a thing rest on?",
             ("depends Signify", "depends Alibaba --kind chip --stated-only")),
    Question("exposure", "chains.exposure",
             "Show what would be touched if a thing failed or were restricted.",
             "What would be touched if a thing failed?",
             ("exposure Qwen", "exposure Alibaba --depth 2")),
    Question("metrics", "figures.metrics",
             "List the figures of a thing by period, with growth stated and worked out.",
             "What are the figures of a thing?",
             ("metrics Alibaba", 'metrics "Alibaba Cloud" --metric revenue', 'metrics Alibaba --period "FY2026 Q2"')),
    Question("compare", "figures.compare",
             "Set things side by side: what they share, and figures where that is allowed.",
             "What do things have in common, and where do they differ?",
             ("compare Qwen3-Max Qwen3-Omni", "compare Alibaba Tencent --metric revenue --period 2025-Q3")),
    Question("timeline", "times.timeline",
             "Put what happened with one thing or several in order, on one axis.",
             "What happened with a thing, in order?",
             ("timeline Qwen3", "timeline Alibaba Qwen3 --from 2025-01-01 --with-units")),
    Question("at", "times.at",
             "Show how things stood with something on a day: certainly, possibly or undated.",
             "How did things stand on a day?",
             ("at 2023-09-11 Alibaba", "at 2025-06-30 Qwen3")),
    Question("changes", "times.changes",
             "Show what happened and what became known since a day.",
             "What has happened and become known since a day?",
             ("changes Alibaba --since 2025-10-01", "changes --since 2025-11-01 --until 2025-11-30")),
    Question("conflicts", "doubts.conflicts",
             "Show where claims disagree, every side with its speaker.",
             "Where do claims disagree?",
             ("conflicts", "conflicts Alibaba --json", "conflicts --why value")),
    Question("who-says", "doubts.who_says",
             "Show what somebody says, passes on or publishes; without a name, who says how much.",
             "Who says what?",
             ("who-says Bloomberg", "who-says --about Qwen", "who-says margins-article --about Alibaba")),
    Question("sources", "doubts.sources",
             "Show how much rests on each source, and what a single one alone says.",
             "How much rests on a single source?",
             ("sources", "sources Alibaba")),
    Question("gaps", "doubts.gaps",
             "Show what is usually known of such a thing and is not known of this one.",
             "What is not known?",
             ("gaps Qwen3", "gaps")),
    Question("central", "whole.central",
             "Say what stands in the middle of the graph, by several measures side by side.",
             "What is most central?",
             ("central", "central --measure betweenness --kind companies --top 5")),
    Question("communities", "whole.communities",
             "Divide the graph into groups that hang together, and say what ties each.",
             "Which groups does the graph fall into?",
             ("communities", "communities --resolution 2 --limit 5")),
    Question("bridges", "whole.bridges",
             "Find the things and ties without which the graph would fall apart, and brokers.",
             "What would the graph fall apart without?",
             ("bridges", "bridges --stated-only --limit 3")),
    Question("follow", "things.follow",
             "Find things by one tie and show one side of each: who leads the makers of a thing, who uses its models.",
             "What is said of the things that a tie leads to?",
             ('follow "Hanguang 800" --by "developed by" --only ceo',
              'follow "Alibaba Cloud" --by develops --kind models --only "used by"',
              "follow Alibaba --by partners --only uses --about Qwen")),
)  # fmt: skip
