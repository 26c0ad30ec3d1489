"""The graph over HTTP: SPARQL, linked data, JSON; every client works from one server, on loopback, read-only."""
