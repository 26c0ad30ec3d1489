"""What a client is told that did something wrong, or whom the server cannot serve: problem details.

Source: RFC 9457. The detail is what the command line would print; a fault of ours tells nothing of itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from keiretsu.workers.product import (
    BusyError,
    ChangeRefusedError,
    CursorError,
    LimitError,
    NotAcceptableError,
    fault_record,
)
from keiretsu_ontology.errors import (
    AmbiguousNameError,
    KeiretsuError,
    NotThereError,
    QueryRefusedError,
    StoreError,
    UnknownClaimError,
    UnknownEntityError,
)

MEDIA = "application/problem+json"
_STATUS: dict[type[KeiretsuError], int] = {
    UnknownEntityError: 404,
    UnknownClaimError: 404,
    NotThereError: 404,
    NotAcceptableError: 406,
    AmbiguousNameError: 409,
    CursorError: 409,
    ChangeRefusedError: 422,
    LimitError: 503,
    BusyError: 503,
    StoreError: 503,
}
_RETRY = "5"  # seconds


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """Return a response that tells what is wrong."""
    record = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    body = json.dumps(record, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
    retry = {"Retry-After": _RETRY} if status == 503 else {}
    return Response(body, status, {"Cache-Control": "no-store", **retry, **(headers or {})}, MEDIA)


def problem_of(error: KeiretsuError) -> Response:
    """Return the response for an error of ours."""
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
    more = {name: value for name, value in fault_record(error).items() if name not in ("message", "error")}
    if isinstance(error, QueryRefusedError) and (place := re.match(r"line (\d+), column (\d+)", str(error))):
        more |= {"line": int(place[1]), "column": int(place[2])}
    return problem(status, str(error), kind=fault_record(error)["error"], **more)
