"""The commands that ask, made from the questions: what a question is asked with is told once, beside it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from keiretsu.cli.answering import Form, clocks_of, give
from keiretsu.cli.options import AsOf, Dataset, Format, Json, KnownBy, Picture, Sources, completion, parse_day
from keiretsu_queries.parameters import Parameter, parameters_of
from keiretsu_queries.questions import Question

_Kind = inspect.Parameter
# What every question is asked with, beside its own parameters.
_SHARED: dict[str, tuple[Any, Any]] = {
    "dataset": (Dataset, None), "sources": (Sources, None), "as_of": (AsOf, None), "known_by": (KnownBy, None),
    "fmt": (Format, "text"), "as_json": (Json, False), "picture": (Picture, None),
}  # fmt: skip


def command_of(question: Question) -> Callable[..., None]:
    """Return the command of a question: its parameters as arguments and options, its help with examples."""
    own = _parameters(question)
    several = next((row.name for row in own if row.annotation.__args__[0] == list[str]), None)

    def command(**given: Any) -> None:
        shared = {name: given.pop(name) for name in _SHARED}
        clocks = clocks_of(shared.pop("as_of"), shared.pop("known_by"))
        listed = given.pop(several) if several else []
        fmt: Form = "json" if shared.pop("as_json") else shared.pop("fmt")
        shared.pop("fmt", None)
        give(question, lambda view: question.ask(view, *listed, **given, clocks=clocks), fmt=fmt, **shared)

    parameters = [*own, *(_Kind(n, _Kind.KEYWORD_ONLY, default=d, annotation=a) for n, (a, d) in _SHARED.items())]
    command.__signature__ = inspect.Signature(parameters, return_annotation=None)  # type: ignore[attr-defined]
    command.__annotations__ = {row.name: row.annotation for row in parameters}
    command.__doc__ = _help(question)
    return command


def _help(question: Question) -> str:
    title = "Examples" if len(question.examples) > 1 else "Example"
    return "\n".join([question.help, "", "\b", f"{title}:", *(f"  keiretsu {row}" for row in question.examples)])


def _parameters(question: Question) -> list[inspect.Parameter]:
    """Return the parameters of a question as Typer wants them; arguments come first."""
    found = [_parameter(row) for row in parameters_of(question.ask)]
    return sorted(found, key=lambda row: row.default is not _Kind.empty)


def _parameter(row: Parameter) -> inspect.Parameter:
    """Return one parameter: positional ones are arguments, the others options."""
    told, kind = row.told, list[str] if row.several else row.kind
    more: dict[str, Any] = {"help": told.help, "autocompletion": completion(told.completes, told.choices)}
    more |= {"parser": parse_day} if row.dated else {}
    more |= {"min": told.least, "max": told.most} if told.least is not None or told.most is not None else {}
    if row.positional:
        more |= {"metavar": told.metavar or row.name.upper(), "show_default": False}
        annotation = _annotated(kind, typer.Argument(**more))
    else:
        flags = [f"--{row.name.rstrip('_').replace('_', '-')}", *([f"-{told.short}"] if told.short else [])]
        more |= {"metavar": told.metavar} if told.metavar and kind is not bool else {}
        annotation = _annotated(kind, typer.Option(*flags, **more))
    return _Kind(row.name, _Kind.KEYWORD_ONLY, default=row.row.default, annotation=annotation)


def _annotated(kind: Any, told: Any) -> Any:
    return Annotated[kind, told]
