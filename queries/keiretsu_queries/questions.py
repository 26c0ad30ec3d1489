"""Every question that can be asked, by name: a face offers what stands here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from keiretsu_queries.base import Answer
from keiretsu_queries.conflicts import conflicts
from keiretsu_queries.find import find
from keiretsu_queries.metrics import metrics
from keiretsu_queries.partners import partners
from keiretsu_queries.paths import path
from keiretsu_queries.show import show
from keiretsu_queries.timeline import timeline
from keiretsu_queries.why import why


class Question(NamedTuple):
    """A question: a typed function of a view."""

    ask: Callable[..., Answer[Any]]
    asks: str  # in plain words


QUESTIONS: dict[str, Question] = {
    "show": Question(show, "What is known of a thing?"),
    "find": Question(find, "What has a name like this?"),
    "partners": Question(partners, "Who works with whom, as what, and what for?"),
    "path": Question(path, "How do two things hang together?"),
    "timeline": Question(timeline, "What happened with a thing, in order?"),
    "metrics": Question(metrics, "What are the figures of a thing?"),
    "conflicts": Question(conflicts, "Where do claims disagree?"),
    "why": Question(why, "Why is a claim made, and what hangs on it?"),
}
