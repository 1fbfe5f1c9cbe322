"""Each rule of the data has a row it accepts and a row it names."""

# ruff: noqa: E501 - a case of a table reads best on one line

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.lint import RULES, lint
from stikg.lint.figures import parse_figures
from stikg.lint.identifiers import corporate_number_check_digit, is_corporate_number, is_ror
from tests.tables.dataset import column, descriptor, resource, write_dataset

Cells = dict[str, str]

CASES: list[tuple[str, str, Cells, Cells, str]] = [
    # rule, table, what it accepts, what it names, the column named
    ("amount-as-printed", "budgets", {"amount": "1078000000", "printed": "1,078百万円", "unit_yen": "1000000"}, {"amount": "1087000000"}, "amount"),
    ("amount-as-printed", "budgets", {"amount": "120000000", "printed": "１．２億円", "unit_yen": "100000000"}, {"unit_yen": "1000000"}, "unit_yen"),
    ("amount-as-printed", "budgets", {"amount": "5000", "printed": "5千円", "unit_yen": "1000"}, {"printed": "5〜6千円"}, "printed"),
    ("amount-as-printed", "budgets", {"amount": "38000000", "printed": "38", "unit_yen": "1000000"}, {"printed": ",38 (39)"}, "printed"),
    ("figure-as-printed", "figures", {"minimum": "8000000", "maximum": "36000000", "printed": "8～36百万円"}, {"minimum": "9000000"}, "minimum"),
    ("figure-as-printed", "figures", {"minimum": "5000000", "maximum": "100000000", "printed": "5百万円～1億円"}, {"maximum": "10000000"}, "maximum"),
    ("figure-as-printed", "figures", {"rank": "9", "share": "4.8", "printed": "9位 4.8%"}, {"share": "4.9"}, "share"),
    ("figure-as-printed", "figures", {"value": "2600", "printed": "約2,600人"}, {"value": "260"}, "value"),
    ("minimum-above-maximum", "figures", {"minimum": "3", "maximum": "5"}, {"minimum": "6"}, "minimum"),
    ("minimum-above-maximum", "figures", {"minimum": "3", "maximum": "1", "unit_minimum": "unitMonth", "unit_maximum": "unitYear"}, {"unit_maximum": "unitMonth"}, "minimum"),
    ("japanese-script", "names", {"alt_ja": "Elsevier社"}, {"alt_ja": "Elsevier"}, "alt_ja"),
    ("english-script", "names", {"alt_en": "Japan–ASEAN"}, {"alt_en": "日本 Japan"}, "alt_en"),
    ("english-script", "names", {"note_en": "The particle の is printed twice."}, {"note_en": "助詞の誤り"}, "note_en"),
    ("hidden-is-preferred", "names", {"kind": "country-group", "key": "asean", "hidden_ja": "アセアソ"}, {"hidden_ja": "アセアン"}, "hidden_ja"),
    ("correction-changes-nothing", "corrections", {"written": "ボラン", "meant": "ポーランド"}, {"meant": "ボラン"}, "meant"),
    ("identifier-form", "identifiers", {"scheme": "houjin-bangou", "value": "7123456789012"}, {"value": "8123456789012"}, "value"),
    ("identifier-form", "identifiers", {"scheme": "houjin-bangou", "value": "7123456789012"}, {"value": "712345678901"}, "value"),
    ("identifier-form", "identifiers", {"scheme": "ror", "value": "https://ror.org/048rj2z13"}, {"value": "https://ror.org/048rj2z31"}, "value"),
    ("identifier-form", "identifiers", {"scheme": "ror", "value": "048rj2z13"}, {"value": "048rj2l13"}, "value"),
    ("identifier-form", "identifiers", {"scheme": "wikidata", "value": "Q1054379"}, {"value": "P31"}, "value"),
    ("identifier-form", "identifiers", {"scheme": "crossref-funder", "value": "501100001700"}, {"value": "50110000170O"}, "value"),
    ("identifier-form", "identifiers", {"scheme": "doi", "value": "10.1000/182"}, {"value": "10.1000"}, "value"),
    ("identifier-form", "identifiers", {"scheme": "jgn", "value": "MJSA"}, {"scheme": "ror"}, "value"),
    ("identifier-form", "bodies", {"houjin_bangou": "7123456789012"}, {"houjin_bangou": "9123456789012"}, "houjin_bangou"),
    ("identifier-verification", "identifiers", {"scheme": "jgn", "value": "MJSA", "status": "verified", "verification_ja": "台帳"}, {"verification_ja": ""}, "verification_ja"),
    ("identifier-verification", "identifiers", {"scheme": "jgn", "value": "MJSA", "status": "verified", "verification_ja": "台帳"}, {"value": ""}, "value"),
    ("identifier-verification", "identifiers", {"scheme": "jgn", "status": "not-applicable"}, {"value": "MJSA"}, "value"),
    ("fiscal-year", "fiscal_years", {"key": "2021", "begin": "2021-04-01", "end": "2022-03-31"}, {"begin": "2021-01-01"}, "begin"),
    ("fiscal-year", "fiscal_years", {"key": "2021", "begin": "2021-04-01", "end": "2022-03-31"}, {"end": "2022-03-30"}, "end"),
    ("end-before-begin", "spans", {"begin_year": "2005", "end_year": "2007"}, {"end_year": "2004"}, "end_year"),
    ("end-before-begin", "spans", {"begin_date": "2005-01-02", "end_date": "2005-01-02"}, {"end_date": "2005-01-01"}, "end_date"),
    ("precisions-disagree", "spans", {"year": "2018", "month": "2018-10"}, {"month": "2017-10"}, "month"),
    ("precisions-disagree", "spans", {"issued_month": "2018-10", "issued_date": "2018-10-03"}, {"issued_date": "2018-11-03"}, "issued_date"),
]  # fmt: skip

COLUMNS = {
    "budgets": ["key", "amount", "printed", "unit_yen"],
    "figures": ["key", "value", "minimum", "maximum", "unit_minimum", "unit_maximum", "rank", "share", "printed"],
    "names": ["kind", "key", "alt_ja", "alt_en", "hidden_ja", "note_en"],
    "corrections": ["key", "written", "meant"],
    "identifiers": ["key", "scheme", "value", "status", "verification_ja"],
    "bodies": ["key", "houjin_bangou"],
    "fiscal_years": ["key", "begin", "end"],
    "spans": ["key", "begin_year", "end_year", "begin_date", "end_date", "year", "month", "date", "issued_month", "issued_date"],
    "country_groups": ["key", "name_ja"],
}  # fmt: skip


def _write(folder: Path, table: str, cells: Cells, mode: str = "reference") -> Path:
    """Write a dataset whose one table has one row with these cells."""
    described = descriptor()
    tables = {table, "country_groups"}
    own = [resource(name, [column(c) for c in COLUMNS[name]], ["key"]) for name in sorted(tables)]
    described["resources"] = [described["resources"][0], *own]
    at = "L3" if mode != "reference" else "whole"
    source = "paper" if mode != "reference" else "register"
    texts: dict[str, str | None] = dict.fromkeys(("programmes", "budgets", "countries"))
    texts["country_groups"] = "key,name_ja,source,at,mode\nasean,アセアン,register,whole,reference\n"
    header = [*COLUMNS[table], "source", "at", "mode"]
    row = {"key": "x", "source": source, "at": at, "mode": mode, **cells}
    quoted = [
        '"' + row.get(name, "") + '"' if "," in row.get(name, "") else row.get(name, "") for name in header
    ]
    texts[table] = ",".join(header) + "\n" + ",".join(quoted) + "\n"
    return write_dataset(folder, described, **texts)


@pytest.mark.parametrize(("code", "table", "cells"), [case[:3] for case in CASES])
def test_a_right_row_is_accepted(tmp_path: Path, code: str, table: str, cells: Cells) -> None:
    report = lint([_write(tmp_path, table, cells)])

    assert report.ok, [problem.text() for problem in report.problems]


@pytest.mark.parametrize(("code", "table", "cells", "change", "name"), CASES)
def test_a_wrong_row_is_named(
    tmp_path: Path, code: str, table: str, cells: Cells, change: Cells, name: str
) -> None:
    report = lint([_write(tmp_path, table, {**cells, **change})])

    assert [(p.code, p.where.row, p.where.column) for p in report.problems] == [(code, 2, name)]
    assert report.problems[0].expected.ja


def test_every_rule_has_a_case_and_both_languages() -> None:
    assert {rule.code for rule in RULES} == {case[0] for case in CASES}
    for rule in RULES:
        assert all([*rule.description, *rule.remedy])


def test_a_derived_figure_need_not_be_printed(tmp_path: Path) -> None:
    cells = {"value": "7368", "printed": "3か国と4か国"}

    assert lint([_write(tmp_path, "figures", cells, mode="derived")]).ok


def test_numbers_are_read_as_budget_documents_print_them() -> None:
    assert [(int(f.number), f.unit) for f in parse_figures("８～３６百万円、5億円、約1,234人")] == [
        (8, 10**6),
        (36, 10**6),
        (5, 10**8),
        (1234, None),
    ]


def test_check_digits_follow_the_ordinance() -> None:
    assert corporate_number_check_digit("123456789012") == 7
    assert is_corporate_number("4011001098993")
    assert not is_corporate_number("４011001098993")
    assert not is_corporate_number("5011001098993")


def test_one_wrong_digit_in_a_corporate_number_never_passes_unless_nine_apart() -> None:
    right = "7123456789012"
    for at in range(1, 13):
        for digit in "0123456789":
            changed = right[:at] + digit + right[at + 1 :]
            apart = abs(int(digit) - int(right[at]))
            assert is_corporate_number(changed) == (apart in (0, 9))


def test_two_ror_digits_changed_places_do_not_pass() -> None:
    assert is_ror("https://ror.org/048rj2z13")
    assert not is_ror("https://ror.org/084rj2z13")
