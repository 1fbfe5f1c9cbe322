"""The shapes graph: blank nodes with stable names, lists and paths that may be wrong, hostile files."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import ShapesError
from stikg.validate import ENGINES, validate
from stikg.validate.paths import IllFormed, path_turtle, read_path
from stikg.validate.shapes import Shapes, read_shapes
from stikg.validate.validation import Engine
from tests.validate.shapes_strategies import HEAD

DATA = ["<https://example.org/a> <https://example.org/p> <https://example.org/b> .\n"]
TARGET = "sh:targetNode ex:a"


def write(folder: Path, text: str) -> Path:
    """Write a shapes file below the common prefixes."""
    path = folder / "shapes.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> Shapes:
    """Read a shapes file below the common prefixes."""
    return read_shapes([write(folder, text)])


def test_a_blank_node_is_named_after_its_place(tmp_path: Path) -> None:
    shapes = read(
        tmp_path,
        f"ex:Programme {TARGET} ; sh:property [ sh:path ex:p ; sh:in ( 1 2 ) ], [ sh:path ( ex:p ex:q ) ],"
        " [ sh:path [ sh:inversePath ex:p ] ] . [] sh:targetNode ex:b .",
    )
    named = {term for triple in shapes.triples for term in triple if term.startswith("_:")}
    assert named == {
        "_:Programme.property.p",
        "_:Programme.property.p.in",
        "_:Programme.property.p.in.1",
        "_:Programme.property",
        "_:Programme.property.path",
        "_:Programme.property.path.1",
        "_:Programme.property--2",
        "_:Programme.property--2.path",
        "_:shape",
    }


def test_names_are_the_same_each_time_and_in_each_file_of_several(tmp_path: Path) -> None:
    text = HEAD + f"ex:S {TARGET} ; sh:or ( [ sh:class ex:C ] _:x ) . _:x sh:class ex:D ."
    (tmp_path / "one.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "two.ttl").write_text(text.replace("ex:S", "ex:T"), encoding="utf-8")
    first, second = read_shapes([tmp_path]), read_shapes([tmp_path])
    assert first.triples == second.triples
    assert len({s for s, _, _ in first.triples if s.startswith("_:")}) == 8


@pytest.mark.parametrize(
    ("path", "sparql"),
    [
        ("ex:p", "<https://example.org/p>"),
        ("[ sh:inversePath ex:p ]", "^<https://example.org/p>"),
        ("( ex:p [ sh:inversePath ex:q ] )", "<https://example.org/p>/(^<https://example.org/q>)"),
        (
            "[ sh:zeroOrMorePath [ sh:alternativePath ( ex:p ex:q ) ] ]",
            "(<https://example.org/p>|<https://example.org/q>)*",
        ),
    ],
)
def test_a_path_is_written_as_sparql_and_as_turtle(tmp_path: Path, path: str, sparql: str) -> None:
    shapes = read(tmp_path, f"ex:S {TARGET} ; sh:path {path} .")
    node = shapes.value("<https://example.org/S>", "<http://www.w3.org/ns/shacl#path>")
    assert node is not None
    assert read_path(shapes, node).sparql() == sparql
    again = read(tmp_path, f"ex:S {TARGET} ; sh:path {path_turtle(shapes, node)} .")
    back = again.value("<https://example.org/S>", "<http://www.w3.org/ns/shacl#path>")
    assert back is not None
    assert read_path(again, back).sparql() == sparql


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
@pytest.mark.parametrize(
    "text",
    [
        f"ex:S {TARGET} ; sh:property ex:T .",
        f"ex:S {TARGET} ; sh:node ex:T . ex:T sh:path ex:p .",
        f"ex:S {TARGET} ; sh:path 'x' ; sh:minCount 1 .",
        f"ex:S {TARGET} ; sh:path _:l ; sh:minCount 1 . _:l rdf:first ex:p ; rdf:rest _:l .",
        f"ex:S {TARGET} ; sh:path _:l ; sh:minCount 1 . _:l sh:inversePath _:l .",
        f"ex:S {TARGET} ; sh:in _:l . _:l rdf:first ex:p ; rdf:rest _:l . ex:S a sh:NodeShape .",
        f"ex:S {TARGET} ; sh:or _:l . _:l rdf:first [ sh:class ex:C ] ; rdf:rest _:l .",
        f"ex:S {TARGET} ; sh:or () .",
        f"ex:S {TARGET} ; a sh:NodeShape ; sh:path ex:p .",
        f"ex:S {TARGET} ; a sh:PropertyShape .",
        f"ex:S {TARGET} ; sh:path ex:p, ex:q .",
        f"ex:S {TARGET} ; sh:minCount 1 .",
        f"ex:S {TARGET} ; sh:path ex:p ; sh:minCount 1, 2 .",
        f"ex:S {TARGET} ; sh:path ex:p ; sh:minCount 'x' .",
        f"ex:S {TARGET} ; sh:path ex:p ; sh:maxLength -1 .",
        f"ex:S {TARGET} ; sh:path ex:p ; sh:pattern '(' .",
        f"ex:S {TARGET} ; sh:path ex:p ; sh:uniqueLang 'yes' .",
        f"ex:S {TARGET} ; sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] .",
        f"ex:S {TARGET} ; sh:sparql [ sh:message 'no query' ] .",
        f"ex:S {TARGET} ; sh:sparql [ sh:select 'SELECT $this WHERE {{ $this unknown:p ?x }}' ] .",
        f"ex:S {TARGET} ; sh:sparql [ sh:select 'SELECT $this {{ $this ?p ?x MINUS {{ ?a ?b ?c }} }}' ] .",
        f"ex:S {TARGET} ; sh:sparql [ sh:select 'not SPARQL' ] .",
    ],
)  # fmt: skip
def test_an_ill_formed_shape_is_an_error_about_the_shapes(tmp_path: Path, text: str, engine: Engine) -> None:
    with pytest.raises(ShapesError):
        validate(DATA, [write(tmp_path, text)], engine=engine)


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
def test_a_shape_that_refers_to_itself_is_judged_by_the_reference(tmp_path: Path, engine: Engine) -> None:
    path = write(tmp_path, f"ex:S {TARGET} ; sh:property [ sh:path ex:p ; sh:node ex:S ; sh:minCount 1 ] .")
    report = validate(DATA, [path], engine=engine)
    assert [r.component.rpartition("#")[2] for r in report.results] == ["NodeConstraintComponent"]
    assert dict(report.engines) == {"fast": 0, "pyshacl": 1}


def test_only_what_the_fast_lane_does_not_cover_goes_to_the_reference(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"ex:S {TARGET} ; sh:property [ sh:path ex:p ; sh:node ex:S ; sh:minCount 1 ] .\n"
        f"ex:T a rdfs:Class, sh:NodeShape ; {TARGET} ; sh:nodeKind sh:Literal .",
    )
    report = validate(DATA, [path], unmet="warning")
    assert dict(report.engines) == {"fast": 1, "pyshacl": 1}
    assert report == validate(DATA, [path], engine="pyshacl", unmet="warning")
    assert len(report.results) == 2
    with pytest.raises(ShapesError, match="refers to itself"):
        validate(DATA, [path], engine="fast", unmet="warning")


@pytest.mark.parametrize("engine", ENGINES)
def test_imports_and_javascript_are_not_followed(tmp_path: Path, engine: Engine) -> None:
    path = write(
        tmp_path,
        "<urn:x> a <http://www.w3.org/2002/07/owl#Ontology> ;"
        " <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/shapes> .\n"
        f"ex:S a sh:NodeShape ; {TARGET} ; sh:nodeKind sh:IRI ; sh:js [ sh:jsFunctionName 'f' ;"
        " sh:jsLibrary [ sh:jsLibraryURL 'http://127.0.0.1:9/f.js'^^xsd:anyURI ] ] .",
    )
    assert validate(DATA, [path], engine=engine).conforms


def test_thousands_of_nested_nodes_are_named_and_refused_without_breaking(tmp_path: Path) -> None:
    depth = 3000
    text = f"ex:S {TARGET} ; sh:not " + "[ sh:not " * depth + "[ sh:class ex:C ]" + " ]" * depth + " ."
    with pytest.raises(ShapesError):
        validate(DATA, [write(tmp_path, text)])


def test_a_list_that_runs_into_itself_is_ill_formed(tmp_path: Path) -> None:
    shapes = read(tmp_path, f"ex:S {TARGET} ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .")
    with pytest.raises(IllFormed):
        shapes.items("_:S.in")
