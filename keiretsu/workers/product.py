"""What a job gives, and how it fails."""

from __future__ import annotations

from typing import Any, NamedTuple

from keiretsu_ontology import errors
from keiretsu_ontology.errors import KeiretsuError, UsageError
from keiretsu_queries.calling import ParametersError


class Product(NamedTuple):
    """The bytes that a job gives, and what is to be told of them."""

    body: bytes
    media: str = "application/json"
    rows: int = 0
    cut: bool = False  # whether there was more than the limit of rows
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200
    steady: bool = True  # whether the same graph always gives the same; what asks for the time or chance does not


class NotAcceptableError(UsageError):
    """The client takes none of the forms that there are."""


class CursorError(UsageError):
    """A cursor that was not given by this graph to this question."""


class LimitError(KeiretsuError):
    """Work that was ended because it took too long or too much memory."""


class BusyError(KeiretsuError):
    """Work that was not begun, because too much is waiting; it may be asked for again."""


class ChangeRefusedError(KeiretsuError):
    """A change that would leave a graph that the loader would not take; it carries every problem."""

    problems: tuple[dict[str, str], ...] = ()  # of which thing, and what


_KINDS: dict[str, type[KeiretsuError]] = {
    kind.__name__: kind
    for kind in (
        errors.UsageError,
        errors.UnknownEntityError,
        errors.AmbiguousNameError,
        errors.UnknownClaimError,
        errors.QueryRefusedError,
        errors.StoreError,
        errors.ExplorerMissingError,
        errors.GraphChangedError,
        ParametersError,
        NotAcceptableError,
        CursorError,
        errors.NotThereError,
        LimitError,
        BusyError,
        ChangeRefusedError,
    )
}


def fault_record(error: KeiretsuError) -> dict[str, Any]:
    """Return an error as plain data, for the way between processes and for clients."""
    kind = next((name for name, kind in _KINDS.items() if type(error) is kind), "UsageError")
    fields = {key: value for key, value in vars(error).items() if isinstance(value, (str, int, tuple, list))}
    return {"error": kind, "message": str(error), **fields}


def to_fault(record: dict[str, Any]) -> KeiretsuError:
    """Return the error that a record tells of."""
    kind = _KINDS.get(record.get("error", ""), errors.UsageError)
    error = kind.__new__(kind)
    Exception.__init__(error, record["message"])
    for key, value in record.items():
        if key not in ("error", "message"):
            setattr(error, key, tuple(value) if isinstance(value, list) else value)
    return error
