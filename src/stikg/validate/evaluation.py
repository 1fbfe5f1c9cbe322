"""The fast lane: compiled shapes judged set at a time over an index, their queries on Oxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stikg.validate.constraints import CompiledShape, Finding, NotCovered, Themselves, ValuesOf
from stikg.validate.index import Index
from stikg.validate.ntriples import SH, is_blank
from stikg.validate.path_values import path_values
from stikg.validate.paths import read_path
from stikg.validate.shapes import Shapes
from stikg.validate.sparql import NotRunnable, SparqlConstraint, fill_in, rows
from stikg.validate.store import QueryStore


class Evaluation:
    """One run over one index; what was judged once is remembered."""

    def __init__(self, shapes: Shapes, index: Index, read_by_queries: frozenset[str] | None) -> None:
        self.shapes = shapes
        self.index = index
        self._read_by_queries = read_by_queries
        self._judged: dict[str, tuple[set[str], set[str]]] = {}
        self._store: QueryStore | None = None

    def judge(self, shape: CompiledShape, focus: Iterable[str]) -> list[Finding]:
        """Return everything the shape finds wrong with the focus nodes.

        Raises:
            NotCovered: the data hold something that only the reference judges.
        """
        try:
            return list(self.findings(shape, focus))
        except NotRunnable as error:
            raise NotCovered(str(error)) from error

    def findings(self, shape: CompiledShape, nodes: Iterable[str]) -> Iterator[Finding]:
        """Yield what the shape finds wrong with the nodes, all of them distinct."""
        focus = list(nodes)
        values = self._values(shape, focus)
        for constraint in shape.constraints:
            for _, finding in constraint.broken(self, focus, values):
                yield (
                    finding
                    if finding.path or finding.shape != shape.node
                    else finding._replace(path=shape.path)
                )

    def nonconforming(self, shape: CompiledShape, nodes: Iterable[str]) -> set[str]:
        """Return those of the nodes that do not conform to the shape."""
        judged, bad = self._judged.setdefault(shape.node, (set(), set()))
        fresh = [node for node in nodes if node not in judged] if judged else list(nodes)
        if fresh:
            values = self._values(shape, fresh)
            for constraint in shape.constraints:
                bad |= constraint.failing(self, fresh, values)
            judged.update(fresh)
        return bad if len(bad) == 0 else bad.intersection(nodes)

    def _values(self, shape: CompiledShape, focus: Sequence[str]) -> ValuesOf:
        """Return what gives the value nodes of a focus node."""
        if shape.path is None:
            return Themselves()
        return path_values(read_path(self.shapes, shape.path), focus, self.index)

    def broken_by_query(
        self, constraint: SparqlConstraint, shape: CompiledShape, focus: Iterable[str]
    ) -> Iterator[tuple[str, Finding]]:
        """Yield focus node and finding for what a SPARQL constraint selects. Source: SHACL 5.3.2."""
        nodes = sorted(focus)
        if any(is_blank(node) for node in nodes):
            raise NotRunnable("a query cannot name a blank node")
        for row in rows(constraint, nodes, self._query_store()):
            value = row.value or (row.focus if shape.path is None else None)
            known = row.variables if value is None else {**row.variables, "value": value}
            yield (
                row.focus,
                Finding(
                    shape.node,
                    f"{SH}SPARQLConstraintComponent",
                    row.focus,
                    value,
                    row.path or shape.path,
                    fill_in(constraint.messages, known),
                    constraint.node,
                ),
            )

    def _query_store(self) -> QueryStore:
        """Return the store for queries, loaded when the first one needs it."""
        if self._store is None:
            self._store = QueryStore(self.index.triples(self._read_by_queries))
        return self._store
