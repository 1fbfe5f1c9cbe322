"""RDF terms as N-Triples text: telling kinds apart and taking literals to pieces, without term objects."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SH: Final = "http://www.w3.org/ns/shacl#"

RDF_TYPE: Final = f"<{RDF}type>"
RDF_FIRST: Final = f"<{RDF}first>"
RDF_REST: Final = f"<{RDF}rest>"
RDF_NIL: Final = f"<{RDF}nil>"
RDFS_SUBCLASS_OF: Final = f"<{RDFS}subClassOf>"
XSD_STRING: Final = XSD + "string"
RDF_LANG_STRING: Final = RDF + "langString"

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_UNSAFE: Final = re.compile(r'[\\"\x00-\x1f\x7f]')
_NAMED: Final = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}


class LiteralParts(NamedTuple):
    """What a literal is made of; `datatype` is `rdf:langString` where there is a language tag."""

    lexical: str
    datatype: str
    language: str | None


def sh(name: str) -> str:
    """Return the SHACL term with this local name, as N-Triples text."""
    return f"<{SH}{name}>"


def is_iri(term: str) -> bool:
    """Say whether the text is an IRI."""
    return term[0] == "<"


def is_literal(term: str) -> bool:
    """Say whether the text is a literal."""
    return term[0] == '"'


def is_blank(term: str) -> bool:
    """Say whether the text is a blank node."""
    return term[0] == "_"


def parse_literal(term: str) -> LiteralParts:
    """Take a literal to pieces.

    Args:
        term: canonical N-Triples text that begins with a quotation mark.
    """
    if term[-1] == '"':
        return LiteralParts(unescape(term[1:-1]), XSD_STRING, None)
    end = term.rindex('"')
    tail = term[end + 1 :]
    lexical = unescape(term[1:end])
    if tail[0] == "@":
        return LiteralParts(lexical, RDF_LANG_STRING, tail[1:])
    return LiteralParts(lexical, tail[3:-1], None)


def string_of(term: str) -> str:
    """Return what SPARQL's `STR` returns: the lexical form or the IRI; for a blank node its label."""
    if term[0] == "<":
        return unescape(term[1:-1])
    return parse_literal(term).lexical if term[0] == '"' else term[2:]


def unescape(text: str) -> str:
    """Replace the escapes of N-Triples by their characters."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    """Return the character an escape stands for."""
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])


def quote(text: str) -> str:
    """Return the text between quotation marks, escaped as canonical N-Triples wants it."""
    return f'"{_UNSAFE.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    """Return one character as an escape."""
    return _NAMED.get(match[0]) or f"\\u{ord(match[0]):04X}"


def literal(lexical: str, datatype: str = XSD_STRING, language: str | None = None) -> str:
    """Return a literal as canonical N-Triples text."""
    if language is not None:
        return f"{quote(lexical)}@{language}"
    return quote(lexical) if datatype == XSD_STRING else f"{quote(lexical)}^^<{datatype}>"


def plain(term: str) -> str:
    """Return the term as reports show it: an IRI without angle brackets, any other term as it is."""
    return term[1:-1] if term[0] == "<" else term


def local_name(iri: str) -> str:
    """Return what follows the last `#`, `/` or `:` of an IRI (given with or without angle brackets)."""
    return re.split(r"[#/:]", iri.strip("<>").rstrip("#/"))[-1]
