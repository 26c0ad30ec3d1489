"""What the pages about the server list is what the server has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from keiretsu.http.api.jobs import LISTED
from keiretsu.mcp.prompts import PROMPTS
from keiretsu.workers.limits import MEGABYTE, Limits
from keiretsu_queries.parameters import parameters_of
from keiretsu_queries.questions import QUESTIONS

DOCS = Path(__file__).parents[1] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_page_on_assistants_lists_every_tool() -> None:
    """Each tool stands in the table with its title and all that it takes, in the order of the server."""
    pytest.importorskip("mcp")
    from keiretsu.mcp.server import tools

    everywhere = {"as_of", "known_by", "cursor", "budget"}
    expected = []
    for tool in tools():
        needed = tool.input_schema["required"]
        other = [name for name in tool.input_schema["properties"] if name not in {*needed, *everywhere}]
        cells = [", ".join(f"`{name}`" for name in names) for names in (needed, other)]
        expected.append(f"| `{tool.name}` | {tool.title} | {cells[0]} | {cells[1]} |".replace("|  |", "| |"))

    assert re.findall(r"^\| `\w+` \| [A-Z][^|]* \| [^|]*\| .*$", page("mcp.md"), re.MULTILINE) == expected


def test_the_page_on_assistants_lists_every_prompt() -> None:
    """Each prompt stands there with what it needs."""
    for prompt in PROMPTS.values():
        needs = ", ".join(f"`{name}`" for name in prompt.arguments)
        assert f"| `{prompt.name}` | {needs} |" in page("mcp.md")


def test_the_page_on_the_api_lists_every_filter() -> None:
    """Each list of data stands there with what narrows it."""
    for name, filters in LISTED.items():
        row = next(
            line for line in page("http-api.md").splitlines() if line.startswith("| `/api/data/") and name in line
        )
        if filters:
            assert f"`/api/data/{name}` | {', '.join(f'`{one}`' for one in filters)} |" in page("http-api.md"), row


def test_what_the_api_is_asked_in_examples_is_a_question() -> None:
    """Each address of a question in the page has a question and a parameter that there are."""
    found = re.findall(r"/api/([a-z-]+)(?:/rows)?\?(\w+)=", page("http-api.md"))

    assert found
    for name, parameter in found:
        assert parameter in {row.name for row in parameters_of(QUESTIONS[name].ask)} | {"nam"}


def test_the_page_on_operating_tells_the_limits() -> None:
    """The figures of the tables are those that hold without an option."""
    limits, told = Limits(), page("operating.md")

    for row in (
        f"| `--timeout` | {limits.seconds:g} s",
        f"| `--memory` | {limits.memory // MEGABYTE:,} MB",
        f"| `--max-rows` | {limits.rows:,} rows",
        f"| `--queue` | {limits.queue} wait",
        f"| `--max-connections` | {limits.connections:,} |",
        f"| `--patience` | {limits.header_seconds:g} s",
        f"| waiting for a worker | {limits.patience:g} s |",
        f"| one result | {limits.answer // MEGABYTE} MB |",
        f"| large answers on their way | {limits.outgoing // MEGABYTE} MB",
        f"| a request's line and headers | {limits.header:,} bytes |",
        f"| a body | {limits.body // MEGABYTE} MB; {limits.change // MEGABYTE} MB",
        f"| a change of the graph | {limits.change_seconds:g} s |",
    ):
        assert row in told, row
    assert (limits.body_seconds, limits.idle_seconds) == (2 * limits.header_seconds, 1.5 * limits.header_seconds)
