"""Tables have one canonical form, and it is written whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stikg.errors import OutputFailed
from stikg.tables import Row, Table, canonical_csv, write_table
from tests.tables.dataset import BUDGETS, COUNTRIES, PROGRAMMES, tables_of, write_dataset

_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",\n\r ='), max_size=12)


def _table(cells: list[tuple[str, ...]], key: tuple[str, ...] = ("a",)) -> Table:
    return Table("t", ("a", "b"), [Row(row, "t.csv", at) for at, row in enumerate(cells, 2)], key)


@settings(deadline=None)
@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=8))
def test_the_canonical_form_is_a_fixed_point_and_keeps_every_value(cells: list[tuple[str, ...]]) -> None:
    text = canonical_csv(_table(cells))

    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    again = canonical_csv(_table([tuple(row) for row in rows]))
    assert tuple(header) == ("a", "b")
    assert again == text
    assert sorted(map(tuple, rows)) == sorted(tuple(_canonical(cell) for cell in row) for row in cells)


@settings(deadline=None)
@given(
    st.lists(st.tuples(_CELLS, _CELLS), max_size=8).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(rows))
    )
)
def test_the_order_of_rows_does_not_matter(rows: tuple[list[tuple[str, ...]], list[tuple[str, ...]]]) -> None:
    assert canonical_csv(_table(rows[0])) == canonical_csv(_table(list(rows[1])))


@settings(deadline=None)
@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=8))
def test_the_canonical_form_is_composed_and_ends_its_lines_with_lf(cells: list[tuple[str, ...]]) -> None:
    text = canonical_csv(_table(cells))

    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert text.endswith("\n")


def _canonical(cell: str) -> str:
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()


def test_only_cells_that_need_quotes_have_them() -> None:
    text = canonical_csv(_table([("1,078", 'say "x"'), ("two\nlines", "plain text; 'x'")]))

    assert text == 'a,b\n"1,078","say ""x"""\n"two\nlines",plain text; \'x\'\n'


def test_rows_are_sorted_by_key_first() -> None:
    text = canonical_csv(_table([("b", "1"), ("a", "2")], key=("b",)))

    assert text == "a,b\nb,1\na,2\n"


def test_a_table_of_one_column_keeps_its_empty_rows() -> None:
    table = Table("t", ("a",), [Row(("",), "t.csv", 2)])

    assert canonical_csv(table) == 'a\n""\n'


@pytest.mark.parametrize(
    ("name", "text"), [("countries", COUNTRIES), ("programmes", PROGRAMMES), ("budgets", BUDGETS)]
)
def test_what_is_canonical_stays_byte_for_byte(tmp_path: Path, name: str, text: str) -> None:
    assert canonical_csv(tables_of(write_dataset(tmp_path))[name]) == text


def test_writing_replaces_the_file_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old")
    path.chmod(0o640)

    write_table(_table([("x", "y")]), path)

    assert path.read_text() == "a,b\nx,y\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [beside.name for beside in tmp_path.iterdir()] == ["t.csv"]


def test_a_link_keeps_being_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = tmp_path / "t.csv"
    path.symlink_to(tmp_path / "real" / "t.csv")

    write_table(_table([("x", "y")]), path)

    assert path.is_symlink()
    assert path.read_text() == "a,b\nx,y\n"


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputFailed) as caught:
        write_table(_table([("x", "y")]), path)

    assert "No space left" in caught.value.text("en")
    assert path.read_text() == "old"
    assert [beside.name for beside in tmp_path.iterdir()] == ["t.csv"]


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputFailed):
        write_table(_table([]), tmp_path / "none" / "t.csv")
