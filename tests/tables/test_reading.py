"""Datasets are read strictly: everything wrong is said at once, with its place and its remedy."""

# ruff: noqa: E501 - a case of a table reads best on one line

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path
from string import Formatter

import pytest

from stikg.errors import TableErrors
from stikg.tables import KINDS, read_datasets
from tests.tables.dataset import (
    BUDGETS,
    COUNTRIES,
    DOCUMENTS,
    PROGRAMMES,
    codes_of,
    column,
    descriptor,
    foreign_key,
    problems_of,
    resource,
    tables_of,
    write_dataset,
)


def test_a_valid_dataset_is_read_without_a_word(tmp_path: Path) -> None:
    tables = tables_of(write_dataset(tmp_path))

    assert tables.names() == ["budgets", "countries", "documents", "programmes"]
    assert tables["programmes"].column("key") == ["exchange", "joint", "joint"]
    assert tables.warnings == ()


def test_na_no_and_null_are_text(tmp_path: Path) -> None:
    rows = COUNTRIES + "null,NA,,register,record-null,reference\n"

    tables = tables_of(write_dataset(tmp_path, countries=rows))

    assert tables["countries"].column("key") == ["NA", "NO", "null"]
    assert tables["countries"].column("name_ja")[2] == "NA"


def test_rows_carry_the_physical_line_even_behind_a_cell_with_line_breaks(tmp_path: Path) -> None:
    rows = COUNTRIES.replace("ナミビア", '"ナミ\nビ\nア"')

    tables = tables_of(write_dataset(tmp_path, countries=rows))

    assert [row.number for row in tables["countries"].rows] == [2, 5]


def test_the_last_line_without_a_newline_counts(tmp_path: Path) -> None:
    tables = tables_of(write_dataset(tmp_path, countries=COUNTRIES.rstrip("\n")))

    assert len(tables["countries"]) == 2


def test_a_dataset_may_be_named_by_its_descriptor_or_by_the_folder_above(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "data" / "tiny")

    for path in (folder, folder / "datapackage.yaml", tmp_path / "data"):
        assert tables_of(path).names() == tables_of(folder).names()


def test_a_dataset_named_twice_is_read_once(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)

    assert len(tables_of(folder, folder / "datapackage.yaml")["countries"]) == 2


CELLS = [
    ("not a whole number", "1078000000", "1078百万", "wrong-type", "amount"),
    ("full-width digits", "1078000000", "１０７８", "wrong-type", "amount"),
    ("a thousands separator", "1078000000", '"1,078,000,000"', "wrong-type", "amount"),
    ("a leading zero", "1078000000", "01", "wrong-type", "amount"),
    ("below the minimum", "1078000000", "-1", "minimum", "amount"),
    ("empty although required", "1078000000", "", "required", "amount"),
    ("a needless zero behind the point", "8.1", "8.10", "wrong-type", "portion"),
    ("an exponent", "8.1", "8e1", "wrong-type", "portion"),
    ("NaN", "8.1", "NaN", "wrong-type", "portion"),
    ("above the maximum", "8.1", "100.1", "maximum", "portion"),
    ("a boolean in capitals", "false", "FALSE", "wrong-type", "final"),
    ("a month that does not exist", "2021-01,8.1", "2021-13,8.1", "wrong-type", "published"),
    ("a value outside the list", "draft,paper,L30", "drafts,paper,L30", "not-in-enum", "phase"),
    ("a year of two digits", "joint,2021", "joint,21", "wrong-type", "fiscal_year"),
    ("a blank before a cell", "1078000000", " 1078000000", "blanks-around", "amount"),
    ("an ideographic space behind a cell", '"1,078百万円"', '"1,078百万円　"', "blanks-around", "printed"),
    ("a line break behind a cell", '"1,078百万円"', '"1,078百万円\n"', "blanks-around", "printed"),
    ("a NUL", '"1,078百万円"', "1\0円", "control-character", "printed"),
    ("a tab", '"1,078百万円"', "1\t円", "control-character", "printed"),
    ("a right-to-left override", '"1,078百万円"', "1\u202e円", "control-character", "printed"),
    ("a zero-width space", '"1,078百万円"', "1\u200b円", "control-character", "printed"),
    ("a replacement character", '"1,078百万円"', "1\ufffd円", "control-character", "printed"),
    ("a decomposed kana", '"1,078百万円"', unicodedata.normalize("NFD", "が"), "not-nfc", "printed"),
    ("a cell no spreadsheet keeps", '"1,078百万円"', "円" * 32_768, "cell-too-long", "printed"),
    ("a mode that does not exist", "L30,stated", "L30,said", "not-in-enum", "mode"),
    ("no locator", "L30", "", "required", "at"),
    ("an unknown document", "draft,paper,L30", "draft,papers,L30", "unknown-reference", "source"),
    ("a programme that does not exist", "joint,2021", "join,2021", "unknown-reference", "programme"),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "name"), [case[1:] for case in CELLS], ids=[c[0] for c in CELLS]
)
def test_a_wrong_cell_is_named_with_its_row_and_column(
    tmp_path: Path, old: str, new: str, code: str, name: str
) -> None:
    assert BUDGETS.count(old) == 1

    found = problems_of(write_dataset(tmp_path, budgets=BUDGETS.replace(old, new)))

    assert [(p.code, p.where.row, p.where.column) for p in found] == [(code, 3, name)]
    assert found[0].where.path == (tmp_path / "budgets.csv").as_posix()


OTHERS = [
    ("a day that does not exist", "countries", COUNTRIES.replace("2020-02-29", "2021-02-29"), "wrong-type"),
    ("a date in slashes", "countries", COUNTRIES.replace("2020-02-29", "2020/02/29"), "wrong-type"),
    ("one value twice in a unique column", "countries", COUNTRIES.replace("ノルウェー", "ナミビア"), "not-unique"),
    ("a key against its pattern", "programmes", PROGRAMMES.replace("exchange,", "Exchange_,"), "pattern"),
    ("too long a name", "programmes", PROGRAMMES.replace("Exchange", "E" * 41), "max-length"),
    ("too short a title", "documents", DOCUMENTS.replace("台帳", "台"), "min-length"),
    ("the same key twice for one passage", "programmes", PROGRAMMES.replace("L20,implied", "L10-11,stated"), "duplicate-key"),
    ("two passages that contradict each other", "programmes", PROGRAMMES.replace("joint,共同研究事業,,", "joint,共同事業,,"), "contradiction"),
    ("a programme inside nothing", "programmes", PROGRAMMES.replace("Exchange,joint", "Exchange,joints"), "unknown-reference"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "text", "code"), [case[1:] for case in OTHERS], ids=[c[0] for c in OTHERS])
def test_a_broken_rule_of_the_schema_is_reported(tmp_path: Path, table: str, text: str, code: str) -> None:
    budgets = BUDGETS.splitlines(keepends=True)[0]

    found = problems_of(write_dataset(tmp_path, **{"budgets": budgets, table: text}))

    assert [problem.code for problem in found] == [code]


FILES = [
    ("a blank behind a column name", COUNTRIES.replace("joined", "joined "), ["blanks-around"]),
    ("a NUL in the header", COUNTRIES.replace("joined", "joi\0ned"), ["extra-column", "missing-column"]),
    ("a missing column", COUNTRIES.replace("joined,", "").replace("2020-02-29,", "").replace(",,", ","), ["missing-column"]),
    ("an extra column", COUNTRIES.replace(",mode\n", ",mode,note\n").replace("reference\n", "reference,\n"), ["extra-column"]),
    ("misordered columns", "name_ja,key,joined,source,at,mode\nナミビア,NA,,register,whole,reference\n", ["misordered-columns"]),
    ("one column twice", COUNTRIES.replace("joined", "key"), ["duplicate-column", "missing-column"]),
    ("a cell too many", COUNTRIES.replace("record-no,", "record-no,x,"), ["row-width"]),
    ("a cell too few", COUNTRIES.replace("ノルウェー,,", "ノルウェー,"), ["row-width"]),
    ("a quotation mark that never closes", COUNTRIES.replace("ノルウェー", '"ノルウェー'), ["broken-quoting"]),
    ("a quotation mark inside a cell", COUNTRIES.replace("ノルウェー", 'ノル"ウェー'), ["broken-quoting"]),
    ("text behind a closing quotation mark", COUNTRIES.replace("ノルウェー", '"ノル"ウェー'), ["broken-quoting"]),
    ("an empty line", COUNTRIES + "\n", ["blank-row"]),
    ("a row of commas", COUNTRIES + ",,,,,\n", ["blank-row"]),
    ("CRLF", COUNTRIES.replace("\n", "\r\n"), ["carriage-return"]),
    ("old Macintosh line ends", COUNTRIES.replace("\n", "\r"), ["carriage-return"]),
    ("a byte order mark", "\ufeff" + COUNTRIES, ["byte-order-mark"]),
    ("no header", "", ["empty-file"]),
    ("ten thousand columns", ",".join(f"c{n}" for n in range(10_000)) + "\n", ["too-many-columns"]),
    ("a field of a megabyte", COUNTRIES.replace("ナミビア", "ナ" * 1_000_000), ["cell-too-long"]),
    ("a line of ten megabytes", COUNTRIES + "x" * 10_000_000, ["line-too-long"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), [case[1:] for case in FILES], ids=[c[0] for c in FILES])
def test_a_malformed_file_is_reported(tmp_path: Path, text: str, codes: list[str]) -> None:
    assert codes_of(write_dataset(tmp_path, countries=text)) == codes


ENCODINGS = [
    ("cp932", "CP932"),
    ("euc_jp", "EUC-JP"),
    ("iso2022_jp", "ISO-2022-JP"),
    ("utf-16", "UTF-16LE"),
    ("utf-16-le", "UTF-16LE"),
    ("utf-16-be", "UTF-16BE"),
    ("utf-32", "UTF-32LE"),
]


@pytest.mark.parametrize(("codec", "guess"), ENCODINGS, ids=[c[0] for c in ENCODINGS])
def test_bytes_that_are_not_utf_8_are_refused_with_a_guess_and_a_command(
    tmp_path: Path, codec: str, guess: str
) -> None:
    found = problems_of(write_dataset(tmp_path, countries=COUNTRIES.encode(codec)))

    assert [problem.code for problem in found] == ["not-utf-8"]
    assert guess in found[0].expected.en
    assert f"iconv -f {guess}" in found[0].remedy.en
    assert f"iconv -f {guess}" in found[0].remedy.ja


def test_the_offset_of_the_first_wrong_byte_is_given(tmp_path: Path) -> None:
    before = COUNTRIES.encode().split("ノ".encode())[0]

    found = problems_of(
        write_dataset(tmp_path, countries=before + b"\xff" + COUNTRIES.encode()[len(before) :])
    )

    assert f"offset {len(before)}" in found[0].expected.en
    assert found[0].found.startswith("FF E3 83")
    assert "damaged" in found[0].expected.en


def test_a_wrong_byte_far_into_the_file_is_found_at_its_offset(tmp_path: Path) -> None:
    text = COUNTRIES + "".join(f"x{n},国{n},,register,whole,reference\n" for n in range(60_000))
    raw = text.encode()

    found = problems_of(write_dataset(tmp_path, countries=raw + b"\x83"))

    assert f"offset {len(raw)}" in found[0].expected.en


def test_all_problems_of_all_files_come_in_one_error(tmp_path: Path) -> None:
    folder = write_dataset(
        tmp_path,
        countries=COUNTRIES.replace("2020-02-29", "2020-02-30"),
        budgets=BUDGETS.replace("1078000000", "x").replace("38000000", "y"),
        programmes=PROGRAMMES.replace("2010", "99"),
    )

    with pytest.raises(TableErrors) as caught:
        read_datasets([folder])

    assert [(Path(p.where.path).name, p.where.row) for p in caught.value.problems] == [
        ("budgets.csv", 2),
        ("budgets.csv", 3),
        ("countries.csv", 2),
        ("programmes.csv", 2),
    ]


def test_contradictions_are_warnings_and_both_rows_are_kept(tmp_path: Path) -> None:
    rows = PROGRAMMES.replace("joint,共同研究事業,,,,", "joint,共同事業,,,,")

    tables = tables_of(write_dataset(tmp_path, programmes=rows))

    assert [warning.code for warning in tables.warnings] == ["contradiction"]
    assert tables["programmes"].column("name_ja")[1:] == ["共同研究事業", "共同事業"]


def test_an_empty_cell_contradicts_nothing(tmp_path: Path) -> None:
    assert tables_of(write_dataset(tmp_path)).warnings == ()


def test_a_similar_key_is_suggested(tmp_path: Path) -> None:
    found = problems_of(write_dataset(tmp_path, budgets=BUDGETS.replace("joint,", "jiont,")))

    assert "joint" in found[0].remedy.en
    assert "joint" in found[0].remedy.ja


def test_a_table_that_could_not_be_read_whole_raises_no_unknown_references(tmp_path: Path) -> None:
    broken = PROGRAMMES.replace("joint,共同研究事業,,,,", 'joint,"共同研究事業,,,,')

    assert codes_of(write_dataset(tmp_path, programmes=broken)) == ["broken-quoting"]


def test_a_missing_file_is_reported_with_the_rest(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path, countries=None, budgets=BUDGETS.replace("1078000000", "x"))

    assert codes_of(folder) == ["wrong-type", "unreadable-file"]


def test_a_table_the_descriptor_does_not_name_is_a_warning(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    (folder / "budgets (1).csv").write_text(BUDGETS, encoding="utf-8")

    assert [warning.code for warning in tables_of(folder).warnings] == ["undeclared-file"]


def test_a_link_out_of_the_dataset_is_not_followed(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "tiny", countries=None)
    outside = tmp_path / "secret.csv"
    outside.write_text(COUNTRIES, encoding="utf-8")
    (folder / "countries.csv").symlink_to(outside)

    assert codes_of(folder) == ["unreadable-file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path, countries=None)
    os.mkfifo(folder / "countries.csv")

    assert codes_of(folder) == ["unreadable-file"]


def test_a_folder_without_a_descriptor_is_reported(tmp_path: Path) -> None:
    assert codes_of(tmp_path / "nowhere") == ["no-dataset"]


def test_tables_of_one_name_are_read_as_one_table(tmp_path: Path) -> None:
    one, two = _split(tmp_path)

    assert tables_of(one, two)["countries"].column("key") == ["NA", "NO", "XK"]


def test_the_order_of_the_datasets_does_not_matter(tmp_path: Path) -> None:
    one, two = _split(tmp_path)

    assert tables_of(one, two).tables == tables_of(two, one).tables


def test_foreign_keys_are_resolved_over_all_datasets(tmp_path: Path) -> None:
    one, two = _split(tmp_path)

    assert codes_of(one, two) == []
    assert codes_of(two) == ["unknown-table"]


def test_another_schema_under_the_same_name_is_refused(tmp_path: Path) -> None:
    one, two = _split(tmp_path, [column("key", required=True), column("name_ja"), column("joined", "date")])

    found = problems_of(one, two)

    assert [problem.code for problem in found] == ["schema-differs"]
    assert "name_ja" in found[0].expected.en


def test_two_datasets_of_one_name_are_refused(tmp_path: Path) -> None:
    found = problems_of(write_dataset(tmp_path / "a"), write_dataset(tmp_path / "b"))

    assert "duplicate-dataset" in [problem.code for problem in found]


def test_composite_foreign_keys_are_resolved_and_partly_empty_ones_name_nothing(tmp_path: Path) -> None:
    described = descriptor()
    budgets = described["resources"][2]["schema"]
    budgets["foreignKeys"] = [foreign_key(["programme", "fiscal_year"], "programmes", ["key", "since"])]
    programmes = PROGRAMMES.replace("2010", "2021").replace("2008", "2021")

    assert codes_of(write_dataset(tmp_path, described, programmes=programmes)) == []
    assert codes_of(write_dataset(tmp_path, described)) == ["unknown-reference"] * 2


def test_a_row_about_nothing_is_reported_and_a_partly_empty_key_is_not(tmp_path: Path) -> None:
    described = descriptor()
    countries = described["resources"][3]
    countries["schema"]["fields"][0] = column("key")
    countries["key"] = ["key", "name_ja"]

    assert codes_of(write_dataset(tmp_path, described, countries=COUNTRIES.replace("NO,", ","))) == []
    assert codes_of(
        write_dataset(tmp_path, described, countries=COUNTRIES.replace("NO,ノルウェー", ","))
    ) == ["empty-key"]


def test_a_file_with_thousands_of_problems_shows_the_first_and_counts_the_rest(tmp_path: Path) -> None:
    rows = COUNTRIES + "".join(f"x{n},国{n},never,register,whole,reference\n" for n in range(1500))

    found = problems_of(write_dataset(tmp_path, countries=rows))

    assert len(found) == 1001
    assert [p.found for p in found if p.code == "too-many-problems"] == ["500 more"]


def test_messages_of_every_problem_exist_in_both_languages(tmp_path: Path) -> None:
    for _, old, new, *_ in CELLS:
        for problem in problems_of(write_dataset(tmp_path, budgets=BUDGETS.replace(old, new))):
            assert "{" not in problem.text("en") + problem.text("ja")
            assert problem.expected.ja
            assert problem.remedy.ja


def test_braces_and_escapes_in_data_do_no_harm_in_messages(tmp_path: Path) -> None:
    found = problems_of(write_dataset(tmp_path, budgets=BUDGETS.replace("1078000000", "{0}\x1b[31m{x}")))

    text = "".join(problem.text("en") for problem in found)
    assert "{0}" in text
    assert "\x1b" not in text


def test_the_texts_of_every_kind_use_the_same_words_in_both_languages() -> None:
    for code, kind in KINDS.items():
        for text in (kind.expected, kind.remedy):
            assert _words(text.en) == _words(text.ja), code


def _words(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


def test_reading_thirteen_thousand_cells_is_fast(tmp_path: Path) -> None:
    rows = "".join(f"x{n},国{n},2020-01-01,register,record-{n},reference\n" for n in range(2200))
    folder = write_dataset(tmp_path, countries=COUNTRIES + rows)
    begun = time.process_time()

    tables_of(folder)

    assert time.process_time() - begun < 0.5  # ten times what it takes: a guard against quadratic work


def _split(tmp_path: Path, columns: list[dict[str, object]] | None = None) -> tuple[Path, Path]:
    """Write the tiny dataset and a second one that adds a country."""
    own = descriptor()["resources"][3]
    if columns is not None:
        own = resource("countries", columns, ["key"])
    two = tmp_path / "two"
    two.mkdir()
    empty = {"documents": None, "programmes": None, "budgets": None}
    rows = COUNTRIES.splitlines(keepends=True)[0] + "XK,コソボ,,register,whole,reference\n"
    write_dataset(two, {"name": "two", "resources": [own]}, countries=rows, **empty)
    return write_dataset(tmp_path / "one"), two
