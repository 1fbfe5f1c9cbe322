"""SPARQL text seen from outside."""

from __future__ import annotations

import time

import pytest

from stikg.query.sparql import form_of, with_prefixes


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("  # SELECT\n ask {}", "ASK"),
        ("BASE <http://a#b> PREFIX a: <http://x#ASK> PREFIX : <u:> construct {} WHERE {}", "CONSTRUCT"),
        ("PREFIX select: <http://a> DESCRIBE <x>", "DESCRIBE"),
        ("INSERT DATA {}", None),
        ("", None),
        ("#+ title: SELECT", None),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(text: str, form: str | None) -> None:
    assert form_of(text) == form


def test_prefixes_that_are_used_and_not_declared_are_added_on_the_first_line() -> None:
    text = with_prefixes("SELECT * {\n ?x skos:prefLabel ?y }")
    assert text.startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT * {\n")


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX skos: <http://example.org/> SELECT * { ?x skos:a ?y }",
        "prefix  skos:<http://example.org/> SELECT * { ?x skos:a ?y }",
        'SELECT * { ?x ?y "skos:a" , \'id:b\', """\nid:c""" }',
        "SELECT * { ?x ?y <http://a/id:b> } # id:c",
        "SELECT * { ?x a my-skos:y }",
    ],
)
def test_nothing_is_added_that_is_declared_or_no_name(text: str) -> None:
    assert with_prefixes(text) == text


@pytest.mark.parametrize(
    "text",
    [
        '"' * 100_000, "'''" * 50_000, "#" * 200_000, " " * 200_000, "PREFIX " * 40_000, '"\\' * 80_000,
        "<" * 200_000,
    ],
)  # fmt: skip
def test_long_nonsense_is_seen_through_in_little_time(text: str) -> None:
    started = time.monotonic()
    form_of(text)
    with_prefixes(text)
    assert time.monotonic() - started < 2
