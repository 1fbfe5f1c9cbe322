"""A graph as a value: canonical lines, and a store over them that is filled when it is first asked."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from stikg.errors import Message, OutputRefused, QueryRejected, Where
from stikg.files import write_file
from stikg.graph import engine, jsonld, trig, turtle
from stikg.graph.foreign import to_dataset
from stikg.graph.guard import check_query
from stikg.graph.lines import END, cut_graph, cut_triple, quads_by_triple, read_term
from stikg.graph.reading import parse_lines, read_lines
from stikg.graph.rows import Quad, Rows, Triple
from stikg.namespaces import BASE, PREFIXES, rebase
from stikg.terms import Term

if TYPE_CHECKING:
    import rdflib

Format = Literal["nquads", "ntriples", "trig", "turtle", "jsonld"]
FORMATS: Final[dict[str, Format]] = {
    ".nq": "nquads",
    ".nt": "ntriples",
    ".trig": "trig",
    ".ttl": "turtle",
    ".jsonld": "jsonld",
}


class Graph:
    """Quads in named graphs, asked as the union of their triples.

    Every named quad stands in its graph, and every distinct triple once in the default graph, which queries
    see; `GRAPH ?g { … }` asks for the evidence. (Oxigraph's own union returns a triple once per graph that
    has it: docs/decisions/0001-default-graph.md.)
    """

    def __init__(self, lines: list[bytes], *, base: str = BASE) -> None:
        """Take canonical N-Quads lines that are sorted and distinct; `from_nquads` and `read` make them."""
        self._lines = lines
        self.base = base

    @classmethod
    def from_nquads(cls, lines: Iterable[str], *, base: str = BASE, name: str = "N-Quads") -> Self:
        """Make a graph of N-Quads lines in any order; lines that come twice count once.

        Raises:
            UnreadableFile: a line is no N-Quads; `name` and the number of the line are in the message.
        """
        return cls(parse_lines("".join(lines).encode(), ".nq", name), base=base)

    @classmethod
    def read(cls, path: Path, *, base: str = BASE) -> Self:
        """Read a file: `.nq .nt .trig .ttl .jsonld`, each also `.gz`.

        Raises:
            UnreadableFile: the file is missing, or its bytes are not what its suffix claims.
        """
        return cls(read_lines(Path(path)), base=base)

    # What it holds

    def __len__(self) -> int:
        """Return the number of distinct triples."""
        return sum(1 for _ in quads_by_triple(self._lines))

    def __bool__(self) -> bool:
        return bool(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and self._lines == other._lines

    def __hash__(self) -> int:
        return hash((len(self._lines), *self._lines[:1]))

    def __repr__(self) -> str:
        return f"<Graph: {len(self):,} triples in {len(self.graphs()):,} named graphs>"

    def lines(self) -> Iterator[bytes]:
        """Yield every quad as a canonical N-Quads line, sorted."""
        return iter(self._lines)

    def ntriples(self) -> Iterator[str]:
        """Yield every distinct triple as a canonical N-Triples line, sorted."""
        return ((triple + END).decode() for triple, _ in quads_by_triple(self._lines))

    def triples(self) -> Iterator[Triple]:
        """Yield every distinct triple, sorted as in `ntriples`."""
        for triple, _ in quads_by_triple(self._lines):
            yield Triple(*map(read_term, cut_triple(triple)))

    def quads(self) -> Iterator[Quad]:
        """Yield every quad of a named graph, sorted."""
        for triple, graphs in quads_by_triple(self._lines):
            subject, predicate, value = map(read_term, cut_triple(triple))
            for graph in graphs:
                if graph:
                    yield Quad(subject, predicate, value, read_term(graph))

    def graphs(self) -> dict[str, int]:
        """Return the number of triples of each named graph, by its IRI, sorted."""
        counts: dict[bytes, int] = {}
        for line in self._lines:
            _, graph = cut_graph(line)
            counts[graph] = counts.get(graph, 0) + 1
        return {graph.decode().strip("<>"): counts[graph] for graph in sorted(counts) if graph}

    # What it answers

    @cached_property
    def _store(self) -> Store:
        return engine.load(
            b"".join(self._lines), b"".join(triple + END for triple, _ in quads_by_triple(self._lines))
        )

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        return {name: rebase(iri, self.base) for name, iri in PREFIXES.items()}

    def query(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> Rows:
        """Answer a SELECT; rows are made as they are read.

        Args:
            substitutions: terms that variables (names without `?`) are bound to, by `VALUES` after the query.

        Raises:
            QueryRejected: the query cannot be parsed, exceeds a limit, would reach outside, or is no SELECT.
        """
        answer = self._answer(sparql, substitutions)
        if not isinstance(answer, QuerySolutions):
            raise _another_form("SELECT", "query")
        return Rows(engine.names_of(answer), _explained(answer, sparql))

    def ask(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> bool:
        """Answer an ASK.

        Raises:
            QueryRejected: as for `query`.
        """
        answer = self._answer(sparql, substitutions)
        if not isinstance(answer, QueryBoolean):
            raise _another_form("ASK", "ask")
        return bool(answer)

    def construct(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> list[Triple]:
        """Answer a CONSTRUCT or DESCRIBE with its distinct triples, in no order.

        Raises:
            QueryRejected: as for `query`.
        """
        answer = self._answer(sparql, substitutions)
        if not isinstance(answer, QueryTriples):
            raise _another_form("CONSTRUCT", "construct")
        found = _explained(answer, sparql)
        return list(dict.fromkeys(_triple(one) for one in found))

    def _answer(self, sparql: str, substitutions: Mapping[str, Term] | None) -> Any:  # noqa: ANN401
        check_query(sparql, known=lambda iri: self._store.contains_named_graph(NamedNode(iri)))
        text = engine.with_values(sparql, substitutions or {})
        with engine.explaining(sparql):
            return self._store.query(text, prefixes=self._prefixes)

    def evidence_of(
        self,
        subject: str,
        predicate: str | None = None,
        object: str | None = None,  # noqa: A002
    ) -> list[str]:
        """Return the IRIs of the named graphs with such triples, sorted.

        Args:
            subject, predicate, object: terms as N-Triples text (`<…>`, `"…"@ja`); an IRI may stand bare.
        """
        pattern = [
            None if term is None else engine.to_engine(_term(term)) for term in (subject, predicate, object)
        ]
        found = self._store.quads_for_pattern(*pattern)  # type: ignore[arg-type]
        return sorted({q.graph_name.value for q in found if not isinstance(q.graph_name, DefaultGraph)})

    # What it becomes

    def to_rdflib(self) -> rdflib.Dataset:
        """Return an `rdflib.Dataset` whose default graph is the union of all graphs."""
        return to_dataset(self._lines, self._prefixes)

    def serialise(self, form: Format) -> Iterator[bytes]:
        """Yield the bytes of a serialisation; the same graph gives the same bytes.

        `turtle` and `jsonld` hold the union of all graphs, and `prov:wasDerivedFrom` from each subject to
        its evidence.
        """
        writers: dict[Format, Callable[[], Iterator[bytes]]] = {
            "nquads": self.lines,
            "ntriples": lambda: (triple + END for triple, _ in quads_by_triple(self._lines)),
            "trig": lambda: trig.write(self._lines, self._prefixes, self.base),
            "turtle": lambda: turtle.write(self._lines, self._prefixes, self.base),
            "jsonld": lambda: jsonld.write(self._lines, self._prefixes, self.base),
        }
        return writers[form]()

    def write(self, path: Path, *, force: bool = False) -> None:
        """Write a file in the form of its suffix (`.nq .nt .trig .ttl .jsonld`, each also `.gz`).

        Raises:
            OutputRefused: the file exists and `force` is not given, or its suffix is none of these.
            OutputFailed: the place cannot be written.
        """
        zipped = path.suffix == ".gz"
        form = FORMATS.get(Path(path.stem).suffix if zipped else path.suffix)
        if form is None:
            raise _unknown_suffix(path)
        pieces = self.serialise(form)
        content = gzip.compress(b"".join(pieces), mtime=0) if zipped else pieces
        write_file(path, content, force=force)

    def write_nquads(self, path: Path, *, force: bool = False) -> None:
        """Write sorted canonical N-Quads."""
        write_file(path, self.serialise("nquads"), force=force)

    def write_trig(self, path: Path, *, force: bool = False) -> None:
        """Write TriG, graph by graph."""
        write_file(path, self.serialise("trig"), force=force)

    def write_turtle(self, path: Path, *, force: bool = False) -> None:
        """Write the union as Turtle, each subject with its evidence."""
        write_file(path, self.serialise("turtle"), force=force)

    def write_jsonld(self, path: Path, *, force: bool = False) -> None:
        """Write the union as JSON-LD with the project's context inside."""
        write_file(path, self.serialise("jsonld"), force=force)


def _term(text: str) -> Term:
    """Read a term given as N-Triples text or as a bare IRI."""
    return read_term((text if text[:1] in '<"' or text[:2] == "_:" else f"<{text}>").encode())


def _triple(found: Any) -> Triple:  # noqa: ANN401
    """Return a triple of the engine as ours."""
    return Triple(*map(engine.from_node, (found.subject, found.predicate, found.object)))


def _explained(found: Iterable[Any], sparql: str) -> Iterator[Any]:
    """Yield what the engine finds; an error on the way names the query."""
    with engine.explaining(sparql):
        yield from found


def _another_form(form: str, method: str) -> QueryRejected:
    """Return the error for a query of another form."""
    return QueryRejected(
        Message(
            f"{method}() needs a query that begins with {form}",
            f"{method}() には {form} で始まるクエリが必要です",
        ),
        Message(
            "use query() for SELECT, ask() for ASK, construct() for CONSTRUCT and DESCRIBE",
            "SELECTには query()、ASKには ask()、CONSTRUCTとDESCRIBEには construct() を使ってください",
        ),
    )


def _unknown_suffix(path: Path) -> OutputRefused:
    """Return the error for a file name that names no form."""
    listed = " ".join(FORMATS)
    return OutputRefused(
        Message(
            f"{path.name}: the suffix names no form of RDF", f"{path.name}: 拡張子からRDFの形式がわかりません"
        ),
        Message(
            f"end the name with one of {listed}, or with .gz after it",
            f"{listed}(続けて .gz も可)のいずれかで終えてください",
        ),
        Where(str(path)),
    )
