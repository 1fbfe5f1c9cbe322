"""The form of the shapes: numbered, named, in both languages, without blank shapes, within plain SPARQL."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from stikg.namespaces import ONTOLOGY, PREFIXES, SHAPES
from stikg.resources import ontology_dir
from tests.shapes.cases import SH, SHAPES_DIR, languages, local_name, read_shapes_graph, requirements

STIKG_REMEDY = URIRef(ONTOLOGY + "remedy")
FILES = sorted(SHAPES_DIR.glob("*.ttl"))
NUMBERED = re.compile(r"R([0-9]{3})-[a-z0-9]+(-[a-z0-9]+)*")
BOTH = ["en", "ja"]
# What SHACL forbids in a constraint (5.3.1), what reaches outside, and what is quadratic on Oxigraph.
FORBIDDEN = re.compile(r"\b(SERVICE|VALUES|MINUS|FROM|GRAPH|LOAD|INSERT|DELETE)\b", re.IGNORECASE)
SEQUENCE_IN_NOT_EXISTS = re.compile(r"NOT EXISTS \{[^}]*[A-Za-z] ?/ ?[A-Za-z]")
IRI = re.compile(r"<[^<>\s]*>")

# A misspelt parameter would constrain nothing, in silence.
# fmt: off
KNOWN = {
    "alternativePath", "class", "datatype", "declare", "disjoint", "equals", "hasValue", "in",
    "inversePath", "languageIn", "lessThanOrEquals", "maxCount", "maxInclusive", "message",
    "minCount", "minExclusive", "minInclusive", "minLength", "name", "namespace", "node",
    "nodeKind", "not", "or", "path", "pattern", "prefix", "prefixes", "property",
    "qualifiedMaxCount", "qualifiedMinCount", "qualifiedValueShape", "select", "severity", "sparql",
    "targetClass", "targetSubjectsOf", "uniqueLang",
}
# fmt: on


@cache
def queries() -> dict[str, str]:
    """Return the name and text of each SPARQL constraint."""
    found = read_shapes_graph().subject_objects(SH.select)
    return {local_name(node): str(text) for node, text in sorted(found)}


def declared_prefixes() -> dict[str, str]:
    """Return the prefixes that the shapes graph declares for its queries."""
    graph = read_shapes_graph()
    return {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(None, SH.declare)
    }


def with_prefixes(query: str) -> str:
    """Put the declared prefixes before a query."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in declared_prefixes().items()) + query


def test_requirements_are_numbered_without_gap_or_repetition() -> None:
    names = [local_name(requirement) for requirement in requirements()]
    numbers = [int(match[1]) for name in names if (match := NUMBERED.fullmatch(name))]
    assert len(numbers) == len(names)
    assert sorted(numbers) == list(range(1, len(names) + 1))


@pytest.mark.parametrize("requirement", requirements(), ids=local_name)
def test_a_requirement_speaks_both_languages(requirement: URIRef) -> None:
    graph = read_shapes_graph()
    speaker = graph.value(requirement, SH.sparql) or requirement
    assert languages(graph, requirement, SH.name) == BOTH
    assert languages(graph, requirement, STIKG_REMEDY) == BOTH
    assert languages(graph, speaker, SH.message) == BOTH


def test_messages_name_only_what_their_query_gives() -> None:
    graph = read_shapes_graph()
    for node, text in graph.subject_objects(SH.select):
        given = set(re.findall(r"[?$](\w+)", str(text).partition("WHERE")[0]))
        for message in graph.objects(node, SH.message):
            assert set(re.findall(r"\{[?$](\w+)\}", str(message))) <= given, node


def test_no_shape_is_a_blank_node() -> None:
    graph = read_shapes_graph()
    pointing = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape, SH.sparql, SH.declare)
    assert not [s for p in pointing for s, o in graph.subject_objects(p) if isinstance(o, BNode)]
    for list_of_shapes in (SH["or"], SH["and"], SH.xone):
        for head in graph.objects(None, list_of_shapes):
            assert not [item for item in graph.items(head) if isinstance(item, BNode)]


def test_every_shape_named_is_defined_and_every_shape_defined_is_used() -> None:
    graph = read_shapes_graph()
    ours = {node for triple in graph for node in triple if str(node).startswith(SHAPES)}
    assert not {node for node in ours if (node, None, None) not in graph}
    targets = (SH.targetClass, SH.targetSubjectsOf)
    used = {node for node in graph.subjects() if any((node, target, None) in graph for target in targets)}
    assert not {node for node in ours if (None, None, node) not in graph} - used


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_prefixes_are_ours_sorted_and_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prefixes = re.findall(r"^@prefix (\S+): <(\S+)> \.$", text, re.MULTILINE)
    assert prefixes == sorted(prefixes)
    assert dict(prefixes).items() <= PREFIXES.items()
    body = re.sub(r"^@prefix .*$", "", text, flags=re.MULTILINE)
    assert not [name for name, _ in prefixes if not re.search(rf"(?<![\w<-]){re.escape(name)}:", body)]


def test_the_prefixes_of_the_queries_are_ours() -> None:
    assert declared_prefixes().items() <= PREFIXES.items()


@pytest.mark.parametrize("name", queries())
def test_a_query_is_plain_and_both_engines_read_it(name: str) -> None:
    query = queries()[name]
    assert name.endswith("-query")
    assert re.match(r"\s*SELECT DISTINCT \$this\b", query)
    assert not FORBIDDEN.search(query)
    assert not SEQUENCE_IN_NOT_EXISTS.search(IRI.sub("<>", query))
    prepareQuery(with_prefixes(query))
    pyoxigraph.Store().query(with_prefixes(query))


def test_the_shapes_are_shapes_by_shacl_itself() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=read_shapes_graph(), meta_shacl=True)
    assert conforms, text


def test_every_term_of_ours_is_in_the_ontology() -> None:
    ontology = Graph().parse(ontology_dir() / "stikg.ttl", format="turtle")
    graph = read_shapes_graph()
    used = {
        node for triple in graph for node in triple if isinstance(node, URIRef) and node.startswith(ONTOLOGY)
    }
    for text in queries().values():
        used |= {URIRef(ONTOLOGY + name) for name in re.findall(r"\bstikg:(\w+)", text)}
    assert not {node for node in used if (node, RDF.type, None) not in ontology}


def test_every_class_of_the_mapping_is_looked_at() -> None:
    mapping = (ontology_dir() / "mapping.yml").read_text(encoding="utf-8")
    classes = set(re.findall(r"\[a, stikg:(\w+)\]", mapping))
    targets = {str(node).removeprefix(ONTOLOGY) for node in read_shapes_graph().objects(None, SH.targetClass)}
    assert classes - targets == set()


def test_only_what_a_document_may_really_say_is_a_warning() -> None:
    graph = read_shapes_graph()
    assert set(graph.objects(None, SH.severity)) == {SH.Violation, SH.Warning}
    assert {local_name(node).partition("-")[2] for node in graph.subjects(SH.severity, SH.Warning)} == {
        "difference-of-total-and-parts-is-recorded",
        "group-total-agrees-with-parts",
        "tied-shares-of-unequal-rank-are-recorded",
    }


def test_every_parameter_is_one_that_shacl_knows() -> None:
    graph = read_shapes_graph()
    used = {str(p).removeprefix(str(SH)) for p in graph.predicates() if str(p).startswith(str(SH))}
    assert used <= KNOWN


def test_texts_say_nothing_in_the_wrong_script() -> None:
    japanese = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
    for predicate in (SH.name, SH.message, STIKG_REMEDY):
        for text in read_shapes_graph().objects(None, predicate):
            assert isinstance(text, Literal)
            plain = re.sub(r"令和3年度|…", "", str(text))
            assert bool(japanese.search(plain)) == (text.language == "ja"), text
