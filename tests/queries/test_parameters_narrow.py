"""A value of a parameter narrows the open answer to the rows with that value, and adds none."""

from __future__ import annotations

import pytest

from stikg.query import Rows
from stikg.terms import Iri, Term
from tests.queries.asking import answer, questions, text

# Columns that answer a parameter of another name; a day and a thing have no open answer.
ELSEWHERE = {("projects", "country"): "partner", ("statements", "programme"): "about"}
NO_OPEN_ANSWER = {
    ("members-at-date", "date"),
    ("everything-about", "thing"),
    ("names", "thing"),
    ("passages-of", "thing"),
}
NARROWING = [
    (question.name, parameter.name)
    for question in questions().values()
    for parameter in question.parameters
    if (question.name, parameter.name) not in NO_OPEN_ANSWER
]


def ask_open(name: str, **values: object) -> Rows:
    """Ask a question with nothing bound but `values`: an empty value switches a default off."""
    unbound: dict[str, object] = {one.name: "" for one in questions()[name].parameters}
    if name == "members-at-date":
        unbound["date"] = "2021-04-01"
    return answer(text(name, {**unbound, **values}))


def given(term: Term) -> str:
    return f"<{term.value}>" if isinstance(term, Iri) else term.value


@pytest.mark.parametrize(("name", "parameter"), NARROWING)
def test_a_value_gives_the_rows_of_the_open_answer_that_have_it(name: str, parameter: str) -> None:
    everything = ask_open(name)
    place = everything.columns.index(ELSEWHERE.get((name, parameter), parameter))
    values = {term for record in everything.records if (term := record[place]) is not None}
    assert values
    for value in values:
        narrowed = ask_open(name, **{parameter: given(value)})
        assert list(narrowed.records) == [record for record in everything.records if record[place] == value]
