"""The command line.

Heavy libraries are imported by the commands that use them, so that a look-up starts quickly.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

from keiretsu.cli import asking, curating, publishing
from keiretsu.cli.answering import say
from keiretsu_ontology.errors import KeiretsuError, SeedError

# Every command, in the order of the help page.
COMMANDS: dict[str, Callable[..., None]] = {
    "show": asking.show,
    "find": asking.find,
    "partners": asking.partners,
    "path": asking.path,
    "timeline": asking.timeline,
    "metrics": asking.metrics,
    "conflicts": asking.conflicts,
    "why": asking.why,
    "sparql": publishing.sparql,
    "explore": publishing.explore,
    "export": publishing.export,
    "check": curating.check,
    "build": curating.build,
    "init": curating.init,
    "anchor": curating.anchor,
}


def make_app() -> typer.Typer:
    """Return the program with all its commands."""
    app = typer.Typer(
        name="keiretsu",
        help="Look up who is tied to whom, through what, since when, and who says so.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog="Without --dataset every command uses the bundled graph. "
        "Exit codes: 0 answered, 1 not known, 2 bad input or usage.",
    )
    for name, command in COMMANDS.items():
        app.command(name)(command)
    return app


def main() -> None:
    """Run the command line; what a caller may mend ends with exit code 2 and one line for each thing."""
    try:
        make_app()()
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
