"""A query answered in bytes, in any of the formats, within bounds of rows and of bytes.

The engine writes rows as JSON and graphs as N-Triples, beside Python; the other formats are written from those. So
what is cut can be told by what has been written, and what is far too much is not worked out to its end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

import pyoxigraph as ox

from keiretsu_graph.guard import Admitted
from keiretsu_graph.results import GRAPH_FORMATS, ROW_FORMATS, Results, check_format, render
from keiretsu_graph.sparql import KEIRETSU, Scope, engine_errors, evaluate, prologue
from keiretsu_ontology.errors import KeiretsuError, QueryRefusedError
from keiretsu_ontology.vocabulary import BASE

CUT = f"{BASE}result#cut"  # what a result that was cut is linked to
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BETWEEN = b'},{"'  # between rows of which neither is empty; inside a text a quote has a backslash before it
_FIGURE = re.compile(rb'"value":"([-+0-9.eE]+)","datatype":"http://www\.w3\.org/2001/XMLSchema#(double|float|decimal)"')
_EMPTY = b'"results":{"bindings":[]}}'


class TooLongError(KeiretsuError):
    """An answer with more bytes than are admitted."""


class Answer(NamedTuple):
    """The bytes of an answer."""

    body: bytes
    rows: int  # or triples; 0 of a truth
    cut: bool = False


class _EnoughError(Exception):
    """There are more rows than are wanted."""


class _Paper:
    """What the engine writes on, until it is full."""

    def __init__(self, rows: int, size: int, between: bytes, loose: bytes) -> None:
        self.parts: list[bytes] = []
        self.size = self.rows = self.maybe = 0
        self._most = (rows, size)
        self._between = between
        self._loose = loose  # what stands between rows that say nothing; a text may hold it too
        self._carried = b""
        self.full = False

    def write(self, data: bytes) -> int:
        """Take some bytes more.

        Raises:
            _EnoughError: There are more rows than are wanted.
            TooLongError: There are more bytes than are admitted.
        """
        if self.full:  # the engine empties its own buffer once more when it ends
            return len(data)
        self.parts.append(data)
        self.size += len(data)
        seen = self._carried + data
        self.rows += seen.count(self._between)
        self.maybe += seen.count(self._loose) if self._loose else 0
        self._carried = seen[-(len(self._between) - 1) :] if len(self._between) > 1 else b""
        if self.rows + self.maybe > self._most[0]:
            self.full = True
            raise _EnoughError
        if self.size > self._most[1]:
            self.full = True
            raise TooLongError(f"the answer has more than {self._most[1]:,} bytes; ask for less, with LIMIT for one")
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is written stands."""

    def text(self) -> bytes:
        """Return what was written."""
        return b"".join(self.parts)


def answer(
    store: ox.Store,
    asked: Admitted,
    fmt: str,
    scope: Scope = KEIRETSU,
    *,
    rows: int = 10**9,
    size: int = 10**12,
) -> Answer:
    """Return what a query finds, in a format that fits its form.

    Args:
        store: The graph.
        asked: The query.
        fmt: One of the names of `ROW_FORMATS` for SELECT and ASK, of `GRAPH_FORMATS` for CONSTRUCT and DESCRIBE.
        scope: What it is asked of.
        rows: How many rows or triples are wanted at most; what is cut says so.
        size: How many bytes are admitted.

    Raises:
        QueryRefusedError: The query is malformed, or names a graph that is not here.
        TooLongError: There are more bytes.
        StoreError: The store is damaged.
    """
    found = evaluate(store, asked, scope)
    with engine_errors(asked):
        if isinstance(found, ox.QueryTriples):
            made = _graph(found, _fitting(fmt, GRAPH_FORMATS), prologue(asked.tokens, scope)[1], rows, size)
        elif isinstance(found, ox.QueryBoolean):
            made = Answer(found.serialize(format=ROW_FORMATS[_fitting(fmt, ROW_FORMATS)]) or b"", 0)
        else:
            made = _rows(store, asked, found, _fitting(fmt, ROW_FORMATS), scope, rows, size)
    if len(made.body) > size:
        raise TooLongError(f"the answer has {len(made.body):,} bytes; at most {size:,} are admitted")
    return made


def _fitting(fmt: str, formats: Mapping[str, object]) -> str:
    """Return a format that fits what the engine gave: it may see another form of query where words are run together."""
    if fmt not in formats:
        raise QueryRefusedError("put a space after SELECT, ASK, CONSTRUCT and DESCRIBE")
    return fmt


def results_of(store: ox.Store, asked: Admitted, scope: Scope = KEIRETSU) -> Results:
    """Return what a query finds as terms, all of it.

    Raises:
        QueryRefusedError: The query is malformed, or names a graph that is not here.
        StoreError: The store is damaged.
    """
    made = answer(store, asked, "ntriples" if asked.makes_graph else "json", scope)
    return Results.read(made.body, graph=asked.makes_graph)


def printed(store: ox.Store, asked: Admitted, fmt: str, scope: Scope = KEIRETSU) -> Answer:
    """Return what a query finds in one of the formats or, under the name of table, as people read it.

    Raises:
        UsageError: There is no such format, or it does not fit.
        QueryRefusedError: The query is malformed, or names a graph that is not here.
        StoreError: The store is damaged.
    """
    check_format(fmt, graph=asked.makes_graph)
    if fmt != "table":
        return answer(store, asked, fmt, scope)
    found = results_of(store, asked, scope)
    return Answer(render(found, fmt), len(found.solutions) + len(found.triples))


def _rows(store: ox.Store, asked: Admitted, found: Any, fmt: str, scope: Scope, rows: int, size: int) -> Answer:
    paper = _Paper(rows - 1, size, _BETWEEN, b",{}")
    with suppress(_EnoughError):
        found.serialize(paper, format=ox.QueryResultsFormat.JSON)
    raw = paper.text()
    if paper.maybe:
        made = _counted(evaluate(store, asked, scope), rows)
    elif paper.full:
        made = Answer(_up_to(raw, rows) + b"]}}", rows, cut=True)
    else:
        made = Answer(raw, 0 if raw.endswith(_EMPTY) else paper.rows + 1)
    return made._replace(body=_written(made, asked, fmt))


def _up_to(raw: bytes, rows: int) -> bytes:
    """Return JSON up to the end of a row."""
    place = raw.index(b'"bindings":[')
    for _ in range(rows):
        place = raw.index(_BETWEEN, place) + 1
    return raw[:place]


def _counted(found: Any, rows: int) -> Answer:
    """Return rows that were read one by one; for those where some say nothing."""
    columns = [variable.value for variable in found.variables]
    wanted = [[row[name] for name in columns] for row in islice(found, rows + 1)]
    records = [
        {name: term_record(term) for name, term in zip(columns, row, strict=True) if term is not None}
        for row in wanted[:rows]
    ]
    told = {"head": {"vars": columns}, "results": {"bindings": records}}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(body, len(records), cut=len(wanted) > rows)


def term_record(term: Any) -> dict[str, Any]:
    """Return a term as it stands in SPARQL JSON (SPARQL 1.1 Query Results JSON Format, 3.2.2)."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: term_record(part) for name, part in parts.items()}}
    record: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        record["xml:lang"] = term.language
        if term.direction is not None:
            record["its:dir"] = term.direction.value
    elif term.datatype.value != f"{_XSD}string":
        record["datatype"] = term.datatype.value
    return record


def _written(made: Answer, asked: Admitted, fmt: str) -> bytes:
    """Return rows in a format: columns in the order of the query, and a link in the head where they were cut."""
    body = _headed(made, asked)
    if fmt == "json":
        return body
    if fmt in ("csv", "tsv"):
        body = _FIGURE.sub(_numeral, body)
    read: Any = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    written = bytes(read.serialize(format=ROW_FORMATS[fmt]))
    if made.cut and fmt == "xml":
        written = written.replace(b"</head>", f'<link href="{CUT}"/></head>'.encode(), 1)
    return written


def _headed(made: Answer, asked: Admitted) -> bytes:
    """Return JSON with its head put right."""
    form = [token.text for token in asked.tokens if token.keyword not in ("DISTINCT", "REDUCED")]
    place = next((at for at, token in enumerate(form) if token.upper() == "SELECT"), len(form))
    starred = form[place + 1 : place + 2] == ["*"]
    if not (starred or made.cut):
        return made.body
    end = made.body.index(b',"results":')
    head = json.loads(made.body[:end] + b"}")["head"]
    if starred:
        first = {name[1:]: at for at, name in reversed(list(enumerate(form))) if name[:1] in "?$"}
        head["vars"].sort(key=lambda name: first.get(name, len(form)))
    if made.cut:
        head["link"] = [CUT]
    return b'{"head":' + json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + made.body[end:]


def _numeral(found: re.Match[bytes]) -> bytes:
    """Return a figure as a numeral of its own kind.

    CSV tells no datatypes, and TSV writes numerals as SPARQL does: a double has an exponent and a decimal has a
    point, or they are taken for whole numbers. The engine keeps their values only, and writes 1000000 for 1.0E6.
    """
    text, kind = found[1].decode(), found[2].decode()
    with suppress(ArithmeticError):
        number = Decimal(text)
        if kind == "decimal":
            text = text if "." in text else f"{text}.0"
        else:
            sign, digits, _ = number.as_tuple()
            plain = "".join(map(str, digits)).strip("0") or "0"
            exponent = number.adjusted() if number else 0
            text = f"{'-' * sign}{plain[0]}.{plain[1:] or '0'}E{exponent}"
    return f'"value":"{text}","datatype":"{_XSD}{kind}"'.encode()


def _graph(found: Any, fmt: str, known: Mapping[str, str], rows: int, size: int) -> Answer:
    paper = _Paper(rows, size, b"\n", b"")
    with suppress(_EnoughError):
        found.serialize(paper, format=ox.RdfFormat.N_TRIPLES)
    lines = list(dict.fromkeys(paper.text().split(b"\n")[:-1]))
    cut, lines = paper.full or len(lines) > rows, sorted(lines[:rows])
    body = b"".join(line + b"\n" for line in lines)
    if fmt not in ("ntriples", "nquads"):
        own = {} if fmt == "jsonld" else {name: start for name, start in known.items() if f"<{start}".encode() in body}
        body = bytes(ox.serialize(_triples(body), format=GRAPH_FORMATS[fmt], prefixes=own) or b"")
    return Answer(body, len(lines), cut)


def _triples(lines: bytes) -> Iterator[ox.Triple]:
    for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES):
        yield quad.triple
