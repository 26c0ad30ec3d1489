"""The graph in Python: `kg = keiretsu.open(); kg.partners("Bosch", as_of="2025-10-01")`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keiretsu_ontology.errors import GraphChangedError, UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.parameters import Parameter, parameters_of
from keiretsu_queries.questions import QUESTIONS, Question

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from keiretsu.explorer.frame import Explorer
    from keiretsu.remote.view import RemoteView
    from keiretsu_graph.network import Network
    from keiretsu_graph.results import Results
    from keiretsu_graph.view import View
    from keiretsu_ontology.claims import AnyClaim, Conflict
    from keiretsu_ontology.entities import Entity
    from keiretsu_ontology.evidence import Source
    from keiretsu_queries.base import State
    from keiretsu_queries.sheets import Cell


class Reply:
    """An answer that shows itself: as text, as HTML in a notebook, as rows, as a data frame, as a picture."""

    def __init__(self, view: View, question: Question, answer: Answer[Any]) -> None:
        self.answer = answer
        self._view = view
        self._question = question

    @property
    def state(self) -> State:
        """How it stands: known, only claimed, conflicting, or not known."""
        return self.answer.state

    @property
    def result(self) -> Any:
        """What the question gives, in its own form."""
        return self.answer.result

    @property
    def claims(self) -> tuple[AnyClaim, ...]:
        """The claims that the answer rests on."""
        return self.answer.claims

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that any of these is a side of."""
        return self.answer.conflicts

    @property
    def entities(self) -> dict[str, Entity]:
        """Everything that the answer names."""
        return self.answer.entities

    @property
    def sources(self) -> dict[str, Source]:
        """Where the claims were read."""
        return self.answer.sources

    @property
    def sparql(self) -> str:
        """The query that finds the claims."""
        return self.answer.sparql

    def __bool__(self) -> bool:
        """Say whether anything is known."""
        return self.state != "not known"

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        return iter(self.rows())

    def __len__(self) -> int:
        return len(self.rows())

    def rows(self) -> list[dict[str, Cell]]:
        """Return the rows of the answer: its own table, or the claims that it rests on."""
        from keiretsu_queries.rows import rows_of

        return rows_of(self._question, self.answer).to_dicts()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain data, as `--json` prints it."""
        from keiretsu_queries.records import answer_record

        return answer_record(self.answer)

    def to_pandas(self, *, claims: bool = False) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame; with `claims`, the claims behind them.

        Raises:
            UsageError: pandas is not installed.
        """
        from keiretsu.frames import to_pandas
        from keiretsu_queries.rows import claims_table, rows_of

        return to_pandas(claims_table(self.answer) if claims else rows_of(self._question, self.answer))

    def to_polars(self, *, claims: bool = False) -> pl.DataFrame:
        """Return the rows as a polars DataFrame; with `claims`, the claims behind them.

        Raises:
            UsageError: polars is not installed.
        """
        from keiretsu.frames import to_polars
        from keiretsu_queries.rows import claims_table, rows_of

        return to_polars(claims_table(self.answer) if claims else rows_of(self._question, self.answer))

    def to_csv(self) -> str:
        """Return the rows as CSV, as `--format csv` prints them."""
        from keiretsu_queries.rows import to_csv

        return to_csv(self._question, self.answer)

    def to_markdown(self) -> str:
        """Return the answer as Markdown."""
        from keiretsu.markdown import to_markdown

        return to_markdown(self._question, self.answer)

    def picture(self, file: str | Path) -> Path:
        """Draw the answer into a file and return its path.

        Raises:
            UsageError: There is nothing to draw.
            StoreError: The file cannot be written.
        """
        from keiretsu.pictures import write_picture

        write_picture(self._view, self._question, self.answer, Path(file))
        return Path(file)

    def __str__(self) -> str:
        from keiretsu.rendering import to_text
        from keiretsu.terminal import Paper

        return to_text(self._question.name, self.answer, Paper(100, colour=False))

    def __repr__(self) -> str:
        number = len(self.claims)
        return f"<{self.answer.question} {self.state}, on {number} claim{'s' * (number != 1)}>"

    def _repr_html_(self) -> str:
        from keiretsu.hypertext import to_html

        return to_html(self._question, self.answer)


class Graph:
    """An open graph. Every question of `keiretsu --help` is a method; `as_of` and `known_by` are days or texts."""

    def __init__(self, view: View, folder: Path | None = None, *, remote: RemoteView | None = None) -> None:
        self.view = view
        self._folder = folder
        self._remote = remote

    def __getattr__(self, name: str) -> Callable[..., Reply]:
        question = QUESTIONS.get(name.replace("_", "-"))
        if question is None:
            raise AttributeError(f"no question {name!r}{nearest(name, [row.function for row in QUESTIONS.values()])}")
        return _method(self.view, question)

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open, here or to a server."""
        close = getattr(self.view, "close", None)
        if close is not None:
            close()

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(row.function for row in QUESTIONS.values())})

    def __repr__(self) -> str:
        about = self.view.about()
        return f"<graph {about.title!r}: {about.entities} entities, {about.claims} claims, {about.sources} sources>"

    def sparql(self, text: str) -> Results:
        """Return the results of a SPARQL query.

        Raises:
            QueryRefusedError: The query is malformed or may not be run.
        """
        if self._remote is not None:
            return self._remote.sparql(text)
        from keiretsu.opening import find_build
        from keiretsu_graph.oxigraph import open_store, query

        return query(open_store(find_build(self._folder).store), text)

    def explore(
        self,
        focus: str | None = None,
        depth: int = 1,
        *,
        as_of: str | date | None = None,
        known_by: str | date | None = None,
    ) -> Explorer:
        """Return the explorer, which shows itself in a notebook and is kept as a file by `.save("page.html")`.

        Args:
            focus: A name, alias, id or identifier of what it begins with; else it begins with what matters most.
            depth: How many ties around it are in view at first.
            as_of: Only what was so on this day.
            known_by: Only what had been published by this day.

        Raises:
            UnknownEntityError: Nothing has the name.
            UsageError: The graph is on a server; that shows its own explorer.
        """
        from keiretsu.explorer.frame import Explorer
        from keiretsu.opening import text_folders
        from keiretsu_graph.sqlite import SqliteView
        from keiretsu_loaders.texts import SourceTexts

        if not isinstance(self.view, SqliteView):
            raise UsageError("this graph is on a server; open the address of the server in a browser to explore it")
        texts = SourceTexts(text_folders(self._folder, None))
        clocks = Clocks(as_day(as_of), as_day(known_by))
        return Explorer(self.view, texts=texts, focus=focus, depth=depth, clocks=clocks)

    def to_networkx(self) -> Network:
        """Return the whole graph as a networkx MultiDiGraph with claims on its edges."""
        from keiretsu_graph.network import to_networkx

        return to_networkx(self.view)


def _method(view: View, question: Question) -> Callable[..., Reply]:
    known = {row.name: row for row in parameters_of(question.ask)}

    def asked(*about: Any, as_of: str | date | None = None, known_by: str | date | None = None, **named: Any) -> Reply:
        if unknown := sorted(set(named) - set(known)):
            raise UsageError(f"{question.name} is not asked with {unknown[0]!r}{nearest(unknown[0], known)}")
        clocks = Clocks(as_day(as_of), as_day(known_by))
        try:
            given = shape.bind(*about, **named)
        except TypeError as error:
            raise TypeError(f"{question.function}() {error}") from None
        for name, value in given.arguments.items():
            row = known[name]
            given.arguments[name] = tuple(_fit(row, one) for one in value) if row.several else _fit(row, value)
        return Reply(view, question, _asked(view, question, given, clocks))

    asked.__name__ = asked.__qualname__ = question.function
    asked.__doc__ = f"{question.help}\n\n{_described(known.values())}\n\n{inspect.getdoc(question.ask)}"
    shape = inspect.Signature([row.row.replace(annotation=_annotation(row)) for row in known.values()])
    asked.__signature__ = _with_clocks(shape)  # type: ignore[attr-defined]
    return asked


def _asked(view: View, question: Question, given: inspect.BoundArguments, clocks: Clocks) -> Answer[Any]:
    """Return an answer; where the graph becomes another one meanwhile, the question is asked again."""
    for last in (False, False, True):
        try:
            return question.ask(view, *given.args, **given.kwargs, clocks=clocks)
        except GraphChangedError:
            if last:
                raise
    raise AssertionError  # the last one returns or raises


def _fit(row: Parameter, value: Any) -> Any:
    """Return a value as a question takes it: a text may stand for a day.

    Raises:
        UsageError: It is of another type or out of bounds.
    """
    fit = as_day(value) if row.dated else str(value) if isinstance(value, date) else value
    if (fit is not None or row.row.default is not None) and (fault := row.fault(fit)) is not None:
        raise UsageError(fault)
    return fit


def _annotation(row: Parameter) -> Any:
    return row.kind | str if row.dated else row.kind


def _with_clocks(shape: inspect.Signature) -> inspect.Signature:
    """Return a signature as a reader sees it: with the two days that every question may be asked by."""
    days = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=date | str | None)
        for name in ("as_of", "known_by")
    ]
    return shape.replace(parameters=[*shape.parameters.values(), *days], return_annotation=Reply)


def _described(rows: Iterable[Parameter]) -> str:
    """Return what each parameter is, a line each, as the help of the command tells it."""
    return "\n".join(f"{row.name}: {row.told.help}" for row in rows)


def as_day(value: str | date | None) -> date | None:
    """Return a day that may be given as a text.

    Raises:
        UsageError: No day of the calendar.
    """
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise UsageError(f"{value!r} is not a day such as 2025-10-01") from None


def open_graph(folder: str | Path | None = None) -> Graph:
    """Return the graph of a dataset or build, or the bundled one.

    Raises:
        SeedError: The facts do not load.
        StoreError: Neither a dataset nor a build.
    """
    from keiretsu.opening import open_view

    named = Path(folder) if folder is not None else None
    return Graph(open_view(named), named)


def connect(address: str, *, timeout: float = 30.0) -> Graph:
    """Return the graph that a server of Keiretsu serves, as `open` returns one that is here.

    Args:
        address: Of the server, such as http://127.0.0.1:5340.
        timeout: Seconds to wait for an answer.

    Raises:
        UsageError: It is no address.
        StoreError: The server cannot be reached, or is not of this version of Keiretsu.
    """
    from keiretsu.remote.line import Line
    from keiretsu.remote.view import RemoteView

    view = RemoteView(Line(address, timeout=timeout))
    try:
        view.about()
    except BaseException:
        view.close()
        raise
    return Graph(view, remote=view)
