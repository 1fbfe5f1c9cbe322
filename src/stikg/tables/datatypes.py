"""The lexical forms of the column types: one way to write each value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from stikg.errors import Message

_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")
_NUMBER: Final = re.compile(r"(?:0|-?[1-9][0-9]{0,17})|-?(?:0|[1-9][0-9]{0,17})\.[0-9]{0,17}[1-9]")
_YEAR: Final = re.compile(r"[0-9]{4}")
_YEARMONTH: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class TypeText(NamedTuple):
    """How a type is asked for in a message."""

    expected: Message
    remedy: Message


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_LEXICAL: Final[dict[str, Callable[[str], object]]] = {
    "string": lambda _: True,
    "integer": _INTEGER.fullmatch,
    "number": _NUMBER.fullmatch,
    "boolean": lambda text: text in ("true", "false"),
    "date": _is_date,
    "year": _YEAR.fullmatch,
    "yearmonth": _YEARMONTH.fullmatch,
}

_DIGITS: Final = Message(
    "write ASCII digits without separators, units, plus sign or needless zeros",
    "半角数字のみで、区切り・単位・正符号・余分な0を付けずに書いてください",
)
TYPE_TEXTS: Final[dict[str, TypeText]] = {
    "integer": TypeText(Message("a whole number such as 1078", "1078のような整数"), _DIGITS),
    "number": TypeText(Message("a decimal number such as 8.1", "8.1のような十進数"), _DIGITS),
    "boolean": TypeText(
        Message("true or false", "trueかfalse"), Message("write true or false", "trueかfalseと書いてください")
    ),
    "date": TypeText(
        Message("a date of the calendar such as 2021-04-01", "2021-04-01のような実在する日付"),
        Message("correct the date; use yearmonth or year where the day is unknown", "日付を直してください"),
    ),
    "year": TypeText(
        Message("a year of four digits such as 2021", "2021のような4桁の西暦年"),
        Message("write the Western year", "西暦で書いてください"),
    ),
    "yearmonth": TypeText(
        Message("a year and month such as 2020-07", "2020-07のような年月"),
        Message(
            "write the Western year, a hyphen and two digits of the month", "西暦4桁-月2桁で書いてください"
        ),
    ),
}


def is_lexical(kind: str, text: str) -> bool:
    """Tell whether `text` is written as type `kind` is written."""
    return bool(_LEXICAL[kind](text))


def lexical_check(kind: str) -> Callable[[str], object]:
    """Return the function that tells (truth value) whether a text is written as type `kind` is."""
    return _LEXICAL[kind]


def sort_value(kind: str, text: str) -> Decimal | str:
    """Return what orders values of type `kind`: numbers by size, dates by calendar."""
    return Decimal(text) if kind in ("integer", "number") else text
