"""RDF terms as small values: IRIs and literals as people, programs and SPARQL need them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from stikg.namespaces import PREFIXES

XSD: Final = PREFIXES["xsd"]
XSD_STRING: Final = XSD + "string"
RDF_LANG_STRING: Final = PREFIXES["rdf"] + "langString"


class Iri(NamedTuple):
    """An IRI, in full."""

    value: str


class Blank(NamedTuple):
    """A blank node; its name means nothing outside the answer it stands in."""

    value: str


class Literal(NamedTuple):
    """A literal: lexical form, datatype IRI, language tag or None."""

    value: str
    datatype: str = XSD_STRING
    language: str | None = None


Term = Iri | Blank | Literal


class IriText(str):
    """An IRI as a Python value: a `str` with the full IRI, and its `short` form."""

    __slots__ = ()

    @property
    def short(self) -> str:
        """Return the prefixed name where a prefix of the project fits, else the full IRI."""
        return shorten(str(self))


Value = IriText | str | int | float | bool | Decimal | date | datetime

_INTEGERS: Final = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort",
        "unsignedByte", "gYear",
    )
)  # fmt: skip
_FLOATS: Final = frozenset({XSD + "double", XSD + "float"})
_NUMBERS: Final = (_INTEGERS - {XSD + "gYear"}) | _FLOATS | {XSD + "decimal"}
# What an IRI may not hold (SPARQL 1.1 grammar, IRIREF [139]), plus U+007F-U+009F.
_ILLEGAL_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f-\x9f]')
_ABSOLUTE_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)
_LOCAL_NAME: Final = re.compile(r"[\w][\w./%-]*|", re.ASCII)
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
# Numeric escapes stay out of queries: the guard of the graph refuses those for ASCII, which can hide syntax.
_ENDS_STRING: Final = re.compile(r'[\\"\n\r\t\x08\x0c]')
_CONTROLS: Final = re.compile(r'[\\"\x00-\x1f\x7f]')


def is_iri(text: str) -> bool:
    """Say whether `text` is an absolute IRI that can stand between `<` and `>`."""
    return bool(_ABSOLUTE_IRI.fullmatch(text)) and not _ILLEGAL_IN_IRI.search(text)


def is_number(term: Term | None) -> bool:
    """Say whether the term is a literal with a numeric datatype."""
    return isinstance(term, Literal) and term.datatype in _NUMBERS


def expand(text: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the IRI that `<...>` or a prefixed name stands for; any other text as it is."""
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, local = text.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else text


def shorten(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the prefixed name of an IRI under its longest known namespace, else the IRI itself."""
    best = max(
        ((name, namespace) for name, namespace in prefixes.items() if iri.startswith(namespace)),
        key=lambda pair: len(pair[1]),
        default=None,
    )
    if best is None or not _LOCAL_NAME.fullmatch(local := iri[len(best[1]) :]):
        return iri
    return f"{best[0]}:{local}"


def to_sparql(term: Term) -> str:
    """Return the term as SPARQL text, every character that could end it escaped.

    Raises:
        ValueError: the term is a blank node, or an IRI that cannot be written.
    """
    return _written(term, _ENDS_STRING)


def to_ntriples(term: Term) -> str:
    """Return the term as N-Triples and Turtle text, control characters escaped as well.

    Raises:
        ValueError: the term is an IRI that cannot be written.
    """
    return f"_:{term.value}" if isinstance(term, Blank) else _written(term, _CONTROLS)


def _written(term: Term, escaped: re.Pattern[str]) -> str:
    """Return an IRI or a literal in its full form."""
    if isinstance(term, Iri) and is_iri(term.value):
        return f"<{term.value}>"
    if not isinstance(term, Literal):
        raise ValueError(term.value)
    quoted = f'"{escaped.sub(_escape, term.value)}"'
    if term.language is not None:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == XSD_STRING else f"{quoted}^^{_written(Iri(term.datatype), escaped)}"


def _escape(match: re.Match[str]) -> str:
    """Write one character as an escape."""
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def to_python(term: Term) -> Value:
    """Return the Python value: int, Decimal, float, bool, date, datetime, str, or `IriText` for an IRI.

    A literal that is not what its datatype claims stays text, as does a date without a day.
    """
    if isinstance(term, Iri):
        return IriText(term.value)
    if isinstance(term, Blank):
        return f"_:{term.value}"
    try:
        return _typed(term.value, term.datatype)
    except (ValueError, InvalidOperation):
        return term.value


def _typed(text: str, datatype: str) -> Value:
    """Read a lexical form by its datatype.

    Raises:
        ValueError, InvalidOperation: the text is not in the datatype's lexical space.
    """
    if datatype in _INTEGERS:
        return int(text) if len(text) < 4000 else text  # CPython refuses int() beyond 4300 digits
    if datatype == XSD + "decimal":
        return Decimal(text)
    if datatype in _FLOATS:
        return float(text)
    if datatype == XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    if datatype == XSD + "date":
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if datatype == XSD + "dateTime" else text


def from_json(binding: Mapping[str, Any]) -> Term:
    """Read one binding of SPARQL 1.1 Query Results JSON.

    Raises:
        KeyError, TypeError, ValueError: the binding has no `type` or `value`, or they are no text.

    Source: SPARQL 1.1 Query Results JSON Format, 3.2.2.
    """
    kind, value = binding["type"], binding["value"]
    if not isinstance(value, str):
        raise TypeError(kind)
    value.encode()  # a lone surrogate, which JSON can carry, is no text
    if kind == "uri":
        return Iri(value)
    if kind == "bnode":
        return Blank(value)
    if kind not in {"literal", "typed-literal"}:
        raise KeyError(kind)
    language = binding.get("xml:lang")
    datatype = RDF_LANG_STRING if language else binding.get("datatype", XSD_STRING)
    return Literal(value, str(datatype), str(language) if language else None)


def to_json(term: Term) -> dict[str, str]:
    """Return the binding of SPARQL 1.1 Query Results JSON for a term."""
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Blank):
        return {"type": "bnode", "value": term.value}
    if term.language is not None:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype == XSD_STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype}


def from_engine(term: object) -> Term | None:
    """Return our value for a term of pyoxigraph, told apart by its attributes; None for an unbound one."""
    if term is None or isinstance(term, Iri | Blank | Literal):
        return term
    value = str(getattr(term, "value", term))
    datatype = getattr(term, "datatype", None)
    if datatype is not None:
        return Literal(value, str(datatype.value), getattr(term, "language", None))
    return Blank(value) if type(term).__name__ == "BlankNode" else Iri(value)


def pick(labels: Iterable[Literal], language: str) -> str | None:
    """Return the label in `language`, else in the other of ja and en, else the first in order."""
    order = (language, "en", "ja")
    ranked = sorted(
        labels,
        key=lambda label: (
            order.index(label.language) if label.language in order else len(order),
            label.language or "",
            label.value,
        ),
    )
    return ranked[0].value if ranked else None
