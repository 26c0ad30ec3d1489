"""Which addresses a page may link to: those of the web alone, and those of registers that are known."""

from __future__ import annotations

import re

from keiretsu_ontology.writing import IDENTIFIER_SCHEMES, url_fault

_REGISTERS = {
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "lei": "https://search.gleif.org/#/record/{}",
    "cik": "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={}",
}


def web_address(url: str | None) -> str | None:
    """Return an address that begins with http or https and is well formed; None of any other.

    Example:
        >>> web_address("https://example.org/paper"), web_address("javascript:alert(1)")
        ('https://example.org/paper', None)
    """
    return url if url and url_fault(url) is None else None


def identifier_address(scheme: str, value: str) -> str | None:
    """Return where a register tells of what it calls so, or None where there is no such page.

    Example:
        >>> identifier_address("wikidata", "Q1359568"), identifier_address("ticker", "NYSE:BABA")
        ('https://www.wikidata.org/wiki/Q1359568', None)
    """
    if scheme not in _REGISTERS or not re.fullmatch(IDENTIFIER_SCHEMES[scheme][0], value, re.ASCII):
        return None
    return _REGISTERS[scheme].format(value)
