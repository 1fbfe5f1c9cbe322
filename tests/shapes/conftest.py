"""What pySHACL would do again for each case is done once: parse the queries, read the shapes graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pyshacl.validator
import pytest
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Identifier


@pytest.fixture(autouse=True, scope="package")
def _prepared_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        _parse_queries_once(patch)
        _read_shapes_once(patch)
        yield


def _parse_queries_once(patch: pytest.MonkeyPatch) -> None:
    """Keep prepared queries: pySHACL hands over the text again for each focus node."""
    plain = SPARQLProcessor.query
    prepared = cache(prepareQuery)

    def query(
        self: SPARQLProcessor, asked: str | Query, bindings: Mapping[str, Identifier], *rest: object
    ) -> Mapping[str, object]:
        return plain(self, prepared(asked) if isinstance(asked, str) else asked, bindings)

    patch.setattr(SPARQLProcessor, "query", query)


def _read_shapes_once(patch: pytest.MonkeyPatch) -> None:
    """Keep what pySHACL makes of the shapes graph: it does not change between the cases."""
    plain = pyshacl.validator.ShapesGraph
    made: dict[int, object] = {}

    def shapes_graph(graph: Graph, *rest: object) -> object:
        if id(graph) not in made:
            made[id(graph)] = plain(graph, *rest)
        return made[id(graph)]

    patch.setattr(pyshacl.validator, "ShapesGraph", shapes_graph)
