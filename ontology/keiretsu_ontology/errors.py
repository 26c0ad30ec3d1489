"""Every error and problem of the project.

KeiretsuError
  + UsageError             the caller asked in a way that cannot be answered
  |   + UnknownEntityError     no entity has this name
  |   + AmbiguousNameError     several entities fit the name equally well
  |   + UnknownClaimError      no claim has this id
  |   + NotThereError          a kind, a metric or another word means nothing in this graph
  |   + QueryRefusedError      a query that is malformed or may not be run
  + SeedError              the facts do not load; carries .problems
  + StoreError             a build cannot be opened or written
      + GraphChangedError      the graph that a server serves became another one while it was asked
      + ExplorerMissingError   this install was made without the explorer
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong in a file of facts, at the place where it can be mended."""

    path: Path
    line: int  # from 1; 0 where the file as a whole is meant
    column: int  # from 1, in code points; 0 where the line as a whole is meant
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class KeiretsuError(Exception):
    """Base of every error that a caller may mend."""


class UsageError(KeiretsuError):
    """The caller asked in a way that cannot be answered."""


class UnknownEntityError(UsageError):
    """No entity has this name; the nearest ones are offered."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        hint = f"; did you mean {' or '.join(repr(n) for n in self.nearest)}?" if nearest else ""
        super().__init__(f"no entity {name!r} in the graph{hint}")


class AmbiguousNameError(UsageError):
    """Several entities fit a name equally well; the caller chooses by id."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        super().__init__(f"{name!r} may be any of {', '.join(self.candidates)}; ask by id")


class UnknownClaimError(UsageError):
    """No claim has this id or key."""

    def __init__(self, claim: str, nearest: Sequence[str] = ()) -> None:
        self.claim = claim
        self.nearest = tuple(nearest)
        hint = f"; did you mean {' or '.join(repr(n) for n in self.nearest)}?" if nearest else ""
        super().__init__(f"no claim {claim!r} in the graph{hint}")


class NotThereError(UsageError):
    """A word of a question, such as a kind or a metric, means nothing in this graph."""


class QueryRefusedError(UsageError):
    """A query that is malformed, too large, or reaches outside the graph."""


class SeedError(KeiretsuError):
    """The facts do not load."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problem{'s' * (len(self.problems) != 1)}")


class StoreError(KeiretsuError):
    """A build cannot be opened or written."""


class GraphChangedError(StoreError):
    """The graph that a server serves became another one while a question was being asked of it."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(f"the graph at {address} became another one while it was asked; ask again")


class ExplorerMissingError(StoreError):
    """This install was made without the explorer's script."""

    def __init__(self) -> None:
        super().__init__(
            "this install was made without the explorer; install keiretsu again with npm at hand and without "
            "KEIRETSU_SKIP_EXPLORER, or run scripts/explorer in a checkout"
        )
