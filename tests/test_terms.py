"""Terms: what they are in Python, and that no text can end a term early."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.namespaces import PREFIXES
from stikg.terms import (
    XSD,
    Blank,
    Iri,
    IriText,
    Literal,
    Term,
    expand,
    from_engine,
    from_json,
    is_iri,
    pick,
    shorten,
    to_json,
    to_python,
    to_sparql,
)


def _ask(text: str) -> list[str]:
    answer = pyoxigraph.Store().query(text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [row["x"].value for row in answer]


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_any_text_comes_back_from_sparql_as_it_was(text: str) -> None:
    answer = _ask(f"SELECT ?x {{ BIND({to_sparql(Literal(text))} AS ?x) }}")
    assert answer == [text]


@given(TEXT)
def test_no_text_between_angle_brackets_ends_the_iri(text: str) -> None:
    iri = "http://example.org/" + text
    if is_iri(iri):
        with contextlib.suppress(SyntaxError):  # the engine knows more letters that no IRI may have
            answer = _ask(f"SELECT ?x {{ BIND(STR(<{iri}>) AS ?x) }}")
            assert answer == [iri]


@pytest.mark.parametrize(
    "text", ["", "sicorp", "http://a b", "http://a>b", 'http://a"', "http://a\n", "x y:z"]
)
def test_what_is_no_iri_is_refused(text: str) -> None:
    assert not is_iri(text)
    with pytest.raises(ValueError, match=r".*"):
        to_sparql(Iri(text))


@pytest.mark.parametrize(
    ("lexical", "datatype", "value"),
    [
        ("007", "integer", 7),
        ("2021", "gYear", 2021),
        ("1.50", "decimal", Decimal("1.50")),
        ("1e3", "double", 1000.0),
        ("true", "boolean", True),
        ("2020-07-17", "date", date(2020, 7, 17)),
        ("2020-07", "gYearMonth", "2020-07"),
        ("2020-13-45", "date", "2020-13-45"),
        ("many", "integer", "many"),
        ("NaN?", "decimal", "NaN?"),
        ("9" * 5000, "integer", "9" * 5000),
    ],
)
def test_a_literal_becomes_the_python_value_of_its_datatype(
    lexical: str, datatype: str, value: object
) -> None:
    assert to_python(Literal(lexical, XSD + datatype)) == value


def test_an_iri_is_text_that_knows_its_short_form() -> None:
    value = to_python(Iri(PREFIXES["id"] + "programme/sicorp"))
    assert isinstance(value, IriText)
    assert value == "https://w3id.org/stikg/id/programme/sicorp"
    assert value.short == "id:programme/sicorp"


@pytest.mark.parametrize("short", ["id:programme/sicorp", "skos:prefLabel", "stikg:amount", "scheme:a/b"])
def test_a_short_name_expands_to_what_it_was_shortened_from(short: str) -> None:
    assert shorten(expand(short)) == short


def test_an_iri_outside_all_namespaces_stays_whole() -> None:
    assert shorten("https://example.org/x") == "https://example.org/x"
    assert expand("<https://example.org/x>") == "https://example.org/x"


@pytest.mark.parametrize(
    "term",
    [Iri("http://a/b"), Blank("x"), Literal("a"), Literal("1", XSD + "integer")],
)
def test_json_gives_the_term_back(term: Term) -> None:
    assert from_json(to_json(term)) == term


@pytest.mark.parametrize(
    "binding",
    [{}, {"type": "uri"}, {"type": "uri", "value": 3}, {"type": "odd", "value": "x"},
     {"type": "literal", "value": "\ud800"}],
)  # fmt: skip
def test_a_binding_that_is_none_is_refused(binding: dict[str, str]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(binding)


def test_terms_of_the_engine_become_ours() -> None:
    assert from_engine(pyoxigraph.NamedNode("http://a")) == Iri("http://a")
    assert from_engine(pyoxigraph.BlankNode("x")) == Blank("x")
    tagged = from_engine(pyoxigraph.Literal("タイ", language="ja"))
    assert isinstance(tagged, Literal)
    assert (tagged.value, tagged.language) == ("タイ", "ja")
    assert from_engine(None) is None


def test_the_label_in_the_wanted_language_wins_then_the_other() -> None:
    labels = [Literal("Thailand", language="en"), Literal("タイ", language="ja"), Literal("TH")]
    assert pick(labels, "ja") == "タイ"
    assert pick(labels[:1], "ja") == "Thailand"
    assert pick([], "ja") is None
