"""Lint collects what reader, form and rules find; `fix` repairs form and nothing else."""

# ruff: noqa: E501 - a case of a table reads best on one line

from __future__ import annotations

import csv
import io
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stikg.errors import OutputFailed
from stikg.lint import lint
from stikg.resources import bundled_datasets
from tests.tables.dataset import BUDGETS, COUNTRIES, PROGRAMMES, write_dataset

GA = unicodedata.normalize("NFD", "が")
FORMS = [
    ("rows out of order", COUNTRIES.replace("NA,", "ZA,"), "not-canonical"),
    ("needless quotation marks", COUNTRIES.replace("ナミビア", '"ナミビア"'), "not-canonical"),
    ("no newline at the end", COUNTRIES.rstrip("\n"), "not-canonical"),
    ("CRLF", COUNTRIES.replace("\n", "\r\n"), "carriage-return"),
    ("a byte order mark", "\ufeff" + COUNTRIES, "byte-order-mark"),
    ("decomposed characters", COUNTRIES.replace("ナミビア", GA), "not-nfc"),
    ("a blank behind a cell", COUNTRIES.replace("ナミビア,", "ナミビア ,"), "blanks-around"),
    ("an empty line", COUNTRIES.replace("NO,", "\nNO,"), "blank-row"),
    ("columns in another order", "name_ja,key,joined,source,at,mode\nナミビア,NA,,register,whole,reference\n", "misordered-columns"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [case[1:] for case in FORMS], ids=[c[0] for c in FORMS])
def test_wrong_form_is_named_with_its_remedy_and_repaired(tmp_path: Path, text: str, code: str) -> None:
    folder = write_dataset(tmp_path, countries=text)

    before = lint([folder])
    after = lint([folder], fix=True)

    assert [problem.code for problem in before.problems] == [code]
    assert "stikg lint --fix" in before.problems[0].remedy.en
    assert "stikg lint --fix" in before.problems[0].remedy.ja
    assert after.ok
    assert after.fixed == (folder / "countries.csv",)
    assert lint([folder]).ok


def test_the_first_line_out_of_form_is_shown(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path, countries=COUNTRIES.replace("ノルウェー", '"ノルウェー"'))

    found = lint([folder]).problems[0]

    assert found.where.row == 3
    assert "NO,ノルウェー," in found.expected.en


REFUSED = [
    ("CP932", COUNTRIES.encode("cp932")),
    ("UTF-16", COUNTRIES.encode("utf-16")),
    ("a broken byte", COUNTRIES.encode() + b"\xff"),
    ("an open quotation mark", COUNTRIES.replace("ノル", '"ノル').encode()),
    ("a cell too many", COUNTRIES.replace("NO,", "NO,x,").encode()),
    ("an extra column", COUNTRIES.replace(",mode\n", ",mode,note\n").replace("reference\n", "reference,n\n").encode()),
]  # fmt: skip


@pytest.mark.parametrize("raw", [case[1] for case in REFUSED], ids=[c[0] for c in REFUSED])
def test_fix_leaves_a_file_alone_that_cannot_be_read_whole(tmp_path: Path, raw: bytes) -> None:
    folder = write_dataset(tmp_path, countries=raw, budgets="\ufeff" + BUDGETS)

    report = lint([folder], fix=True)

    assert not report.ok
    assert (folder / "countries.csv").read_bytes() == raw
    assert report.fixed == (folder / "budgets.csv",)


def test_fix_never_changes_a_wrong_value(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path, budgets=BUDGETS.replace("1078000000", " 1,087 ".replace(",", "")))

    report = lint([folder], fix=True)

    assert [problem.code for problem in report.problems] == ["amount-as-printed"]
    assert ",1087," in (folder / "budgets.csv").read_text(encoding="utf-8")


def test_fix_of_what_is_in_form_touches_nothing(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    os.utime(folder / "budgets.csv", (1, 1))

    assert lint([folder], fix=True).fixed == ()
    assert (folder / "budgets.csv").stat().st_mtime == 1


def test_a_file_that_cannot_be_written_is_an_output_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_dataset(tmp_path, budgets="\ufeff" + BUDGETS)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputFailed):
        lint([folder], fix=True)
    assert (folder / "budgets.csv").read_text(encoding="utf-8") == "\ufeff" + BUDGETS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["あ", "か\u3099", '"', ",", "\n", " ", "\u3000", "NA", "="])).map("".join), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_fix_keeps_every_cell_but_for_its_form(tmp_path: Path, names: list[str], end: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerow(["key", "name_ja", "joined", "source", "at", "mode"])
    writer.writerows(
        [f"k{9 - at}", f"{at}{name}", "", "register", "whole", "reference"] for at, name in enumerate(names)
    )
    folder = write_dataset(tmp_path, countries=file.getvalue())

    lint([folder], fix=True)

    with (folder / "countries.csv").open(encoding="utf-8", newline="") as fixed:
        rows = list(csv.reader(fixed))[1:]
    form = [unicodedata.normalize("NFC", f"{at}{name}").strip() for at, name in enumerate(names)]
    assert sorted(row[1] for row in rows) == sorted(form)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_problems_of_reader_form_and_rules_come_sorted_in_one_report(tmp_path: Path) -> None:
    folder = write_dataset(
        tmp_path,
        budgets=BUDGETS.replace("38000000", "39000000").replace("2021-01,8.1", "2021-13,8.1"),
        countries=COUNTRIES.replace("ナミビア", '"ナミビア"'),
        programmes=PROGRAMMES.replace("joint,共同研究事業,,,", "joint,共同事業,,,"),
    )

    report = lint([folder])

    assert [problem.code for problem in report.problems] == [
        "amount-as-printed",
        "wrong-type",
        "not-canonical",
    ]
    assert [warning.code for warning in report.warnings] == ["contradiction"]
    assert (report.files, report.rows) == (4, 9)


@pytest.mark.parametrize("folder", bundled_datasets(), ids=lambda folder: str(folder.name))
def test_the_bundled_files_stand_in_canonical_form(folder: Path) -> None:
    found = [
        problem.text() for problem in lint(bundled_datasets()).problems if problem.code == "not-canonical"
    ]

    assert [text for text in found if text.startswith(folder.as_posix())] == []
