"""Each line of a document is accounted for: by facts, by a reason, or as missing."""

from __future__ import annotations

import pytest

from stikg.coverage import Line, coverage, coverage_markdown
from stikg.errors import UnknownName
from stikg.graph import Graph

ID = "https://w3id.org/stikg/id/"
TERM = "https://w3id.org/stikg/ontology#"
SCHEME = "https://w3id.org/stikg/scheme/"


def evidence(first: int, last: int, mode: str = "stated") -> tuple[str, list[str]]:
    """Return the IRI of a passage of document `d` and the quads that describe it."""
    iri = f"{ID}evidence/d/L{first}-{last}/{mode}"
    described = [
        f"<http://www.w3.org/ns/prov#wasQuotedFrom> <{ID}document/d>",
        f'<{TERM}firstLine> "{first}"^^<http://www.w3.org/2001/XMLSchema#integer>',
        f'<{TERM}lastLine> "{last}"^^<http://www.w3.org/2001/XMLSchema#integer>',
        f"<{TERM}assertionMode> <{SCHEME}assertion-mode/{mode}>",
    ]
    return iri, [f"<{iri}> {statement} <{iri}> .\n" for statement in described]


def quads(*said: tuple[int, int, str, str, str]) -> list[str]:
    """Return a graph that says, from lines first-last, subject property value."""
    lines: list[str] = []
    for first, last, subject, name, value in said:
        iri, described = evidence(first, last)
        lines += [*described, f"<{ID}{subject}> <{name}> {value} <{iri}> .\n"]
    return lines


COUNT = (1, 4, "document/d", TERM + "lineCount", '"4"^^<http://www.w3.org/2001/XMLSchema#integer>')
TYPE = "http://purl.org/dc/terms/type"


def test_a_line_lists_the_things_and_properties_that_its_passages_state() -> None:
    graph = Graph.from_nquads(quads(COUNT, (2, 3, "programme/x", TERM + "acronym", '"X"')))
    lines = coverage(graph, "d")
    assert [line.number for line in lines] == [1, 2, 3, 4]
    assert [dict(line.things) for line in lines] == [
        {},
        {"programme/x": ("acronym",)},
        {"programme/x": ("acronym",)},
        {},
    ]
    assert lines[1].modes == ("stated",)


def test_a_note_on_a_passage_is_a_reason_and_not_a_fact() -> None:
    note = (4, 4, "passage-note/l4", TYPE, f"<{SCHEME}passage-kind/blank>")
    last = coverage(Graph.from_nquads(quads(COUNT, note)), "d")[-1]
    assert (dict(last.things), last.reason) == ({}, "blank")


def test_an_unknown_document_is_refused() -> None:
    with pytest.raises(UnknownName):
        coverage(Graph.from_nquads(quads(COUNT)), "other")


def test_lines_with_neither_facts_nor_reason_stand_out() -> None:
    page = coverage_markdown([Line(1, {}, (), "blank"), Line(2, {}, (), "blank"), Line(3, {}, ())], "d")
    assert "**1 unaccounted for**: 3" in page
    assert "| 1–2 |  | *blank* |" in page
    assert "| 3 |  | **nothing なし** |" in page
