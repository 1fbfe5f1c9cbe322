"""Where the fast lane knowingly differs from pySHACL; a red test here shortens docs/decisions/0003."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import ShapesError
from stikg.validate import Report, validate
from stikg.validate.validation import Engine
from tests.validate.shapes_strategies import HEAD

EX = "https://example.org/"


def query_shape(query: str) -> str:
    """Return a shape with one query and a message that shows the value."""
    constraint = f'[ sh:message "{{?value}}" ; sh:select """{query}""" ]'
    return f"ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql {constraint} ."


def judge(folder: Path, shape: str, data: str, engine: Engine) -> Report:
    """Validate Turtle against one shape."""
    shapes, file = folder / "shapes.ttl", folder / "data.ttl"
    shapes.write_text(HEAD + shape, encoding="utf-8")
    file.write_text(HEAD + data, encoding="utf-8")
    return validate(file, [shapes], engine=engine, unmet="warning")


def test_the_inverse_of_a_sequence_runs_backwards(tmp_path: Path) -> None:
    """Source: SHACL 2.3.1.4; pySHACL takes the steps of the sequence in their own order."""
    shape = "ex:S sh:targetNode ex:c ; sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:minCount 1 ."
    data = "ex:a ex:p ex:b . ex:b ex:q ex:c ."
    assert judge(tmp_path, shape, data, "fast").conforms
    assert not judge(tmp_path, shape, data, "pyshacl").conforms


def test_a_query_compares_no_text_with_a_number(tmp_path: Path) -> None:
    """Source: SPARQL 1.1, 17.3: a type error; rdflib orders literals of any two datatypes."""
    shape = query_shape(f"SELECT $this ?value {{ $this <{EX}p> ?value FILTER (?value > 5) }}")
    data = "ex:a ex:p 'text' ."
    assert judge(tmp_path, shape, data, "fast").conforms
    assert not judge(tmp_path, shape, data, "pyshacl").conforms


def test_a_query_sees_numbers_in_the_form_of_the_store(tmp_path: Path) -> None:
    """Oxigraph's store keeps the value of a number, not the way it is written."""
    shape = query_shape(f"SELECT $this ?value {{ $this <{EX}p> ?x BIND (STR(?x) AS ?value) }}")
    data = "ex:a ex:p 1.50 ."
    assert [r.value for r in judge(tmp_path, shape, data, "fast").results] == ['"1.5"']
    assert [r.value for r in judge(tmp_path, shape, data, "pyshacl").results] == ['"1.50"']


def test_numbers_that_a_query_computes_are_those_of_the_engine(tmp_path: Path) -> None:
    """Oxigraph's decimals have 18 digits after the point, rdflib's 28 in all."""
    shape = query_shape(f"SELECT $this ?value {{ $this <{EX}p> ?x BIND (1.0 / ?x AS ?value) }}")
    data = "ex:a ex:p 3.0 ."
    fast = judge(tmp_path, shape, data, "fast").results[0]
    slow = judge(tmp_path, shape, data, "pyshacl").results[0]
    assert fast.value != slow.value
    assert str(fast.value)[:15] == str(slow.value)[:15] == '"0.333333333333'


@pytest.mark.parametrize(
    ("shape", "data"),
    [
        ("sh:lessThan ex:q", "ex:a ex:p _:x ; ex:q 1 ."),
        ("sh:lessThanOrEquals ex:q", "ex:a ex:p '2021'^^xsd:gYear ; ex:q '2020'^^xsd:gYear ."),
        ("sh:minInclusive 0", "ex:a ex:p 'NaN'^^xsd:decimal ."),
    ],
)
def test_what_stops_pyshacl_is_a_result(tmp_path: Path, shape: str, data: str) -> None:
    """Source: SHACL 4.3 and 4.5.3: what cannot be compared is a result, no failure."""
    text = f"ex:S sh:targetNode ex:a ; sh:path ex:p ; {shape} ."
    assert len(judge(tmp_path, text, data, "fast").results) == 1
    with pytest.raises(ShapesError):
        judge(tmp_path, text, data, "pyshacl")


def test_a_backslash_in_a_value_stands_in_the_message_as_it_is(tmp_path: Path) -> None:
    """pySHACL takes the value for a template of a regular expression."""
    shape = query_shape(f"SELECT $this ?value {{ $this <{EX}p> ?value }}")
    data = r"ex:a ex:p 'a\\1' ."
    assert judge(tmp_path, shape, data, "fast").results[0].message.en == r"a\1"
    with pytest.raises(ShapesError):
        judge(tmp_path, shape, data, "pyshacl")


def test_a_keyword_in_a_comment_of_a_query_is_only_a_comment(tmp_path: Path) -> None:
    """pySHACL looks for MINUS, VALUES and SERVICE with regular expressions on the raw text."""
    shape = query_shape("SELECT $this { $this <https://example.org/p> 'x' # now VALUES (?x)\n }")
    data = "ex:a ex:p 'x' ."
    assert len(judge(tmp_path, shape, data, "fast").results) == 1
    with pytest.raises(ShapesError, match="VALUES"):
        judge(tmp_path, shape, data, "pyshacl")


def test_shapes_may_nest_deeper_than_pyshacl_goes(tmp_path: Path) -> None:
    depth = 100
    shape = "ex:S sh:targetNode ex:a ; " + "sh:node [ " * depth + "sh:nodeKind sh:IRI" + " ]" * depth + " ."
    assert judge(tmp_path, shape, "ex:a ex:p 1 .", "fast").conforms
    with pytest.raises(ShapesError, match="too deep"):
        judge(tmp_path, shape, "ex:a ex:p 1 .", "pyshacl")


def test_a_path_may_have_more_steps_than_pyshacl_takes(tmp_path: Path) -> None:
    shape = f"ex:S sh:targetNode ex:a ; sh:path ( {'ex:p ' * 12}) ; sh:maxCount 0 ."
    data = "ex:a ex:p ex:a ."
    assert len(judge(tmp_path, shape, data, "fast").results) == 1
    with pytest.raises(ShapesError, match="too much"):
        judge(tmp_path, shape, data, "pyshacl")
