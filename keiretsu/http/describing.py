"""The job that writes descriptions of the service and of the dataset, from figures that were counted before."""

from __future__ import annotations

from keiretsu.http import void
from keiretsu.http.description import Place, Powers, service, written
from keiretsu.http.figures import figures_of
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product


def describe_service(
    desk: Desk, *, address: str, path: str, media: str, changes: bool, figures: dict[str, object]
) -> Product:
    """Return the description of the service at an address."""
    powers = Powers(union=desk.plan.union, changes=changes)
    return Product(written(service(Place(address, path), powers, figures_of(figures)), media), media)


def describe_dataset(desk: Desk, *, address: str, media: str, figures: dict[str, object]) -> Product:
    """Return the description of the dataset that an address serves."""
    triples = void.description(Place(address), figures_of(figures), own_space=desk.plan.build is not None)
    return Product(written(triples, media), media, headers=(("Content-Location", f"{address}/void"),))
