"""Answers as text: exact bytes, safe where they land."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.errors import Message, MissingExtra, OutputFailed, OutputRefused, UsageError
from stikg.namespaces import ID
from stikg.query import Column, Row, Rows, Triples, format_of, render
from stikg.terminal import width
from stikg.terms import XSD, Blank, Iri, Literal, Term

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def rows(*records: tuple[Term | None, ...], columns: tuple[str, ...] = ("thing", "amount")) -> Rows:
    declared = (
        Column("thing", Message("thing", "もの")),
        Column("amount", Message("amount", "金額"), "JPY"),
    )
    return Rows(columns, records, "example", declared)


BUDGETS = rows(
    (Iri(ID + "programme/sicorp"), Literal("1078000000", XSD + "decimal")),
    (Literal("国際共同研究", language="ja"), Literal("8.1", XSD + "decimal")),
    (None, None),
)


def test_a_table_lines_up_wide_characters_and_numbers() -> None:
    assert render(BUDGETS, "table", language="ja").splitlines() == [
        "もの                    金額 (JPY)",
        "-------------------  -------------",
        "id:programme/sicorp  1,078,000,000",
        "国際共同研究                   8.1",
        "",
    ]


def test_a_table_keeps_to_the_width_and_loses_nothing() -> None:
    long = rows((Literal("国際共同研究の推進" * 10), Literal("word " * 40)))
    text = render(long, "table", columns=60)
    assert max(width(line) for line in text.splitlines()) <= 62  # a closing mark may hang over
    assert "".join(text.split()).count("国") == 10
    assert text.count("word") == 40


def test_only_a_terminal_gets_colour() -> None:
    assert "\x1b[" not in render(BUDGETS, "table")
    assert "\x1b[1m" in render(BUDGETS, "table", colour=True)


def test_csv_is_as_rfc_4180_has_it() -> None:
    text = render(rows((Literal('a "b", c\nd'), Literal("1", XSD + "integer"))), "csv")
    assert text == 'thing,amount\r\n"a ""b"", c\nd",1\r\n'


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_csv_reads_back_but_for_the_apostrophe(cells: list[tuple[str, str]]) -> None:
    text = render(rows(*[(Literal(one), Literal(other)) for one, other in cells]), "csv")
    back = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in cells
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "--1"])
def test_a_formula_is_defused(cell: str) -> None:
    back = list(csv.reader(io.StringIO(render(rows((Literal(cell), None)), "csv"), newline="")))
    assert back[1] == ["'" + cell, ""]


@pytest.mark.parametrize("cell", ["-1", "+1.5", "-.5", "1e-3", "-1.0E+3"])
def test_a_number_is_no_formula(cell: str) -> None:
    assert render(rows((Literal(cell), None)), "csv").splitlines()[1] == f"{cell},"


@given(TEXT, TEXT)
def test_tsv_has_one_line_per_row_and_no_control_character(one: str, other: str) -> None:
    text = render(rows((Literal(one), Literal(other))), "tsv")
    lines = text.split("\n")
    assert len(lines) == 3
    assert [line.count("\t") for line in lines] == [1, 1, 0]
    assert not [letter for letter in text if ord(letter) < 32 and letter not in "\t\n"]


def test_tsv_gives_iris_in_full_and_plain_values() -> None:
    assert render(BUDGETS, "tsv").splitlines()[1] == f"{ID}programme/sicorp\t1078000000"


def test_json_is_sparql_results_with_a_schema() -> None:
    document = json.loads(render(BUDGETS, "json"))
    assert (document["kind"], document["schema_version"]) == ("answer", 1)
    assert document["head"] == {"vars": ["thing", "amount"]}
    assert document["headings"]["amount"] == "amount (JPY)"
    assert document["results"]["bindings"][1]["thing"] == {
        "type": "literal", "value": "国際共同研究", "xml:lang": "ja",
    }  # fmt: skip
    assert document["results"]["bindings"][2] == {}


def test_markdown_escapes_what_is_its_own() -> None:
    text = render(rows((Literal("a|b*<i>_x_\n"), Literal("1", XSD + "integer"))), "md")
    assert text.splitlines() == [
        "| thing | amount (JPY) |",
        "| --- | ---: |",
        "| a\\|b\\*&lt;i&gt;\\_x\\_␊ | 1 |",
    ]


@given(TEXT)
def test_html_lets_nothing_through(text: str) -> None:
    page = rows((Literal(text + "<script>"), Iri('http://x/"><script>')))._repr_html_()
    assert "<script" not in page


def test_a_javascript_iri_is_no_link() -> None:
    page = rows((Iri("javascript:alert(1)"), Iri("https://example.org/")))._repr_html_()
    assert 'href="javascript' not in page
    assert 'href="https://example.org/"' in page


@pytest.mark.parametrize("form", ["table", "md", "csv", "tsv", "json"])
def test_an_answer_without_rows_still_has_its_columns(form: str) -> None:
    text = render(rows(), form)
    assert "amount" in text
    assert text.endswith("\n")


@pytest.mark.parametrize(("form", "text"), [("tsv", "true\n"), ("csv", "true\n"), ("table", "yes\n")])
def test_yes_is_said_plainly(form: str, text: str) -> None:
    assert render(True, form) == text
    assert json.loads(render(True, "json"))["boolean"] is True
    assert render(False, "table", language="ja") == "いいえ\n"


TRIPLES = Triples(
    (
        (Iri(ID + "country/th"), Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Iri(XSD + "x")),
        (Iri(ID + "country/th"), Iri(XSD + "p"), Literal('a"b', language="en")),
        (Blank("x"), Iri(XSD + "p"), Literal("1", XSD + "integer")),
    )
)


def test_turtle_says_the_same_as_ntriples() -> None:
    import rdflib
    from rdflib.compare import isomorphic

    turtle = render(TRIPLES, "ttl")
    assert turtle.startswith("@prefix xsd:")
    one = rdflib.Graph().parse(data=turtle, format="turtle")
    assert isomorphic(one, rdflib.Graph().parse(data=render(TRIPLES, "nt"), format="nt"))
    assert isomorphic(one, rdflib.Graph() + TRIPLES.to_rdflib().default_graph)
    assert len(one) == 3


def test_a_form_that_does_not_fit_the_answer_is_refused() -> None:
    for answer, form in ((TRIPLES, "csv"), (BUDGETS, "ttl"), (True, "ttl")):
        with pytest.raises(UsageError) as raised:
            render(answer, form)
        assert raised.value.exit_status == 2


def test_rows_are_typed_mappings_with_attributes() -> None:
    row = BUDGETS[0]
    assert isinstance(row, Row)
    assert row.amount == 1078000000
    assert row["thing"] == ID + "programme/sicorp"
    assert dict(BUDGETS[2]) == {"thing": None, "amount": None}
    assert [str(one["amount"]) for one in BUDGETS[:2]] == ["1078000000", "8.1"]
    with pytest.raises(AttributeError, match="amount"):
        _ = row.amuont
    with pytest.raises(KeyError):
        _ = row["amuont"]


def test_an_answer_shows_itself() -> None:
    assert "1,078,000,000" in repr(BUDGETS)
    assert "3 rows" in repr(BUDGETS)
    many = rows(*[(Literal(str(number)), None) for number in range(60)])
    assert "… 10 more" in repr(many)
    assert many._repr_html_().count("<tr>") == 51


def test_a_name_in_two_languages_is_one_column_for_people() -> None:
    declared = (
        Column("thing", Message("thing (IRI)", "もの(IRI)")),
        Column("thing_ja", Message("thing", "もの"), None, "ja"),
        Column("thing_en", Message("thing", "もの"), None, "en"),
    )
    answer = Rows(
        ("thing", "thing_ja", "thing_en"),
        (
            (Iri(ID + "country/th"), Literal("タイ", language="ja"), Literal("Thailand", language="en")),
            (Iri(ID + "country/xx"), Literal("某国", language="ja"), None),
            (Iri(ID + "country/yy"), None, None),
        ),
        declared=declared,
    )
    ja = render(answer, "table", language="ja").split()
    assert ja == ["もの", "-------------", "タイ", "某国", "id:country/yy"]
    assert render(answer, "table").split()[2:] == ["Thailand", "某国", "id:country/yy"]
    assert render(answer, "csv").splitlines()[0] == "thing,thing_ja,thing_en"


def test_saving_takes_the_form_from_the_suffix(tmp_path: Path) -> None:
    path = BUDGETS.save(tmp_path / "x.csv")
    assert path.read_bytes().startswith(b"thing,amount\r\n")
    assert TRIPLES.save(tmp_path / "x.nt").read_text().count("\n") == 3
    with pytest.raises(UsageError):
        BUDGETS.save(tmp_path / "x.xlsx")
    assert format_of(Path("X.JSON")) == "json"


def test_saving_leaves_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("mine")
    with pytest.raises(OutputRefused):
        BUDGETS.save(path)
    assert path.read_text() == "mine"
    BUDGETS.save(path, force=True)
    assert path.read_text().startswith("thing")
    assert [one.name for one in tmp_path.iterdir()] == ["x.csv"]


def test_saving_where_nothing_can_be_written_fails_with_words(tmp_path: Path) -> None:
    with pytest.raises(OutputFailed) as raised:
        BUDGETS.save(tmp_path / "none" / "x.csv")
    assert raised.value.exit_status == 3


def test_pandas_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(MissingExtra) as raised:
        BUDGETS.to_pandas()
    assert raised.value.exit_status == 6
    assert "pip install" in raised.value.remedy.en
