"""The headers of query files."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import QueryFileError, UnreadableFile
from stikg.query import catalogue, parse_question, read_question, search
from stikg.resources import queries_dir

HEADER = """\
#+ title: {en: Budget, ja: 予算}
#+ summary: {en: What it costs., ja: いくらか。}
#+ group: A
#+ question: [1, 2]
#+ parameters:
#+   programme: {type: entity, kind: programme, default: sicorp, label: {en: programme, ja: 事業}}
#+   year: {type: year, required: true}
#+ columns:
#+   amount: {en: amount, ja: 金額, unit: JPY}
SELECT ?amount WHERE {
  # @values
  ?x ?y ?amount
}
"""


def test_a_header_declares_everything_of_a_question() -> None:
    question = parse_question(HEADER, "budget", "budget.rq")
    assert question.title == ("Budget", "予算")
    assert (question.group, question.numbers) == ("A", (1, 2))
    programme, year = question.parameters
    assert (programme.kinds, programme.default, programme.label.ja) == (("id/programme/",), "sicorp", "事業")
    assert (year.type, year.required, year.label.en) == ("year", True, "year")
    assert (question.columns[0].heading.ja, question.columns[0].unit) == ("金額", "JPY")


def test_a_file_without_a_header_is_a_free_query() -> None:
    question = parse_question("SELECT * { ?s ?p ?o }", "mine", "mine.rq")
    assert not question.prepared
    assert question.parameters == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("group: A", "group: Z", "group"),
        ("question: [1, 2]", "question: one", "question"),
        ("#+ title: {en: Budget, ja: 予算}\n", "", "title"),
        ("ja: 予算}", "fr: x}", "title"),
        ("type: entity", "type: thing", "programme"),
        ("# @values", "# values", "@values"),
        ("  # @values", "  # @values\n  # @values", "@values"),
        ("#+ columns:", "#+ colums:", "colums"),
        ("required: true", "requird: true", "requird"),
        ("  year:", "  2year:", "parameters"),
        ("unit: JPY", "units: JPY", "units"),
        ("#+ group: A", "#+ group: A\n#+ group: B", "group"),
        ("#+ group: A", "#+ group: *a", "alias"),
        ("#+ group: A", "#+ group: !!python/object:os.system A", "tag"),
        ("#+ group: A", "#+ group: [A", "YAML"),
    ],
)
def test_a_wrong_header_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    assert old in HEADER
    with pytest.raises(QueryFileError) as raised:
        parse_question(HEADER.replace(old, new, 1), "budget", "queries/budget.rq")
    assert said in raised.value.what.en
    assert raised.value.where is not None
    assert raised.value.where.path == "queries/budget.rq"
    assert raised.value.exit_status == 4


def test_every_prepared_question_reads_and_belongs_to_a_group() -> None:
    questions = catalogue(queries_dir())
    assert len(questions) >= 20
    assert {one.group for one in questions} == set("ABCDEF")
    assert all(one.prepared for one in questions)
    assert questions == sorted(questions, key=lambda one: one.sort_key())


def test_a_search_looks_at_both_languages_and_needs_every_word() -> None:
    question = parse_question(HEADER, "budget", "budget.rq")
    assert search([question], "予算") == search([question], "BUDGET costs") == [question]
    assert search([question], "budget country") == []


@pytest.mark.parametrize(
    "data",
    [b"SELECT \xff", "SELECT * {}".encode("utf-16"), b"#" * 1_000_001],
    ids=["latin", "utf16", "large"],
)
def test_a_file_that_is_no_query_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as raised:
        read_question(path)
    assert raised.value.exit_status == 3


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.rq", tmp_path):
        with pytest.raises(UnreadableFile):
            read_question(path)


def test_a_byte_order_mark_is_no_part_of_the_query(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes(b"\xef\xbb\xbfASK {}")
    assert read_question(path).text == "ASK {}"
