"""The MCP server: what it offers, and how a request becomes work of the crew."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from keiretsu.mcp.prompts import PROMPTS, RULES, text_of
from keiretsu.mcp.telling import BUDGET, LEAST, MOST, SCHEMA, in_words
from keiretsu.workers.crew import Crew, JobFailedError
from keiretsu_ontology.errors import KeiretsuError, UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_queries.calling import CLOCKS, ParametersError, name_of
from keiretsu_queries.parameters import parameters_of
from keiretsu_queries.questions import QUESTIONS, Question
from keiretsu_queries.schemas import parameter_schema

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

    Context = ServerRequestContext[Any]

SPARQL_ROWS, MOST_ROWS = 50, 1_000
_BY_NAME = {question.function: question for question in QUESTIONS.values()}
_HINTS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_SINGLE = {
    "dataset": "What the graph is of, and how large.",
    "ontology": "What may be said: kinds, relations, metrics.",
}
_TEMPLATES = {
    "entity": ("A thing: everything that is said of it, as JSON-LD.", "application/ld+json"),
    "claim": ("A claim: who says so, where it was read, what hangs on it.", "application/json"),
    "source": ("A source, and which claims were read from it.", "application/json"),
}
_MEDIA = {"dataset": "application/json", "ontology": "text/turtle"}


def make_server(crew: Crew, *, title: str, about: str) -> Server[Any]:
    """Return the server of a graph.

    Args:
        crew: Who works on the graph.
        title: Of the graph.
        about: What it holds, in a sentence.
    """
    desk = _Reception(crew)
    return Server(
        "keiretsu",
        version=version("keiretsu"),
        title=f"Keiretsu: {title}",
        description="Who is tied to whom, through what, since when, and who says so.",
        instructions=_instructions(title, about),
        on_list_tools=desk.list_tools,
        on_call_tool=desk.call_tool,
        on_list_resources=desk.list_resources,
        on_list_resource_templates=desk.list_templates,
        on_read_resource=desk.read_resource,
        on_list_prompts=desk.list_prompts,
        on_get_prompt=desk.get_prompt,
        on_completion=desk.complete,
    )


def _instructions(title: str, about: str) -> str:
    return (
        f"This is a knowledge graph of companies, products and partnerships: {title}. {about} Every claim says who "
        "makes it, how sure it is (reported and stated may be read as facts; forecast, opinion and denied may not), "
        "when it held and where it was read. Begin with `find` for a name, or with `ask` for a question in plain "
        "English; `show` tells all that is known of a thing, `why` what a claim rests on. An answer that is cut has a "
        "cursor. " + RULES
    )


def tools() -> list[types.Tool]:
    """Return a tool for every question, and one for SPARQL."""
    asking = [
        types.Tool(
            name=question.function,
            title=question.asks,
            description=f"{question.help} {question.asks}",
            input_schema=_input_schema(question),
            output_schema=SCHEMA,
            annotations=_HINTS,
        )
        for question in QUESTIONS.values()
    ]
    rows = {"type": "array", "items": {"type": "array"}}
    output = {
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": rows,
        "cut": {
            "type": "boolean",
            "description": "Whether there are more rows; ask with LIMIT and OFFSET, or for more.",
        },
    }
    sparql = types.Tool(
        name="sparql",
        title="Ask in SPARQL 1.1",
        description="Run a read-only SPARQL query. The prefixes kei, entity, claim, source, rdfs, skos are known; "
        "direct triples such as `entity:bosch kei:customerOf ?x` stand only for facts, claims are nodes with "
        "rdf:subject, rdf:predicate, rdf:object, kei:speaker and kei:modality.",
        input_schema=_object(
            {
                "query": {"type": "string", "maxLength": 20_000},
                "rows": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": SPARQL_ROWS},
            },
            ["query"],
        ),
        output_schema={"type": "object", "properties": output, "required": list(output)},
        annotations=_HINTS,
    )
    return [*asking, sparql]


def _input_schema(question: Question) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required = []
    for row in parameters_of(question.ask):
        properties[name_of(row)] = {**parameter_schema(row), "description": row.told.help}
        if row.several or row.row.default is row.row.empty:
            required.append(name_of(row))
    for name, help_text in CLOCKS.items():
        properties[name] = {"type": "string", "format": "date", "description": help_text}
    properties["cursor"] = {"type": "string", "description": "Where an answer that was cut goes on."}
    properties["budget"] = {
        "type": "integer", "minimum": LEAST, "maximum": MOST, "default": BUDGET,
        "description": "About how many characters the answer may have.",
    }  # fmt: skip
    return _object(properties, required)


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


class _Reception:
    """Where requests of assistants come in."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew

    async def list_tools(self, _: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools())

    async def call_tool(self, _: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Answer a question; what is wrong with it is told to the assistant, so that it can ask better."""
        try:
            record = await self._answered(params.name, params.arguments or {})
        except ParametersError as error:
            return _failed("\n".join(error.faults))
        except KeiretsuError as error:
            return _failed(str(error))
        except JobFailedError:
            return _failed("something went wrong in the server; its log says what")
        text = in_words(record) if "reading" in record else json.dumps(record, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=record)

    async def _answered(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if name == "sparql":
            return await self._queried(arguments)
        question = _BY_NAME.get(name)
        if question is None:
            near = nearest(name[:60], [*_BY_NAME, "sparql"])
            raise UsageError(f"there is no tool {name[:60]!r}{near}")
        given = {key: value if isinstance(value, list) else [value] for key, value in arguments.items()}
        given = {key: value for key, value in given.items() if value != [None]}
        cursor = _single(given.pop("cursor", []), "cursor", str)
        budget = _single(given.pop("budget", []), "budget", int)
        size = BUDGET if budget is None else min(max(budget, LEAST), MOST)
        product = await self._crew.run("assist", question=question.name, given=given, cursor=cursor, budget=size)
        found: dict[str, Any] = json.loads(product.body)
        return found

    async def _queried(self, arguments: dict[str, Any]) -> dict[str, Any]:
        faults = [
            f"sparql takes query and rows, not {key[:60]!r}" for key in sorted(set(arguments) - {"query", "rows"})
        ]
        text, rows = arguments.get("query"), arguments.get("rows", SPARQL_ROWS)
        if not isinstance(text, str):
            faults.append("query is missing: a SPARQL query")
        if isinstance(rows, bool) or not isinstance(rows, int) or not 1 <= rows <= MOST_ROWS:
            faults.append(f"rows is a whole number from 1 to {MOST_ROWS}, not {str(rows)[:60]}")
        if faults:
            raise ParametersError(faults)
        found: dict[str, Any] = json.loads((await self._crew.run("query", text=text, rows=rows)).body)
        return found

    async def list_resources(self, _: Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        rows = [
            types.Resource(uri=f"keiretsu://{name}", name=name, description=told, mime_type=_MEDIA[name])
            for name, told in _SINGLE.items()
        ]
        return types.ListResourcesResult(resources=rows)

    async def list_templates(
        self, _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        rows = [
            types.ResourceTemplate(
                uri_template=f"keiretsu://{name}/{{id}}", name=name, description=told, mime_type=media
            )
            for name, (told, media) in _TEMPLATES.items()
        ]
        return types.ListResourceTemplatesResult(resource_templates=rows)

    async def read_resource(self, _: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        address = str(params.uri)
        found = re.fullmatch(r"keiretsu://([a-z]+)(?:/([^/?#]{1,300}))?", address)
        kind, name = (found[1], found[2]) if found else ("", None)
        if not (kind in _SINGLE and name is None) and not (kind in _TEMPLATES and name is not None):
            raise MCPError(types.INVALID_PARAMS, f"there is no resource {address[:100]!r}")
        try:
            product = await self._crew.run("resource", kind=kind, name=unquote(name or ""))
        except KeiretsuError as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from None
        except JobFailedError:
            raise MCPError(types.INTERNAL_ERROR, "something went wrong in the server") from None
        text = product.body.decode("utf-8")
        content = types.TextResourceContents(uri=params.uri, mime_type=product.media, text=text)
        return types.ReadResourceResult(contents=[content])

    async def list_prompts(self, _: Context, __: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        rows = [
            types.Prompt(
                name=row.name,
                title=row.title,
                description=row.help,
                arguments=[
                    types.PromptArgument(name=name, description=told, required=True)
                    for name, told in row.arguments.items()
                ],
            )
            for row in PROMPTS.values()
        ]
        return types.ListPromptsResult(prompts=rows)

    async def get_prompt(self, _: Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        row, given = PROMPTS.get(params.name), params.arguments or {}
        if row is None:
            raise MCPError(
                types.INVALID_PARAMS, f"there is no prompt {params.name[:60]!r}{nearest(params.name, PROMPTS)}"
            )
        if missing := [name for name in row.arguments if not given.get(name)]:
            raise MCPError(types.INVALID_PARAMS, f"missing: {', '.join(missing)}")
        message = types.PromptMessage(role="user", content=types.TextContent(text=text_of(row, given)))
        return types.GetPromptResult(description=row.help, messages=[message])

    async def complete(self, _: Context, params: types.CompleteRequestParams) -> types.CompleteResult:
        kind = "entity"
        if isinstance(params.ref, types.ResourceTemplateReference):
            found = re.match(r"keiretsu://([a-z]+)/", params.ref.uri)
            kind = found[1] if found and found[1] in _TEMPLATES else "entity"
        elif params.argument.name == "since":
            return types.CompleteResult(completion=types.Completion(values=[]))
        product = await self._crew.run("complete", kind=kind, begins=params.argument.value[:200])
        record = json.loads(product.body)
        more = record["total"] > len(record["values"])
        done = types.Completion(values=record["values"], total=record["total"], has_more=more)
        return types.CompleteResult(completion=done)


def _single(values: Sequence[Any], name: str, kind: type) -> Any:
    if not values:
        return None
    if len(values) > 1 or not isinstance(values[0], kind) or isinstance(values[0], bool):
        told = "a text" if kind is str else "a whole number"
        raise ParametersError([f"{name} is {told}"])
    return values[0]


def _failed(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=text)], is_error=True)
