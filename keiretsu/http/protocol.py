"""What a request asks of SPARQL: read once, strictly, before anything is done.

Source: SPARQL 1.1 Protocol, 2.1 and 2.2. Every form is decoded exactly once, so that an IRI with `%20` arrives as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.message import Message
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from keiretsu.http.wanted import wanted

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 1_000
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
Fields = Sequence[tuple[str, str]]


class Operation(NamedTuple):
    """What is asked: a query, an update, or nothing, which asks for the description of the service."""

    query: str | None = None
    update: str | None = None
    default_graphs: tuple[str, ...] = ()  # of a query
    named_graphs: tuple[str, ...] = ()
    using_graphs: tuple[str, ...] = ()  # of an update
    using_named_graphs: tuple[str, ...] = ()
    accept: str | None = None  # the header, or what a parameter says in its place


async def read_operation(request: Request, *, most: int) -> Operation:
    """Return what a request asks.

    Args:
        request: By GET, HEAD or POST.
        most: Bytes of a query or a form. A longer update is sent as it is, and the gate bounds it.

    Raises:
        HTTPException: 400 for what cannot be read or is said twice, 413, or 415.
    """
    fields = _fields(_utf8(request.scope["query_string"], "the address"))
    direct: dict[str, str] = {}
    if request.method == "POST":
        kind = _kind(request)
        body = await _body(request, most=None if kind == UPDATE else most)
        if kind == FORM:
            fields += _fields(_utf8(body, "the form"))
        else:
            name = "query" if kind == QUERY else "update"
            direct[name] = _utf8(body, f"the {name}")
    return _operation(request, fields, direct)


def _operation(request: Request, fields: Fields, direct: dict[str, str]) -> Operation:
    """Return what the fields of a request, or its body, ask."""
    said = {name: [value for key, value in fields if key == name] for name in ("query", "update")}
    texts = [*said["query"], *said["update"], *direct.values()]
    if len(texts) > 1:
        raise HTTPException(400, f"one query or update is to be given, not {len(texts)}")
    if request.method == "POST" and not texts:
        raise HTTPException(400, "the form has no field 'query' and no field 'update'")
    if any("\0" in value for _, value in [*fields, *direct.items()]):
        raise HTTPException(400, "there is a NUL in it")
    if said["update"] and request.method != "POST":
        raise HTTPException(405, "an update is sent by POST", {"Allow": "POST"})
    return Operation(
        query=next(iter(said["query"]), direct.get("query")),
        update=next(iter(said["update"]), direct.get("update")),
        default_graphs=_iris(fields, "default-graph-uri"),
        named_graphs=_iris(fields, "named-graph-uri"),
        using_graphs=_iris(fields, "using-graph-uri"),
        using_named_graphs=_iris(fields, "using-named-graph-uri"),
        accept=wanted(fields, request.headers.getlist("accept")),
    )


def _kind(request: Request) -> str:
    """Return the media type of a body, which must be one of three and in UTF-8."""
    told = Message()
    told["Content-Type"] = request.headers.get("content-type", "text/plain")
    kind, charset = told.get_content_type(), str(told.get_param("charset", "utf-8"))
    taken = {"Accept-Post": f"{QUERY}, {UPDATE}, {FORM}"}
    if "content-type" not in request.headers or kind not in (QUERY, UPDATE, FORM):
        raise HTTPException(415, f"a query is sent as {QUERY}, or in a form as {FORM}; not as {kind[:100]}", taken)
    if charset.lower() not in ("utf-8", "utf8"):
        raise HTTPException(415, f"only UTF-8 is read here, not {charset[:100]}", taken)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "a body is sent as it is, not packed", {"Accept-Encoding": "identity"})
    return kind


async def _body(request: Request, *, most: int | None) -> bytes:
    """Return the bytes of a body, bounded where the gate's bound for changes is too wide."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if most is not None and len(body) > most:
            raise HTTPException(413, f"at most {most} bytes are taken here", {"Connection": "close"})
    return bytes(body)


def _fields(text: str) -> list[tuple[str, str]]:
    """Return the fields of a form, decoded once."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise HTTPException(400, "what is encoded with % is not UTF-8") from None
    except ValueError:
        raise HTTPException(400, f"there are more than {_MOST_FIELDS} fields") from None


def _utf8(data: bytes, what: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"{what} is not UTF-8: byte {data[error.start]:#04x} at {error.start}") from None


def _iris(fields: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    found = tuple(value for key, value in fields if key == name)
    for value in found:
        if not _IRI.fullmatch(value):
            raise HTTPException(400, f"{name}: {value[:200]!r} is not an absolute IRI")
    return found
