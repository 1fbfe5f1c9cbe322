"""What a datatype or an IRI admits: for each a fast pattern, a full check, and words for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stikg.errors import Message

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDF_TYPE: Final = RDF + "type"

# RFC 3987 `ucschar`; a character class body, written once and used in every IRI pattern.
UCSCHAR: Final = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane + (0x1000 if plane == 0xE0000 else 0))}-{chr(plane + 0xFFFD)}"
    for plane in range(0x10000, 0xF0000, 0x10000)
)
_UNRESERVED: Final = rf"A-Za-z0-9\-._~{UCSCHAR}"
_REGNAME: Final = rf"(?:[{_UNRESERVED}!$&'()*+,;=]|%[0-9A-Fa-f]{{2}})"
_SEGMENT: Final = rf"(?:[{_UNRESERVED}!$&'()*+,;=:@/]|%[0-9A-Fa-f]{{2}})"
_QUERY: Final = rf"(?:[{_UNRESERVED}!$&'()*+,;=:@/?\ue000-\uf8ff]|%[0-9A-Fa-f]{{2}})"
_FRAGMENT: Final = rf"(?:[{_UNRESERVED}!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{{2}})"
_IRI_PATTERN: Final = (
    r"(?!https?:(?!//[^/?#]))"  # the two web schemes need a host
    r"[A-Za-z][A-Za-z0-9+.\-]*:"
    rf"(?://(?:(?:{_REGNAME}|:)*+@)?{_REGNAME}*+(?::[0-9]*)?(?:/{_SEGMENT}*+)?|(?!//){_SEGMENT}*+)"
    rf"(?:\?{_QUERY}*+)?(?:#{_FRAGMENT}*+)?"
)
# What nearly every address looks like; a value it does not know is judged by the full pattern.
_PLAIN: Final = r"A-Za-z0-9\-._~!$&'()*+,;=:@/"
FAST_IRI: Final = rf"https?://[A-Za-z0-9\-.]++(?:/[{_PLAIN}]*+)?(?:\?[{_PLAIN}?]*+)?(?:#[{_PLAIN}?]*+)?"


@dataclass(frozen=True)
class LexicalForm:
    """The lexical forms we accept: `fast` admits a part of what `accepts` admits, and nothing else."""

    name: str
    fast: str
    accepts: Callable[[str], bool]
    expected: Message
    remedy: Message


def is_iri(value: str) -> bool:
    """Say whether `value` is an absolute IRI that N-Quads and RFC 3987 both allow.

    Source: RFC 3987 §2.2, without IP literals and with a host in http and https.
    """
    # The full pattern takes 15 ms to compile, and most runs never need it.
    return re.fullmatch(FAST_IRI, value) is not None or re.fullmatch(_IRI_PATTERN, value) is not None


def is_language_tag(value: str) -> bool:
    """Say whether `value` is a well-formed language tag of the shapes in use (RFC 5646 §2.1)."""
    return (
        re.fullmatch(
            r"[A-Za-z]{2,3}(?:-[A-Za-z]{3})?(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
            r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*",
            value,
        )
        is not None
    )


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


def _is_date(value: str) -> bool:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value)
    return found is not None and _is_day(int(found[1]), int(found[2]), int(found[3]))


def _is_day(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= _days(year, month)


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def _is_month_day(value: str) -> bool:
    found = re.fullmatch(r"--([0-9]{2})-([0-9]{2})", value)
    return found is not None and _is_day(2000, int(found[1]), int(found[2]))


def _is_date_time(value: str) -> bool:
    date, _, time = value.partition("T")
    hour = r"(?:[01][0-9]|2[0-3])"
    offset = r"(?:Z|[+-](?!00:00)(?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
    return (
        _is_date(date)
        and re.fullmatch(rf"{hour}:[0-5][0-9]:[0-5][0-9](?:\.[0-9]*[1-9])?{offset}", time) is not None
    )


def _is_duration(value: str) -> bool:
    found = re.fullmatch(
        r"-?P(?=[0-9T])(?:[1-9][0-9]*Y)?(?:(?:[1-9]|1[01])M)?(?:[1-9][0-9]*D)?"
        r"(?:T(?=[0-9])(?:(?:[1-9]|1[0-9]|2[0-3])H)?(?:[1-5]?[0-9]M)?(?:[1-5]?[0-9](?:\.[0-9]*[1-9])?S)?)?",
        value,
    )
    return value == "PT0S" or (found is not None and re.search(r"(?<![0-9.])0[MS]", value) is None)


_INTEGER = r"(?:0|-?[1-9][0-9]*+)"
_DECIMAL = r"(?:-?[1-9][0-9]*+(?:\.[0-9]*[1-9])?|-?0\.[0-9]*[1-9]|0)"
_MONTH = r"(?:0[1-9]|1[0-2])"
# Every day of the calendar but the 29th of February, which depends on the year.
_MONTH_DAY = (
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)

_PLAIN_NUMBER = Message(
    "write the number plainly: no sign +, no separators, no leading or trailing zeros",
    "+や桁区切りを使わず、余分な0も付けずに書く",
)
_ANOTHER_COLUMN = Message(
    "write the calendar form with hyphens, or move the value to the column of its precision",
    "ハイフン区切りの西暦で書くか、精度の合う列に移す",
)


def _form(
    name: str,
    fast: str,
    expected: Message,
    remedy: Message,
    accepts: Callable[[str], bool] | None = None,
) -> tuple[str, LexicalForm]:
    return XSD + name, LexicalForm(name, fast, accepts or _matches(fast), expected, remedy)


DATATYPES: Final[dict[str, LexicalForm]] = dict(
    [
        _form(
            "boolean",
            "(?:true|false)",
            Message("true or false", "trueまたはfalse"),
            Message("write true or false in lower case", "小文字でtrueかfalseと書く"),
        ),
        _form("integer", _INTEGER, Message("an integer such as 7368", "7368のような整数"), _PLAIN_NUMBER),
        _form(
            "nonNegativeInteger",
            "(?:0|[1-9][0-9]*+)",
            Message("an integer from 0 up", "0以上の整数"),
            _PLAIN_NUMBER,
        ),
        _form(
            "positiveInteger", "[1-9][0-9]*+", Message("an integer from 1 up", "1以上の整数"), _PLAIN_NUMBER
        ),
        _form("decimal", _DECIMAL, Message("a decimal number such as 8.1", "8.1のような小数"), _PLAIN_NUMBER),
        _form(
            "date",
            rf"(?!0000)[0-9]{{4}}-{_MONTH_DAY}",
            Message("a day of the calendar such as 2020-07-16", "2020-07-16のような実在する年月日"),
            _ANOTHER_COLUMN,
            _is_date,
        ),
        _form(
            "dateTime",
            rf"(?!0000)[0-9]{{4}}-{_MONTH_DAY}T[01][0-9]:[0-5][0-9]:[0-5][0-9]Z?",
            Message("a time such as 2020-07-16T09:30:00Z", "2020-07-16T09:30:00Zのような日時"),
            Message(
                "write UTC as Z and leave out zeros after the seconds", "UTCはZと書き、秒の余分な0を除く"
            ),
            _is_date_time,
        ),
        _form(
            "gYear", "(?!0000)[0-9]{4}", Message("a year such as 2021", "2021のような西暦年"), _ANOTHER_COLUMN
        ),
        _form(
            "gYearMonth",
            rf"(?!0000)[0-9]{{4}}-{_MONTH}",
            Message("a month such as 2020-07", "2020-07のような年月"),
            _ANOTHER_COLUMN,
        ),
        _form(
            "gMonthDay",
            rf"--{_MONTH_DAY}",
            Message("a day of the year such as --04-01", "--04-01のような月日"),
            _ANOTHER_COLUMN,
            _is_month_day,
        ),
        _form(
            "gMonth",
            f"--{_MONTH}",
            Message("a month of the year such as --04", "--04のような月"),
            _ANOTHER_COLUMN,
        ),
        _form(
            "gDay",
            "---(?:0[1-9]|[12][0-9]|3[01])",
            Message("a day of the month such as ---01", "---01のような日"),
            _ANOTHER_COLUMN,
        ),
        _form(
            "anyURI",
            FAST_IRI,
            Message(
                "an absolute address such as https://example.org/a",
                "https://example.org/a のような絶対アドレス",
            ),
            Message(
                "write the whole address and percent-encode spaces and quotes",
                "アドレス全体を書き、空白や引用符は%で符号化する",
            ),
            is_iri,
        ),
        _form(
            "duration",
            r"P[1-9][0-9]{0,3}[YD]",
            Message("a duration in its shortest form such as P3Y or P1Y6M", "P3YやP1Y6Mのような最短形の期間"),
            Message(
                "carry over: twelve months are a year, 24 hours a day; leave out what is zero",
                "12か月は1年、24時間は1日に繰り上げ、0の部分は書かない",
            ),
            _is_duration,
        ),
        _form(
            "language",
            "[a-z]{2,3}",
            Message("a language tag such as ja", "jaのような言語タグ"),
            Message("write the tag of RFC 5646", "RFC 5646のタグを書く"),
            is_language_tag,
        ),
    ]
)

IRI: Final = LexicalForm(
    "IRI", FAST_IRI, is_iri, DATATYPES[XSD + "anyURI"].expected, DATATYPES[XSD + "anyURI"].remedy
)
