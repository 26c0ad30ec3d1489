"""Which graph is worked on, and the graph once it is open."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.vocabulary import BASE

if TYPE_CHECKING:
    import pyoxigraph as ox

    from keiretsu.workers.limits import Limits
    from keiretsu_graph.build import Build
    from keiretsu_graph.sqlite import SqliteView
    from keiretsu_loaders.texts import SourceTexts


class Plan(NamedTuple):
    """A generation of the graph: a build, or plain files of RDF. It goes between processes as JSON."""

    build: str | None = None  # the folder of a build
    current: str | None = None  # which of its folders; a build made meanwhile is another generation
    files: tuple[str, ...] = ()  # of RDF, read into memory
    copy: str | None = None  # the folder of the working copy that changes are made in; without one there are none
    union: bool = True  # whether the default graph of a query is all graphs together
    texts: tuple[str, ...] = ()  # folders with the texts of sources
    services: tuple[str, ...] = ()  # addresses that SERVICE may name in a query
    base: str | None = None  # the address that the server is known by, without a slash at the end

    def to_record(self) -> dict[str, Any]:
        """Return the plan as plain data."""
        return self._asdict()

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Plan:
        """Return the plan that a record tells of."""
        given: Any = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
        return cls(**given)


class Desk:
    """An open generation of the graph, with the bounds of work on it: the first argument of every job."""

    def __init__(self, plan: Plan, limits: Limits, store: ox.Store | None = None) -> None:
        self.plan = plan
        self.limits = limits
        self._store = store

    @property
    def address(self) -> str:
        """The address that documents are found beneath: of the server, or where there is none, of the names."""
        return self.plan.base or BASE.rstrip("/")

    @cached_property
    def build(self) -> Build:
        """The build that is open.

        Raises:
            StoreError: Plain RDF is served, of which nothing but SPARQL can be asked.
        """
        from keiretsu_graph.build import open_build

        if self.plan.build is None:
            raise StoreError("plain RDF is served here: only SPARQL can be asked of it")
        build = open_build(Path(self.plan.build))
        wanted = self.plan.current or build.manifest.current
        return build._replace(manifest=build.manifest._replace(current=wanted))

    @cached_property
    def view(self) -> SqliteView:
        """The engine for look-ups."""
        from keiretsu_graph.sqlite import SqliteView

        return SqliteView.open(self.build.sqlite)

    @cached_property
    def texts(self) -> SourceTexts | None:
        """The texts of sources that lie beside; None where none do."""
        if not self.plan.texts:
            return None
        from keiretsu_loaders.texts import SourceTexts

        return SourceTexts(map(Path, self.plan.texts))

    @cached_property
    def store(self) -> ox.Store:
        """The engine for SPARQL."""
        from keiretsu_graph.oxigraph import open_store

        return self._store if self._store is not None else open_store(self.build.store)
