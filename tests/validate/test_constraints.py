"""Each kind of constraint: data that keep it, data that break it, and the one result that says so."""

# ruff: noqa: E501 - a case of a table reads best on one line

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from stikg.validate import ENGINES, combination, compilation, constraints, validate
from stikg.validate.constraints import Constraint, Finding
from stikg.validate.validation import Engine
from tests.validate.shapes_strategies import HEAD

EX = "https://example.org/"


class Case(NamedTuple):
    """A shape's body, data that keep it, data that break it, and path and value of each result."""

    component: str
    shape: str
    keeps: str
    breaks: str
    found: list[tuple[str | None, str | None]]


P, Q, R = EX + "p", EX + "q", EX + "r"
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
CASES = {
    "minCount": Case("MinCount", "sh:path ex:p ; sh:minCount 2", "ex:p 1, 2", "ex:p 1", [(P, None)]),
    "maxCount": Case("MaxCount", "sh:path ex:p ; sh:maxCount 1", "ex:p 1", "ex:p 1, 2", [(P, None)]),
    "class": Case("Class", "sh:path ex:p ; sh:class ex:C", "ex:p ex:c, ex:d", "ex:p ex:x", [(P, EX + "x")]),
    "datatype": Case(
        "Datatype", "sh:path ex:p ; sh:datatype xsd:integer", "ex:p 1", "ex:p 'x'^^xsd:integer", [(P, f'"x"{INTEGER}')]
    ),
    "datatype of a text with a language": Case(
        "Datatype", "sh:path ex:p ; sh:datatype rdf:langString", "ex:p 'x'@ja", "ex:p 'x'", [(P, '"x"')]
    ),
    "nodeKind": Case("NodeKind", "sh:path ex:p ; sh:nodeKind sh:IRI", "ex:p ex:x", "ex:p 'x'", [(P, '"x"')]),
    "minExclusive": Case(
        "MinExclusive", "sh:path ex:p ; sh:minExclusive 1", "ex:p 1.5", "ex:p 1", [(P, f'"1"{INTEGER}')]
    ),
    "minInclusive": Case(
        "MinInclusive", "sh:path ex:p ; sh:minInclusive 1", "ex:p 1", "ex:p 0", [(P, f'"0"{INTEGER}')]
    ),
    "maxExclusive": Case(
        "MaxExclusive", "sh:path ex:p ; sh:maxExclusive 1", "ex:p 0.5", "ex:p 1", [(P, f'"1"{INTEGER}')]
    ),
    "maxInclusive": Case(
        "MaxInclusive", "sh:path ex:p ; sh:maxInclusive 1", "ex:p 1", "ex:p 2", [(P, f'"2"{INTEGER}')]
    ),
    "minLength": Case("MinLength", "sh:path ex:p ; sh:minLength 2", "ex:p '事業'", "ex:p 'x'", [(P, '"x"')]),
    "maxLength": Case("MaxLength", "sh:path ex:p ; sh:maxLength 2", "ex:p '事業'", "ex:p 'xyz'", [(P, '"xyz"')]),
    "pattern": Case("Pattern", "sh:path ex:p ; sh:pattern '^a+$'", "ex:p 'aa'", "ex:p 'ab'", [(P, '"ab"')]),
    "pattern with flags": Case(
        "Pattern", "sh:path ex:p ; sh:pattern '^a$' ; sh:flags 'i'", "ex:p 'A'", "ex:p 'b'", [(P, '"b"')]
    ),
    "languageIn": Case(
        "LanguageIn", "sh:path ex:p ; sh:languageIn ( 'ja' )", "ex:p 'x'@ja-Hrkt", "ex:p 'x'@en", [(P, '"x"@en')]
    ),
    "uniqueLang": Case(
        "UniqueLang", "sh:path ex:p ; sh:uniqueLang true", "ex:p 'x'@ja, 'x'@en, 'x', 'y'", "ex:p 'x'@ja, 'y'@ja", [(P, None)]
    ),
    "equals": Case(
        "Equals", "sh:path ex:p ; sh:equals ex:q", "ex:p 1 ; ex:q 1", "ex:p 1 ; ex:q 2", [(P, f'"1"{INTEGER}'), (P, f'"2"{INTEGER}')]
    ),
    "disjoint": Case(
        "Disjoint", "sh:path ex:p ; sh:disjoint ex:q", "ex:p 1 ; ex:q 2", "ex:p 1 ; ex:q 1", [(P, f'"1"{INTEGER}')]
    ),
    "lessThan": Case(
        "LessThan", "sh:path ex:p ; sh:lessThan ex:q", "ex:p 1 ; ex:q 2", "ex:p 1 ; ex:q 1", [(P, f'"1"{INTEGER}')]
    ),
    "lessThanOrEquals": Case(
        "LessThanOrEquals", "sh:path ex:p ; sh:lessThanOrEquals ex:q", "ex:p 1 ; ex:q 1", "ex:p 2 ; ex:q 1", [(P, f'"2"{INTEGER}')]
    ),
    "in": Case("In", "sh:path ex:p ; sh:in ( ex:x 'y' )", "ex:p ex:x, 'y'", "ex:p ex:y", [(P, EX + "y")]),
    "hasValue": Case("HasValue", "sh:path ex:p ; sh:hasValue ex:x", "ex:p ex:x, 1", "ex:p 1", [(P, None)]),
    "closed": Case(
        "Closed",
        "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ]",
        "ex:p 1",
        "ex:p 1 ; ex:r 2",
        [(R, f'"2"{INTEGER}')],
    ),
    "node": Case("Node", "sh:path ex:p ; sh:node [ sh:class ex:C ]", "ex:p ex:c", "ex:p ex:x", [(P, EX + "x")]),
    "not": Case("Not", "sh:path ex:p ; sh:not [ sh:class ex:C ]", "ex:p ex:x", "ex:p ex:c", [(P, EX + "c")]),
    "and": Case(
        "And", "sh:path ex:p ; sh:and ( [ sh:class ex:C ] [ sh:class ex:D ] )", "ex:p ex:d", "ex:p ex:c", [(P, EX + "c")]
    ),
    "or": Case(
        "Or", "sh:path ex:p ; sh:or ( [ sh:class ex:D ] [ sh:nodeKind sh:Literal ] )", "ex:p ex:d, 1", "ex:p ex:c", [(P, EX + "c")]
    ),
    "xone": Case(
        "Xone", "sh:path ex:p ; sh:xone ( [ sh:class ex:C ] [ sh:class ex:D ] )", "ex:p ex:c", "ex:p ex:d", [(P, EX + "d")]
    ),
    "qualifiedMinCount": Case(
        "QualifiedMinCount",
        "sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1",
        "ex:p ex:c, ex:x",
        "ex:p ex:x",
        [(P, None)],
    ),
    "qualifiedMaxCount": Case(
        "QualifiedMaxCount",
        "sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMaxCount 1",
        "ex:p ex:c, ex:x",
        "ex:p ex:c, ex:d",
        [(P, None)],
    ),
    "property": Case(
        "MinCount", "sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ]", "ex:r 1", "ex:p ex:x", [(Q, None)]
    ),
    "sparql": Case(
        "SPARQL",
        'sh:sparql [ sh:select "SELECT $this ?value { $this <https://example.org/p> ?value FILTER (?value > 1) }" ]',
        "ex:p 1",
        "ex:p 2",
        [(None, f'"2"{INTEGER}')],
    ),
    "path: inverse": Case(
        "MinCount", "sh:path [ sh:inversePath ex:q ] ; sh:minCount 1", "ex:p 1 . ex:x ex:q ex:a", "ex:p 1", [("^<https://example.org/q>", None)]
    ),
    "path: sequence": Case(
        "MaxCount", "sh:path ( ex:p ex:q ) ; sh:maxCount 0", "ex:p 1", "ex:p ex:x . ex:x ex:q 1", [(f"<{P}>/<{Q}>", None)]
    ),
    "path: alternative": Case(
        "MinCount", "sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:minCount 2", "ex:p 1 ; ex:q 2", "ex:p 1 ; ex:q 1", [(f"<{P}>|<{Q}>", None)]
    ),
    "path: any number": Case(
        "MaxCount", "sh:path [ sh:zeroOrMorePath ex:p ] ; sh:maxCount 2", "ex:p ex:a, ex:x", "ex:p ex:x . ex:x ex:p ex:y", [(f"<{P}>*", None)]
    ),
    "path: one or more": Case(
        "MaxCount", "sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 1", "ex:p ex:x", "ex:p ex:x . ex:x ex:p ex:y", [(f"<{P}>+", None)]
    ),
    "path: none or one": Case(
        "MinCount", "sh:path [ sh:zeroOrOnePath ex:p ] ; sh:minCount 2", "ex:p ex:x", "ex:p ex:a", [(f"<{P}>?", None)]
    ),
}  # fmt: skip


def judge(
    folder: Path, case: Case, statements: str, engine: Engine
) -> list[tuple[str, str | None, str | None]]:
    """Validate `ex:a` with the statements; return component, path and value of each result."""
    kind = "a sh:PropertyShape ; " if case.shape.startswith("sh:path") else "a sh:NodeShape ; "
    shapes, data = folder / "shapes.ttl", folder / "data.ttl"
    shapes.write_text(f"{HEAD}ex:S {kind} sh:targetNode ex:a ; {case.shape} .", encoding="utf-8")
    classes = "ex:c a ex:C . ex:d a ex:D . ex:D rdfs:subClassOf ex:C ."
    data.write_text(f"{HEAD}ex:a {statements} . {classes}", encoding="utf-8")
    report = validate(data, [shapes], engine=engine)
    return [
        (r.component.rpartition("#")[2].removesuffix("ConstraintComponent"), r.path, r.value)
        for r in report.results
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", CASES)
def test_data_that_keep_the_constraint_conform(tmp_path: Path, name: str, engine: Engine) -> None:
    assert judge(tmp_path, CASES[name], CASES[name].keeps, engine) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", CASES)
def test_data_that_break_the_constraint_give_its_result(tmp_path: Path, name: str, engine: Engine) -> None:
    case = CASES[name]
    found = judge(tmp_path, case, case.breaks, engine)
    assert found == [(case.component, path, value) for path, value in case.found]


KINDS: dict[type[Constraint], str] = {
    constraints.Count: "minCount",
    constraints.EachValue: "pattern",
    constraints.Among: "in",
    constraints.InClass: "class",
    constraints.HasValue: "hasValue",
    constraints.UniqueLang: "uniqueLang",
    constraints.Equals: "equals",
    constraints.Disjoint: "disjoint",
    constraints.Less: "lessThan",
    constraints.Closed: "closed",
    constraints.Sparql: "sparql",
    combination.Property: "property",
    combination.Node: "node",
    combination.Not: "not",
    combination.Members: "or",
    combination.Qualified: "qualifiedMinCount",
}


def test_every_kind_of_constraint_has_its_case() -> None:
    known = {
        kind
        for module in (constraints, combination)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Constraint) and kind is not Constraint
    }
    assert set(KINDS) == known


@pytest.mark.parametrize("kind", KINDS)
def test_a_constraint_that_finds_nothing_any_more_turns_its_case_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Constraint]
) -> None:
    def nothing(*_: object) -> Iterator[tuple[str, Finding]]:
        return iter(())

    case = CASES[KINDS[kind]]
    monkeypatch.setattr(kind, "broken", nothing)
    assert judge(tmp_path, case, case.breaks, "fast") != [(case.component, *found) for found in case.found]


@pytest.mark.parametrize("name", sorted(compilation._READERS))
def test_a_parameter_that_is_not_compiled_any_more_turns_its_case_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def nothing(*_: object) -> Iterator[Constraint]:
        return iter(())

    monkeypatch.setitem(compilation._READERS, name, nothing)
    assert judge(tmp_path, CASES[name], CASES[name].breaks, "fast") == []


def test_what_several_parents_find_in_one_child_is_said_for_each(tmp_path: Path) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        f"{HEAD}ex:S sh:targetNode ex:a, ex:b ; sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    data.write_text(f"{HEAD}ex:a ex:p ex:x . ex:b ex:p ex:x .", encoding="utf-8")
    reports = [validate(data, [shapes], engine=engine) for engine in ENGINES]
    assert [len(report.results) for report in reports] == [2, 2, 2]


def test_the_results_inside_a_node_shape_are_its_details(tmp_path: Path) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        f"{HEAD}ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:T ] .\n"
        "ex:T a sh:NodeShape ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    data.write_text(f"{HEAD}ex:a ex:p ex:x .", encoding="utf-8")
    for engine in ENGINES:
        (result,) = validate(data, [shapes], engine=engine).results
        assert [(inner.focus_node, inner.path) for inner in result.details] == [(EX + "x", Q)]
