"""What a server counts of itself, for Prometheus."""

from __future__ import annotations

from collections import Counter

_STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counts of requests by method, face and status, and how long they took."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.seconds: Counter[float] = Counter()
        self.total_seconds = 0.0
        self.number = 0

    def count(self, method: str, face: str, status: int, seconds: float) -> None:
        """Count one request that has been answered."""
        self.requests[method, face, status] += 1
        self.number += 1
        self.total_seconds += seconds
        step = next((step for step in _STEPS if seconds <= step), None)
        if step is not None:
            self.seconds[step] += 1
