"""The data to validate: any source of triples, read again as often as an engine needs them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Protocol, cast, runtime_checkable

from stikg.errors import Message, UnreadableFile, Where
from stikg.validate.ntriples import XSD_STRING

if TYPE_CHECKING:
    from pyoxigraph import Quad as ParsedQuad

Triple = tuple[str, str, str]
Quad = tuple[str, str, str, str]
EvidenceOf = Callable[[str, str | None, str | None], Sequence[str]]
"""(subject, predicate or None, object or None), as N-Triples text → IRIs of the graphs that say so."""

# No part of these expressions can match a text in two ways, so they take time linear in the line.
_IRI: Final = r"<[^\x00-\x20<>\"{}|^`\\]*+>"
_NODE: Final = rf"(?:{_IRI}|_:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)"
_LITERAL: Final = (
    r'"[^"\\\x00-\x1f\x7f]*+(?:\\[tbnrf"\\][^"\\\x00-\x1f\x7f]*+)*+"'
    rf"(?:@[a-z]++(?:-[a-z0-9]++)*+|\^\^(?!<{re.escape(XSD_STRING)}>){_IRI})?+"
)
# A line of canonical N-Triples or N-Quads; any other line goes to the parser.
_CANONICAL: Final = re.compile(rf"({_NODE}) ({_IRI}) ({_IRI}|{_LITERAL}|{_NODE})(?: ({_NODE}))? \.\n?")
# How Oxigraph names a blank node that has no label in the file: a random number of 128 bits.
_RANDOM: Final = re.compile(r"_:[0-9a-f]{20,32}")


@runtime_checkable
class GraphLike(Protocol):
    """A graph that gives its triples as sorted canonical N-Triples lines and knows what says them."""

    def ntriples(self) -> Iterator[str]:
        """Yield every triple once, as a canonical N-Triples line."""

    def evidence_of(self, subject: str, predicate: str | None = None, object: str | None = None) -> list[str]:  # noqa: A002
        """Return the IRIs of the named graphs with such triples."""


@dataclass
class Data:
    """Triples that can be read more than once, and a way to ask what says them.

    `quads` yields subject, predicate, object and graph (empty in the default graph) as N-Triples text;
    `is_set` says that no triple comes twice, `has_graphs` that a named graph was met while reading.
    """

    quads: Callable[[], Iterator[Quad]]
    is_set: bool = False
    has_graphs: bool = False
    evidence_of: EvidenceOf | None = None
    store: Any = field(default=None, repr=False)

    def triples(self) -> Iterator[Triple]:
        """Yield the triples; one that several graphs hold may come several times."""
        for subject, predicate, value, graph in self.quads():
            if graph:
                self.has_graphs = True
            yield subject, predicate, value

    def evidence_for(self, subjects: Iterable[str]) -> EvidenceOf:
        """Return a look-up that answers for these subjects; it reads the data at most once."""
        if self.evidence_of is not None:
            return self.evidence_of
        wanted = set(subjects) if self.has_graphs else set()
        found: dict[str, list[tuple[str, str, str]]] = {}
        for subject, predicate, value, graph in self.quads() if wanted else ():
            if graph and subject in wanted:
                found.setdefault(subject, []).append((predicate, value, graph))

        def evidence_of(subject: str, predicate: str | None = None, value: str | None = None) -> list[str]:
            return sorted(
                {
                    graph.strip("<>")
                    for said, what, graph in found.get(subject, ())
                    if predicate in (None, said) and value in (None, what)
                }
            )

        return evidence_of


def open_data(
    data: Data | GraphLike | Path | Iterable[str],
    evidence: Mapping[str, Sequence[str]] | None = None,
) -> Data:
    """Make anything that holds triples into `Data`.

    Args:
        data: a graph with `.ntriples()`, a file (`.nt .nq .ttl .trig .rdf .jsonld`, also `.gz`), or lines of
            N-Triples or N-Quads.
        evidence: where `data` are lines: triple as N-Triples text without the full stop → graph IRIs.
    """
    if isinstance(data, Data):
        return data
    if isinstance(data, Path):
        return Data(lambda: _read_quads(data))
    if isinstance(data, GraphLike):
        return _open_graph(data)
    quads = list(_parse_lines(data, "<lines>"))
    return Data(lambda: iter(quads), evidence_of=None if evidence is None else _look_up(evidence))


def _open_graph(graph: GraphLike) -> Data:
    """Make `Data` of a graph; its lines are canonical and each comes once."""

    def quads() -> Iterator[Quad]:
        for line in graph.ntriples():
            subject, predicate, rest = line.rstrip("\n").split(" ", 2)
            yield subject, predicate, rest[:-2], ""

    return Data(quads, is_set=True, evidence_of=graph.evidence_of, store=graph)


def _look_up(evidence: Mapping[str, Sequence[str]]) -> EvidenceOf:
    """Make a look-up of a mapping from triples to graph IRIs."""

    def evidence_of(subject: str, predicate: str | None = None, value: str | None = None) -> list[str]:
        if predicate is not None and value is not None:
            return sorted(evidence.get(f"{subject} {predicate} {value}", ()))
        head = f"{subject} " if predicate is None else f"{subject} {predicate} "
        return sorted({iri for triple, iris in evidence.items() if triple.startswith(head) for iri in iris})

    return evidence_of


def _read_quads(path: Path) -> Iterator[Quad]:
    """Read a file of RDF; lines of canonical N-Triples or N-Quads need no parser."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    zipped = suffixes[-1:] == [".gz"]
    kind = suffixes[-2:-1] if zipped else suffixes[-1:]
    try:
        if kind and kind[0] in {".nt", ".nq"}:
            with gzip.open(path, "rt", encoding="utf-8") if zipped else path.open(encoding="utf-8") as lines:
                yield from _parse_lines(lines, str(path))
        else:
            with gzip.open(path, "rb") if zipped else path.open("rb") as stream:
                yield from _parse_document(cast("IO[bytes]", stream), path, kind[0] if kind else "")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise _unreadable(str(path), None, str(error)) from error


def _parse_lines(lines: Iterable[str], name: str) -> Iterator[Quad]:
    """Yield the quads of N-Triples or N-Quads lines."""
    match = _CANONICAL.fullmatch
    for number, line in enumerate(lines, start=1):
        found = match(line)
        if found is None:
            yield from _parse_line(line, name, number)
        else:
            subject, predicate, value, graph = found.groups("")
            yield subject, predicate, value, graph


def _parse_line(line: str, name: str, number: int) -> Iterator[Quad]:
    """Yield the quads of lines that are not canonical, or are no N-Quads at all."""
    from pyoxigraph import RdfFormat, parse

    try:
        for quad in parse(input=line, format=RdfFormat.N_QUADS):
            yield _as_text(quad)
    except SyntaxError as error:
        raise _unreadable(name, number, str(error.msg)) from error


def _parse_document(stream: IO[bytes], path: Path, suffix: str) -> Iterator[Quad]:
    """Yield the quads of a file in a format that is not line by line."""
    from pyoxigraph import RdfFormat, parse

    rdf_format = RdfFormat.from_extension(suffix.lstrip("."))
    if rdf_format is None:
        raise _unreadable(str(path), None, f"unknown suffix {suffix!r}")
    numbers: dict[str, str] = {}
    try:
        for quad in parse(input=stream, format=rdf_format, base_iri=path.resolve().as_uri()):
            subject, predicate, value, graph = _as_text(quad)
            yield _numbered(subject, numbers), predicate, _numbered(value, numbers), _numbered(graph, numbers)
    except SyntaxError as error:
        raise _unreadable(str(path), error.lineno, str(error.msg)) from error


def _numbered(term: str, numbers: dict[str, str]) -> str:
    """Return the term; a blank node the parser named at random gets its number in the file instead.

    So the same file gives the same names each time it is read.
    """
    if not _RANDOM.fullmatch(term):
        return term
    return numbers.setdefault(term, f"_:genid-{len(numbers) + 1}")


def _as_text(quad: ParsedQuad) -> Quad:
    """Return a parsed quad as N-Triples text."""
    graph = str(quad.graph_name)
    return str(quad.subject), str(quad.predicate), str(quad.object), "" if graph == "DEFAULT" else graph


def _unreadable(path: str, line: int | None, reason: str) -> UnreadableFile:
    """Return the error for data that cannot be read."""
    return UnreadableFile(
        Message(f"the data cannot be read: {reason}", f"データを読めません：{reason}"),
        Message(
            "give N-Triples, N-Quads, Turtle, TriG, RDF/XML or JSON-LD in UTF-8",
            "UTF-8 の N-Triples、N-Quads、Turtle、TriG、RDF/XML、JSON-LD を指定してください",
        ),
        Where(path, line),
    )
