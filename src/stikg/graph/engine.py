"""The embedded engine: terms to pyoxigraph, queries and their errors."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from pyoxigraph import BlankNode, NamedNode, QuerySolutions, RdfFormat, Store, Triple, Variable
from pyoxigraph import Literal as EngineLiteral

from stikg.errors import Message, QueryRejected
from stikg.graph.guard import Token, rejected_at, tokens
from stikg.terms import Blank, Iri, Term

EngineTerm = NamedNode | BlankNode | EngineLiteral | Triple

_PLACE: Final = re.compile(r"error at (\d+):(\d+): ")
_LONGEST: Final = 160  # of what the parser expected; the rest is character classes


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


def variables(text: str, values: Mapping[str, Term]) -> dict[Variable, EngineTerm]:
    """Return the substitutions for the engine.

    Raises:
        QueryRejected: a variable does not occur in the query; the engine would ignore it in silence.
    """
    there = {token.text[1:] for token in tokens(text) if token.kind == "variable"}
    for name in values:
        if name not in there:
            raise QueryRejected(
                Message(f"the query has no variable ?{name}", f"クエリに変数 ?{name} がありません"),
                Message(
                    "use one of "
                    + (", ".join(f"?{one}" for one in sorted(there)) or "none: it has no variables"),
                    "使える変数: " + ("、".join(f"?{one}" for one in sorted(there)) or "なし"),
                ),
            )
    return {Variable(name): to_engine(value) for name, value in values.items()}


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
    """Say where the parser stopped, at what, and why, in few words."""
    place = _PLACE.match(said)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip()[:40] if line <= len(lines) else ""
    reason = said[place.end() :] if place else said
    found = rest or "the end"
    return rejected_at(
        line,
        column,
        Message(f"no SPARQL from here: {found}", f"ここからがSPARQLとして読めません: {rest or '(末尾)'}"),
        Message(
            "correct this place; every bracket needs its partner",
            "この箇所を直してください。括弧の対応も確かめてください",
        ),
        _why(text, reason),
    )


def _why(text: str, reason: str) -> Message:
    """Return the probable cause."""
    if "Prefix not found" in reason:
        missing = _undeclared(list(tokens(text)))
        listed = ", ".join(missing)
        return Message(f"the prefix {listed} is not declared", f"接頭辞 {listed} が宣言されていません")
    short = " ".join(re.sub(r"\[[^\[\]]*\]", "", reason).split())[:_LONGEST]
    return Message(short, short)


def _undeclared(found: list[Token]) -> list[str]:
    """Return the prefixes that are used and not declared in the text, sorted."""
    from stikg.namespaces import PREFIXES

    used = {token.text.partition(":")[0] + ":" for token in found if token.kind == "name"}
    declared = {after.text for before, after in itertools.pairwise(found) if before.text.upper() == "PREFIX"}
    return sorted(used - declared - {f"{name}:" for name in PREFIXES} - {"_:"})


def names_of(solutions: QuerySolutions) -> list[str]:
    """Return the names of the variables of an answer."""
    return [variable.value for variable in solutions.variables]
