"""`stikg query`: the list, the answers, their forms, and what it says beside them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from stikg.namespaces import ID
from tests.cli.calling import call
from tests.query import misbehaving

LABELS = "SELECT ?l { <https://w3id.org/stikg/id/country/th> skos:prefLabel ?l } ORDER BY ?l"
QUESTION = """\
#+ title: {en: Budget of a programme, ja: 事業の予算}
#+ summary: {en: s, ja: s}
#+ group: A
#+ parameters: {programme: {type: entity, kind: programme, default: sicorp, label: {en: programme, ja: 事業}}}
#+ columns: {amount: {en: amount, ja: 金額, unit: JPY}}
SELECT ?amount WHERE {
  # @values
  ?budget stikg:programmeDimension ?programme ; stikg:amount ?amount
} ORDER BY ?amount
"""


@pytest.fixture
def question(folder: Path) -> Path:
    path = folder / "budget.rq"
    path.write_text(QUESTION)
    return path


def test_bare_it_lists_the_questions_in_a_pipe_as_tsv() -> None:
    lines = call("query").out.splitlines()
    assert lines[0] == "group\tname\ttitle\tparameters"
    assert len(lines) > 20
    assert call("query", "--list").out.splitlines() == lines
    assert "予算" in call("query", "--lang", "ja").out


def test_at_a_terminal_the_list_is_grouped_and_a_next_step_is_suggested() -> None:
    done = call("query", terminal=True)
    assert "\x1b[1mA. Budget\x1b[0m" in done.out
    assert "  tiers " in done.out
    assert done.err.startswith("→ ask one: stikg query ")


def test_a_search_narrows_the_list() -> None:
    found = call("query", "--search", "予算 総額").out.splitlines()
    assert 1 < len(found) < 6
    nothing = call("query", "--search", "xyzzy")
    assert (nothing.status, nothing.err) == (0, "no question has “xyzzy”\n")


def test_the_list_as_json_has_parameters_and_columns() -> None:
    document = json.loads(call("query", "--json").out)
    assert (document["kind"], document["schema_version"]) == ("questions", 1)
    tiers = next(one for one in document["questions"] if one["name"] == "tiers")
    assert set(tiers) == {"name", "group", "numbers", "title", "summary", "parameters", "columns"}


def test_in_a_pipe_the_answer_is_tsv_and_at_a_terminal_a_table(graph: Path) -> None:
    assert call("query", LABELS, "--graph", graph).out == "l\nThailand\nタイ\n"
    assert (
        call("query", LABELS, "--graph", graph, terminal=True).out
        == "\x1b[1ml\x1b[0m\n--------\nThailand\nタイ\n"
    )


def test_no_colour_where_none_is_wanted(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for arguments in (
        ["query", LABELS, "--graph", graph],
        ["query"],
        ["why", "TH", "--graph", graph],
        ["oops"],
    ):
        done = call(*arguments, terminal=True)
        assert "\x1b" not in done.out + done.err


def test_every_form_is_written(graph: Path) -> None:
    forms = {
        form: call("query", LABELS, "--graph", graph, "--format", form).out for form in ("csv", "json", "md")
    }
    assert list(csv.reader(io.StringIO(forms["csv"], newline=""))) == [["l"], ["Thailand"], ["タイ"]]
    assert len(json.loads(forms["json"])["results"]["bindings"]) == 2
    assert forms["md"].splitlines()[2] == "| Thailand |"
    assert call("query", LABELS, "--graph", graph, "--json").out == forms["json"]
    assert "country/th" in call("query", f"DESCRIBE <{ID}country/th>", "--graph", graph).out


def test_a_value_is_resolved_and_what_it_was_taken_for_is_said(graph: Path, question: Path) -> None:
    done = call("query", question, "-p", "programme=ＳＡＴＲＥＰＳ", "--graph", graph)
    assert done.out == "amount\n1876000000\n"
    assert done.err == "programme: 地球規模課題対応国際科学技術協力プログラム (id:programme/satreps)\n"
    assert call("query", question, "-p", "programme=SATREPS", "--graph", graph, "--quiet").err == ""


def test_a_default_is_said_and_an_empty_value_lifts_it(graph: Path, question: Path) -> None:
    done = call("query", question, "--graph", graph, "--lang", "ja")
    assert done.out == "amount\n1078000000\n"
    assert "既定値" in done.err
    assert (
        call("query", question, "-p", "programme=", "--graph", graph).out
        == "amount\n1078000000\n1876000000\n"
    )


def test_headings_are_in_the_language_with_units(graph: Path, question: Path) -> None:
    done = call("query", question, "--graph", graph, "--lang", "ja", "--format", "table", "--quiet")
    assert done.out.splitlines() == ["   金額 (JPY)", "-------------", "1,078,000,000"]


def test_sparql_comes_from_stdin(graph: Path) -> None:
    assert call("query", "-", "--graph", graph, stdin=LABELS.encode()).out == "l\nThailand\nタイ\n"
    bad = call("query", "-", "--graph", graph, stdin="SELECT \u3042".encode("cp932"))
    assert bad.status == 3


def test_the_sparql_of_a_question_is_shown_with_its_values(graph: Path, question: Path) -> None:
    done = call("query", question, "--sparql", "--graph", graph)
    assert f"VALUES ?programme {{ <{ID}programme/sicorp> }}" in done.out
    again = call("query", done.out, "--graph", graph)
    assert (again.status, again.out) == (0, "amount\n1078000000\n")


def test_the_suffix_of_the_output_decides_the_form(graph: Path, folder: Path) -> None:
    done = call("query", LABELS, "--graph", graph, "-o", "x.csv")
    assert (done.status, done.out) == (0, "")
    assert (folder / "x.csv").read_bytes() == "l\r\nThailand\r\nタイ\r\n".encode()
    assert "x.csv" in done.err


def test_a_file_that_is_there_is_overwritten_only_by_force(graph: Path, folder: Path) -> None:
    path = folder / "x.csv"
    path.write_text("mine")
    refused = call("query", LABELS, "--graph", graph, "-o", path)
    assert refused.status == 2
    assert "--force" in refused.err
    assert path.read_text() == "mine"
    assert call("query", LABELS, "--graph", graph, "-o", path, "--force").status == 0
    assert path.read_text().startswith("l")


def test_data_steers_no_terminal_in_any_form(folder: Path) -> None:
    (folder / "g.nq").write_text('<http://a/x> <http://a/p> "\\u001B[31mred\\u0007" <http://a/g> .\n')
    for form in ("table", "csv", "tsv", "md", "json"):
        done = call("query", "SELECT ?o { ?s ?p ?o }", "--graph", "g.nq", "--format", form, terminal=True)
        assert done.status == 0
        assert "\x1b[31m" not in done.out
        assert "\x07" not in done.out
    assert "\x1b" not in call("query", "DESCRIBE <http://a/x>", "--graph", "g.nq", terminal=True).out


def test_nothing_found_is_said(graph: Path) -> None:
    done = call("query", "SELECT ?x { ?x a stikg:Nothing }", "--graph", graph)
    assert (done.status, done.out, done.err) == (0, "x\n", "no rows\n")


def test_with_v_it_says_which_graph(graph: Path, folder: Path) -> None:
    assert f"graph: {graph}" in call("query", "ASK {}", "--graph", graph, "-v").err
    (folder / "build").mkdir()
    graph.rename(folder / "build" / "graph.nq")
    assert "graph: build/graph.nq" in call("query", "ASK {}", "-v").err


def test_a_service_is_asked_instead(question: Path) -> None:
    body = json.dumps(
        {
            "head": {"vars": ["amount"]},
            "results": {"bindings": [{"amount": {"type": "literal", "value": "5"}}]},
        }
    )
    with misbehaving.service(misbehaving.answer(body.encode())) as address:
        done = call("query", question, "-p", "programme=", "--endpoint", address)
    assert (done.status, done.out) == (0, "amount\n5\n")


def test_a_service_that_hangs_is_left_in_time() -> None:
    with misbehaving.service(misbehaving.hang(3)) as address:
        done = call("query", "ASK {}", "--endpoint", address, "--timeout", "0.3")
    assert done.status == 3
    assert "--timeout" in done.err
