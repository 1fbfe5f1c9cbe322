"""The expected rows themselves are held against the paper (skips where it is absent)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.queries.asking import Case, read_cases

PAPER = Path(__file__).parents[3] / "shared" / "source" / "mext-fy2021-international.txt"
PRINTED = ("printed", "written", "speaker_ja", "share_before", "share_after", "journal", "theme_ja")

pytestmark = pytest.mark.skipif(not PAPER.is_file(), reason="the source paper is not part of the project")


def cited() -> list[tuple[Case, int, str]]:
    """Return each expected cell that repeats the paper, with the line that its row gives."""
    found = []
    for case in read_cases():
        if "line" not in case.columns:
            continue
        places = [case.columns.index(name) for name in PRINTED if name in case.columns]
        line = case.columns.index("line")
        found += [(case, int(row[line]), row[place]) for row in case.rows for place in places if row[place]]
    return found


def passage(line: int) -> str:
    """Return what stands on a line and the four below it, where its passage may go on, without blanks."""
    lines = PAPER.read_text(encoding="utf-8").split("\n")
    return "".join("".join(lines[line - 1 : line + 4]).split())


def test_expected_printed_forms_stand_where_their_rows_say() -> None:
    cells = cited()
    assert len(cells) > 60
    assert [
        (str(case), line, text) for case, line, text in cells if "".join(text.split()) not in passage(line)
    ] == []


def test_no_expected_row_is_read_from_blank_lines() -> None:
    read = {(str(case), line) for case in read_cases() for line in case.lines}
    assert [one for one in sorted(read) if not passage(one[1])] == []
