"""SHACL property paths: read from a shapes graph, written as SPARQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from stikg.validate.ntriples import RDF_FIRST, RDF_NIL, RDF_REST, is_iri, is_literal, sh

if TYPE_CHECKING:
    from stikg.validate.shapes import Shapes

# Longest chain of nested path nodes; a cyclic path would otherwise never end.
_DEPTH_LIMIT: Final = 64
_SUFFIXES: Final = {sh("zeroOrMorePath"): "*", sh("oneOrMorePath"): "+", sh("zeroOrOnePath"): "?"}


class IllFormed(Exception):
    """A part of the shapes graph is not what SHACL expects there."""


class Path(NamedTuple):
    """A property path: `kind` is `iri`, `^`, `/`, `|`, `*`, `+` or `?`; a predicate has its IRI in `iri`."""

    kind: str
    parts: tuple[Path, ...] = ()
    iri: str = ""

    @property
    def is_predicate(self) -> bool:
        """Say whether the path is one predicate."""
        return self.kind == "iri"

    def predicates(self) -> Iterator[str]:
        """Yield every predicate of the path, as N-Triples text."""
        if self.kind == "iri":
            yield self.iri
        for part in self.parts:
            yield from part.predicates()

    def sparql(self) -> str:
        """Return the path in SPARQL 1.1 syntax, IRIs in full."""
        if self.kind == "iri":
            return self.iri
        if self.kind == "^":
            return f"^{self.parts[0]._operand()}"
        if self.kind in "/|":
            return self.kind.join(part._operand() for part in self.parts)
        return f"{self.parts[0]._operand()}{self.kind}"

    def _operand(self) -> str:
        """Return the path as part of a larger one."""
        return self.iri if self.kind == "iri" else f"({self.sparql()})"


def read_path(shapes: Shapes, node: str, depth: int = 0) -> Path:
    """Read the path that stands at `node`.

    Raises:
        IllFormed: the node is no path, or the path is cyclic.
        Source: SHACL 2.3.1; a node that matches several forms is read in the order list, inverse,
            alternative, zero-or-more, one-or-more, zero-or-one, as pySHACL does.
    """
    if is_iri(node) and node != RDF_NIL:
        return Path("iri", iri=node)
    if is_literal(node) or node == RDF_NIL or depth > _DEPTH_LIMIT:
        raise IllFormed(node)
    if shapes.value(node, RDF_FIRST) is not None:
        return Path("/", _read_members(shapes, node, depth))
    inverse = shapes.value(node, sh("inversePath"))
    if inverse is not None:
        return Path("^", (read_path(shapes, inverse, depth + 1),))
    alternatives = shapes.value(node, sh("alternativePath"))
    if alternatives is not None:
        return Path("|", _read_members(shapes, alternatives, depth))
    for predicate, suffix in _SUFFIXES.items():
        inner = shapes.value(node, predicate)
        if inner is not None:
            return Path(suffix, (read_path(shapes, inner, depth + 1),))
    raise IllFormed(node)


def _read_members(shapes: Shapes, head: str, depth: int) -> tuple[Path, ...]:
    """Read a list of two or more paths."""
    members = tuple(read_path(shapes, item, depth + 1) for item in shapes.items(head))
    if len(members) < 2:
        raise IllFormed(head)
    return members


def path_turtle(shapes: Shapes, node: str, depth: int = 0) -> str:
    """Return the path at `node` in Turtle, blank nodes written in place."""
    if not node.startswith("_:"):
        return node
    if depth > _DEPTH_LIMIT:
        return "[]"
    described = shapes.properties(node)
    if set(described) == {RDF_FIRST, RDF_REST}:
        return f"( {' '.join(path_turtle(shapes, item, depth + 1) for item in shapes.items(node))} )"
    pairs = (
        f"{predicate} {path_turtle(shapes, value, depth + 1)}"
        for predicate, values in sorted(described.items())
        for value in sorted(values)
    )
    return f"[ {' ; '.join(pairs)} ]"
