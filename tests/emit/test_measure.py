"""The measured output is right: every line parses, and the number of triples is the counted one."""

from __future__ import annotations

import pyoxigraph

from tests.emit.measure import chunks, emitter


def test_the_measured_lines_are_the_triples_of_the_filled_cells() -> None:
    (table,) = chunks(500)
    lines = list(emitter().emit(table))
    filled = sum(1 + sum(cell != "" for cell in row.values[1:10]) for row in table.rows)
    quads = set(pyoxigraph.parse("".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    assert len(quads) == len(lines) == filled
    assert {f"{quad} .\n" for quad in quads} == set(lines)
