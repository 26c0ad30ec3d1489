"""The command line.

Heavy libraries are imported by the commands that use them, so that a look-up starts quickly.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from keiretsu.cli import assisting, comparing, curating, editing, exploring, importing, publishing, serving, viewing
from keiretsu.cli.answering import say
from keiretsu.cli.asking import command_of
from keiretsu_ontology.errors import KeiretsuError, SeedError
from keiretsu_queries.questions import QUESTIONS

# The commands that do something else than ask, in the order of the help page.
OTHERS: dict[str, Callable[..., None]] = {
    "sparql": publishing.sparql,
    "explore": exploring.explore,
    "views": viewing.views,
    "serve": serving.serve,
    "mcp": assisting.mcp,
    "export": publishing.export,
    "check": curating.check,
    "build": curating.build,
    "init": curating.init,
    "import": importing.import_table,
    "anchor": curating.anchor,
    "tidy": editing.tidy,
    "resolve": editing.resolve,
    "merge": editing.merge,
    "diff": comparing.diff,
}
COMMANDS = (*QUESTIONS, *OTHERS)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"keiretsu {version('keiretsu')}")
        raise typer.Exit


def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Look up who is tied to whom, through what, since when, and who says so."""


def make_app(words: Sequence[str] = ()) -> typer.Typer:
    """Return the program.

    Args:
        words: What was typed. Where it begins with a command, that one alone is made ready, which spares a look-up
            the reading of all others' options.
    """
    wanted = words[0] if words and words[0] in COMMANDS else None
    app = typer.Typer(
        name="keiretsu",
        cls=_Piped,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog="Without --dataset every command uses the bundled graph. "
        "Exit codes: 0 answered, 1 not known, 2 bad input or usage.",
    )
    app.callback()(_program)
    for name in COMMANDS:
        if wanted in (None, name):
            app.command(name, short_help=_in_short(name))(OTHERS.get(name) or command_of(QUESTIONS[name]))
    return app


def _in_short(name: str) -> str:
    """Return what the list of commands says of one: what a question asks, or the beginning of what else it does."""
    if name in QUESTIONS:
        return QUESTIONS[name].asks
    return re.split(r"[:;]|\.(?:\s|$)", OTHERS[name].__doc__ or "", maxsplit=1)[0]


class _Piped(TyperGroup):
    """The commands; where nobody reads on, as in `| head`, they end as if by the signal that says so."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left has nowhere to go
            raise SystemExit(_UNREAD) from None


_UNREAD = 141  # what a shell gives for SIGPIPE; 1 would be "not known"


def _speak_any_script() -> None:
    """Let streams whose encoding lacks a character show its number, which is JSON too, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _typed() -> list[str]:
    """Return what stands after the name of the program: typed and sent off, or still being completed by a shell."""
    if "_KEIRETSU_COMPLETE" in os.environ:
        return (os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS") or "").split()[1:]
    return sys.argv[1:]


def main() -> None:
    """Run the command line; what a caller may mend ends with exit code 2 and one line for each thing."""
    _speak_any_script()
    try:
        make_app(_typed())()
    except SeedError as error:
        for problem in error.problems:
            say(str(problem))
        say(str(error))
        raise SystemExit(2) from None
    except KeiretsuError as error:
        say(f"keiretsu: {error}")
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
