"""The embedded engine: terms to pyoxigraph, queries and their errors."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from pyoxigraph import BlankNode, NamedNode, QuerySolutions, RdfFormat, Store
from pyoxigraph import Literal as EngineLiteral

from stikg.errors import Message, QueryRejected
from stikg.graph.guard import CLOSING, OPENING, Token, rejected_at, tokens
from stikg.terms import Blank, Iri, Literal, Term, to_sparql

_PLACE: Final = re.compile(r"error at (\d+):(\d+): ")
_IN_WORDS: Final = re.compile(r"[A-Z][A-Za-z]*(?: [A-Za-z]+){2,}")
_NEAR: Final = 30  # characters shown on either side


def load(named: bytes, default: bytes) -> Store:
    """Load canonical N-Quads, and canonical N-Triples into the default graph.

    Two loads are a third faster than one of both texts together.
    """
    store = Store()
    store.bulk_load(input=named, format=RdfFormat.N_QUADS, lenient=True)
    store.bulk_load(input=default, format=RdfFormat.N_TRIPLES, lenient=True)
    return store


def to_engine(term: Term) -> NamedNode | BlankNode | EngineLiteral:
    """Return the engine's object for a term."""
    if isinstance(term, Iri):
        return NamedNode(term.value)
    if isinstance(term, Blank):
        return BlankNode(term.value)
    if term.language is not None:
        return EngineLiteral(term.value, language=term.language)
    return EngineLiteral(term.value, datatype=NamedNode(term.datatype))


def from_node(node: object) -> Term:
    """Return our value for a node of the engine; the exact types are asked for, as this runs for each cell.

    Raises:
        QueryRejected: it is a triple term of RDF 1.2.
    """
    kind = type(node)
    if kind is NamedNode:
        return Iri(node.value)  # type: ignore[attr-defined]
    if kind is EngineLiteral:
        return Literal(node.value, node.datatype.value, node.language)  # type: ignore[attr-defined]
    if kind is BlankNode:
        return Blank(node.value)  # type: ignore[attr-defined]
    raise QueryRejected(
        Message("the answer holds a triple term of RDF 1.2", "答えにRDF 1.2の三つ組項が含まれています"),
        Message("ask for its SUBJECT, PREDICATE and OBJECT", "SUBJECT、PREDICATE、OBJECTを求めてください"),
    )


def with_values(text: str, values: Mapping[str, Term]) -> str:
    """Bind variables by a `VALUES` clause at the beginning of the WHERE, on the line where that begins.

    The engine's own substitutions take only variables of the SELECT clause, and a `VALUES` after the query
    is joined after the grouping, too late for sums.

    Raises:
        QueryRejected: a variable does not occur in the query, or a value cannot be written.
        Source: SPARQL 1.1, 18.2.4.3.
    """
    if not values:
        return text
    found = list(tokens(text))
    there = {token.text[1:] for token in found if token.kind == "variable"}
    for name in sorted(values):
        if name not in there:
            raise _no_variable(name, sorted(there))
    names = " ".join(f"?{name}" for name in values)
    clause = f" VALUES ({names}) {{ ({' '.join(map(_written, values.values()))}) }}"
    start, end = _where(found, len(text))
    inner = text[start:end]
    if next(tokens(inner), Token("", "", 0)).text.upper() == "SELECT":
        inner = f" {{{inner}}}"
    return text[:start] + clause + inner + text[end:]


def _where(found: list[Token], length: int) -> tuple[int, int]:
    """Return where the text between the braces of the WHERE begins and ends."""
    template = any(token.text.upper() == "CONSTRUCT" for token in found if token.kind == "word")
    depth = 0
    start: int | None = None
    for token in found:
        if token.kind != "mark":
            continue
        if token.text == "{" and depth == 0:
            start = None if template else token.at + 1
            template = False
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if token.text == "}" and depth == 0 and start is not None:
            return start, token.at
    return length, length


def _written(term: Term) -> str:
    """Return a term as SPARQL.

    Raises:
        QueryRejected: it is a blank node or no IRI.
    """
    try:
        return to_sparql(term)
    except ValueError as error:
        raise QueryRejected(
            Message(f"{error} cannot stand for a variable", f"{error} は変数の値にできません"),
            Message("give an absolute IRI or a literal", "絶対IRIかリテラルを指定してください"),
        ) from error


def _no_variable(name: str, there: list[str]) -> QueryRejected:
    """Return the error for a value that nothing takes."""
    listed = [f"?{one}" for one in there]
    return QueryRejected(
        Message(f"the query has no variable ?{name}", f"クエリに変数 ?{name} がありません"),
        Message(
            f"use one of {', '.join(listed)}"
            if listed
            else "leave the value out: the query has no variables",
            f"使える変数: {'、'.join(listed) or 'なし'}",
        ),
    )


@contextmanager
def explaining(text: str) -> Iterator[None]:
    """Turn what the engine says about a query into the error that names its place."""
    try:
        yield
    except SyntaxError as error:
        raise _explained(text, str(error.msg)) from error
    except (OSError, RuntimeError, ValueError, MemoryError) as error:
        raise QueryRejected(
            Message(f"the query stopped: {error}", f"クエリが止まりました: {error}"),
            Message("ask for less, or simplify the query", "範囲を絞るか、クエリを簡単にしてください"),
        ) from error


def _explained(text: str, said: str) -> QueryRejected:
    """Say where the parser stopped, between what, and why."""
    place = _PLACE.match(said)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    before, after = here[: column - 1].strip()[-_NEAR:], here[column - 1 :].strip()[:_NEAR]
    return rejected_at(
        line,
        column,
        Message(
            f"this is no SPARQL: {before} ⟨here⟩ {after}".rstrip(),
            f"SPARQLとして読めません: {before} ⟨ここ⟩ {after}".rstrip(),
        ),
        Message("correct this place, or what stands before it", "この箇所か、その前を直してください"),
        _why(text, said[place.end() :] if place else said),
    )


def _why(text: str, reason: str) -> Message:
    """Return the probable cause: what the parser says in words; its lists of characters help nobody."""
    if "Prefix not found" in reason:
        listed = ", ".join(_undeclared(list(tokens(text))))
        return Message(f"the prefix {listed} is not declared", f"接頭辞 {listed} が宣言されていません")
    words = [one for one in re.split(r", |expected one of |expected ", reason) if _IN_WORDS.fullmatch(one)]
    if words:
        return Message("; ".join(words), "; ".join(words))
    return Message(
        "a word is misspelt, or a pattern lacks its subject, predicate or object",
        "語のつづりが違うか、パターンに主語・述語・目的語のいずれかがありません",
    )


def _undeclared(found: list[Token]) -> list[str]:
    """Return the prefixes that are used and not declared in the text, sorted."""
    from stikg.namespaces import PREFIXES

    used = {token.text.partition(":")[0] + ":" for token in found if token.kind == "name"}
    declared = {after.text for before, after in itertools.pairwise(found) if before.text.upper() == "PREFIX"}
    return sorted(used - declared - {f"{name}:" for name in PREFIXES} - {"_:"})


def names_of(solutions: QuerySolutions) -> list[str]:
    """Return the names of the variables of an answer."""
    return [variable.value for variable in solutions.variables]
