"""Each question answers what the paper says: expected rows were read from it, not from our output."""

from __future__ import annotations

import keyword
import re
from collections import Counter

import pytest

from stikg.query import Triples, ask
from stikg.query.running import LocalSource
from tests.queries.asking import Case, answer, column, graph, questions, read_cases, text

LAST_LINE = 374
RELEASES = 44  # compares two releases, which is no query on one graph


@pytest.mark.parametrize("case", read_cases(), ids=str)
def test_a_question_answers_what_the_paper_says(case: Case) -> None:
    found = column(answer(text(case.question, case.parameters)), case.columns)
    if case.ordered:
        assert found == case.rows
    missing, surplus = Counter(case.rows) - Counter(found), Counter(found) - Counter(case.rows)
    assert not missing, f"missing: {sorted(missing.elements())}; not expected: {sorted(surplus.elements())}"
    assert case.contains or not surplus, f"not expected: {sorted(surplus.elements())}"


def test_every_question_has_expected_rows() -> None:
    assert set(questions()) - {case.question for case in read_cases()} == {"everything-about"}


def test_everything_about_a_thing_is_its_triples() -> None:
    found = ask(LocalSource(graph()), questions()["everything-about"], {"thing": "id:period/2005-2007"})
    assert isinstance(found, Triples)
    assert {str(triple[2].value).rpartition("#")[2] for triple in found.records} == {
        "Period", "ProperInterval", "http://www.w3.org/2006/time", "2005", "2007", "2005-2007年", "2005-2007",
    } - {"http://www.w3.org/2006/time"}  # fmt: skip


def test_all_questions_but_the_last_are_asked() -> None:
    asked = {number for question in questions().values() for number in question.numbers}
    assert asked == set(range(1, RELEASES))


@pytest.mark.parametrize("case", read_cases(), ids=str)
def test_expected_rows_name_the_passages_they_were_read_from(case: Case) -> None:
    assert all(0 < line <= LAST_LINE for line in case.lines)
    assert case.lines or case.sources or not case.rows or case.contains
    if "line" in case.columns:
        place = case.columns.index("line")
        assert {int(row[place]) for row in case.rows if row[place]} <= set(case.lines)


def test_columns_of_expected_rows_are_declared() -> None:
    for case in read_cases():
        declared = {one.name for one in questions()[case.question].columns}
        assert set(case.columns) <= declared, case


@pytest.mark.parametrize("name", sorted(set(questions()) - {"everything-about"}))
def test_the_header_declares_the_columns_that_the_query_answers_with(name: str) -> None:
    question = questions()[name]
    selected = re.search(r"^SELECT(?: DISTINCT)?\s+(.*?)\nWHERE", question.text, re.MULTILINE | re.DOTALL)
    assert selected
    assert selected[1].replace("?", "").split() == [one.name for one in question.columns]


def test_parameters_and_columns_can_be_written_as_python_names() -> None:
    names = [one.name for question in questions().values() for one in question.parameters]
    names += [one.name for question in questions().values() for one in question.columns]
    assert sorted(name for name in set(names) if keyword.iskeyword(name)) == []
