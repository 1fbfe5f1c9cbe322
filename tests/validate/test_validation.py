"""Validation from end to end: what is reported, in which order, with which evidence, in which form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from stikg.errors import ShapesError, UnreadableFile
from stikg.validate import ENGINES, Report, validate

CASES = Path(__file__).parent / "cases"
DATA = CASES / "programme-data.nq"
SHAPES = [CASES / "programme-shapes.ttl"]
EVIDENCE = "https://w3id.org/stikg/id/evidence/paper/"
HEAD = """@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(params=ENGINES)
def report(request: pytest.FixtureRequest) -> Report:
    return validate(DATA, SHAPES, engine=request.param)


def shapes_file(folder: Path, text: str) -> list[Path]:
    """Write a shapes file below the common prefixes."""
    path = folder / "shapes.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return [path]


def test_every_broken_rule_is_one_result_in_a_stable_order(report: Report) -> None:
    found = [(r.focus_node[-1], r.rule, r.component.rpartition("#")[2], r.severity) for r in report.results]
    assert found == [
        ("a", "R1", "SPARQLConstraintComponent", "Violation"),
        ("a", "R2", "UniqueLangConstraintComponent", "Violation"),
        ("b", "R4", "MinCountConstraintComponent", "Warning"),
        ("b", "R1", "MinCountConstraintComponent", "Violation"),
    ]
    assert not report.conforms
    assert len(report.violations) == 3
    assert len(report.warnings) == 1


def test_a_result_holds_path_value_message_and_source_shape(report: Report) -> None:
    by_query, by_language, *_ = report.results
    assert by_query.value == '"2007"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    assert by_query.message == ("2007 is before the programme.", "2007 は事業より前です。")
    assert by_query.path is None
    assert by_language.path == "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert by_language.source_shape == "https://example.org/R2-one-name"


def test_evidence_is_that_of_the_value_else_of_the_property_else_of_the_record(report: Report) -> None:
    by_query, by_language, warned, _ = report.results
    assert by_query.evidence == (EVIDENCE + "L20/stated",)
    assert by_language.evidence == (EVIDENCE + "L10/stated", EVIDENCE + "L12-14/implied")
    assert warned.evidence == (EVIDENCE + "L30/stated", EVIDENCE + "L31/stated")


def test_a_nested_shape_without_an_iri_is_named_after_its_place(report: Report) -> None:
    assert report.results[2].source_shape == "_:R4-warned.property.note"


def test_both_engines_give_the_same_report() -> None:
    assert validate(DATA, SHAPES, engine="auto") == validate(DATA, SHAPES, engine="pyshacl")


def test_the_json_report_has_the_keys_that_are_promised(report: Report) -> None:
    told = json.loads(report.to_json())
    assert told["conforms"] is False
    assert told["counts"] == {"violations": 3, "warnings": 1, "infos": 0}
    assert {
        "focus_node",
        "path",
        "value",
        "component",
        "source_shape",
        "severity",
        "message",
        "evidence",
    } <= told["results"][0].keys()
    assert set(told["results"][0]["message"]) == {"en", "ja"}


def test_the_turtle_report_is_a_shacl_report_and_the_same_each_time(report: Report) -> None:
    from rdflib import Graph
    from rdflib.namespace import SH

    turtle = report.to_turtle()
    assert turtle == validate(DATA, SHAPES).to_turtle()
    graph = Graph().parse(data=turtle, format="turtle")
    assert len(list(graph.subject_objects(SH.result))) == 4
    assert {str(o) for o in graph.objects(None, SH.conforms)} == {"false"}


def test_the_text_names_record_rule_value_evidence_and_remedy(report: Report) -> None:
    text = report.to_text("en")
    assert "Violation R2 One name per language" in text
    assert "record: https://example.org/a" in text
    assert 'found: "2007"^^xsd:gYear' in text
    assert "evidence: paper, line 10 (stated); paper, lines 12–14 (implied)" in text
    assert "do: Move one to names.csv." in text


def test_the_text_speaks_japanese(report: Report) -> None:
    text = report.to_text("ja")
    assert text.startswith("適合していません。違反 3件、警告 1件、情報 0件")
    assert "違反 R2 名称は言語ごとに一つ" in text
    assert "根拠：paper 10行（明記）；paper 12～14行（含意）" in text
    assert "対処：一つを names.csv に移してください。" in text


def test_control_characters_of_the_data_do_not_reach_the_terminal(tmp_path: Path) -> None:
    shapes = shapes_file(
        tmp_path,
        'ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:message "{?value}" ;'
        ' sh:select "SELECT $this ?value { $this ex:p ?value }" ; sh:prefixes ex:P ] .\n'
        'ex:P sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .',
    )
    report = validate(['<https://example.org/a> <https://example.org/p> "\\u001b[31mred\\u001b" .'], shapes)
    assert "\x1b" not in report.to_text("en")
    assert "\\u001B[31mred" in report.to_text("en")


def test_conforming_data_give_an_empty_report() -> None:
    lines = [
        line
        for line in DATA.read_text(encoding="utf-8").splitlines()
        if "Also" not in line and "2007" not in line and "/b>" not in line
    ]
    shapes = [CASES / "programme-shapes.ttl"]
    report = validate(lines, shapes, unmet="warning")
    assert report.conforms
    assert report.results == ()
    assert report.to_text("en").startswith("Conforms: 0 violations")


def test_a_shape_whose_target_meets_no_node_is_an_error_that_lists_it(tmp_path: Path) -> None:
    shapes = shapes_file(
        tmp_path,
        "ex:S a sh:NodeShape ; sh:targetClass ex:Programme, ex:Programe ; sh:targetSubjectsOf ex:nothing ;"
        " sh:nodeKind sh:IRI .",
    )
    with pytest.raises(ShapesError) as raised:
        validate(DATA, shapes)
    assert "ex" in str(raised.value)
    assert "https://example.org/S targetClass https://example.org/Programe" in str(raised.value)
    assert "https://example.org/S targetSubjectsOf https://example.org/nothing" in str(raised.value)
    assert "targetClass https://example.org/Programme\n" not in str(raised.value)


def test_targets_that_met_no_node_can_be_warnings(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, "ex:S a sh:NodeShape ; sh:targetClass ex:Programe ; sh:nodeKind sh:IRI .")
    report = validate(DATA, shapes, unmet="warning")
    assert report.unmet_targets == ("https://example.org/S targetClass https://example.org/Programe",)
    assert "Targets that met no node" in report.to_text("en")


def test_an_empty_shapes_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="the shapes graph is empty"):
        validate(DATA, shapes_file(tmp_path, "ex:a ex:p ex:b ."))


def test_shapes_without_any_target_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="no shape has a target"):
        validate(DATA, shapes_file(tmp_path, "ex:S a sh:NodeShape ; sh:nodeKind sh:IRI ."))


def test_a_shapes_file_that_is_no_turtle_is_named_with_its_line(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, "ex:S a sh:NodeShape ;;\n  sh:targetClass .")
    with pytest.raises(ShapesError, match=r"shapes\.ttl:5"):
        validate(DATA, shapes)


def test_a_shapes_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_bytes("# 事業\n".encode("cp932"))
    with pytest.raises(ShapesError, match="not UTF-8"):
        validate(DATA, [path])


def test_a_missing_shapes_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="absent"):
        validate(DATA, [tmp_path / "absent.ttl"])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this FROM <http://127.0.0.1:9/x> WHERE { $this ?p ?o }",
        "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/x> { $this ?p ?o } }",
        "SELECT $this WHERE { service silent ?e { $this ?p ?o } }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "SELECT $this WHERE { " + "{" * 200 + "$this ?p ?o" + "}" * 200 + " }",
        "SELECT $this WHERE { $this ?p " + "'" + "x" * 60_000 + "' }",
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_query_that_reaches_outside_or_is_beyond_bounds_is_not_run(
    tmp_path: Path, query: str, engine: str
) -> None:
    shapes = shapes_file(
        tmp_path, f'ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select """{query}""" ] .'
    )
    with pytest.raises(ShapesError, match="is not run"):
        validate(DATA, shapes, engine=engine)  # type: ignore[arg-type]


def test_a_keyword_inside_a_text_or_an_iri_is_no_reason_to_refuse(tmp_path: Path) -> None:
    shapes = shapes_file(
        tmp_path,
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "
        '"""SELECT $this WHERE { $this <urn:service> "from" # load\n }""" ] .',
    )
    assert validate(DATA, shapes).conforms


def test_lines_may_come_with_a_mapping_to_their_evidence() -> None:
    lines = [line.rsplit(" <", 1)[0] + " ." for line in DATA.read_text(encoding="utf-8").splitlines()]
    triple = (
        '<https://example.org/a> <https://example.org/call> "2007"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    )
    report = validate(lines, SHAPES, evidence={triple: ["https://example.org/e1"]})
    assert report.results[0].evidence == ("https://example.org/e1",)


def test_a_graph_is_asked_for_its_triples_and_its_evidence() -> None:
    class Graph:
        def ntriples(self) -> Iterator[str]:
            lines = DATA.read_text(encoding="utf-8").splitlines()
            yield from sorted({line.rsplit(" <", 1)[0] + " .\n" for line in lines})

        def evidence_of(
            self,
            subject: str,
            predicate: str | None = None,
            object: str | None = None,  # noqa: A002
        ) -> list[str]:
            return [f"https://example.org/{subject}|{predicate}|{object}"]

    report = validate(Graph(), SHAPES)
    assert report.results[1].evidence == (
        "https://example.org/<https://example.org/a>|<http://www.w3.org/2004/02/skos/core#prefLabel>|None",
    )


def test_shapes_follow_the_data_to_another_base() -> None:
    data = ["<https://stikg.example/id/x> <https://stikg.example/ontology#p> <https://stikg.example/id/y> ."]
    shapes = [CASES / "rebased-shapes.ttl"]
    report = validate(data, shapes, base="https://stikg.example/")
    assert [r.source_shape for r in report.results] == ["https://stikg.example/shapes#R1"]
    assert report.results[0].remedy == ("do this", "こうする")


def test_a_line_that_is_no_n_quads_is_named() -> None:
    with pytest.raises(UnreadableFile, match="<lines>:2"):
        validate(["<urn:a> <urn:b> <urn:c> .", "<urn:a> <urn b> ."], SHAPES)


def test_turtle_data_are_read_too(tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(
        "@prefix ex: <https://example.org/> .\nex:a a ex:Programme ; ex:call 'x' .", encoding="utf-8"
    )
    assert {r.rule for r in validate(data, SHAPES, unmet="warning").results} == {"R1", "R4"}


def test_a_blank_node_without_a_label_has_the_same_name_each_time(tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text("@prefix ex: <https://example.org/> .\nex:a ex:p [ ex:q [] ], _:kept .", encoding="utf-8")
    shapes = shapes_file(
        tmp_path, "ex:S a sh:NodeShape ; sh:targetObjectsOf ex:p, ex:q ; sh:nodeKind sh:IRI ."
    )
    reports = [validate(data, shapes, engine=engine) for engine in ENGINES]
    assert [r.focus_node for r in reports[0].results] == ["_:genid-1", "_:genid-2", "_:kept"]
    assert reports[0] == reports[1] == reports[2]
