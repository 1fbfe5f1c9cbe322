"""One thing on one page: every statement with its passages, in both languages, as text and JSON."""

from __future__ import annotations

import json

import pytest

from stikg.errors import AmbiguousName, UnknownName
from stikg.graph import Graph
from stikg.namespaces import ID
from stikg.why import Passage, why
from stikg.why.passages import parse_passage
from tests.query.small_graph import nquads, small_graph

GRAPH = small_graph()


def test_every_statement_of_the_graph_about_a_thing_is_on_its_page() -> None:
    page = why(GRAPH, "sicorp")
    statements = [*page.names, *page.types, *page.statements]
    count = GRAPH.query("SELECT DISTINCT ?p ?o { <https://w3id.org/stikg/id/programme/sicorp> ?p ?o }")
    assert len(statements) == len(list(count))
    graphs = GRAPH.query(
        "SELECT ?g ?p ?o { GRAPH ?g { <https://w3id.org/stikg/id/programme/sicorp> ?p ?o } }"
    )
    assert sum(len(one.passages) for one in statements) == len(list(graphs))


def test_a_statement_says_document_line_and_mode() -> None:
    text = why(GRAPH, "sicorp").to_text()
    assert "SICORP (en)\n      [1] lines 10–12, 45; stated\n" in text
    assert "[1] Budget paper  [id:document/paper]" in text
    japanese = why(GRAPH, "sicorp", language="ja").to_text()
    assert "[1] 10〜12・45行目、明記" in japanese
    assert "予算資料" in japanese


def test_a_thing_without_a_name_is_shown_by_what_it_says() -> None:
    text = why(GRAPH, "SATREPS").to_text()
    assert "amount: 1,876,000,000  [id:budget/programme/satreps/2021/draft]" in text


def test_corrections_of_the_passage_and_of_the_thing_are_on_the_page() -> None:
    page = why(GRAPH, "米国的")
    assert page.iri == ID + "country/us"
    assert [(one.written, one.meant) for one in page.corrections] == [("米国的", "米国の")]
    assert "“米国的” → “米国の” ([1] lines 10–12, stated): the table beside it says so" in page.to_text()
    assert "「米国的」→「米国の」" in why(GRAPH, "US", language="ja").to_text()
    assert len(why(GRAPH, "sicorp").corrections) == 1
    assert why(GRAPH, "Thailand").corrections == ()


@pytest.mark.parametrize(
    "name", ["altLabel", "skos:altLabel", "http://www.w3.org/2004/02/skos/core#altLabel"]
)
def test_a_property_narrows_the_page(name: str) -> None:
    page = why(GRAPH, "sicorp", name)
    assert [one.value.term.value for one in page.names] == ["SICORP"]
    assert not page.statements
    assert not page.types
    assert not page.mentions


def test_a_property_goes_by_its_label_in_either_language() -> None:
    budget = ID + "budget/programme/sicorp/2021/draft"
    for name in ("amount", "金額"):
        assert [one.value.term.value for one in why(GRAPH, budget, name).statements] == ["1078000000"]


def test_a_property_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(UnknownName) as raised:
        why(GRAPH, "sicorp", "colour")
    assert "other name" in raised.value.remedy.en


def test_names_of_nothing_and_of_several_things_are_refused() -> None:
    with pytest.raises(UnknownName):
        why(GRAPH, "Atlantis")
    with pytest.raises(AmbiguousName):
        why(GRAPH, "NUS")


def test_the_json_page_has_stable_keys_and_both_languages() -> None:
    page = json.loads(why(GRAPH, "sicorp").to_json())
    assert list(page) == [
        "kind", "schema_version", "iri", "label", "complete", "names", "types", "statements", "mentioned_by",
        "corrections",
    ]  # fmt: skip
    passage = next(one for one in page["names"] if one["value"]["value"] == "SICORP")["passages"][0]
    assert passage == {
        "evidence": ID + "evidence/paper/L10-12/stated",
        "document": ID + "document/paper",
        "title": {"en": "Budget paper", "ja": "予算資料"},
        "at": "L10-12",
        "lines": [10, 12],
        "mode": "stated",
    }
    assert page["mentioned_by"][0]["subject"]["parts"]


@pytest.mark.parametrize(
    ("at", "en", "ja"),
    [
        ("L45", "line 45", "45行目"),
        ("L107-110", "lines 107–110", "107〜110行目"),
        ("c1234-1266", "characters 1234–1266", "1234〜1266文字目"),
        ("p3", "page 3", "3ページ"),
        ("whole", "as a whole", "全体"),
        ("record-th", "record th", "レコード th"),
        ("elsewhere", "elsewhere", "elsewhere"),
    ],
)
def test_a_locator_is_said_in_words(at: str, en: str, ja: str) -> None:
    passage = parse_passage(f"{ID}evidence/paper/{at}/stated")
    assert (passage.source, passage.at, passage.mode) == ("paper", at, "stated")
    assert (passage.place("en"), passage.place("ja")) == (en, ja)


def test_a_graph_that_is_no_evidence_stands_for_itself() -> None:
    assert parse_passage("http://example.org/g") == Passage("http://example.org/g")
    graph = Graph.from_nquads(["<http://a/x> <http://a/p> <http://a/y> <http://a/g> .\n"])
    assert "[1]" in why(graph, "http://a/x").to_text()


def test_characters_that_steer_a_terminal_are_shown() -> None:
    line = '<http://a/x> <http://a/p> "\\u001B[31mred\\u202E" <http://a/g> .\n'
    text = why(Graph.from_nquads([line]), "http://a/x").to_text()
    assert "␛[31mred<U+202E>" in text
    assert "\x1b" not in text


def test_only_a_terminal_gets_colour() -> None:
    page = why(GRAPH, "sicorp")
    assert "\x1b" not in page.to_text()
    assert "\x1b[1m" in page.to_text(colour=True)
    assert "<pre>" in page._repr_html_()


def test_a_graph_below_another_base_is_read_as_well() -> None:
    base = "https://example.org/sti/"
    moved = Graph.from_nquads([line.replace("https://w3id.org/stikg/", base) for line in nquads()], base=base)
    page = why(moved, "米国的")
    assert page.iri == base + "id/country/us"
    assert len(page.corrections) == 1
    assert "Budget paper" in page.to_text()


def test_a_term_of_another_vocabulary_goes_by_our_words() -> None:
    assert (
        "  run by (funding agency)\n    Japan Science and Technology Agency" in why(GRAPH, "sicorp").to_text()
    )
    assert "  実施機関\n    科学技術振興機構" in why(GRAPH, "sicorp", language="ja").to_text()
    assert why(GRAPH, "sicorp", "実施機関").statements == why(GRAPH, "sicorp", "hasFundingAgency").statements
