"""Constraints written in SPARQL: bound to many focus nodes at once, with the report of one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stikg.errors import ShapesError
from stikg.validate import validate
from stikg.validate.sparql_predicates import predicates_read
from stikg.validate.sparql_query import UnknownForm, read_query
from tests.validate.shapes_strategies import HEAD, IRIS, PREDICATES, graphs

DECLARED = 'ex:P sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .\n'
QUERIES = [
    "SELECT $this ?value WHERE { $this ex:p ?value }",
    "SELECT ?value WHERE { $this ex:p ?value }",
    "SELECT DISTINCT ?value WHERE { $this ex:p/ex:q ?value }",
    "SELECT ?other WHERE { $this ex:p ?other }",
    "SELECT $this ?value ?path WHERE { $this ?path ?value . FILTER isLiteral(?value) }",
    "SELECT $this WHERE { FILTER NOT EXISTS { ?x ex:p $this } }",
    "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:p ?x . FILTER (?x = ex:a || $this = ?x) } }",
    "SELECT $this ?value WHERE { $this ex:p ?value . OPTIONAL { $this ex:q ?z } FILTER (!bound(?z)) }",
    "SELECT $this ?value WHERE { { $this ex:p ?value } UNION { ?value ex:q $this } }",
    "SELECT $this WHERE { { FILTER ($this = ex:a) } UNION { $this ex:r ?x } }",
    "SELECT $this WHERE { OPTIONAL { { FILTER (bound($this)) } BIND (1 AS ?one) } FILTER (?one = 1) }",
    "SELECT $this ?n WHERE { { SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p ?x } GROUP BY $this }"
    " FILTER (?n > 1) }",
    "SELECT $this (COUNT(?x) AS ?value) WHERE { $this ex:p ?x } GROUP BY $this HAVING (COUNT(?x) > 1)",
    "SELECT (COUNT(?x) AS ?value) WHERE { $this ex:p ?x }",
    "SELECT (COUNT(?x) AS ?value) WHERE { ?y ex:p ?x }",
    "SELECT ?value WHERE { $this ex:p|^ex:q ?value } ORDER BY ?value LIMIT 1",
    "SELECT $this ?value WHERE { $this ex:p ?value ; ex:q ?value . # a comment { \n }",
    "SELECT $this ?value WHERE { $this ex:p ?x . BIND (STR(?x) AS ?value) }",
]


def shapes_of(query: str, *, at_property: bool = False, message: str = "") -> str:
    """Return a shapes graph with one query."""
    path = "sh:path ex:p ; " if at_property else ""
    said = f"sh:message {message} ; " if message else ""
    return (
        f"{HEAD}{DECLARED}ex:S sh:targetSubjectsOf ex:p, ex:r ; sh:targetNode ex:a ; {path}"
        f'sh:sparql ex:Q .\nex:Q sh:prefixes ex:P ; {said}sh:select """{query}""" .\n'
        + ("" if at_property else "ex:S a sh:NodeShape .")
    )


def without_blank_nodes(lines: list[str]) -> list[str]:
    """Return the lines with IRIs in place of blank nodes."""
    return [
        line.replace("_:x", "<https://example.org/x>").replace("_:y", "<https://example.org/y>")
        for line in lines
    ]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=graphs(),
    query=st.sampled_from(QUERIES),
    at_property=st.booleans(),
    message=st.sampled_from(
        ["", '"{?value} at {$this}"@en, "{$this} の {?value}"@ja', '"says {?n} {?path}"']
    ),
)
def test_a_query_selects_what_it_selects_for_the_reference(
    tmp_path_factory: pytest.TempPathFactory, data: list[str], query: str, at_property: bool, message: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "query-shapes.ttl"
    path.write_text(shapes_of(query, at_property=at_property, message=message), encoding="utf-8")
    lines = without_blank_nodes(data)
    try:
        reference = validate(lines, [path], engine="pyshacl", unmet="warning")
    except ShapesError:
        return
    assert validate(lines, [path], engine="fast", unmet="warning") == reference


def test_blank_nodes_are_left_to_the_reference(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(shapes_of(QUERIES[0]), encoding="utf-8")
    lines = ["_:x <https://example.org/p> _:y ."]
    with pytest.raises(ShapesError, match="cannot name a blank node"):
        validate(lines, [path], engine="fast", unmet="warning")
    report = validate(lines, [path], unmet="warning")
    assert [result.focus_node for result in report.results] == ["_:x"]


def test_a_value_is_reported_as_the_data_write_it(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(shapes_of(QUERIES[0]), encoding="utf-8")
    term = '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    report = validate([f"<https://example.org/a> <https://example.org/p> {term} ."], [path], unmet="warning")
    assert [result.value for result in report.results] == [term]


@pytest.mark.parametrize(
    "query",
    [
        "ASK { $this ?p ?o }",
        "SELECT $this WHERE { $this ?p ?o MINUS { $this ?p ex:a } }",
        "SELECT $this WHERE { VALUES ?x { 1 } $this ?p ?x }",
        "SELECT $this WHERE { $this ?p ?o { SELECT ?o WHERE { ?s ?p ?o } } }",
        "SELECT $this WHERE { $this ?p ?o { SELECT * WHERE { ?s ?p ?o } } }",
        "SELECT (1 AS $this) WHERE { ?s ?p ?o }",
        "SELECT $this WHERE { GRAPH $shapesGraph { $this ?p ?o } }",
        "SELECT $this WHERE { FILTER EXISTS { SELECT $this WHERE { $this ?p ?o } } }",
        "SELECT $this WHERE { $this ?p ?o",
        "SELECT $this",
    ],
)
def test_a_form_that_pre_binding_does_not_allow_is_not_taken(query: str) -> None:
    with pytest.raises(UnknownForm):
        read_query(query)


def test_every_group_that_speaks_of_this_begins_with_its_values() -> None:
    query = read_query("SELECT $this WHERE { ?a ?b ?c { FILTER ($this = ?a) } { ?d ?e ?f } }")
    assert query.bound_to(["<urn:x>"]) == (
        "SELECT $this WHERE { VALUES ?this { <urn:x> }  ?a ?b ?c"
        " { VALUES ?this { <urn:x> }  FILTER ($this = ?a) } { ?d ?e ?f } }"
    )


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ("SELECT $this WHERE { $this ?p ?o }", True),
        ("SELECT $this (COUNT(?o) AS ?n) WHERE { $this ?p ?o } GROUP BY $this", True),
        ("SELECT (COUNT(?o) AS ?n) WHERE { $this ?p ?o }", False),
        ("SELECT $this WHERE { $this ?p ?o } LIMIT 1", False),
        ("SELECT $this WHERE { { SELECT $this (SUM(?o) AS ?n) WHERE { $this ?p ?o } GROUP BY ?o } }", False),
    ],
)
def test_focus_nodes_go_together_only_where_their_rows_stay_apart(query: str, many: bool) -> None:
    assert read_query(query).takes_many is many


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT $this WHERE { $this ex:p ?v ; ex:q/^ex:r* ?w , ?z . ?v a ex:C }", "p q r type"),
        ('SELECT $this WHERE { $this ex:p "x"@en , 1.5 , true . FILTER (ex:f(?v) = ex:g) }', "p"),
        (
            "SELECT $this WHERE { $this ex:p ?v . BIND (?v / 2 AS ?h) FILTER NOT EXISTS { ?v ex:q -1 } }",
            "p q",
        ),
        ("SELECT $this WHERE { $this (ex:p|ex:q)+ ?v OPTIONAL { ?v ex:r ?w } }", "p q r"),
        ('SELECT $this WHERE { $this ex:p "1"^^xsd:int . { ?a ex:q ?b } UNION { ?a ex:r ?b } }', "p q r"),
        ("PREFIX o: <urn:o#> SELECT $this WHERE { $this o:p ?v } ORDER BY ?v LIMIT 2", "urn:o#p"),
        ("SELECT $this WHERE { { SELECT $this (COUNT(?x) AS ?n) { $this ex:p ?x } GROUP BY $this } }", "p"),
        ("SELECT $this WHERE { $this ?p ?v }", None),
        ("SELECT $this WHERE { $this !ex:p ?v }", None),
        ("SELECT $this WHERE { $this ex:p [ ex:q ?v ] }", None),
        ("SELECT $this WHERE { GRAPH ?g { $this ex:p ?v } }", None),
        ("SELECT $this WHERE { $this unknown:p ?v }", None),
        ("SELECT $this WHERE { FILTER (1 = 1 && EXISTS { $this ex:p ?v }) }", None),
    ],
)
def test_the_predicates_a_query_reads_are_found_or_said_to_be_any(query: str, expected: str | None) -> None:
    prefixes = {"ex": "https://example.org/", "xsd": "http://www.w3.org/2001/XMLSchema#"}
    found = predicates_read(query, prefixes)
    short = {
        "https://example.org/": "",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "",
    }
    if found is not None:
        names = {iri.strip("<>") for iri in found}
        for namespace, shown in short.items():
            names = {name.replace(namespace, shown) for name in names}
        assert " ".join(sorted(names)) == expected
    else:
        assert expected is None


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=graphs(), query=st.sampled_from(QUERIES))
def test_a_query_finds_the_same_in_the_predicates_it_reads(data: list[str], query: str) -> None:
    from stikg.validate.data import open_data
    from stikg.validate.store import QueryStore

    prefixes = {"ex": "https://example.org/"}
    text = "PREFIX ex: <https://example.org/>\n" + read_query(query).bound_to([*IRIS, *PREDICATES])
    read = predicates_read(query, prefixes)
    triples = sorted(set(open_data(without_blank_nodes(data)).triples()))
    fewer = [triple for triple in triples if read is None or triple[1] in read]
    names = read_query(query).top.names
    answers = [
        sorted(tuple(solution(name) or "" for name in names) for solution in QueryStore(found).select(text))
        for found in (triples, fewer)
    ]
    assert answers[0] == answers[1]
