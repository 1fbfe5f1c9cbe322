"""The forms a graph is written in: readable, sorted, the same bytes for the same graph."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib

from stikg.graph import Graph, parse_lines
from stikg.namespaces import BASE, PREFIXES

XSD = PREFIXES["xsd"]
EVIDENCE = f"{BASE}id/evidence/mext-fy2021"
QUOTED = f"<{PREFIXES['prov']}wasQuotedFrom> <{BASE}id/document/mext-fy2021>"
SICORP = f"<{BASE}id/programme/sicorp>"
LINES = [
    f"{SICORP} <{PREFIXES['rdf']}type> <{BASE}ontology#Programme> <{EVIDENCE}/L12/stated> .\n",
    f'{SICORP} <{PREFIXES["skos"]}prefLabel> "共同研究"@ja <{EVIDENCE}/L12/stated> .\n',
    f'{SICORP} <{PREFIXES["skos"]}prefLabel> "SICORP"@en <{EVIDENCE}/L48/stated> .\n',
    f'{SICORP} <{PREFIXES["skos"]}prefLabel> "SICORP"@en <{EVIDENCE}/L12/stated> .\n',
    f'{SICORP} <{BASE}ontology#amount> "1050000000"^^<{XSD}decimal> <{EVIDENCE}/L48/stated> .\n',
    f'{SICORP} <{BASE}ontology#firstLine> "12"^^<{XSD}integer> <{EVIDENCE}/L12/stated> .\n',
    f"<{EVIDENCE}/L12/stated> {QUOTED} <{EVIDENCE}/L12/stated> .\n",
    f"<{EVIDENCE}/L48/stated> {QUOTED} <{EVIDENCE}/L48/stated> .\n",
    f'{SICORP} <{PREFIXES["skos"]}note> "not evidence" <{BASE}ontology> .\n',
]  # fmt: skip


@pytest.fixture
def graph() -> Graph:
    return Graph.from_nquads(LINES)


def body(text: bytes) -> str:
    return "".join(line for line in text.decode().splitlines(keepends=True) if not line.startswith("@"))


def test_turtle_reads_well_and_names_the_evidence(graph: Graph) -> None:
    assert body(b"".join(graph.serialise("turtle"))) == (
        """
<id/evidence/mext-fy2021/L12/stated> prov:wasQuotedFrom <id/document/mext-fy2021> .

<id/evidence/mext-fy2021/L48/stated> prov:wasQuotedFrom <id/document/mext-fy2021> .

<id/programme/sicorp> a stikg:Programme ;
    skos:note "not evidence" ;
    skos:prefLabel "SICORP"@en,
        "共同研究"@ja ;
    prov:wasDerivedFrom <id/evidence/mext-fy2021/L12/stated>,
        <id/evidence/mext-fy2021/L48/stated> ;
    stikg:amount "1050000000"^^xsd:decimal ;
    stikg:firstLine 12 .
"""
    )


def test_trig_has_a_block_for_each_passage(graph: Graph) -> None:
    assert body(b"".join(graph.serialise("trig"))) == (
        """
<id/evidence/mext-fy2021/L12/stated> {
    <id/evidence/mext-fy2021/L12/stated> prov:wasQuotedFrom <id/document/mext-fy2021> .
    <id/programme/sicorp> a stikg:Programme ;
        skos:prefLabel "SICORP"@en,
            "共同研究"@ja ;
        stikg:firstLine 12 .
}

<id/evidence/mext-fy2021/L48/stated> {
    <id/evidence/mext-fy2021/L48/stated> prov:wasQuotedFrom <id/document/mext-fy2021> .
    <id/programme/sicorp> skos:prefLabel "SICORP"@en ;
        stikg:amount "1050000000"^^xsd:decimal .
}

<https://w3id.org/stikg/ontology> {
    <id/programme/sicorp> skos:note "not evidence" .
}
"""
    )


def test_jsonld_reads_as_plain_words(graph: Graph) -> None:
    document = json.loads(b"".join(graph.serialise("jsonld")))
    assert document["@context"]["stikg"] == PREFIXES["stikg"]
    assert document["@graph"][2] == {
        "@id": "id:programme/sicorp",
        "@type": "stikg:Programme",
        PREFIXES["skos"] + "note": "not evidence",  # no language, so it cannot stand in a language map
        "skos:prefLabel": {"en": "SICORP", "ja": "共同研究"},
        "prov:wasDerivedFrom": [
            "id:evidence/mext-fy2021/L12/stated",
            "id:evidence/mext-fy2021/L48/stated",
        ],
        "amount": "1050000000",
        "firstLine": "12",
    }


@pytest.mark.parametrize(("form", "parser"), [("turtle", ".ttl"), ("jsonld", ".jsonld")])
def test_the_union_adds_nothing_but_the_evidence(graph: Graph, form: str, parser: str) -> None:
    written = Graph(parse_lines(b"".join(graph.serialise(form)), parser, form))  # type: ignore[arg-type]
    added = set(written.ntriples()) - set(graph.ntriples())
    assert set(graph.ntriples()) <= set(written.ntriples())
    assert added == {
        f"{SICORP} <{PREFIXES['prov']}wasDerivedFrom> <{EVIDENCE}/{line}/stated> .\n"
        for line in ("L12", "L48")
    }


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib of itself
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_rdflib_reads_the_same_turtle_and_jsonld(graph: Graph) -> None:
    turtle = rdflib.Graph().parse(data=b"".join(graph.serialise("turtle")), format="turtle")
    jsonld = rdflib.Graph().parse(data=b"".join(graph.serialise("jsonld")), format="json-ld")
    assert len(turtle) == len(graph) + 2
    assert set(turtle) == set(jsonld)


@pytest.mark.foreign
@pytest.mark.parametrize("program", ["rapper", "serdi"])
def test_foreign_parsers_read_the_same_turtle(graph: Graph, tmp_path: Path, program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    graph.write_turtle(tmp_path / "x.ttl")
    flags = ["-q", "-i", "turtle", "-o", "ntriples"] if program == "rapper" else ["-o", "ntriples"]
    done = subprocess.run([program, *flags, tmp_path / "x.ttl"], capture_output=True, check=True)
    assert len(set(done.stdout.splitlines())) == len(graph) + 2


@pytest.mark.parametrize(
    "iri",
    [
        f"{BASE}id/a/../b",
        f"{BASE}id/a//b",
        f"{BASE}id/",
        f"{BASE}id",
        f"{BASE}id/a?b",
        f"{BASE}id/a:b",
        f"{BASE}id/%41",
        f"{BASE}id/.",
        BASE,
        PREFIXES["skos"],
        PREFIXES["skos"] + "a.b",
        PREFIXES["skos"] + "a/b",
        PREFIXES["skos"] + "//b",
        PREFIXES["skos"] + "語",
        "time:now",
        "org:x",
        "urn:x",
        "mailto:a@b.c",
    ],
)
def test_an_iri_that_tempts_to_shorten_comes_back_whole(iri: str) -> None:
    graph = Graph.from_nquads(
        [f"<{iri}> <{iri}> <{iri}> <{iri}> .\n", f'<{iri}> <{iri}> "x"^^<{iri}> <{iri}> .\n']
    )
    for form, parser in (
        ("turtle", ".ttl"),
        ("trig", ".trig"),
        ("jsonld", ".jsonld"),
    ):
        written = b"".join(graph.serialise(form))  # type: ignore[arg-type]
        assert set(Graph(parse_lines(written, parser, form)).ntriples()) == set(graph.ntriples()), form
    turtle = rdflib.Graph().parse(data=b"".join(graph.serialise("turtle")), format="turtle")
    assert {str(subject) for subject in turtle.subjects()} == {iri}


@pytest.mark.parametrize(
    "value",
    [
        f'"1.50"^^<{XSD}decimal>', f'"15"^^<{XSD}decimal>', f'"1."^^<{XSD}decimal>',
        f'"+015"^^<{XSD}integer>', f'"x"^^<{XSD}integer>', f'"1e3"^^<{XSD}double>',
        f'"TRUE"^^<{XSD}boolean>', f'"1"^^<{XSD}boolean>', f'"true"^^<{XSD}boolean>',
        f'"2021"^^<{XSD}gYear>', '"a\\nb\\t\\"c\\"\\\\"', '"a^^<x>"', '"x"@ja-hrkt', '"."',
    ],
)  # fmt: skip
def test_a_literal_comes_back_as_it_was_written(value: str) -> None:
    properties = ("ontology#amount", "ontology#firstLine", "ontology#amountAsPrinted", "ontology#country")
    graph = Graph.from_nquads(
        [f"<http://e/a> <{BASE}{name}> {value} <http://e/g> .\n" for name in properties]
    )
    for form, parser in (
        ("turtle", ".ttl"),
        ("trig", ".trig"),
        ("jsonld", ".jsonld"),
    ):
        written = b"".join(graph.serialise(form))  # type: ignore[arg-type]
        assert list(Graph(parse_lines(written, parser, form)).ntriples()) == list(graph.ntriples()), form


def test_another_base_is_kept_throughout() -> None:
    base = "https://example.org/kg/"
    graph = Graph.from_nquads([line.replace(BASE, base) for line in LINES], base=base)
    for form in ("turtle", "trig", "jsonld"):
        assert BASE.encode() not in b"".join(graph.serialise(form))
    assert b"<id/programme/sicorp> a stikg:Programme" in b"".join(graph.serialise("turtle"))
