"""The graph as a value: what it holds, answers and becomes."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad as EngineQuad
from pyoxigraph import QuerySolutions, RdfFormat, Store, serialize

from stikg.errors import OutputRefused, QueryRejected, UnreadableFile
from stikg.graph import FORMATS, Graph, Quad, Triple, parse_lines
from stikg.graph.engine import to_engine
from stikg.terms import Blank, Iri, Literal

XSD = "http://www.w3.org/2001/XMLSchema#"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
AMOUNT = f'<http://e/sicorp> <http://e/amount> "1050"^^<{XSD}integer>'
LINES = [
    f"{AMOUNT} <http://e/L12> .\n",
    f"{AMOUNT} <http://e/L48> .\n",
    '<http://e/sicorp> <http://e/name> "共同研究"@ja <http://e/L12> .\n',
    f'<http://e/sicorp> <http://e/share> "1.50"^^<{XSD}decimal> <http://e/L12> .\n',
]


@pytest.fixture
def graph() -> Graph:
    return Graph.from_nquads(LINES)


def test_a_triple_that_two_passages_state_counts_once(graph: Graph) -> None:
    rows = list(graph.query("SELECT (SUM(?a) AS ?sum) (COUNT(*) AS ?n) { ?s <http://e/amount> ?a }"))
    assert rows == [(Literal("1050", XSD + "integer"), Literal("1", XSD + "integer"))]


def test_the_union_option_of_the_engine_still_counts_it_twice() -> None:
    """While this holds, docs/decisions/0001-default-graph.md holds."""
    store = Store()
    store.load("".join(LINES).encode(), format=RdfFormat.N_QUADS)
    found = store.query("SELECT * { ?s <http://e/amount> ?a }", use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    assert len(list(found)) == 2


def test_each_passage_is_found_with_graph(graph: Graph) -> None:
    rows = graph.query("SELECT ?g { GRAPH ?g { ?s <http://e/amount> ?a } } ORDER BY ?g")
    assert rows.variables == ("g",)
    assert list(rows) == [(Iri("http://e/L12"),), (Iri("http://e/L48"),)]


def test_it_counts_distinct_triples(graph: Graph) -> None:
    assert (len(graph), graph.graphs()) == (3, {"http://e/L12": 3, "http://e/L48": 1})
    assert len(list(graph.quads())) == 4
    assert repr(graph) == "<Graph: 3 triples in 2 named graphs>"


def test_triples_and_quads_are_terms_in_order(graph: Graph) -> None:
    subject = Iri("http://e/sicorp")
    amount, name, share = graph.triples()
    assert amount == Triple(subject, Iri("http://e/amount"), Literal("1050", XSD + "integer"))
    assert name.object == Literal("共同研究", LANG_STRING, "ja")
    assert share.object == Literal("1.50", XSD + "decimal")
    assert list(graph.quads())[1] == Quad(*amount, Iri("http://e/L48"))


def test_the_lexical_form_survives_on_the_way_to_files(graph: Graph) -> None:
    for form in FORMATS.values():
        assert b"1.50" in b"".join(graph.serialise(form))


def test_the_order_and_number_of_lines_make_no_difference(graph: Graph) -> None:
    shuffled = LINES * 2
    random.Random(1).shuffle(shuffled)
    assert Graph.from_nquads(shuffled) == graph
    assert b"".join(Graph.from_nquads(shuffled).lines()) == "".join(sorted(LINES)).encode()


def test_evidence_of_a_statement(graph: Graph) -> None:
    assert graph.evidence_of("<http://e/sicorp>") == ["http://e/L12", "http://e/L48"]
    assert graph.evidence_of("http://e/sicorp", "http://e/name") == ["http://e/L12"]
    assert graph.evidence_of("<http://e/sicorp>", "<http://e/amount>", f'"1050"^^<{XSD}integer>') == [
        "http://e/L12",
        "http://e/L48",
    ]
    assert graph.evidence_of("<http://e/sicorp>", None, '"共同研究"@ja') == ["http://e/L12"]
    assert graph.evidence_of("<http://e/nobody>") == []


def test_values_stand_for_variables(graph: Graph) -> None:
    found = graph.query("SELECT ?o { ?s ?p ?o }", {"p": Iri("http://e/name")})
    assert [row[0].value for row in found if row[0]] == ["共同研究"]
    assert graph.ask("ASK { ?s ?p ?o }", {"o": Literal("1050", XSD + "integer")})


def test_a_value_for_no_variable_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryRejected, match=r"no variable \?programme") as caught:
        graph.query("SELECT ?o { ?s ?p ?o }", {"programme": Iri("http://e/x")})
    assert "?o, ?p, ?s" in caught.value.text()


def test_construct_gives_distinct_triples(graph: Graph) -> None:
    made = graph.construct("CONSTRUCT { ?s a <http://e/P> } { ?s ?p ?o }")
    assert made == [
        Triple(
            Iri("http://e/sicorp"), Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Iri("http://e/P")
        )
    ]


@pytest.mark.parametrize(
    ("method", "text"),
    [("query", "ASK {}"), ("ask", "SELECT * {}"), ("construct", "ASK {}"), ("query", "CONSTRUCT {} {}")],
)
def test_another_form_of_query_is_refused(graph: Graph, method: str, text: str) -> None:
    with pytest.raises(QueryRejected, match=rf"{method}\(\) needs"):
        getattr(graph, method)(text)


def test_a_triple_term_is_no_answer(graph: Graph) -> None:
    with pytest.raises(QueryRejected, match="triple term"):
        list(graph.query("SELECT (TRIPLE(?s, ?p, ?o) AS ?t) { ?s ?p ?o }"))


def test_unbound_is_none(graph: Graph) -> None:
    assert list(graph.query("SELECT ?x ?s { OPTIONAL { ?s <http://e/none> ?x } }")) == [(None, None)]


def test_the_prefixes_of_the_project_need_no_declaration(graph: Graph) -> None:
    assert not graph.ask("ASK { ?s skos:prefLabel ?label }")


def test_the_prefixes_follow_the_base() -> None:
    base = "https://example.org/x/"
    graph = Graph.from_nquads([f'<{base}id/a> <{base}ontology#amount> "1" <{base}g> .\n'], base=base)
    assert graph.ask("ASK { id:a stikg:amount ?x }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } # done",
        "SELECT (COUNT(*) AS ?n) (EXISTS { } AS ?x) WHERE { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?q ?o FILTER(?q = ?p) }",
        "SELECT ?n { { SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p } }",
        "SELECT ?n { SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p }",
    ],
)
def test_values_reach_into_sums_and_filters(graph: Graph, text: str) -> None:
    found = graph.query(text, {"p": Iri("http://e/name")})
    assert [row[0] for row in found] == [Literal("1", XSD + "integer")]


def test_values_reach_the_pattern_behind_a_template(graph: Graph) -> None:
    made = graph.construct("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o }", {"p": Iri("http://e/name")})
    assert [one.predicate for one in made] == [Iri("http://e/name")]


@pytest.mark.parametrize("term", [Blank("x"), Iri("relative"), Iri("http://e/a b"), Iri("http://e/> }")])
def test_a_value_that_cannot_be_written_is_refused(graph: Graph, term: Iri | Blank) -> None:
    with pytest.raises(QueryRejected, match="cannot stand for a variable"):
        graph.query("SELECT * { ?s ?p ?o }", {"o": term})


def test_a_value_stays_a_value(graph: Graph) -> None:
    hostile = Literal('" } SERVICE <http://127.0.0.1/> { # \\\n')
    assert list(graph.query("SELECT * { ?s ?p ?o }", {"o": hostile})) == []


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib of itself
def test_rdflib_sees_the_same(graph: Graph) -> None:
    dataset = graph.to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(dataset) == 3
    assert len(list(dataset.quads())) == 4
    share = dataset.value(rdflib.URIRef("http://e/sicorp"), rdflib.URIRef("http://e/share"))
    assert str(share) == "1.50"
    assert dataset.value(rdflib.URIRef("http://e/sicorp"), rdflib.URIRef("http://e/name")) == rdflib.Literal(
        "共同研究", lang="ja"
    )
    assert dict(dataset.namespaces())["stikg"] == rdflib.URIRef("https://w3id.org/stikg/ontology#")


def test_triples_of_the_default_graph_are_no_evidence() -> None:
    graph = Graph.from_nquads(["<http://e/a> <http://e/b> <http://e/c> .\n"])
    assert (len(graph), graph.graphs(), list(graph.quads())) == (1, {}, [])
    assert graph.evidence_of("http://e/a") == []
    assert graph.ask("ASK { ?s ?p <http://e/c> }")
    assert not graph.ask("ASK { GRAPH ?g { ?s ?p ?o } }")


def test_an_empty_graph_is_a_graph() -> None:
    graph = Graph.from_nquads([])
    assert (len(graph), bool(graph), list(graph.query("SELECT * { ?s ?p ?o }"))) == (0, False, [])
    for form in FORMATS.values():
        b"".join(graph.serialise(form))


def test_a_broken_line_is_named() -> None:
    with pytest.raises(UnreadableFile, match="emitted:2"):
        Graph.from_nquads([LINES[0], "<http://e/a> <http://e b> 1 .\n"], name="emitted")


def test_blank_nodes_keep_their_names_in_nquads() -> None:
    graph = Graph.from_nquads(['_:x <http://e/b> "1" _:g .\n'])
    assert list(graph.quads()) == [Quad(Blank("x"), Iri("http://e/b"), Literal("1"), Blank("g"))]


@pytest.mark.parametrize("suffix", [".nq", ".nt", ".trig", ".ttl", ".jsonld", ".nq.gz", ".ttl.gz"])
def test_what_is_written_is_read_again(graph: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    graph.write(path)
    again = Graph.read(path)
    assert list(again.ntriples()) == list(graph.ntriples())
    assert again.graphs() == (graph.graphs() if suffix in {".nq", ".trig", ".nq.gz"} else {})


def test_a_packed_file_holds_no_time(graph: Graph, tmp_path: Path) -> None:
    graph.write(tmp_path / "x.nq.gz")
    packed = (tmp_path / "x.nq.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    assert gzip.decompress(packed) == b"".join(graph.lines())


def test_a_file_is_not_overwritten_unasked(graph: Graph, tmp_path: Path) -> None:
    for write in (graph.write_nquads, graph.write_trig, graph.write_turtle, graph.write_jsonld):
        (tmp_path / "x").write_bytes(b"mine")
        with pytest.raises(OutputRefused):
            write(tmp_path / "x")
        write(tmp_path / "x", force=True)
        assert (tmp_path / "x").read_bytes() != b"mine"


def test_a_suffix_that_names_no_form_is_refused(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match=r"\.nq \.nt \.trig \.ttl \.jsonld"):
        graph.write(tmp_path / "x.rdf")


iris = st.from_regex(r"http://e/[A-Za-z0-9/.~あ漢:_-]{0,8}(#[A-Za-z0-9/._-]{0,4})?", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numerals = st.from_regex(r"[+-]?[0-9]{1,5}(\.[0-9]{1,3})?", fullmatch=True)
literals = st.one_of(
    st.builds(Literal, texts, st.just(XSD + "string"), st.none()),
    st.builds(Literal, texts, iris, st.none()),
    st.builds(Literal, numerals, st.sampled_from([XSD + "decimal", XSD + "integer"]), st.none()),
    st.builds(Literal, texts, st.just(LANG_STRING), st.sampled_from(["ja", "en", "ja-hrkt"])),
)
ours = st.sampled_from([Iri(f"https://w3id.org/stikg/id/programme/{n}") for n in "ab"])
things = ours | iris.map(Iri)
found_quads = st.lists(st.builds(Quad, things, iris.map(Iri), literals | things, things), max_size=12)


@given(found_quads)
def test_every_form_gives_the_same_triples_back(found: list[Quad]) -> None:
    graph = Graph.from_nquads([nquads_by_the_engine(found)])
    assert set(graph.quads()) == set(found)
    for suffix, form in FORMATS.items():
        written = b"".join(graph.serialise(form))
        again = Graph(parse_lines(written, suffix, form))
        assert list(again.ntriples()) == list(graph.ntriples()), written.decode()
        assert again == graph or suffix not in {".nq", ".trig"}


def nquads_by_the_engine(found: list[Quad]) -> str:
    engine = [EngineQuad(*map(to_engine, quad)) for quad in found]  # type: ignore[arg-type]
    return (serialize(engine, format=RdfFormat.N_QUADS) or b"").decode()
