"""What the tables call printed stands in the passage they name (skips where the paper is absent)."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "mext-fy2021"
PAPER = ROOT.parent / "shared" / "source" / "mext-fy2021-international.txt"
PRINTED = {
    "budgets": ["printed"],
    "group_budgets": ["printed"],
    "support_amounts": ["printed"],
    "support_durations": ["printed"],
    "counts": ["printed"],
    "corrections": ["written"],
    "countries": ["name_ja"],
    "persons": ["name_ja", "reading"],
    "programmes": ["name_ja", "acronym"],
    "organisations": ["acronym"],
    "projects": ["title_ja"],
    "names": ["alt_ja", "alt_en", "acronym", "hidden_ja"],
    "documents": ["title_ja", "title_en"],
}

pytestmark = pytest.mark.skipif(not PAPER.is_file(), reason="the source paper is not part of the project")


def fold(text: str) -> str:
    """Return `text` without white space and width differences, for comparison only."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def passage(lines: list[str], locator: str) -> str:
    first, _, last = locator[1:].partition("-")
    return fold("".join(lines[int(first) - 1 : int(last or first)]))


def printed_cells() -> Iterator[tuple[str, str, str, str, str]]:
    for table, columns in PRINTED.items():
        path = DATA / f"{table}.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in columns:
                    if row[column] and (row["mode"] == "stated" or column == "written"):
                        yield table, column, row[column], row["at"], row["mode"]


def test_every_printed_form_stands_in_the_passage_it_names() -> None:
    lines = PAPER.read_text(encoding="utf-8").split("\n")
    cells = list(printed_cells())
    assert len(cells) > 120
    missing = [cell for cell in cells if fold(cell[2]) not in passage(lines, cell[3])]
    assert missing == []


def test_the_paper_has_as_many_lines_as_its_row_says() -> None:
    lines = PAPER.read_text(encoding="utf-8").split("\n")
    with (DATA / "documents.csv").open(encoding="utf-8", newline="") as file:
        stated = [row["line_count"] for row in csv.DictReader(file) if row["line_count"]]
    assert stated == [str(len(lines))]


def test_a_line_noted_as_blank_is_blank_and_no_other_line_is_without_facts() -> None:
    lines = PAPER.read_text(encoding="utf-8").split("\n")
    noted: set[int] = set()
    used: set[int] = set()
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                first, _, last = row["at"][1:].partition("-")
                span = range(int(first), int(last or first) + 1)
                if path.stem == "passage_notes" and row["kind"] == "blank":
                    noted.update(span)
                    assert all(not lines[n - 1].strip() for n in span), row
                elif len(span) < len(lines):
                    used.update(span)
    without = [n for n, line in enumerate(lines, 1) if line.strip() and n not in used]
    assert without == []
    assert [n for n in range(1, len(lines) + 1) if n not in used | noted] == []


def test_every_share_and_rank_of_the_table_is_the_printed_one() -> None:
    lines = PAPER.read_text(encoding="utf-8").split("\n")
    with (DATA / "coauthorship.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    for row in rows:
        cells = lines[int(row["at"][1:]) - 1].split("\t")
        cell = cells[["2005-2007", "2015-2017"].index(row["period"]) + 1]
        assert cell == f"{row['rank']}位 {row['share']}%"
