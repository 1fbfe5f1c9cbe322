"""Every row leads back to a passage; the passages form a table of their own."""

# ruff: noqa: E501 - a case of a table reads best on one line

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.tables import LocatorError, evidence_table, parse_locator
from tests.tables.dataset import (
    COUNTRIES,
    DOCUMENTS,
    column,
    descriptor,
    problems_of,
    tables_of,
    write_dataset,
)

RFC5147 = "http://tools.ietf.org/rfc/rfc5147"
RFC8118 = "http://tools.ietf.org/rfc/rfc8118"

LOCATORS = [
    ("L45", "line=44,45", RFC5147, 45, 45),
    ("L107-110", "line=106,110", RFC5147, 107, 110),
    ("L1", "line=0,1", RFC5147, 1, 1),
    ("c1234-1266", "char=1234,1266", RFC5147, 1234, 1266),
    ("c0-1", "char=0,1", RFC5147, 0, 1),
    ("p3", "page=3", RFC8118, 3, 3),
    ("whole", "", "", 0, 0),
    ("record-048rj2z13", "", "", 0, 0),
]


@pytest.mark.parametrize(("text", "fragment", "conforms_to", "first", "last"), LOCATORS)
def test_a_locator_becomes_its_fragment(
    text: str, fragment: str, conforms_to: str, first: int, last: int
) -> None:
    locator = parse_locator(text)

    assert (locator.fragment, locator.conforms_to) == (fragment, conforms_to)
    assert (locator.first, locator.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "45", "L", "L0", "L05", "L5-5", "L9-5", "L5-", "l5", "L5–7", "L５", "L1,3", "L5-L7", "c5", "c5-5", "c9-5",
        "p0", "p", "p3-4", "Whole", "record-", "record-A", "record-a b", "record", "L1\n", "L" + "9" * 30,
    ],
)  # fmt: skip
def test_what_is_no_locator_is_refused(text: str) -> None:
    with pytest.raises(LocatorError):
        parse_locator(text)


CASES = [
    ("paper,L100,stated", []),
    ("paper,L1-100,implied", []),
    ("paper,p3,stated", []),
    ("paper,c5-9,derived", []),
    ("paper,L30,reference", []),
    ("paper,whole,reference", []),
    ("register,record-x,reference", []),
    ("paper,L101,stated", ["locator-beyond-document"]),
    ("paper,L99-101,stated", ["locator-beyond-document"]),
    ("paper,L101,reference", ["locator-beyond-document"]),
    ("paper,line 3,stated", ["invalid-locator"]),
    ("paper,whole,stated", ["mode-needs-locator"]),
    ("paper,record-x,implied", ["mode-needs-locator"]),
    ("paper,whole,derived", ["mode-needs-locator"]),
    ("register,L3,stated", ["not-a-document-source"]),
    ("register,p3,implied", ["not-a-document-source"]),
    ("papers,L3,stated", ["unknown-reference"]),
]


@pytest.mark.parametrize(("passage", "codes"), CASES)
def test_source_locator_and_mode_must_fit_together(tmp_path: Path, passage: str, codes: list[str]) -> None:
    rows = COUNTRIES.replace("register,record-na,reference", passage)

    assert [p.code for p in problems_of(write_dataset(tmp_path, countries=rows))] == codes


def test_a_page_is_checked_against_the_number_of_pages(tmp_path: Path) -> None:
    document = descriptor()
    document["resources"][0]["schema"]["fields"].insert(3, column("page_count", "integer"))
    documents = DOCUMENTS.replace("line_count,", "line_count,page_count,")
    documents = documents.replace(",100,", ",,7,").replace("台帳,,", "台帳,,,")
    empty = {"programmes": "key,name_ja,name_en,part_of,since,source,at,mode\n"}
    budgets = "programme,fiscal_year,amount,printed,unit_yen,published,portion,final,phase,source,at,mode\n"
    rows = COUNTRIES.replace("register,record-na,reference", "paper,p8,stated")

    found = problems_of(
        write_dataset(tmp_path, document, documents=documents, countries=rows, budgets=budgets, **empty)
    )

    assert [problem.code for problem in found] == ["locator-beyond-document"]
    assert "7" in found[0].expected.ja


def test_an_unknown_document_is_found_without_a_declared_foreign_key(tmp_path: Path) -> None:
    document = descriptor()
    document["resources"][3]["schema"]["foreignKeys"] = []
    rows = COUNTRIES.replace("register,record-na", "registers,record-na")

    found = problems_of(write_dataset(tmp_path, document, countries=rows))

    assert [problem.code for problem in found] == ["unknown-document"]
    assert "register" in found[0].remedy.en


def test_a_wrong_mode_is_found_without_a_declared_list(tmp_path: Path) -> None:
    document = descriptor()
    document["resources"][3]["schema"]["fields"][-1].pop("constraints")
    rows = COUNTRIES.replace("record-na,reference", "record-na,said")

    found = problems_of(write_dataset(tmp_path, document, countries=rows))

    assert [(problem.code, problem.where.column) for problem in found] == [("not-in-enum", "mode")]


def test_the_evidence_table_lists_each_passage_once_sorted(tmp_path: Path) -> None:
    table = evidence_table(tables_of(write_dataset(tmp_path)))

    assert table.header == ("source", "at", "mode", "fragment", "conforms_to", "first_line", "last_line")
    assert [row.values for row in table.rows] == [
        ("paper", "L10-11", "stated", "line=9,11", RFC5147, "10", "11"),
        ("paper", "L12", "stated", "line=11,12", RFC5147, "12", "12"),
        ("paper", "L20", "implied", "line=19,20", RFC5147, "20", "20"),
        ("paper", "L30", "stated", "line=29,30", RFC5147, "30", "30"),
        ("paper", "L31", "stated", "line=30,31", RFC5147, "31", "31"),
        ("register", "record-na", "reference", "", "", "", ""),
        ("register", "record-no", "reference", "", "", "", ""),
        ("register", "record-paper", "reference", "", "", "", ""),
        ("register", "whole", "reference", "", "", "", ""),
    ]
    assert table.rows[0].number == 3
    assert table.primary_key == ("source", "at", "mode")
