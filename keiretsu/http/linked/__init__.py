"""Linked data: everything that has an IRI answers at an address of this server, for people and for programs."""
