"""The triples that queries of shapes read, in an Oxigraph store of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from stikg.validate.data import Triple
from stikg.validate.ntriples import XSD
from stikg.validate.sparql import NotRunnable

if TYPE_CHECKING:
    from pyoxigraph import Store

Solution = Callable[[str], str | None]
# Lines handed to the bulk loader at once: its speed no longer grows beyond, its memory does.
_LINES_AT_ONCE: Final = 200_000
# Lexical forms that Oxigraph's store keeps as they are.
_KEPT: Final = {
    f"<{XSD}integer>": re.compile(r"0|-?[1-9][0-9]{0,17}"),
    f"<{XSD}decimal>": re.compile(r"0|-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,14}[1-9])?(?<!-0)"),
    f"<{XSD}date>": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    f"<{XSD}gYear>": re.compile(r"[0-9]{4}"),
    f"<{XSD}gYearMonth>": re.compile(r"[0-9]{4}-[0-9]{2}"),
    f"<{XSD}boolean>": re.compile(r"true|false"),
    f"<{XSD}anyURI>": re.compile(r".*", re.DOTALL),
}


class QueryStore:
    """An Oxigraph store, default graph only."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        from pyoxigraph import Store

        self._store: Store = Store()
        self._unusual: set[str] = set()
        self._as_written: dict[str, str] | None = None
        lines: list[str] = []
        for subject, predicate, value in triples:
            lines.append(f"{subject} {predicate} {value} .\n")
            if value[-1] == ">" and value[0] == '"':
                self._note(value)
            if len(lines) >= _LINES_AT_ONCE:
                self._load(lines)
        self._load(lines)

    def _note(self, literal: str) -> None:
        """Remember a typed literal that the store may write otherwise than the data do."""
        quoted, _, datatype = literal.rpartition("^^")
        kept = _KEPT.get(datatype)
        if kept is None or not kept.fullmatch(quoted[1:-1]):
            self._unusual.add(literal)

    def _load(self, lines: list[str]) -> None:
        """Load lines of N-Triples and forget them."""
        from pyoxigraph import RdfFormat

        self._store.bulk_load(input=BytesIO("".join(lines).encode()), format=RdfFormat.N_TRIPLES)
        lines.clear()

    def select(self, query: str) -> Iterator[Solution]:
        """Run a SELECT; each solution answers for a variable's name with N-Triples text or None.

        Raises:
            NotRunnable: Oxigraph does not accept the query.
        """
        try:
            solutions: Any = self._store.query(query)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise NotRunnable(str(error)) from error
        for solution in solutions:
            yield self._reader(solution)

    def _reader(self, solution: Any) -> Solution:  # noqa: ANN401
        """Return what reads one solution."""

        def read(name: str) -> str | None:
            term = solution[name]
            return None if term is None else self._written(str(term))

        return read

    def _written(self, text: str) -> str:
        """Return a term as the data write it: the store turns `"1.50"` into `"1.5"`."""
        if not self._unusual or text[0] != '"' or text[-1] != ">":
            return text
        if self._as_written is None:
            self._as_written = self._turn_back()
        return self._as_written.get(text, text)

    def _turn_back(self) -> dict[str, str]:
        """Return literal as the store writes it → as the data write it, the first in order."""
        from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

        node = NamedNode("urn:x")
        found: dict[str, str] = {}
        for literal in sorted(self._unusual, reverse=True):
            one = Store()
            parsed = next(iter(parse(input=f"<urn:x> <urn:x> {literal} .", format=RdfFormat.N_TRIPLES)))
            one.add(Quad(node, node, parsed.object))
            found[str(next(iter(one)).object)] = literal
        return found
