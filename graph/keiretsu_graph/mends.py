"""What the engine answers otherwise than the standard, mended in the text of the query, before the engine has it.

Each mend leaves a query as it is unless it is sure: where one does not apply, the engine's own answer stands. They
work on tokens, so that nothing inside a string or a name is touched (docs/sparql.md lists them with their reasons).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from keiretsu_graph.guard import Admitted
from keiretsu_graph.tokens import Token, tokens

BLANK_NODE = "https://w3id.org/keiretsu/function#blank-node"  # the function that BNODE of a text becomes
_ROW = "keiRow"
_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
WORDS = frozenset({"TRUE", "FALSE", "GROUP_CONCAT", "BNODE"})  # that `mend_words` knows
_MOST_GRAPHS = 16  # named graphs that a pattern is written out for
_MOST_CHARACTERS = 16_000  # that a query may come to have
_ROUNDS = 8


class Edit(NamedTuple):
    """A stretch of the text, and what stands there instead."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits done; they do not overlap."""
    parts, place = [], 0
    for edit in sorted(edits):
        parts += [text[place : edit.start], edit.text]
        place = edit.end
    return "".join([*parts, text[place:]])


@lru_cache(maxsize=256)
def mend_words(asked: Admitted) -> str:
    """Return a query with the mends that need no graph: TRUE and FALSE, GROUP_CONCAT, BNODE of a text."""
    text = asked.text
    for mend in (_truths, _concatenations, _blank_nodes):
        text = edited(text, list(mend(text, tuple(tokens(text)))))
    return text


def closing(read: Sequence[Token], start: int) -> int:
    """Return where the bracket that opens at a place closes; the last place where it does not."""
    depth = 0
    for place in range(start, len(read)):
        depth += (read[place].kind == "open") - (read[place].kind == "close")
        if depth == 0:
            return place
    return len(read) - 1


def _truths(_: str, read: Sequence[Token]) -> Iterator[Edit]:
    """Keywords are known in capitals too (19.8, note 1); the engine knows `true` and `false` in small letters only."""
    for token in read:
        if token.keyword in ("TRUE", "FALSE") and token.text not in ("true", "false"):
            yield Edit(token.start, token.end, token.text.lower())


def _concatenations(_: str, read: Sequence[Token]) -> Iterator[Edit]:
    """GROUP_CONCAT gives a plain text (18.5.1.7); the engine keeps a language that all its members share.

    What is a plain text already is the same after STR.
    """
    for place, token in enumerate(read[:-1]):
        if token.keyword == "GROUP_CONCAT" and read[place + 1].text == "(":
            end = read[closing(read, place + 1)].end
            yield Edit(token.start, token.start, "STR(")
            yield Edit(end, end, ")")


def _blank_nodes(text: str, read: Sequence[Token]) -> Iterator[Edit]:
    """BNODE of a text gives one node for each solution and text (17.4.2.9); the engine gives one for each text.

    The solutions that SELECT works on get a name of their own each. Where they are grouped, nothing is done.
    """
    row = _ROW
    while row in text:
        row += "x"
    for place, token in enumerate(read):
        if token.keyword != "SELECT":
            continue
        group = _opening(read, place, "{")
        if group >= len(read) - 1:
            return  # not SPARQL, as the engine will tell
        called = [at for at in range(place, group) if read[at].keyword == "BNODE" and read[at + 1].text == "("]
        called = [at for at in called if closing(read, at + 1) > at + 2]
        words = {one.keyword for one in read[place:group]}
        end = closing(read, group)
        if not called or words & _AGGREGATES or _is_grouped(read, end):
            continue
        for at in called:
            last = read[closing(read, at + 1)].start
            yield Edit(read[at].start, read[at].end, f"<{BLANK_NODE}>")
            yield Edit(last, last, f", ?{row}")
        yield Edit(read[group].start, read[group].start, "{ ")
        yield Edit(read[end].end, read[end].end, f" BIND(STRUUID() AS ?{row}) }}")


def _opening(read: Sequence[Token], place: int, bracket: str) -> int:
    """Return the next place where a bracket opens that is not inside another."""
    while place < len(read) - 1 and read[place].text != bracket:
        place = closing(read, place) if read[place].kind == "open" else place
        place += 1
    return place


def _is_grouped(read: Sequence[Token], end: int) -> bool:
    """Say whether GROUP or HAVING follows a group of patterns, or VALUES, which adds to its solutions."""
    for token in read[end + 1 :]:
        if token.kind == "close":
            return False
        if token.keyword in ("GROUP", "HAVING", "VALUES"):
            return True
    return False


def mend_paths(text: str, read: Sequence[Token], is_unknown: Callable[[Token], bool]) -> str:
    """Return a query in which a path of no steps leads from a term to itself, though no graph has the term.

    `ex:a ex:p* ?x` has `ex:a` among its answers in any graph (18.4, ALP); the engine wants it to be in the graph. A
    path from a term that the store has nowhere has that one answer, and is written so. Within GRAPH it is left as it
    is: there the graph must be one of the dataset.
    """
    found, within = [], 0
    for place, token in enumerate(read):
        if token.keyword == "GRAPH":
            within = max(within, closing(read, place + 2) if place + 2 < len(read) else 0)
        if place < within or token.kind != "operator" or token.text not in ("*", "?"):
            continue
        if (edit := _of_no_steps(read, place, is_unknown)) is not None:
            found.append(edit)
    return edited(text, found)


def _of_no_steps(read: Sequence[Token], place: int, is_unknown: Callable[[Token], bool]) -> Edit | None:
    begin = _before_element(read, place - 1)
    if begin is None or begin < 1 or place + 2 >= len(read):
        return None
    subject, value, after = read[begin], read[place + 1], read[place + 2]
    stands_alone = read[begin - 1].text in ("{", ".", "}") and (after.text in (".", "}") or bool(after.keyword))
    if not stands_alone:
        return None
    kinds = tuple("term" if one.kind in ("iri", "name") else one.kind for one in (subject, value))
    if kinds == ("term", "variable") and is_unknown(subject):
        instead = f"VALUES {value.text} {{ {subject.text} }}"
    elif kinds == ("variable", "term") and is_unknown(value):
        instead = f"VALUES {subject.text} {{ {value.text} }}"
    elif kinds == ("term", "term") and subject.text == value.text and is_unknown(subject):
        instead = "{}"
    else:
        return None
    return Edit(subject.start, value.end, instead)


def _opener(read: Sequence[Token], last: int) -> int | None:
    """Return the place of the bracket that closes at a place."""
    depth = 0
    for place in range(last, -1, -1):
        depth += (read[place].kind == "close") - (read[place].kind == "open")
        if depth == 0:
            return place
    return None


def _before_element(read: Sequence[Token], last: int) -> int | None:
    """Return the place of what stands before a part of a path, or None where it is none."""
    if last < 1:
        return None
    if read[last].text == ")":
        first = _opener(read, last)
    else:
        first = last if read[last].kind in ("iri", "name") or read[last].text == "a" else None
    if first is None:
        return None
    return first - 2 if read[first - 1].text == "^" else first - 1


def mend_graphs(text: str, read: Sequence[Token], named: Callable[[], Sequence[str] | None]) -> str:
    """Return a query in which what GRAPH and a variable stand around is worked out for each graph by itself.

    That is how it is defined (18.6); the engine takes the variable into the pattern, and so is wrong where a pattern
    binds nothing in a graph: VALUES, MINUS, a query within, or where the pattern speaks of that variable itself.

    Args:
        text: The query.
        read: Its tokens.
        named: Gives the named graphs of the dataset, or None where they cannot be written out.
    """
    original, place = text, _graph_in_need(read)
    graphs = named() if place is not None else None
    if graphs is None or len(graphs) > _MOST_GRAPHS:
        return text
    for _ in range(_ROUNDS):
        if place is None:
            return text
        variable, opened, closed = read[place + 1], read[place + 2], read[closing(read, place + 2)]
        within, name = text[opened.start : closed.end], variable.text
        each = [f"{{ {{ GRAPH <{graph}> {within} }} {{ VALUES {name} {{ <{graph}> }} }} }}" for graph in graphs]
        instead = " UNION ".join(each) or f"{{ GRAPH {name} {within} FILTER(false) }}"
        whole = Edit(read[place].start, closed.end, f"{{ {instead} }}" if len(each) > 1 else instead)
        text = edited(text, [whole])
        if len(text) > _MOST_CHARACTERS:
            return original
        read = tuple(tokens(text))
        place = _graph_in_need(read) if each else None
    return text


def _graph_in_need(read: Sequence[Token]) -> int | None:
    """Return the place of the first GRAPH that is to be written out."""
    inside_exists: list[bool] = []
    for place, token in enumerate(read[:-2]):
        if token.kind == "open":
            outer = bool(inside_exists) and inside_exists[-1]
            inside_exists.append(outer or (place > 0 and read[place - 1].keyword == "EXISTS"))
        elif token.kind == "close" and inside_exists:
            inside_exists.pop()
        elif token.keyword == "GRAPH" and not (inside_exists and inside_exists[-1]) and _needs(read, place):
            return place
    return None


def _needs(read: Sequence[Token], place: int) -> bool:
    if read[place + 1].kind != "variable" or read[place + 2].text != "{":
        return False
    within = read[place + 3 : closing(read, place + 2)]
    if any(token.kind == "blank" for token in within):
        return False  # a label may stand in one pattern only
    if {token.keyword for token in within} & {"VALUES", "MINUS", "SELECT"}:
        return True
    return any(token.kind == "variable" and token.text[1:] == read[place + 1].text[1:] for token in within)
