"""Wrong cells are collected with file, row and column, and their rows give nothing."""

from __future__ import annotations

import pytest

from stikg.emit import compile_mapping, emit_all
from stikg.emit.careful import MAX_PROBLEMS
from stikg.errors import Problem, TableErrors
from stikg.mapping import parse_mapping
from stikg.tables import Table
from tests.emit.tables_of import HEAD, PREFIXES, objects, table


def problems_of(statement: str, *cells: str) -> list[Problem]:
    with pytest.raises(TableErrors) as caught:
        objects(statement, *cells)
    return caught.value.problems


def test_a_wrong_value_is_reported_with_file_row_and_column() -> None:
    (problem,) = problems_of("[stikg:x, $(x), xsd:date]", "2021-02-28", "2021-02-29")
    assert (problem.code, problem.found) == ("lexical-form", "2021-02-29")
    assert problem.where == ("things.csv", 3, "x")
    assert "2020-07-16" in problem.text("en")
    assert "年月日" in problem.text("ja")


def test_a_decimal_that_is_not_canonical_is_reported() -> None:
    (problem,) = problems_of("[stikg:x, $(x), xsd:decimal]", "8.10")
    assert "zeros" in problem.remedy.en


@pytest.mark.parametrize(
    "cell", ["not an iri", "example.org", "javascript:<x>", "https://a/\x00", "https://a b"]
)
def test_a_cell_that_is_no_iri_is_reported(cell: str) -> None:
    (problem,) = problems_of("[stikg:x, $(x)~iri]", cell)
    assert problem.code == "lexical-form"


@pytest.mark.parametrize("cell", [".", ".."])
def test_a_key_that_browsers_would_resolve_away_is_reported(cell: str) -> None:
    (problem,) = problems_of("[stikg:x, id:a/$(x)~iri]", cell)
    assert problem.code == "unsafe-key"


def test_text_that_is_no_unicode_is_reported_without_breaking_the_message() -> None:
    (problem,) = problems_of("[stikg:x, $(x)]", "a\ud800")
    assert problem.code == "not-unicode"
    problem.text("ja").encode("utf-8")


def test_a_cell_wrong_in_two_roles_is_reported_once() -> None:
    things = table(["x"], ["k", "no iri"])
    text = PREFIXES + HEAD + "      - [stikg:x, $(x)~iri]\n      - [stikg:y, $(x), xsd:anyURI]\n"
    with pytest.raises(TableErrors) as caught:
        list(emit_all(parse_mapping(text), [things]))
    assert len(caught.value.problems) == 1


def test_rows_with_problems_give_nothing_and_the_others_still_come() -> None:
    things = table(["x"], ["k", "1"], ["l", "one"], ["m", "2"])
    mapping = parse_mapping(PREFIXES + HEAD + "      - [a, stikg:T]\n      - [stikg:x, $(x), xsd:integer]\n")
    lines = []
    with pytest.raises(TableErrors):  # noqa: PT012
        for line in compile_mapping(mapping, {"things": things.header}).emit(things):
            lines.append(line)  # noqa: PERF402
    assert len(lines) == 4
    assert not any("/l>" in line for line in lines)


def test_problems_of_all_tables_are_raised_together() -> None:
    text = PREFIXES + HEAD.replace("[[things.csv~csv]]", "[[things.csv~csv], [others.csv~csv]]")
    mapping = parse_mapping(text + "      - [stikg:x, $(x), xsd:integer]\n")
    tables = [table(["x"], ["k", "one"], ["l", "two"]), table(["x"], ["m", "three"], name="others")]
    with pytest.raises(TableErrors) as caught:
        list(emit_all(mapping, tables))
    assert sorted(problem.found for problem in caught.value.problems) == ["one", "three", "two"]


def test_a_column_that_is_wrong_everywhere_stops_at_a_bound() -> None:
    few = table(["x"], *([f"k{n}", "x"] for n in range(10)))
    many = Table(few.name, few.header, few.rows * (MAX_PROBLEMS // 5))
    mapping = parse_mapping(PREFIXES + HEAD + "      - [stikg:x, $(x), xsd:integer]\n")
    with pytest.raises(TableErrors) as caught:
        list(emit_all(mapping, [many]))
    assert len(caught.value.problems) == MAX_PROBLEMS
