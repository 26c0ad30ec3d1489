"""What a server counts of itself, for Prometheus.

Counting is on the way of every request, so it is a few additions; the library writes the text when it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, Metric, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from keiretsu.workers.crew import Crew

_STEPS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_FACES = frozenset(
    {"", "sparql", "query", "update", "store", "api", "mcp", "entity", "claim", "source", "conflict", "ontology",
     "reconcile", "health", "metrics", "void", "find", "explore", ".well-known"}
)  # fmt: skip
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})


class Metrics(Collector):
    """Requests by method, face and status, how long they took, and the state of the crew."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._steps = [0] * (len(_STEPS) + 1)  # answers that took no longer than each step, and those that did
        self._seconds = 0.0
        self._kept = 0
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def count(self, method: str, path: str, status: int, seconds: float, *, kept: bool) -> None:
        """Count one request that has been answered; what strangers may choose at will is no label."""
        face = path.split("/", 2)[1] if path.startswith("/") else ""
        self._requests[method if method in _METHODS else "other", face if face in _FACES else "other", status] += 1
        self._steps[bisect_left(_STEPS, seconds)] += 1
        self._seconds += seconds
        self._kept += kept

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers of this moment."""
        requests = CounterMetricFamily(
            "keiretsu_requests", "Requests that were answered.", labels=["method", "face", "status"]
        )
        for (method, face, status), number in sorted(self._requests.items()):
            requests.add_metric([method, face, str(status)], number)
        yield requests
        names = [*map(str, _STEPS), "+Inf"]
        buckets = list(zip(names, accumulate(self._steps), strict=True))
        yield HistogramMetricFamily(
            "keiretsu_request_seconds", "How long answers took.", buckets=buckets, sum_value=self._seconds
        )
        yield CounterMetricFamily(
            "keiretsu_responses_kept", "Responses that were given again without being made again.", self._kept
        )
        yield CounterMetricFamily(
            "keiretsu_workers_ended", "Workers that were ended, or ended by themselves.", self._crew.ended
        )
        for name, told, value in (
            ("workers", "Processes that work.", len(self._crew.workers)),
            ("working", "Pieces of work that are being done.", self._crew.working),
            ("waiting", "Pieces of work that wait for a worker.", self._crew.waiting),
            ("generation", "How many graphs have been opened since the start.", self._crew.generation),
        ):
            yield GaugeMetricFamily(f"keiretsu_{name}", told, value)

    def text(self) -> bytes:
        """Return all numbers in the text format of Prometheus."""
        return generate_latest(self._registry)
