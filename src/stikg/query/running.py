"""Asking: a question and its values, put to a graph in memory or to a SPARQL service."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from stikg.errors import EndpointError, InputError, Language, Message
from stikg.namespaces import BASE, rebase
from stikg.query.catalogue import Question
from stikg.query.endpoint import MOST_BYTES, RESULTS, SECONDS, TRIPLES, broken, fetch
from stikg.query.isolated import run_isolated
from stikg.query.parameters import Bound, bind, insert
from stikg.query.results import pack, parse_results, unpack
from stikg.query.rows import Answer, Rows, Triples
from stikg.query.sparql import form_of, with_prefixes
from stikg.query.turtle import Triple
from stikg.terms import Term

if TYPE_CHECKING:
    from stikg.graph import Graph


class Source(Protocol):
    """Something that answers SPARQL; `base` is where its IRIs begin."""

    base: str

    def answer(self, sparql: str) -> Answer:
        """Answer one query."""
        ...


class LocalSource:
    """A graph in memory as a source of answers.

    With `seconds`, each query runs in a process of its own that is ended when its time or memory is up.
    """

    def __init__(self, graph: Graph, *, seconds: float | None = None) -> None:
        self.base = graph.base
        self._graph = graph
        self._seconds = seconds

    def answer(self, sparql: str) -> Answer:
        """Answer one query by Oxigraph.

        Raises:
            QueryRejected: the query cannot be parsed, goes beyond a limit, or would reach outside.
        """
        if self._seconds is None:
            return self._answer(sparql)
        self._graph.ask("ASK {}")  # fills the store here, once, and not in each copy of this process
        return unpack(run_isolated(lambda: pack(self._answer(sparql)), self._seconds))

    def _answer(self, sparql: str) -> Answer:
        """Answer one query in this process."""
        form = form_of(sparql)
        if form == "ASK":
            return self._graph.ask(sparql)
        if form in {"CONSTRUCT", "DESCRIBE"}:
            return triples_of(self._graph.construct(sparql))
        found = self._graph.query(sparql)
        return Rows(found.variables, tuple(found))


def _parse_triples(data: bytes) -> Triples:
    """Read N-Triples.

    Raises:
        ValueError: the bytes are no N-Triples.
    """
    from stikg.graph import Graph

    try:
        graph = Graph.from_nquads(data.decode().splitlines(keepends=True))
    except InputError as error:
        raise ValueError(str(error.what)) from error
    return triples_of(graph.triples())


class EndpointSource:
    """A SPARQL 1.1 service as a source of answers."""

    def __init__(
        self, address: str, *, seconds: float = SECONDS, most_bytes: int = MOST_BYTES, base: str = BASE
    ) -> None:
        self.base = base
        self.address = address
        self._seconds = seconds
        self._most_bytes = most_bytes

    def answer(self, sparql: str) -> Answer:
        """Answer one query by HTTP.

        Raises:
            EndpointError: the service refuses, hangs, or answers something else than results.
            QueryRejected: the service finds the query wrong.
        """
        text = with_prefixes(sparql)
        graphs = form_of(text) in {"CONSTRUCT", "DESCRIBE"}
        accept = TRIPLES if graphs else RESULTS
        reply = fetch(self.address, text, accept, seconds=self._seconds, most_bytes=self._most_bytes)
        try:
            return _parse_triples(reply.data) if graphs else parse_results(reply.data)
        except ValueError as error:
            raise broken(str(error), self.address) from error


def ask(
    source: Source,
    question: Question,
    values: Mapping[str, object] | None = None,
    *,
    language: Language = "en",
) -> Answer:
    """Put a question to a source, its parameters bound.

    Raises:
        UnknownParameter, UnknownName, AmbiguousName: a value does not fit.
        QueryRejected: the query cannot be run.
    """
    text, bound = prepare(source, question, values or {}, language=language)
    return run(source, question, text, bound, language)


def prepare(
    source: Source,
    question: Question,
    values: Mapping[str, object],
    *,
    language: Language = "en",
) -> tuple[str, list[Bound]]:
    """Return the SPARQL text with its values inserted, and the values it took.

    A prepared question is moved to the base of the source; free SPARQL is left as it is.
    """
    bound = bind(question, values, lambda text: select(source, text), language=language, base=source.base)
    if not question.prepared:
        return question.text, bound
    return insert(rebase(question.text, source.base), bound), bound


def run(source: Source, question: Question, text: str, bound: Sequence[Bound], language: Language) -> Answer:
    """Run a prepared text; rows learn the name, the headings and the values of their question."""
    answer = source.answer(text)
    if isinstance(answer, Rows):
        return dataclasses.replace(
            answer,
            name=question.name if question.prepared else "",
            declared=question.columns,
            bound=tuple(bound),
            language=language,
        )
    return answer


def select(source: Source, sparql: str) -> Sequence[Sequence[Term | None]]:
    """Return the terms of a SELECT of our own.

    Raises:
        EndpointError: the source answers a SELECT with something else.
    """
    answer = source.answer(sparql)
    if not isinstance(answer, Rows):
        raise EndpointError(
            Message(
                "the service answers a SELECT with something else than rows", "SELECTの応答が表ではありません"
            ),
            Message("tell who runs the service", "サービスの運営者に伝えてください"),
        )
    return answer.records


def triples_of(found: Iterable[Triple]) -> Triples:
    """Return triples, each once, sorted."""
    return Triples(tuple(sorted({(one[0], one[1], one[2]) for one in found}, key=_order)))


def _order(triple: Triple) -> tuple[tuple[str, ...], ...]:
    """Order triples by kind and text of their terms."""
    return tuple((type(term).__name__, *(part or "" for part in term)) for term in triple)
