"""Other endpoints are reached by name alone."""

from __future__ import annotations

from pathlib import Path

import httpx

from servers import serving


def test_a_service_is_reached_where_it_is_allowed(tmp_path: Path) -> None:
    """SERVICE goes to the endpoint that the owner named, and to no other; without that it goes nowhere."""
    (tmp_path / "a.nt").write_text('<http://a/s> <http://a/p> "there" .\n', encoding="utf-8")
    (tmp_path / "b.nt").write_text('<http://a/s> <http://a/q> "here" .\n', encoding="utf-8")
    with serving("--rdf", str(tmp_path / "a.nt")) as other:
        endpoint = f"{other}/sparql"
        query = f"SELECT ?o {{ ?s <http://a/q> ?x SERVICE <{endpoint}> {{ ?s <http://a/p> ?o }} }}"
        with serving("--rdf", str(tmp_path / "b.nt"), "--allow-service", endpoint) as address:
            found = httpx.get(f"{address}/sparql", params={"query": query, "format": "csv"})
            elsewhere = httpx.get(f"{address}/sparql", params={"query": query.replace("/sparql>", "/query>")})
        with serving("--rdf", str(tmp_path / "b.nt")) as address:
            closed = httpx.get(f"{address}/sparql", params={"query": query})

    assert found.text.split() == ["o", "there"]
    assert (elsewhere.status_code, closed.status_code) == (400, 400)
    assert "SERVICE" in closed.json()["detail"]
