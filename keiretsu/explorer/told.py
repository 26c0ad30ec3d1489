"""An answer laid out for the page: the type `Told` of explorer/src/format.ts."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from keiretsu.explorer.blocks import Excerpt, block_record
from keiretsu.explorer.details import source_detail
from keiretsu.explorer.marks import layers_of, nodes_of, paths_of, step_by_step
from keiretsu_queries.base import Answer
from keiretsu_queries.cited import cited
from keiretsu_queries.questions import Question


def told(
    question: Question, answer: Answer[Any], words: Sequence[str], excerpt: Excerpt = lambda _: None
) -> dict[str, Any]:
    """Return an answer as the page lays it out, with what it marks in the picture.

    Args:
        question: What was asked.
        answer: Its answer.
        words: What one types after the name of the program for the same answer; the question's name is the first.
        excerpt: Gives the words at a place, or None where they are not at hand or may not be shown.

    Returns:
        Plain data; where nothing is known, no blocks: `instead` says what is.
    """
    blocks = list(question.tell(answer)) if answer.state != "not known" else []
    asked = step_by_step(question, answer)
    shown = {source.id: source for source in cited(blocks, answer).sources}
    return {
        "name": question.name,
        "question": answer.question,
        "state": answer.state,
        "command": shlex.join(["keiretsu", *words]),
        "blocks": [record for block in blocks if (record := block_record(block, answer, excerpt)) is not None],
        "notes": list(answer.notes),
        "instead": list(answer.instead),
        "nodes": nodes_of(answer),
        "claims": [claim.id for claim in answer.claims],
        "paths": paths_of(*asked),
        "layers": layers_of(*asked),
        "sources": {slug: source_detail(source, answer.entities) for slug, source in (shown | answer.sources).items()},
    }
