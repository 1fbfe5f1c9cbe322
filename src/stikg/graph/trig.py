"""TriG: each named graph as a block, sorted, in the Turtle of this project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stikg.graph.evidence import by_predicate
from stikg.graph.lines import END, cut_graph, triples_by_subject
from stikg.graph.turtle import Shorten, block, header, shortener


def write(lines: Sequence[bytes], prefixes: Mapping[str, str], base: str) -> Iterator[bytes]:
    """Yield the quads as TriG: the default graph, if it says anything, then the named graphs, sorted."""
    yield header(prefixes, base)
    shorten = shortener(prefixes, base)
    graphs: dict[bytes, list[bytes]] = {}
    for line in lines:
        triple, graph = cut_graph(line)
        graphs.setdefault(graph, []).append(triple + END)
    for triple in _blocks(graphs.pop(b"", []), shorten, b""):
        yield b"\n" + triple
    for graph in sorted(graphs):
        yield b"\n" + shorten(graph) + b" {\n"
        yield from _blocks(graphs[graph], shorten, b"    ")
        yield b"}\n"


def _blocks(triples: Iterable[bytes], shorten: Shorten, indent: bytes) -> Iterator[bytes]:
    """Yield one block for each subject."""
    for subject, pairs, _ in triples_by_subject(triples):
        yield block(subject, by_predicate(pairs), shorten, indent)
