"""How the explorer's script gets into a wheel: for the build hook and for `scripts/explorer`.

It runs before anything is installed, so it takes Python's own library alone and imports nothing of ours.
"""

from bundling.making import BUILT, FILES, install, is_fresh, make
from bundling.node import BundlingError, find_node, get_node
from bundling.sources import sources, stamp

__all__ = [
    "BUILT",
    "FILES",
    "BundlingError",
    "find_node",
    "get_node",
    "install",
    "is_fresh",
    "make",
    "sources",
    "stamp",
]
