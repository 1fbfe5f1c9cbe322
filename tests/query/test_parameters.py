"""Values of parameters: typed, resolved, and never raw text in a query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.errors import AmbiguousName, UnknownName, UnknownParameter
from stikg.graph import Graph
from stikg.namespaces import ID
from stikg.query import LocalSource, Rows, ask, parse_question
from stikg.query.catalogue import Question
from stikg.query.parameters import bind, insert
from stikg.terms import XSD, Iri, Literal, Term
from tests.query.small_graph import small_graph


def question(declaration: str, body: str = "?x ?p ?programme") -> Question:
    header = "#+ title: {en: t, ja: t}\n#+ summary: {en: s, ja: s}\n#+ group: A\n"
    header += f"#+ parameters: {declaration}\n"
    return parse_question(f"{header}SELECT * WHERE {{\n  # @values\n  {body}\n}}", "t", "t.rq")


def nothing(text: str) -> Sequence[Sequence[Term | None]]:
    raise AssertionError(text)


@pytest.mark.parametrize(
    ("kind", "given_text", "term"),
    [
        ("string", "a b", Literal("a b")),
        ("integer", "1,078", Literal("1078", XSD + "integer")),
        ("integer", "-5", Literal("-5", XSD + "integer")),
        ("decimal", "8.10", Literal("8.10", XSD + "decimal")),
        ("date", "2021-04-01", Literal("2021-04-01", XSD + "date")),
        ("year", "2021", Literal("2021", XSD + "gYear")),
        ("year", "FY2021", Literal("2021", XSD + "gYear")),
        ("year", "2021年度", Literal("2021", XSD + "gYear")),
        ("year", "令和3年度", Literal("2021", XSD + "gYear")),
        ("year", "令和元年", Literal("2019", XSD + "gYear")),
        ("year", "r3", Literal("2021", XSD + "gYear")),
        ("year", "平成20年度", Literal("2008", XSD + "gYear")),
        ("year", "S57", Literal("1982", XSD + "gYear")),
        ("iri", "id:country/th", Iri(ID + "country/th")),
    ],
)
def test_a_value_becomes_a_term_of_its_type(kind: str, given_text: str, term: Term) -> None:
    asked = question(f"{{x: {{type: {kind}}}}}")
    assert [one.term for one in bind(asked, {"x": given_text}, nothing)] == [term]


@pytest.mark.parametrize(
    ("kind", "given_text"),
    [
        ("integer", "12a"), ("integer", "1.5"), ("integer", "9" * 31), ("decimal", "NaN"),
        ("decimal", "Infinity"), ("decimal", "1e999999"), ("decimal", "x"), ("date", "2021-02-30"),
        ("date", "April"), ("year", "21"),
        ("year", "慶応3年"), ("iri", "not an iri"), ("iri", "http://a> } DROP"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(kind: str, given_text: str) -> None:
    with pytest.raises(UnknownParameter) as raised:
        bind(question(f"{{x: {{type: {kind}}}}}"), {"x": given_text}, nothing)
    assert raised.value.exit_status == 2
    assert given_text in raised.value.what.ja


def test_an_undeclared_parameter_is_refused_and_the_declared_are_listed() -> None:
    with pytest.raises(UnknownParameter) as raised:
        bind(
            question("{programme: {type: entity, label: {en: programme, ja: 事業}}}"),
            {"country": "x"},
            nothing,
        )
    assert "programme" in raised.value.remedy.en
    assert "事業" in raised.value.remedy.ja


def test_a_required_parameter_without_a_value_is_refused() -> None:
    asked = question("{x: {type: string, required: true}}")
    for values in ({}, {"x": ""}):
        with pytest.raises(UnknownParameter):
            bind(asked, values, nothing)


def test_an_empty_value_leaves_a_default_out() -> None:
    asked = question("{x: {type: string, default: a}}")
    assert [(one.term, one.default) for one in bind(asked, {}, nothing)] == [(Literal("a"), True)]
    assert bind(asked, {"x": ""}, nothing) == []


def test_python_values_are_taken_as_well() -> None:
    asked = question("{d: {type: date}, n: {type: integer}}")
    assert [one.term.value for one in bind(asked, {"d": date(2021, 4, 1), "n": 3}, nothing)] == [
        "2021-04-01",
        "3",
    ]


def test_a_query_without_values_is_left_as_it_is() -> None:
    asked = question("{x: {type: string}}")
    assert insert(asked.text, []) == asked.text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_breaks_out_of_the_values_clause(text: str) -> None:
    asked = question("{x: {type: string}}", body="BIND(?x AS ?y)")
    bound = bind(asked, {"x": text}, nothing)
    rows = Graph.from_nquads([]).query(insert(asked.text, bound))
    values = [row[rows.variables.index("y")] for row in rows]
    assert values == ([Literal(text.strip())] if bound else [None])


def test_an_entity_is_resolved_by_any_of_its_names() -> None:
    asked = question(
        "{programme: {type: entity, kind: programme}}", "?budget stikg:programmeDimension ?programme"
    )
    source = LocalSource(small_graph())
    for name in ("sicorp", "SICORP", "戦略的国際共同研究プログラム", "id:programme/sicorp"):
        rows = ask(source, asked, {"programme": name})
        assert isinstance(rows, Rows)
        assert rows.column("budget") == [ID + "budget/programme/sicorp/2021/draft"]
        assert rows.bound[0].label.endswith("(id:programme/sicorp)")


def test_without_a_value_all_rows_come() -> None:
    asked = question(
        "{programme: {type: entity, kind: programme}}", "?budget stikg:programmeDimension ?programme"
    )
    rows = ask(LocalSource(small_graph()), asked)
    assert isinstance(rows, Rows)
    assert len(rows) == 2


def test_a_concept_is_looked_for_in_its_scheme() -> None:
    asked = question("{field: {type: concept, scheme: research-field}}", "BIND(?field AS ?f)")
    rows = ask(LocalSource(small_graph()), asked, {"field": "Health"})
    assert isinstance(rows, Rows)
    assert str(rows[0].f).endswith("scheme/research-field/health")
    with pytest.raises(UnknownName):
        ask(LocalSource(small_graph()), asked, {"field": "stated"})


def test_names_of_nothing_and_of_several_things_are_refused() -> None:
    asked = question("{o: {type: entity, kind: [organisation, country]}}", "BIND(?o AS ?x)")
    with pytest.raises(UnknownName):
        ask(LocalSource(small_graph()), asked, {"o": "Atlantis"})
    with pytest.raises(AmbiguousName):
        ask(LocalSource(small_graph()), asked, {"o": "NUS"})
