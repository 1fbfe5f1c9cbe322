"""What a graph answers: rows of terms, triples, quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from stikg.graph.engine import from_node
from stikg.terms import Term


class Triple(NamedTuple):
    """A triple."""

    subject: Term
    predicate: Term
    object: Term


class Quad(NamedTuple):
    """A triple in a named graph."""

    subject: Term
    predicate: Term
    object: Term
    graph: Term


Row = tuple[Term | None, ...]


class Rows:
    """The answer to a SELECT: one tuple of terms per solution, made as they are read; read it once.

    `variables` are the names without `?`, in the order of the SELECT clause.
    """

    def __init__(self, variables: Sequence[str], solutions: Iterable[Iterable[Any]]) -> None:
        self.variables = tuple(variables)
        self._solutions = solutions

    def __iter__(self) -> Iterator[Row]:
        for solution in self._solutions:
            yield tuple([None if node is None else from_node(node) for node in solution])
