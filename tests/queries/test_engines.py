"""Each question is plain SPARQL: rdflib and a service over HTTP give the rows of Oxigraph, in their order."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import rdflib

from stikg.query import EndpointSource, LocalSource, Rows, Triples
from stikg.query.sparql import with_prefixes
from stikg.terms import RDF_LANG_STRING, XSD_STRING, Iri, Literal, Term, is_number
from tests.queries.asking import answer, graph, texts
from tests.queries.serving import served

Cells = list[tuple[object, ...]]
ASKED = [pytest.param(name, sparql, id=f"{name}-{place}") for place, (name, sparql) in enumerate(texts())]
ROWS = [one for one in ASKED if one.values[0] != "everything-about"]


def comparable(term: Term | None) -> object:
    """Return a term so that 1 and 1.0 are equal: how a computed number is written is up to the engine."""
    if isinstance(term, Literal) and is_number(term):
        return Decimal(term.value)
    return term


def cells(found: Rows | Triples) -> Cells:
    if isinstance(found, Triples):
        return sorted((tuple(record) for record in found.records), key=repr)
    return [tuple(map(comparable, record)) for record in found.records]


@cache
def dataset() -> rdflib.Dataset:
    """Return the graph in rdflib: every quad in its evidence graph, every triple in the default graph."""
    return graph().to_rdflib()


def from_rdflib(term: object) -> Term | None:
    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        language = term.language
        datatype = RDF_LANG_STRING if language else str(term.datatype or XSD_STRING)
        return Literal(str(term), datatype, language)
    return Iri(str(term))


def by_rdflib(sparql: str) -> Cells:
    result = dataset().query(with_prefixes(sparql))
    if result.type == "CONSTRUCT":
        assert result.graph is not None
        return sorted((tuple(map(from_rdflib, triple)) for triple in result.graph), key=repr)
    return [tuple(comparable(from_rdflib(term)) for term in row) for row in result]  # type: ignore[union-attr]


def by_oxigraph(sparql: str) -> Cells:
    found = LocalSource(graph()).answer(sparql)
    assert not isinstance(found, bool)
    return cells(found)


@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning")  # rdflib 7.6 warns of its own use
@pytest.mark.parametrize(("name", "sparql"), ASKED)
def test_rdflib_gives_the_same_rows_in_the_same_order(name: str, sparql: str) -> None:
    assert by_rdflib(sparql) == by_oxigraph(sparql)


@pytest.fixture(scope="module")
def service() -> Iterator[EndpointSource]:
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("oxigraph (PyPI) is not installed beside this Python")
    named = b"".join(graph().lines())
    default = "".join(graph().ntriples()).encode()
    with served(program, named + default) as address:
        yield EndpointSource(address)


@pytest.mark.foreign
@pytest.mark.parametrize(("name", "sparql"), ASKED)
def test_a_service_gives_the_same_rows_in_the_same_order(
    service: EndpointSource, name: str, sparql: str
) -> None:
    found = service.answer(sparql)
    assert not isinstance(found, bool)
    assert cells(found) == by_oxigraph(sparql)


@pytest.mark.parametrize(("name", "sparql"), ROWS)
def test_no_row_is_given_twice(name: str, sparql: str) -> None:
    assert [row for row, times in Counter(by_oxigraph(sparql)).items() if times > 1] == []


def order_keys(sparql: str) -> list[str]:
    """Return the expressions of the last ORDER BY, without DESC."""
    clause = sparql.rpartition("\nORDER BY ")[2].partition("\nLIMIT")[0].replace("DESC(", "(")
    keys, depth = [""], 0
    for letter in clause.strip():
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == " " and depth == 0:
            keys.append("")
        else:
            keys[-1] += letter
    return keys


@pytest.mark.parametrize(("name", "sparql"), ROWS)
def test_the_order_of_the_rows_is_never_left_to_the_engine(name: str, sparql: str) -> None:
    keys = order_keys(sparql)
    wanted = " ".join(f"({key} AS ?key{place})" for place, key in enumerate(keys))
    extended = sparql.replace("\nWHERE {\n", f" {wanted}\nWHERE {{\n", 1)
    found = answer(re.sub(r"\nLIMIT 1\s*$", "\n", extended))
    places = [index for index, column in enumerate(found.columns) if column.startswith("key")]
    assert len(places) == len(keys) > 0
    ranks = Counter(tuple(record[place] for place in places) for record in found.records)
    assert [rank for rank, times in ranks.items() if times > 1] == []
