"""Lines of a sorted file are found by halving, whether it is mapped or read in places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.http.linked import blocks
from keiretsu.http.linked.blocks import Blocks
from keiretsu_graph.build import Build
from keiretsu_ontology.errors import StoreError

NAMES = st.text("ab-#", min_size=1, max_size=6)
TEXTS = st.text("xyz é", max_size=30)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, TEXTS), max_size=40), NAMES)
def test_all_lines_of_a_node_and_no_others_are_found(rows: list[tuple[str, str]], name: str) -> None:
    """Those of the node first, then those of its parts; a longer name is another node."""
    lines = sorted({f'<{node}> <p> "{text}" .' for node, text in rows})
    data = "".join(f"{line}\n" for line in lines).encode()
    found = Blocks(len(data), lambda start, length: data[start : start + length])
    own = [line for line in lines if line.startswith(f"<{name}>")]
    parts = [line for line in lines if line.startswith(f"<{name}#")]

    assert [line.decode() for line in found.about(name)] == [*own, *parts]


def test_a_large_file_is_read_in_places(small_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same lines as of a file that is mapped into memory."""
    mapped = Blocks.open(small_build.quads)
    monkeypatch.setattr(blocks, "_MAPPED", 0)
    read = Blocks.open(small_build.quads)
    lines = small_build.quads.read_bytes().splitlines()
    nodes = {line.split(b">")[0][1:].partition(b"#")[0].decode() for line in lines}

    assert len(nodes) > 20
    assert all(mapped.about(node) == read.about(node) != [] for node in nodes if "ontology" not in node)
    assert read.about("https://w3id.org/keiretsu/entity/nobody") == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """An error of ours, that says what to do."""
    with pytest.raises(StoreError, match="build it again"):
        Blocks.open(tmp_path / "none.nq")
