"""Literals by value: well-formed for their datatype, less or greater, judged as the reference judges them.

What is certain is decided here from the text; every other literal is handed to rdflib, whose reading of
datatypes pySHACL relies on. So the answers are those of the reference, and clean data never load rdflib.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from stikg.validate.ntriples import (
    RDF,
    RDF_LANG_STRING,
    RDFS,
    XSD,
    XSD_STRING,
    is_blank,
    is_iri,
    is_literal,
    parse_literal,
    string_of,
)

if TYPE_CHECKING:
    from rdflib import Literal

Number = int | float | Decimal
Comparison = Callable[[str, str], bool]

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,4000}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,1000}(?:\.[0-9]{0,1000})?")
_DOUBLE: Final = re.compile(r"[+-]?[0-9]{1,1000}(?:\.[0-9]{1,1000})?(?:[eE][+-]?[0-9]{1,3})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOOLEAN: Final = re.compile(r"true|false|1|0")
_ANYTHING: Final = re.compile(r".*", re.DOTALL)
# Lexical forms that are certainly well-formed; a form that does not match may still be.
_CERTAIN: Final = {
    XSD + "integer": _INTEGER,
    XSD + "decimal": _DECIMAL,
    XSD + "double": _DOUBLE,
    XSD + "float": _DOUBLE,
    XSD + "boolean": _BOOLEAN,
    XSD + "nonNegativeInteger": re.compile(r"[0-9]{1,4000}"),
    XSD + "positiveInteger": re.compile(r"[1-9][0-9]{0,3999}"),
    XSD + "anyURI": _ANYTHING,
    # rdflib gives these two no value, so nothing about them is ever ill-formed.
    XSD + "gYear": _ANYTHING,
    XSD + "gYearMonth": _ANYTHING,
}
_NUMBERS: Final[dict[str, tuple[re.Pattern[str], Callable[[str], Number]]]] = {
    "integer": (_INTEGER, int),
    "decimal": (_DECIMAL, Decimal),
    "double": (_DOUBLE, float),
    "float": (_DOUBLE, float),
}
_SIMPLE: Final = re.compile(rf'"([^"\\]*)"\^\^<{re.escape(XSD)}(integer|decimal|double|float|date)>')
# Fixed-width forms without a time zone: their order is that of the text. rdflib cannot compare them.
_CALENDAR: Final = {
    XSD + "gYear": re.compile(r"[0-9]{4}"),
    XSD + "gYearMonth": re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])"),
}
# Literals of these datatypes have a text as their value in rdflib.
_TEXTS: Final = frozenset(
    {XSD + name for name in ("string", "normalizedString", "token", "language", "anyURI")} | {RDF_LANG_STRING}
)


def datatype_test(datatype: str) -> Callable[[str], bool]:
    """Return what decides `sh:datatype`; the forms that are certain are told by one expression."""
    certain = _CERTAIN.get(datatype)
    if certain is None:
        return partial(has_datatype, datatype=datatype)
    told = re.compile(rf'"(?:{certain.pattern})"\^\^<{re.escape(datatype)}>', certain.flags)
    return lambda term: told.fullmatch(term) is not None or has_datatype(term, datatype)


def has_datatype(term: str, datatype: str) -> bool:
    """Say whether a term is a well-formed literal of the datatype.

    Args:
        datatype: IRI without brackets.
        Source: SHACL 4.1.2, as pySHACL reads it.
    """
    if not is_literal(term):
        return False
    lexical, found, language = parse_literal(term)
    if datatype == found:
        return is_well_formed(lexical, datatype)
    return datatype == RDFS + "Literal" or (
        datatype == RDFS + "Datatype" and language is None and term[-1] != '"'
    )


def is_well_formed(lexical: str, datatype: str) -> bool:
    """Say whether the lexical form belongs to the datatype; unknown datatypes have no ill-formed literals."""
    if datatype in (XSD_STRING, RDF_LANG_STRING) or not datatype.startswith((XSD, RDF)):
        return True
    certain = _CERTAIN.get(datatype)
    if certain is not None and certain.fullmatch(lexical):
        return True
    if datatype == XSD + "date" and _read_date(lexical) is not None:
        return True
    number = _NUMBERS.get(datatype.removeprefix(XSD))
    if number is not None:
        return _is_number(lexical, number[1])
    return _is_well_formed_for_rdflib(lexical, datatype)


def _is_number(lexical: str, read: Callable[[str], Number]) -> bool:
    """Say whether Python reads the text as a number; rdflib has no other rule for these datatypes."""
    try:
        read(lexical)
    except (ValueError, ArithmeticError):
        return False
    return True


def _read_date(lexical: str) -> date | None:
    """Return the day of a date without a time zone, or None."""
    if not _DATE.fullmatch(lexical):
        return None
    try:
        return date.fromisoformat(lexical)
    except ValueError:
        return None


def _is_well_formed_for_rdflib(lexical: str, datatype: str) -> bool:
    """Ask rdflib, then check the Python type of the value, as pySHACL does."""
    import datetime

    literal = _rdflib_literal(lexical, datatype, None)
    if literal.ill_typed is True:
        return False
    python = {
        "integer": int,
        "float": float,
        "decimal": Decimal,
        "boolean": bool,
        "date": datetime.date,
        "time": datetime.time,
        "dateTime": datetime.datetime,
    }.get(datatype.removeprefix(XSD))
    return python is None or isinstance(literal.value, python)


def _rdflib_literal(lexical: str, datatype: str, language: str | None) -> Literal:
    """Make rdflib's literal without its complaints."""
    import logging
    import warnings

    from rdflib import Literal, URIRef

    complaints = logging.getLogger("rdflib.term")
    level = complaints.level
    complaints.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if language is not None:
                return Literal(lexical, lang=language)
            typed = None if datatype == XSD_STRING else URIRef(datatype)
            return Literal(lexical, datatype=typed, normalize=False)
    finally:
        complaints.setLevel(level)


def range_test(bound: str, accepted: Callable[[int], bool]) -> Callable[[str], bool]:
    """Return what decides whether a value node lies in a range; what cannot be compared lies outside.

    Args:
        bound: the literal of sh:minInclusive and its like.
        accepted: which signs of (value − bound) lie inside.
        Source: SHACL 4.3.
    """
    right = _simple_value(bound)

    def lies_inside(term: str) -> bool:
        if not is_literal(term):
            return False
        left = _simple_value(term)
        if left is not None and right is not None and _same_kind(left, right):
            return accepted((left > right) - (left < right))  # type: ignore[operator]
        if isinstance(right, int | float | Decimal) and _is_ill_formed_number(term):
            # For pySHACL, literals of two datatypes are in the order of the datatypes' IRIs.
            kinds = parse_literal(term).datatype, parse_literal(bound).datatype
            return kinds[0] != kinds[1] and accepted(1 if kinds[0] > kinds[1] else -1)
        return _in_range_for_rdflib(term, bound, accepted)

    return lies_inside


def _in_range_for_rdflib(term: str, bound: str, accepted: Callable[[int], bool]) -> bool:
    """Compare as pySHACL does."""
    from pyshacl.rdfutil.compare import compare_literal

    value, limit = (_rdflib_literal(*parse_literal(text)) for text in (term, bound))
    if isinstance(value.value, str) != isinstance(limit.value, str):
        return False
    try:
        return accepted(compare_literal(value, limit))
    except (TypeError, NotImplementedError, ArithmeticError):  # arithmetic: the decimal NaN
        return False


def _simple_value(term: str) -> Number | date | None:
    """Return number or date of a literal whose value is beyond doubt, else None."""
    parts = _SIMPLE.fullmatch(term)
    if parts is None:
        return None
    lexical, kind = parts.groups()
    if kind == "date":
        return _read_date(lexical)
    form, read = _NUMBERS[kind]
    return read(lexical) if form.fullmatch(lexical) else None


def _is_ill_formed_number(term: str) -> bool:
    """Say whether a literal claims to be a number and is none."""
    parts = _SIMPLE.fullmatch(term)
    return parts is not None and parts[2] != "date" and not _is_number(parts[1], _NUMBERS[parts[2]][1])


def _same_kind(left: Number | date, right: Number | date) -> bool:
    """Say whether both are numbers, or both are dates."""
    return isinstance(left, date) == isinstance(right, date)


def comparison(*, or_equal: bool) -> Comparison:
    """Return what decides `sh:lessThanOrEquals` or `sh:lessThan` of two value nodes."""
    return partial(_is_less, or_equal=or_equal)


def _is_less(left: str, right: str, *, or_equal: bool) -> bool:
    """Say whether `left` is less than (or equal to) `right`; what cannot be compared is not.

    Source: SHACL 4.5.3 and 4.5.4, as pySHACL reads them: texts and IRIs by code point, whatever their
        language; other literals in rdflib's order. Where pySHACL stops with an error (blank nodes, the
        decimal NaN, years in the wrong order) this is the answer of the standard.
    """
    if is_blank(left) or is_blank(right):
        return False
    texts = _text_value(left), _text_value(right)
    if texts[0] is not None and texts[1] is not None:
        return texts[0] <= texts[1] if or_equal else texts[0] < texts[1]
    if texts[0] is not None or texts[1] is not None:
        return False
    first, second = _simple_value(left), _simple_value(right)
    if first is not None and second is not None and _same_kind(first, second):
        return first <= second if or_equal else first < second  # type: ignore[operator]
    calendar = _calendar_texts(left, right)
    if calendar is not None:
        return calendar[0] <= calendar[1] if or_equal else calendar[0] < calendar[1]
    return _is_less_for_rdflib(left, right, or_equal)


def _calendar_texts(left: str, right: str) -> tuple[str, str] | None:
    """Return the texts of two years, or of two months, that can be compared as texts; else None."""
    first, second = parse_literal(left), parse_literal(right)
    form = _CALENDAR.get(first.datatype)
    if form is None or first.datatype != second.datatype:
        return None
    both = form.fullmatch(first.lexical) and form.fullmatch(second.lexical)
    return (first.lexical, second.lexical) if both else None


def _text_value(term: str) -> str | None:
    """Return the text an IRI or a literal is compared by, or None where it is no text."""
    if is_iri(term) or parse_literal(term).datatype in _TEXTS:
        return string_of(term)
    return None


def _is_less_for_rdflib(left: str, right: str, or_equal: bool) -> bool:
    """Compare two literals in rdflib's order."""
    import warnings

    first, second = (_rdflib_literal(*parse_literal(text)) for text in (left, right))
    try:
        with warnings.catch_warnings():
            # rdflib answers NotImplemented in a place where Python wants a truth value.
            warnings.simplefilter("ignore", DeprecationWarning)
            return bool(first <= second if or_equal else first < second)
    except (TypeError, ArithmeticError):
        return False
