"""What a package offers is what is there."""

from __future__ import annotations

import keiretsu_loaders


def test_the_names_of_the_loaders_are_there() -> None:
    """Every name that is offered can be had, is sorted, and nothing else is found by guessing."""
    assert keiretsu_loaders.__all__ == sorted(keiretsu_loaders.__all__)
    assert all(getattr(keiretsu_loaders, name) for name in keiretsu_loaders.__all__)
    assert not hasattr(keiretsu_loaders, "nothing_of_the_kind")
