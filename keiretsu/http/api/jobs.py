"""What workers do for the JSON API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from keiretsu.http.cursors import Page, cut
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import LimitError, Product
from keiretsu_graph.records import to_record
from keiretsu_graph.view import ClaimFilter, TieFilter
from keiretsu_ontology.claims import MODALITIES, RANKS, SHAPES
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.errors import NotThereError, UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import Answer
from keiretsu_queries.calling import CLOCKS, ParametersError, as_day, call, see_text
from keiretsu_queries.questions import QUESTIONS, Question

Given = Mapping[str, Sequence[str]]
PAGE_SIZE, LARGEST_PAGE = 100, 1_000


def answer(desk: Desk, *, question: str, given: Given, form: str) -> Product:
    """Return the answer to a question in one of the forms of `FORMS`.

    Raises:
        LimitError: It is larger than answers may be; it can be read in pages.
    """
    found = asked(desk, question, given)
    media, write = FORMS[form]
    body = write(QUESTIONS[question], found).encode("utf-8", "replace")
    if len(body) > desk.limits.answer:
        raise LimitError(f"the answer has {len(body)} bytes, more than may be sent at once; read its rows in pages")
    return Product(body, media, rows=len(found.claims))


def asked(desk: Desk, question: str, given: Given) -> Answer[Any]:
    """Return the answer to a question; what is well formed and yet cannot be answered is told apart from bad form."""
    try:
        return call(desk.view, QUESTIONS[question], given)
    except UsageError as error:
        if type(error) is UsageError:
            raise NotThereError(str(error)) from None
        raise


def _as_json(_: Question, found: Answer[Any]) -> str:
    from keiretsu_queries.records import answer_record

    return json.dumps(answer_record(found), ensure_ascii=False, separators=(",", ":"))


def _as_csv(question: Question, found: Answer[Any]) -> str:
    from keiretsu_queries.rows import to_csv

    return to_csv(question, found)


def _as_markdown(question: Question, found: Answer[Any]) -> str:
    from keiretsu.markdown import to_markdown

    return to_markdown(question, found)


def _as_text(question: Question, found: Answer[Any]) -> str:
    from keiretsu.rendering import to_text
    from keiretsu.terminal import Paper

    return to_text(question.name, found, Paper(100, colour=False)) + "\n"


# Each form of an answer by name: its media type, and what writes it. The first is what a client gets that wants any.
FORMS: dict[str, tuple[str, Callable[[Question, Answer[Any]], str]]] = {
    "json": ("application/json", _as_json),
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "markdown": ("text/markdown; charset=utf-8", _as_markdown),
    "text": ("text/plain; charset=utf-8", _as_text),
}


def rows(desk: Desk, *, question: str, given: Given, size: int, cursor: str | None) -> Product:
    """Return one page of the rows of an answer: its own table, or the claims that it rests on."""
    from keiretsu_queries.rows import rows_of

    found = asked(desk, question, given)
    table = rows_of(QUESTIONS[question], found)
    page = _page(desk, table.to_dicts(), size, cursor, [question, "rows", given])
    columns = [{"name": column.name, "title": column.label} for column in table.columns]
    return _sent(page, "rows", question=found.question, state=found.state, columns=columns)


def claims(desk: Desk, *, question: str, given: Given, size: int, cursor: str | None) -> Product:
    """Return one page of the claims that an answer rests on."""
    from keiretsu_queries.records import claim_record

    found = asked(desk, question, given)
    page = _page(desk, list(found.claims), size, cursor, [question, "claims", given])
    records = page._replace(items=[claim_record(claim, found.entities) for claim in page.items])
    return _sent(records, "claims", question=found.question, state=found.state)


def listing(desk: Desk, *, what: str, given: Given, size: int, cursor: str | None) -> Product:
    """Return one page of everything of a sort that is in the graph: one of `LISTED`."""
    if faults := list(_faults(what, given)):
        raise ParametersError(faults)
    found = _LISTS[what](desk, given)
    return _sent(_page(desk, list(found), size, cursor, [what, given]), what)


def _faults(what: str, given: Given) -> Iterator[str]:
    """Yield everything that is wrong with the filters of a list."""
    for name, values in sorted(given.items()):
        if name not in LISTED[what]:
            known = ", ".join(LISTED[what]) or "none"
            yield f"{name[:60]!r} is no filter of {what}{nearest(name[:60], LISTED[what])}; there are {known}"
            continue
        if len(values) > 1:
            yield f"{name} is given {len(values)} times; it may be given once"
        try:
            see_text(name, values[0])
        except UsageError as error:
            yield str(error)
        if (known_words := WORDS.get(name)) and values[0] not in known_words:
            told = (
                f"{name} is one of {', '.join(known_words)}"
                if len(known_words) < 9
                else f"{name} is one that the ontology has"
            )
            yield f"{told}, not {values[0][:60]!r}{nearest(values[0][:60], known_words)}"
        if name in CLOCKS:
            with_fault = _clock_fault(name, values[0])
            yield from [with_fault] if with_fault else []


def _clock_fault(name: str, text: str) -> str | None:
    try:
        as_day(name, text)
    except UsageError as error:
        return str(error)
    return None


def _all_claims(desk: Desk, given: Given) -> Iterable[Any]:
    wanted: dict[str, Any] = {_FILTERS[name]: tuple(values) for name, values in given.items() if name in _FILTERS}
    for name in ("as_of", "known_by"):
        wanted[name] = _day(name, given)
    if "factual" in given:
        wanted["factual"] = given["factual"][0] == "true"
    return map(to_record, desk.view.claims(ClaimFilter(**wanted)))


def _all_entities(desk: Desk, given: Given) -> Iterable[Any]:
    kind = given.get("kind", [None])[0]
    return [to_record(entity) for entity in desk.view.all_entities() if kind in (None, entity.kind)]


def _all_sources(desk: Desk, _: Given) -> Iterable[Any]:
    return map(to_record, desk.view.sources())


def _all_ties(desk: Desk, given: Given) -> Iterable[Any]:
    relation = tuple(given.get("relation", ()))
    stated_only = given.get("stated_only") == ["true"]
    clocks = {name: _day(name, given) for name in ("as_of", "known_by")}
    return map(to_record, desk.view.ties(TieFilter(relations=relation, stated_only=stated_only, **clocks)))


def _all_conflicts(desk: Desk, _: Given) -> Iterable[Any]:
    return map(to_record, desk.view.conflicts())


_FILTERS = {
    "about": "entities", "shape": "shapes", "topic": "topics", "speaker": "speakers", "source": "sources",
    "modality": "modalities", "rank": "ranks",
}  # fmt: skip
_LISTS: dict[str, Callable[[Desk, Given], Iterable[Any]]] = {
    "claims": _all_claims,
    "entities": _all_entities,
    "sources": _all_sources,
    "ties": _all_ties,
    "conflicts": _all_conflicts,
}
# What is listed, and what each list may be narrowed by.
LISTED: dict[str, tuple[str, ...]] = {
    "claims": (*_FILTERS, "factual", "as_of", "known_by"),
    "entities": ("kind",),
    "sources": (),
    "ties": ("relation", "stated_only", "as_of", "known_by"),
    "conflicts": (),
}


# The filters that are one of some words.
WORDS: dict[str, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "relation": tuple(RELATIONS),
    "shape": SHAPES,
    "modality": tuple(MODALITIES),
    "rank": RANKS,
    "factual": ("true", "false"),
    "stated_only": ("true", "false"),
}


def _day(name: str, given: Given) -> Any:
    return as_day(name, given[name][0]) if name in given else None


def _page(desk: Desk, items: list[Any], size: int, cursor: str | None, asked: Any) -> Page[Any]:
    return cut(items, size=size, cursor=cursor, graph=desk.build.manifest.digest, asked=asked)


def _sent(page: Page[Any], name: str, **more: Any) -> Product:
    record = {**more, "total": page.total, "next": page.next, name: page.items}
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace")
    link = (("Keiretsu-Next", page.next),) if page.next else ()
    return Product(body, rows=len(page.items), headers=link)
