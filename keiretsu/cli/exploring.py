"""The command that shows the graph as a page: served here and opened, or as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from keiretsu.cli.answering import clocks_of, progress, say
from keiretsu.cli.options import AsOf, Dataset, KnownBy, Sources, complete_name
from keiretsu_ontology.errors import UsageError

if TYPE_CHECKING:
    from keiretsu.explorer.about import Start
    from keiretsu_graph.sqlite import SqliteView
    from keiretsu_queries.base import Clocks


class Wanted(NamedTuple):
    """What is to be shown, as the options give it."""

    dataset: Path | None
    sources: Path | None
    focus: str | None
    depth: int
    query: str | None
    clocks: Clocks
    whole: bool  # however many things there are


def explore(
    graph: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="A dataset or a build; the bundled graph without.", show_default=False),
    ] = None,
    dataset: Dataset = None,
    sources: Sources = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE.html",
            help="Write one file with all data inside and serve nothing; - is standard output.",
            show_default=False,
        ),
    ] = None,
    focus: Annotated[
        str | None,
        typer.Option("--focus", metavar="NAME", help="Begin with this thing.", autocompletion=complete_name),
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=4, help="How many ties around it.")] = 1,
    query: Annotated[
        str | None,
        typer.Option(
            "--query",
            metavar="FILE.rq",
            help="Begin with what a query finds: a file, the name of a saved one, or the query itself.",
        ),
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    whole: Annotated[
        bool, typer.Option("--all", help="With -o: put in every thing; else the 20,000 with the most ties.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="Serve on this port; 0 takes any free one.",
            show_default="5340, or a free one",
        ),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Say the address and open nothing.")] = False,
) -> None:
    """Open the explorer: the graph as a picture, where every tie opens its evidence.

    It is served on this machine alone until Ctrl-C. With -o it is one file that needs neither server nor network.

    \b
    Examples:
      keiretsu explore
      keiretsu explore my-graph --focus Alibaba
      keiretsu explore --focus Alibaba --depth 2 -o alibaba.html
      keiretsu explore --query chips -o chips.html
      keiretsu explore --as-of 2024-01-01 --known-by 2025-01-01 -o then.html
    """
    if graph is not None and dataset is not None:
        raise UsageError("name the dataset once: as DIR or with --dataset")
    wanted = Wanted(graph or dataset, sources, focus, depth, query, clocks_of(as_of, known_by), whole)
    if out is None:
        _served(wanted, port, browser=not no_browser)
    elif port is not None or no_browser:
        raise UsageError("--port and --no-browser are for serving; with -o a file is written and nothing is served")
    else:
        _as_file(wanted, out)


def _as_file(wanted: Wanted, out: Path) -> None:
    """Write the page into a file, with all data inside."""
    from keiretsu.cli.publishing import write_out

    write_out(_page(wanted).encode("utf-8"), out)
    if str(out) != "-":
        say(f"explorer: {out}")


def _served(wanted: Wanted, port: int | None, *, browser: bool) -> None:
    """Serve the page on this machine, and open it; where that cannot be, as a file."""
    from keiretsu.cli.explorer_server import serve_explorer
    from keiretsu.cli.options import see_system

    try:
        see_system()
    except UsageError as error:
        say(f"{error}; the explorer is opened as a file instead")
        _opened(wanted)
        return
    serve_explorer(wanted.dataset, wanted.sources, state=_state(wanted), port=port, browser=browser)


def _state(wanted: Wanted) -> str:
    """Return what is in view at first as the page's address has it, after "#"."""
    from urllib.parse import quote, urlencode

    from keiretsu.opening import open_view

    words: dict[str, str] = {}
    start = _start(wanted, open_view(wanted.dataset, progress=progress))
    if start is not None and start.chosen is not None:
        words = {"around": f"{start.chosen}~{wanted.depth}", "chosen": f"entity:{start.chosen}"}
    elif start is not None:
        words = {"show": ",".join(start.ids)}
    days = {"asof": wanted.clocks.as_of, "knownby": wanted.clocks.known_by}
    words |= {name: str(day) for name, day in days.items() if day is not None}
    return urlencode(words, safe=",:~", quote_via=quote)


def _opened(wanted: Wanted) -> None:
    """Write the page where pages are kept, and open it."""
    import webbrowser

    from keiretsu.opening import open_view

    target = _page_file(open_view(wanted.dataset, progress=progress).about().name)
    _as_file(wanted, target)
    if not webbrowser.open(target.as_uri()):
        say("no browser could be opened; open the file yourself")


def _page(wanted: Wanted) -> str:
    from keiretsu.explorer import page
    from keiretsu.explorer.fragments import MOST
    from keiretsu.explorer.views import view_records
    from keiretsu.opening import open_view, text_folders
    from keiretsu_loaders.texts import SourceTexts

    view = open_view(wanted.dataset, progress=progress)
    start = _start(wanted, view)
    entities = view.about().entities
    if entities > MOST and not wanted.whole:
        say(f"the file holds the {MOST:,} things with the most ties, of {entities:,}; --all puts in every one")
    if kept := view.views():
        say(f"views: {', '.join(one.title for one in kept)}")
    return page(
        view,
        texts=SourceTexts(text_folders(wanted.dataset, wanted.sources)),
        start=start,
        clocks=wanted.clocks,
        most=None if wanted.whole else MOST,
        views=view_records(kept, view),
    )


def _start(wanted: Wanted, view: SqliteView) -> Start | None:
    """Return what is in view at first; None leaves it to the page.

    Raises:
        UsageError: A thing and a query are given both, nothing has the name, or the query finds nothing to draw.
    """
    if wanted.focus is not None and wanted.query is not None:
        raise UsageError("begin with a thing (--focus) or with what a query finds (--query), not with both")
    if wanted.query is not None:
        return _found(wanted, view, wanted.query)
    if wanted.focus is not None:
        from keiretsu.explorer.start import start_around
        from keiretsu_queries.subjects import resolve

        return start_around(view, resolve(view, wanted.focus), wanted.depth, wanted.clocks)
    return None


def _found(wanted: Wanted, view: SqliteView, query: str) -> Start:
    """Return what a query finds."""
    from keiretsu.cli.publishing import ended_by_interrupt
    from keiretsu.explorer.queried import start_of_results, title_of
    from keiretsu.opening import dataset_folder, find_build
    from keiretsu.saved import query_text, saved_queries
    from keiretsu_graph.answers import results_of
    from keiretsu_graph.guard import admit
    from keiretsu_graph.oxigraph import open_store

    text = query_text(query, saved_queries(dataset_folder(wanted.dataset)))
    asked = admit(text)
    with ended_by_interrupt():
        results = results_of(open_store(find_build(wanted.dataset).store), asked)
    start, number = start_of_results(view, results, title_of(text), wanted.clocks)
    if number > len(start.ids):
        say(f"the query found {number:,} things; the page begins with the first {len(start.ids):,}")
    return start


def _page_file(name: str) -> Path:
    from platformdirs import user_cache_path

    folder = user_cache_path("keiretsu", appauthor=False) / "pages"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        from tempfile import mkdtemp

        folder = Path(mkdtemp(prefix="keiretsu-"))
    return folder / f"{name}.html"
