"""Texts as YAML writes them: plain where that is safe, else in quotation marks, and long ones in several lines."""

from __future__ import annotations

import json
import re

# What another reader of YAML, 1.1 or 1.2, takes for truth, nothing, or a number that does not come back as it was
# written. Our own reader takes every text as it stands.
_WORDS = frozenset(
    form for word in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for form in (word, word.capitalize(), word.upper())
) | {"~", "=", "<<"}  # fmt: skip
_NUMBER = re.compile(
    r"[-+]?(?:0x[0-9a-fA-F_]+|0[bo][0-7_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)
_COMES_BACK = re.compile(r"-?(?:0|[1-9][0-9]{0,14})|-?(?:0|[1-9][0-9]{0,6})\.[0-9]{0,6}[1-9]")
_FIRST = "-?:,[]{}#&*!|>'\"%@`"  # what a plain text does not begin with
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def one_line(text: str, *, flow: bool = False, literal: bool = False) -> str:
    """Return a text in one line.

    Args:
        text: The text.
        flow: Whether it stands in brackets, where commas and brackets divide.
        literal: It is a word of the model, a truth value or a count: others may take it for what it looks like.

    Example:
        >>> one_line("daily users, no day"), one_line("daily users, no day", flow=True), one_line("007")
        ('daily users, no day', "'daily users, no day'", "'007'")
        >>> one_line("why:?"), one_line("why:?", flow=True)  # libyaml takes no ":?" in brackets
        ('why:?', "'why:?'")
    """
    if _is_plain(text, flow=flow) and (literal or not _is_misread(text)):
        return text
    if _UNSHOWN.search(text):
        return _UNSHOWN.sub(lambda char: f"\\u{ord(char[0]):04x}", json.dumps(text, ensure_ascii=False))
    if "'" in text and not re.search(r'["\\]', text):
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or text != text.strip() or _UNSHOWN.search(text):
        return False
    if text[0] in _FIRST and not re.match(r"-[^\s,\[\]{}]", text):
        return False
    if text in ("~", "null", "Null", "NULL", "<<") or text.startswith(("---", "...")):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return not (flow and re.search(r"[,\[\]{}]|:\?", text))


def _is_misread(text: str) -> bool:
    return text in _WORDS or (_NUMBER.fullmatch(text) is not None and _COMES_BACK.fullmatch(text) is None)


def many_lines(text: str, width: int) -> tuple[str, list[str]] | None:
    """Return the head and the lines of a text in several lines, or None where it does not fall into any.

    A text with line breaks keeps them; another one is broken where single spaces stand, as late as the width allows.
    """
    if text != text.strip(" \n") or not text or re.search(_UNSHOWN, text.replace("\n", "")):
        return None
    if "\n" in text:
        return "|-", text.split("\n")
    words = re.split(r"(?<! ) (?! )", text)
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return (">-", lines) if len(lines) > 1 else None
