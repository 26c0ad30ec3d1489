"""The commands that ask: each parses, asks one question and prints its answer."""

from __future__ import annotations

from typing import Annotated

import typer

from keiretsu.cli.answering import clocks_of, give
from keiretsu.cli.options import (
    AsOf,
    Dataset,
    Json,
    KnownBy,
    Named,
    Picture,
    Sources,
    StatedOnly,
    complete_name,
)


def show(
    name: Named, dataset: Dataset = None, sources: Sources = None, as_of: AsOf = None, known_by: KnownBy = None,
    stated_only: StatedOnly = False, as_json: Json = False, picture: Picture = None,
) -> None:  # fmt: skip
    """Show all that is known of one thing, by group, with who says it and where.

    \b
    Examples:
      keiretsu show "Hanguang 800"
      keiretsu show 阿里巴巴 --as-of 2025-10-01 --json
    """
    from keiretsu_queries.show import show as ask

    give("show", lambda view: ask(view, name, clocks=clocks_of(as_of, known_by), stated_only=stated_only),
            dataset=dataset, sources=sources, as_json=as_json, picture=picture)  # fmt: skip


def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the name may be; typing errors are forgiven.")],
    dataset: Dataset = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many at most.")] = 10,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    as_json: Json = False,
) -> None:
    """Find things by name or alias, in any script.

    \b
    Examples:
      keiretsu find "Alibba Clod"
      keiretsu find 阿里
    """
    from keiretsu_queries.find import find as ask

    clocks = clocks_of(as_of, known_by)
    give("find", lambda view: ask(view, text, clocks=clocks, limit=limit), dataset=dataset, as_json=as_json)


def partners(
    name: Named, dataset: Dataset = None, sources: Sources = None, as_of: AsOf = None, known_by: KnownBy = None,
    stated_only: StatedOnly = False, as_json: Json = False, picture: Picture = None,
) -> None:  # fmt: skip
    """List everybody that a company works with, as what, and what for.

    \b
    Examples:
      keiretsu partners Alibaba
      keiretsu partners Bosch --stated-only --json
    """
    from keiretsu_queries.partners import partners as ask

    give("partners", lambda view: ask(view, name, clocks=clocks_of(as_of, known_by), stated_only=stated_only),
            dataset=dataset, sources=sources, as_json=as_json, picture=picture)  # fmt: skip


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="Where to begin.", autocompletion=complete_name)],
    end: Annotated[str, typer.Argument(metavar="B", help="Where to end.", autocompletion=complete_name)],
    dataset: Dataset = None, sources: Sources = None, as_of: AsOf = None, known_by: KnownBy = None,
    stated_only: StatedOnly = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=50, help="How many paths at most.")] = 3,
    as_json: Json = False, picture: Picture = None,
) -> None:  # fmt: skip
    """Find how two things hang together: the shortest path and alternatives, with evidence for every step.

    \b
    Examples:
      keiretsu path NBA Bosch
      keiretsu path Qualcomm Qwen3-Omni --limit 5
    """
    from keiretsu_queries.paths import path as ask

    clocks = clocks_of(as_of, known_by)
    give("path", lambda view: ask(view, start, end, clocks=clocks, stated_only=stated_only, limit=limit),
            dataset=dataset, sources=sources, as_json=as_json, picture=picture)  # fmt: skip


def timeline(
    name: Named, dataset: Dataset = None, sources: Sources = None, as_of: AsOf = None, known_by: KnownBy = None,
    with_units: Annotated[bool, typer.Option("--with-units", help="Count units and subsidiaries with it.")] = False,
    as_json: Json = False, picture: Picture = None,
) -> None:  # fmt: skip
    """Put what is said of points in time in order.

    \b
    Examples:
      keiretsu timeline Qwen3
      keiretsu timeline Alibaba --with-units
    """
    from keiretsu_queries.timeline import timeline as ask

    give("timeline", lambda view: ask(view, name, clocks=clocks_of(as_of, known_by), with_units=with_units),
            dataset=dataset, sources=sources, as_json=as_json, picture=picture)  # fmt: skip


def metrics(
    name: Named, dataset: Dataset = None, sources: Sources = None, as_of: AsOf = None, known_by: KnownBy = None,
    metric: Annotated[str | None, typer.Option("--metric", "-m", help="Only this metric.")] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """List the figures of a thing; only what may be compared stands together.

    \b
    Examples:
      keiretsu metrics Alibaba
      keiretsu metrics "Alibaba Cloud" --metric revenue
    """
    from keiretsu_queries.metrics import metrics as ask

    give("metrics", lambda view: ask(view, name, metric=metric, clocks=clocks_of(as_of, known_by)),
            dataset=dataset, sources=sources, as_json=as_json)  # fmt: skip


def conflicts(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only about this.")] = None,
    dataset: Dataset = None, sources: Sources = None, as_of: AsOf = None, known_by: KnownBy = None,
    as_json: Json = False, picture: Picture = None,
) -> None:  # fmt: skip
    """Show where claims disagree, every side with its speaker.

    \b
    Examples:
      keiretsu conflicts
      keiretsu conflicts Alibaba --json
    """
    from keiretsu_queries.conflicts import conflicts as ask

    give("conflicts", lambda view: ask(view, name, clocks=clocks_of(as_of, known_by)),
            dataset=dataset, sources=sources, as_json=as_json, picture=picture)  # fmt: skip


def why(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Key or id of a claim, as other commands print it.")],
    dataset: Dataset = None, sources: Sources = None, as_of: AsOf = None, known_by: KnownBy = None,
    as_json: Json = False, picture: Picture = None,
) -> None:  # fmt: skip
    """Say why a claim is made: who says so, where it was read, and what hangs on it.

    \b
    Example:
      keiretsu why nba-deal
    """
    from keiretsu_queries.why import why as ask

    give("why", lambda view: ask(view, claim, clocks=clocks_of(as_of, known_by)),
         dataset=dataset, sources=sources, as_json=as_json, picture=picture)  # fmt: skip
