"""Rules about figures: a normalised number must be what is printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from stikg.errors import Message
from stikg.lint.rule import Finding, Record, Rule, records, tables_with
from stikg.tables import Row, Tables, shown

YEN: Final = {
    "円": 1,
    "千円": 10**3,
    "万円": 10**4,
    "百万円": 10**6,
    "千万円": 10**7,
    "億円": 10**8,
    "十億円": 10**9,
    "兆円": 10**12,
}
"""Units of money as budget documents print them, in yen."""

_NUMBER: Final = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,18}(?:\.[0-9]{1,18})?)"
    r" ?(?P<unit>[十百千万億兆]{0,2}円)?"
)
_FIGURES: Final = ("value", "minimum", "maximum", "rank", "share")
_IN_DAYS: Final = {"unitDay": 1, "unitWeek": 7, "unitMonth": 30, "unitYear": 365}
"""OWL-Time units, near enough in days to order a lower and an upper bound."""


class Figure(NamedTuple):
    """A number as printed, with the unit of money behind it, if any."""

    number: Decimal
    unit: int | None


def parse_figures(printed: str) -> list[Figure]:
    """Read the numbers of a printed text; full-width digits and commas between thousands are understood.

    A number without a unit takes the next one in the text, as in 8～36百万円.

    Example:
        >>> parse_figures("1,078百万円")
        [Figure(number=Decimal('1078'), unit=1000000)]
    """
    found: list[Figure] = []
    unit: int | None = None
    for match in reversed(list(_NUMBER.finditer(unicodedata.normalize("NFKC", printed)))):
        unit = YEN.get(match["unit"], unit) if match["unit"] else unit
        found.append(Figure(Decimal(match["number"].replace(",", "")), unit))
    return found[::-1]


def _number(text: str) -> Decimal | None:
    """Return the number a cell holds; None when it holds none (that is the reader's business)."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _amounts(tables: Tables) -> Iterator[Finding]:
    for table in tables_with(tables, "amount", "printed", "unit_yen"):
        for row, record in records(table):
            finding = _amount(row, record)
            if finding:
                yield finding


def _amount(row: Row, record: Record) -> Finding | None:
    """Compare amount with the one printed figure times the unit."""
    amount, unit = _number(record["amount"]), _number(record["unit_yen"])
    if amount is None or unit is None or not record["printed"]:
        return None
    figures = parse_figures(record["printed"])
    if len(figures) != 1:
        one = Message("one figure such as 1,078百万円", "1,078百万円のような1つの金額")
        return Finding(row, "printed", record["printed"], one)
    printed = figures[0]
    if printed.unit is not None and printed.unit != unit:
        return Finding(row, "unit_yen", record["unit_yen"], _said(str(printed.unit)))
    if printed.number * unit != amount:
        return Finding(row, "amount", record["amount"], _said(f"{printed.number * unit:f}"))
    return None


def _said(value: str) -> Message:
    return Message(f"{value}, as printed", f"印字どおりの{value}")


def _figures(tables: Tables) -> Iterator[Finding]:
    """Look each normalised figure up among the printed ones, with and without their unit."""
    for table in tables_with(tables, "printed"):
        columns = [name for name in _FIGURES if name in table.header]
        for row, record in records(table) if columns else ():
            if not record["printed"] or record.get("mode") == "derived":
                continue
            printed = parse_figures(record["printed"])
            allowed = {f.number for f in printed} | {f.number * f.unit for f in printed if f.unit}
            for column in columns:
                number = _number(record[column])
                if number is not None and number not in allowed:
                    text = shown(record["printed"])
                    expected = Message(f"a figure of {text}", f"「{text}」にある数値")
                    yield Finding(row, column, record[column], expected)


def _ranges(tables: Tables) -> Iterator[Finding]:
    for table in tables_with(tables, "minimum", "maximum"):
        for row, record in records(table):
            least, most = (_bound(record, name) for name in ("minimum", "maximum"))
            if least is not None and most is not None and least > most:
                limit = record["maximum"]
                expected = Message(f"at most the maximum {limit}", f"最大値{limit}以下")
                yield Finding(row, "minimum", record["minimum"], expected)


def _bound(record: Record, name: str) -> Decimal | None:
    """Return a bound, in days where it has a unit of time."""
    number = _number(record[name])
    factor = _IN_DAYS.get(record.get(f"unit_{name}", ""), 1)
    return None if number is None else number * factor


FIGURE_RULES: Final = (
    Rule(
        "amount-as-printed",
        Message(
            "amount is the printed figure times unit_yen, and the printed unit is unit_yen",
            "金額は印字された数値×単位であり、印字の単位はunit_yenと一致する",
        ),
        Message("compare with the document and correct the row", "文書と照合して行を直してください"),
        _amounts,
    ),
    Rule(
        "figure-as-printed",
        Message(
            "value, minimum, maximum, rank and share are among the printed figures",
            "value、minimum、maximum、rank、shareは印字された数値にある",
        ),
        Message(
            "compare with the document; a computed figure has the mode derived",
            "文書と照合してください(計算した数値の態様はderived)",
        ),
        _figures,
    ),
    Rule(
        "minimum-above-maximum",
        Message("a minimum is not above its maximum", "最小値は最大値を超えない"),
        Message("compare with the document and correct the row", "文書と照合して行を直してください"),
        _ranges,
    ),
)
