"""Rules about time: fiscal years, beginnings and ends, one date at several precisions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from stikg.errors import Message
from stikg.lint.rule import Finding, Record, Rule, records, tables_with
from stikg.tables import Row, Tables

_PARTS: Final = ("", "_year", "_month", "_date")


def _fiscal_years(tables: Tables) -> Iterator[Finding]:
    """A Japanese fiscal year (年度) runs from 1 April to 31 March.

    Source: 財政法 (Public Finance Act), article 11.
    """
    for table in tables_with(tables, "key", "begin", "end"):
        for row, record in records(table) if table.name == "fiscal_years" else ():
            year = record["key"]
            if len(year) == 4 and year.isdigit():
                wanted = {"begin": f"{year}-04-01", "end": f"{int(year) + 1:04}-03-31"}
                for column, day in wanted.items():
                    if record[column] not in ("", day):
                        yield Finding(row, column, record[column], Message(day, day))


def _ends(tables: Tables) -> Iterator[Finding]:
    for table in tables_with(tables):
        pairs = [(f"begin{part}", f"end{part}") for part in _PARTS]
        present = [pair for pair in pairs if set(pair) <= set(table.header)]
        for row, record in records(table) if present else ():
            for begin, end in present:
                if record[begin] and record[end] and record[begin] > record[end]:
                    day = record[begin]
                    expected = Message(f"an end not before {day}", f"{day}以降の終わり")
                    yield Finding(row, end, record[end], expected)


def _precisions(tables: Tables) -> Iterator[Finding]:
    """Year, month and day of one thing must be prefixes of one another."""
    for table in tables_with(tables):
        groups = _groups(table.header)
        for row, record in records(table) if groups else ():
            for columns in groups:
                yield from _disagreeing(row, record, columns)


def _groups(header: tuple[str, ...]) -> list[list[str]]:
    """Return the columns that hold one date at several precisions: year, month, date, with one stem."""
    groups = []
    for stem in sorted(
        {name.removesuffix("year").removesuffix("month").removesuffix("date") for name in header}
    ):
        columns = [stem + part for part in ("year", "month", "date") if stem + part in header]
        if len(columns) > 1 and (stem == "" or stem.endswith("_")):
            groups.append(columns)
    return groups


def _disagreeing(row: Row, record: Record, columns: list[str]) -> Iterator[Finding]:
    filled = [column for column in columns if record[column]]
    for coarse, fine in pairwise(filled):
        if not record[fine].startswith(record[coarse] + "-"):
            day = record[coarse]
            yield Finding(row, fine, record[fine], Message(f"a day within {day}", f"{day}の中の日付"))


PERIOD_RULES: Final = (
    Rule(
        "fiscal-year",
        Message("a fiscal year runs from 1 April to 31 March", "年度は4月1日から翌年3月31日まで"),
        Message("correct the day", "日付を直してください"),
        _fiscal_years,
    ),
    Rule(
        "end-before-begin",
        Message("an end is not before its beginning", "終わりは始まりより前にならない"),
        Message("compare with the document and correct the row", "文書と照合して行を直してください"),
        _ends,
    ),
    Rule(
        "precisions-disagree",
        Message(
            "year, month and day of the same date agree",
            "同じ日付の年・月・日は一致する",
        ),
        Message("compare with the document and correct the row", "文書と照合して行を直してください"),
        _precisions,
    ),
)
