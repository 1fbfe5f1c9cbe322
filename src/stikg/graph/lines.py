"""Lines of canonical N-Quads as bytes: cut into triple and graph, grouped, read as terms.

Canonical lines separate the terms by one blank, and no IRI or blank node label holds a blank or a quotation
mark. So a line is cut without a parser. Sorted by bytes, lines of one subject, and of one triple, stand
together: what follows a term is a blank, and no character that can stand in a term is smaller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from stikg.terms import RDF_LANG_STRING, XSD_STRING, Blank, Iri, Literal, Term

END: Final = b" .\n"
_LITERAL: Final = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def cut_graph(line: bytes) -> tuple[bytes, bytes]:
    """Cut a line into `s p o` and the graph's term, which is empty in the default graph."""
    body = line[: -len(END)]
    literal_end = body.rfind(b'"')
    if literal_end < 0:
        return (body, b"") if body.count(b" ") == 2 else _cut_last(body)
    return _cut_last(body) if b" " in body[literal_end:] else (body, b"")


def _cut_last(body: bytes) -> tuple[bytes, bytes]:
    """Cut off the last term."""
    triple, _, graph = body.rpartition(b" ")
    return triple, graph


def cut_triple(triple: bytes) -> tuple[bytes, bytes, bytes]:
    """Cut `s p o` into its three terms."""
    subject, predicate, value = triple.split(b" ", 2)
    return subject, predicate, value


def quads_by_triple(lines: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """Group sorted lines by `s p o`, each with the terms of its graphs."""
    for triple, pairs in groupby(map(cut_graph, lines), key=itemgetter(0)):
        yield triple, [graph for _, graph in pairs]


def triples_by_subject(
    lines: Iterable[bytes],
) -> Iterator[tuple[bytes, list[tuple[bytes, bytes]], list[bytes]]]:
    """Group sorted lines by subject: its (predicate, object) pairs, and its graphs, each once, sorted."""
    cut = ((*cut_triple(triple), graphs) for triple, graphs in quads_by_triple(lines))
    for subject, rows in groupby(cut, key=itemgetter(0)):
        pairs: list[tuple[bytes, bytes]] = []
        seen: set[bytes] = set()
        for _, predicate, value, graphs in rows:
            pairs.append((predicate, value))
            seen.update(graphs)
        yield subject, pairs, sorted(seen - {b""})


def read_term(text: bytes) -> Term:
    """Read one term of a canonical line.

    Raises:
        ValueError: the bytes are no term.
    """
    said = text.decode()
    if said[:1] == "<":
        return Iri(said[1:-1])
    if said[:2] == "_:":
        return Blank(said[2:])
    match = _LITERAL.fullmatch(said)
    if match is None:
        raise ValueError(said)
    value, language, datatype = match.groups()
    if "\\" in value:
        value = _ESCAPE.sub(_unescape, value)
    return Literal(value, RDF_LANG_STRING if language else datatype or XSD_STRING, language)


def _unescape(match: re.Match[str]) -> str:
    """Return the character that an escape stands for."""
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else _PLAIN.get(match[3], match[3])
