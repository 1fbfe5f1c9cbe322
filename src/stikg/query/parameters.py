"""Values of parameters: from what a person types to terms that stand safely in a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from stikg.errors import Message, UnknownParameter
from stikg.names import Select, resolve
from stikg.namespaces import BASE
from stikg.query.catalogue import MARKER, Parameter, Question
from stikg.terms import XSD, Iri, Literal, Term, expand, is_iri, shorten, to_sparql

ERAS: Final = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_ERA_YEAR: Final = re.compile(r"(令和|平成|昭和|[RHS])\s*(\d{1,2}|元)\s*(?:年度?)?")
_YEAR: Final = re.compile(r"(?:FY\s*)?(\d{4})\s*(?:年度?)?")
_MARKER_LINE: Final = re.compile(r"^([ \t]*)# @values[ \t]*$", re.MULTILINE)


class Bound(NamedTuple):
    """A parameter with its term: what was typed, what it was taken for, and whether it is the default."""

    parameter: Parameter
    given: str
    term: Term
    label: str
    default: bool


def bind(
    question: Question,
    values: Mapping[str, object],
    select: Select,
    *,
    language: str = "en",
    base: str = BASE,
) -> list[Bound]:
    """Turn given values into terms, in the order of the declaration.

    A parameter without a value takes its default; an empty value leaves it open (all rows).

    Raises:
        UnknownParameter: a name is not declared, a required value is missing, or a value has the wrong type.
        UnknownName, AmbiguousName: a value names nothing, or several things.
    """
    declared = {parameter.name: parameter for parameter in question.parameters}
    for name in values:
        if name not in declared:
            raise _undeclared(name, question.parameters)
    bound = []
    for parameter in question.parameters:
        given = _given(parameter, values)
        if given:
            term, label = _term(parameter, given, select, language, base)
            bound.append(Bound(parameter, given, term, label, parameter.name not in values))
        elif parameter.required:
            raise _missing(parameter)
    return bound


def insert(text: str, bound: Sequence[Bound]) -> str:
    """Put a `VALUES` clause for every bound parameter at the marker line of a query."""
    clauses = [f"VALUES ?{one.parameter.name} {{ {to_sparql(one.term)} }}" for one in bound]
    return _MARKER_LINE.sub(lambda match: match[1] + "\n".join([MARKER, *clauses]), text)


def _given(parameter: Parameter, values: Mapping[str, object]) -> str:
    """Return the text that stands for the value: the given one, else the default, else nothing."""
    value = values.get(parameter.name, parameter.default)
    if value is None:
        return ""
    return (value.isoformat() if isinstance(value, date) else str(value)).strip()


def _term(parameter: Parameter, given: str, select: Select, language: str, base: str) -> tuple[Term, str]:
    """Return the term for a value and the label it goes by."""
    if parameter.type in {"entity", "concept"}:
        found = resolve(select, given, kinds=parameter.kinds, language=language, base=base)
        return Iri(found.iri), f"{found.label} ({shorten(found.iri)})"
    term = _READERS[parameter.type](given)
    if term is None:
        raise _mistyped(parameter, given)
    return term, term.value


def _iri(text: str) -> Term | None:
    """Read an IRI, in full or prefixed."""
    iri = expand(text)
    return Iri(iri) if is_iri(iri) else None


def _integer(text: str) -> Term | None:
    """Read a whole number; thousands may be set apart by commas."""
    digits = text.replace(",", "")
    return Literal(str(int(digits)), XSD + "integer") if re.fullmatch(r"[+-]?[0-9]{1,30}", digits) else None


def _decimal(text: str) -> Term | None:
    """Read a decimal number."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return (
        Literal(f"{number:f}", XSD + "decimal")
        if number.is_finite() and abs(number.adjusted()) < 40
        else None
    )


def _date(text: str) -> Term | None:
    """Read a day as YYYY-MM-DD."""
    try:
        return Literal(date.fromisoformat(text).isoformat(), XSD + "date")
    except ValueError:
        return None


def _year(text: str) -> Term | None:
    """Read a year: 2021, FY2021, 令和3年度, R3."""
    if match := _YEAR.fullmatch(text):
        return Literal(match[1], XSD + "gYear")
    if match := _ERA_YEAR.fullmatch(text.upper()):
        number = 1 if match[2] == "元" else int(match[2])
        return Literal(str(ERAS[match[1]] + number), XSD + "gYear")
    return None


_READERS: Final[dict[str, Callable[[str], Term | None]]] = {
    "string": Literal,
    "iri": _iri,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "year": _year,
}
_EXPECTED: Final[dict[str, Message]] = {
    "iri": Message("an IRI such as id:programme/sicorp", "id:programme/sicorp のようなIRI"),
    "integer": Message("a whole number", "整数"),
    "decimal": Message("a number", "数"),
    "date": Message("a day as YYYY-MM-DD", "YYYY-MM-DD の日付"),
    "year": Message("a year: 2021, FY2021 or R3", "年: 2021、FY2021、令和3年度 など"),
}


def listing(parameters: Sequence[Parameter], language: str) -> str:
    """Say the declared parameters in one line."""
    if not parameters:
        return "none" if language == "en" else "なし"
    said = [f"{one.name} ({one.label.in_language(language)})" for one in parameters]
    return (", " if language == "en" else "、").join(said)


def _undeclared(name: str, parameters: Sequence[Parameter]) -> UnknownParameter:
    """Draw the error for a name that the query does not declare."""
    return UnknownParameter(
        Message(f"this query has no parameter “{name}”", f"この質問に「{name}」という引数はありません"),
        Message(
            f"its parameters are: {listing(parameters, 'en')}",
            f"使える引数: {listing(parameters, 'ja')}",
        ),
    )


def _missing(parameter: Parameter) -> UnknownParameter:
    """Draw the error for a required parameter without a value."""
    return UnknownParameter(
        Message(f"the parameter “{parameter.name}” needs a value", f"引数「{parameter.name}」の値が必要です"),
        Message(
            f"add --param {parameter.name}=… ({parameter.label.en})",
            f"--param {parameter.name}=… を付けてください({parameter.label.ja})",
        ),
    )


def _mistyped(parameter: Parameter, given: str) -> UnknownParameter:
    """Draw the error for a value of the wrong type."""
    expected = _EXPECTED[parameter.type]
    return UnknownParameter(
        Message(
            f"“{given}” does not fit the parameter “{parameter.name}”",
            f"「{given}」は引数「{parameter.name}」の値になりません",
        ),
        Message(f"give {expected.en}", f"{expected.ja}を指定してください"),
    )
