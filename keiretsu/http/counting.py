"""The figures of the graph that is served, counted once for each of its generations."""

from __future__ import annotations

import asyncio
import json

from keiretsu.http.figures import COUNTS
from keiretsu.workers.crew import Crew
from keiretsu.workers.product import LimitError

Record = dict[str, object]


class Counting:
    """Counts when it is asked for the first time; whoever asks meanwhile waits for the same count."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._generation = -1
        self._task: asyncio.Task[Record] | None = None

    async def figures(self) -> Record:
        """Return the figures as plain data.

        Raises:
            KeiretsuError: The graph cannot be read, or too much is waiting; it may be asked again.
        """
        if self._task is None or self._generation != self._crew.generation or _failed(self._task):
            self._generation = self._crew.generation
            self._task = asyncio.ensure_future(self._count())
        return await asyncio.shield(self._task)

    async def _count(self) -> Record:
        found: Record = {}
        for figure in COUNTS:
            try:
                product = await self._crew.run("count", figure=figure)
            except LimitError:
                continue  # not known, then
            found[figure] = json.loads(product.body)
        return found


def _failed(task: asyncio.Task[Record]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
