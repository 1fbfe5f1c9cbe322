"""Checks cells column by column; each distinct value of a batch is looked at once."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from stikg.errors import Message, Where
from stikg.tables.datatypes import TYPE_TEXTS, lexical_check, sort_value
from stikg.tables.problems import Report, problem
from stikg.tables.schema import Field
from stikg.tables.table import Row

MAX_CELL: Final = 32_767
"""Characters of a cell: what Excel keeps; it cuts a longer one in silence."""

UNWANTED: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ufdd0-\ufdef]"
)
"""Controls (all but the line feed), separators, marks of direction, invisible and replacement characters."""
_BLANK: Final = re.compile(r"^[^\S\n]|[^\S\n]$", re.MULTILINE)


class Fault(NamedTuple):
    """What is wrong with a value: a code and the words of its message."""

    code: str
    words: dict[str, object]


Check = Callable[[str], Fault | None]


def repaired(value: str) -> str:
    """Return a cell in canonical form: NFC, LF inside, no blanks around."""
    if value.isascii() and value == value.strip() and "\r" not in value:
        return value
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def form_faults(value: str) -> list[Fault]:
    """Return what is wrong with the form of a cell, whatever its column."""
    faults = []
    if len(value) > MAX_CELL:
        faults.append(Fault("cell-too-long", {"limit": MAX_CELL}))
    found = UNWANTED.search(value.replace("\r\n", "\n"))
    if found:
        faults.append(Fault("control-character", {"character": _name(found[0])}))
    if not unicodedata.is_normalized("NFC", value):
        faults.append(Fault("not-nfc", {"value": unicodedata.normalize("NFC", value)}))
    if value != value.strip():
        faults.append(Fault("blanks-around", {"value": value.strip()}))
    return faults


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def _may_be_odd(values: set[str]) -> bool:
    """Tell, looking at all values as one text, whether the form of any of them needs a closer look."""
    text = "\n".join(values)
    if text.count("\n") >= len(values) or max(map(len, values)) > MAX_CELL:
        return True
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        return True
    return bool(UNWANTED.search(text) or _BLANK.search(text))


class ColumnCheck:
    """The checks of one column, made ready once for all its cells."""

    def __init__(self, field: Field) -> None:
        self._required = field.required
        self._checks = [check for check in _checks(field) if check is not None]

    def faults(self, values: set[str]) -> dict[str, list[Fault]]:
        """Return for each faulty value what is wrong with it."""
        odd = _may_be_odd(values)
        found = {value: faults for value in values if (faults := form_faults(value))} if odd else {}
        for value in values:
            said = self._value_faults(repaired(value) if odd else value)
            if said:
                found.setdefault(value, []).extend(said)
        return found

    def _value_faults(self, value: str) -> list[Fault]:
        if not value:
            return [Fault("required", {})] if self._required else []
        for check in self._checks:
            fault = check(value)
            if fault is not None:
                return [fault]
        return []


def _checks(field: Field) -> Iterable[Check | None]:
    """Yield the checks of a field; the type comes first, since the others rely on it."""
    yield _type_check(field.type) if field.type != "string" else None
    yield _enum_check(field.enum) if field.enum else None
    yield _pattern_check(field.pattern) if field.pattern is not None else None
    yield _limit_check(field, field.minimum, "minimum") if field.minimum is not None else None
    yield _limit_check(field, field.maximum, "maximum") if field.maximum is not None else None
    yield _length_check(field.min_length, "min-length") if field.min_length else None
    yield _length_check(field.max_length, "max-length") if field.max_length is not None else None


def _type_check(kind: str) -> Check:
    matches, texts = lexical_check(kind), TYPE_TEXTS[kind]
    words: dict[str, object] = {"expected": texts.expected, "remedy": texts.remedy}
    return lambda value: None if matches(value) else Fault("wrong-type", words)


def _enum_check(allowed: tuple[str, ...]) -> Check:
    known = frozenset(allowed)

    def check(value: str) -> Fault | None:
        if value in known:
            return None
        return Fault("not-in-enum", {"allowed": ", ".join(allowed), "near": near(value, allowed)})

    return check


def _pattern_check(pattern: str) -> Check:
    matches = re.compile(pattern, re.ASCII).fullmatch  # the descriptor was checked
    return lambda value: None if matches(value) else Fault("pattern", {"pattern": pattern})


def _limit_check(field: Field, limit: str, code: str) -> Check:
    bound, below = sort_value(field.type, limit), code == "minimum"

    def check(value: str) -> Fault | None:
        found = sort_value(field.type, value)
        wrong = found < bound if below else found > bound  # type: ignore[operator]
        return Fault(code, {"limit": limit}) if wrong else None

    return check


def _length_check(limit: int, code: str) -> Check:
    def check(value: str) -> Fault | None:
        wrong = len(value) < limit if code == "min-length" else len(value) > limit
        return Fault(code, {"limit": limit}) if wrong else None

    return check


def near(value: str, names: Iterable[str]) -> Message:
    """Return an addition to a remedy that names up to three similar values, or nothing."""
    similar = difflib.get_close_matches(value[:100], list(names), 3)
    if not similar:
        return Message("", "")
    return Message(f" (similar: {', '.join(similar)})", f"(似た値: {', '.join(similar)})")


def check_cells(
    rows: list[Row], fields: tuple[Field, ...], checks: list[ColumnCheck], report: Report
) -> list[Row]:
    """Report every faulty cell of a batch of rows; return the rows with the form of their cells repaired."""
    renewed: dict[int, dict[str, str]] = {}
    for position, cells in enumerate(zip(*(row.values for row in rows), strict=True)):
        faults = checks[position].faults(set(cells))
        if faults:
            _report_cells(rows, position, fields[position].name, faults, report)
            renewed[position] = {value: repaired(value) for value in faults}
    if not renewed:
        return rows
    return [row._replace(values=_renewed(row.values, renewed)) for row in rows]


def _report_cells(
    rows: list[Row], position: int, column: str, faults: dict[str, list[Fault]], report: Report
) -> None:
    for row in rows:
        value = row.values[position]
        for fault in faults.get(value, ()):
            report(problem(fault.code, Where(row.path, row.number, column), value, **fault.words))


def _renewed(values: tuple[str, ...], renewed: dict[int, dict[str, str]]) -> tuple[str, ...]:
    return tuple(renewed[at].get(value, value) if at in renewed else value for at, value in enumerate(values))
