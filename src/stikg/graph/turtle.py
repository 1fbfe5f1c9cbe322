"""Turtle for people and for diffs: sorted, one value a line, short names where every parser reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from stikg.graph.evidence import TYPE, subjects_with_evidence
from stikg.namespaces import PREFIXES

Shorten = Callable[[bytes], bytes]
"""A term of a canonical line → the same term in Turtle."""

_XSD: Final = PREFIXES["xsd"].encode()
# Local names that need no escape; dots, slashes and percent signs are legal in places, and stumbled over.
_LOCAL: Final = re.compile(rb"[A-Za-z0-9_][A-Za-z0-9_-]*")
_RELATIVE: Final = re.compile(rb"(?:id|scheme)(?:/(?!\.{1,2}(?:/|$))[^/?#:]+)+")
_NUMERAL: Final = {
    _XSD + b"integer": re.compile(rb"[+-]?[0-9]+"),
    _XSD + b"decimal": re.compile(rb"[+-]?[0-9]*\.[0-9]+"),
    _XSD + b"boolean": re.compile(rb"true|false"),
}


def write(lines: Sequence[bytes], prefixes: Mapping[str, str], base: str) -> Iterator[bytes]:
    """Yield the union of all graphs as Turtle, grouped by subject, each subject with its evidence."""
    yield header(prefixes, base)
    shorten = shortener(prefixes, base)
    for subject, properties in subjects_with_evidence(lines):
        yield b"\n" + block(subject, properties, shorten)


def header(prefixes: Mapping[str, str], base: str) -> bytes:
    """Return the directives: the base, and all prefixes in their order of names."""
    named = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
    return f"@base <{base}> .\n{named}".encode()


def block(
    subject: bytes, properties: Iterable[tuple[bytes, list[bytes]]], shorten: Shorten, indent: bytes = b""
) -> bytes:
    """Return the statement block of one subject."""
    inner = b" ;\n" + indent + b"    "
    values = b",\n" + indent + b"        "
    said = (
        (b"a" if predicate == TYPE else shorten(predicate)) + b" " + values.join(map(shorten, objects))
        for predicate, objects in properties
    )
    return indent + shorten(subject) + b" " + inner.join(said) + b" .\n"


def shortener(prefixes: Mapping[str, str], base: str) -> Shorten:
    """Return a function that shortens terms; it remembers the IRIs it has met."""
    names = {iri.encode(): name.encode() + b":" for name, iri in prefixes.items()}
    home = base.encode()
    known: dict[bytes, bytes] = {}

    def shorten_iri(term: bytes) -> bytes:
        short = known.get(term)
        if short is None:
            short = known[term] = _short(term[1:-1], names, home)
        return short

    def shorten(term: bytes) -> bytes:
        if term[:1] == b"<":
            return shorten_iri(term)
        if term[-1:] != b">":  # a blank node, a plain string, or one with a language
            return term
        quoted, _, datatype = term.rpartition(b"^^")
        numeral = _NUMERAL.get(datatype[1:-1])
        if numeral is not None and numeral.fullmatch(quoted[1:-1]):
            return quoted[1:-1]
        return quoted + b"^^" + shorten_iri(datatype)

    return shorten


def _short(iri: bytes, names: Mapping[bytes, bytes], home: bytes) -> bytes:
    """Return an IRI as a prefixed name, relative to the base, or in full."""
    cut = max(iri.rfind(b"#"), iri.rfind(b"/")) + 1
    prefix = names.get(iri[:cut])
    if prefix is not None and _LOCAL.fullmatch(iri, cut):
        return prefix + iri[cut:]
    if iri.startswith(home) and _RELATIVE.fullmatch(iri, len(home)):
        return b"<" + iri[len(home) :] + b">"
    return b"<" + iri + b">"
