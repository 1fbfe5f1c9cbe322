"""The shapes graph: read from Turtle, blank nodes named after where they stand."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from stikg.errors import Message, ShapesError, UnreadableFile, Where
from stikg.namespaces import BASE, rebase
from stikg.validate.ntriples import (
    OWL,
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    RDFS,
    RDFS_SUBCLASS_OF,
    is_blank,
    is_iri,
    local_name,
    sh,
)
from stikg.validate.paths import IllFormed

Triple = tuple[str, str, str]

TARGET_PREDICATES: Final = (
    sh("targetNode"),
    sh("targetClass"),
    sh("targetSubjectsOf"),
    sh("targetObjectsOf"),
)
LIST_OF_SHAPES: Final = (sh("and"), sh("or"), sh("xone"))
SHAPE_VALUED: Final = (sh("property"), sh("node"), sh("not"), sh("qualifiedValueShape"))
RDFS_CLASS: Final = f"<{RDFS}Class>"
# What pySHACL adds to every shapes graph before it looks for implicit class targets.
_SYSTEM_TRIPLES: Final[tuple[Triple, ...]] = (
    (f"<{OWL}Class>", RDFS_SUBCLASS_OF, RDFS_CLASS),
    (f"<{OWL}DatatypeProperty>", RDFS_SUBCLASS_OF, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#Property>"),
)
_LONGEST_LABEL: Final = 120
_NOT_IN_LABEL: Final = re.compile(r"[^A-Za-z0-9_]+")


class Target(NamedTuple):
    """One target of a shape: the predicate that declares it (`sh:targetClass` …) and its object."""

    shape: str
    predicate: str
    value: str


@dataclass(frozen=True)
class Shapes:
    """A shapes graph; terms are N-Triples text, blank nodes carry stable names."""

    triples: tuple[Triple, ...]
    _described: dict[str, dict[str, list[str]]] = field(repr=False)
    _parents: dict[str, list[tuple[str, str]]] = field(repr=False)

    @staticmethod
    def from_triples(triples: Iterable[Triple]) -> Shapes:
        """Index triples whose blank nodes are named already; repeated ones count once."""
        unique = tuple(dict.fromkeys(triples))
        described: dict[str, dict[str, list[str]]] = {}
        parents: dict[str, list[tuple[str, str]]] = {}
        for subject, predicate, value in unique:
            described.setdefault(subject, {}).setdefault(predicate, []).append(value)
            parents.setdefault(value, []).append((subject, predicate))
        return Shapes(unique, described, parents)

    def properties(self, node: str) -> dict[str, list[str]]:
        """Return predicate → objects of a node."""
        return self._described.get(node, {})

    def values(self, node: str, predicate: str) -> list[str]:
        """Return the objects of a node's predicate, sorted."""
        return sorted(self._described.get(node, {}).get(predicate, ()))

    def value(self, node: str, predicate: str) -> str | None:
        """Return the first object in order, or None where there is none."""
        return min(self._described.get(node, {}).get(predicate, ()), default=None)

    def parents(self, node: str) -> list[tuple[str, str]]:
        """Return (subject, predicate) of every triple with this object, in the order of the files."""
        return self._parents.get(node, [])

    def subjects(self, predicate: str, value: str | None = None) -> list[str]:
        """Return the subjects that have the predicate (with this object), in the order of the files."""
        return [
            subject
            for subject, said in self._described.items()
            if predicate in said and (value is None or value in said[predicate])
        ]

    def items(self, head: str) -> list[str]:
        """Return the members of an RDF list.

        Raises:
            IllFormed: the list runs into itself.
        """
        members, seen = [], set()
        cell: str | None = head
        while cell is not None and cell != RDF_NIL:
            if cell in seen:
                raise IllFormed(head)
            seen.add(cell)
            member = self.value(cell, RDF_FIRST)
            if member is not None:
                members.append(member)
            cell = self.value(cell, RDF_REST)
        return members

    def shape_nodes(self) -> dict[str, bool]:
        """Return every shape, sorted, and whether it is a property shape.

        Raises:
            IllFormed: a shape is declared as both kinds, or has no path or several.
            Source: SHACL 2; which nodes count as shapes follows pySHACL.
        """
        typed_node = set(self.subjects(RDF_TYPE, sh("NodeShape")))
        typed_property = set(self.subjects(RDF_TYPE, sh("PropertyShape")))
        implied = set(self._implied_shapes())
        found: dict[str, bool] = {}
        for node in sorted(typed_node | typed_property | implied):
            paths = self.values(node, sh("path"))
            if (node in typed_node and paths) or len(paths) > 1 or (node in typed_property and not paths):
                raise IllFormed(node)
            found[node] = bool(paths)
        return found

    def _implied_shapes(self) -> Iterator[str]:
        """Yield the nodes that are shapes because of what they say or where they are used."""
        for predicate in (*TARGET_PREDICATES, sh("property"), sh("node")):
            yield from self.subjects(predicate)
        for _, predicate, value in self.triples:
            if predicate in SHAPE_VALUED:
                yield value
            elif predicate in LIST_OF_SHAPES:
                members = self.items(value)
                if not members:
                    raise IllFormed(value)
                yield from members

    def targets(self) -> list[Target]:
        """Return the targets of the active shapes, sorted; implicit class targets as `sh:targetClass`."""
        classes = {RDFS_CLASS, *self.subjects(RDFS_SUBCLASS_OF, RDFS_CLASS), _SYSTEM_TRIPLES[0][0]}
        found: set[Target] = set()
        for node in self.shape_nodes():
            if self.is_deactivated(node):
                continue
            found.update(Target(node, p, value) for p in TARGET_PREDICATES for value in self.values(node, p))
            if classes.intersection(self.values(node, RDF_TYPE)):
                found.add(Target(node, sh("targetClass"), node))
        return sorted(found)

    def is_deactivated(self, node: str) -> bool:
        """Say whether the shape or constraint has `sh:deactivated true`."""
        return self.value(node, sh("deactivated")) == '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'

    def only_targeting(self, shapes: Iterable[str]) -> Shapes:
        """Return the same shapes graph in which no other shape than these has a target."""
        kept = set(shapes)
        classes = {RDFS_CLASS, *self.subjects(RDFS_SUBCLASS_OF, RDFS_CLASS), _SYSTEM_TRIPLES[0][0]}
        silenced = set(self.shape_nodes()) - kept
        return Shapes.from_triples(
            (s, p, o)
            for s, p, o in self.triples
            if not (s in silenced and (p in TARGET_PREDICATES or (p == RDF_TYPE and o in classes)))
        )


def shape_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named, and the Turtle files of the folders named, sorted.

    Raises:
        UnreadableFile: a path does not exist.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files.extend(sorted(path.rglob("*.ttl")))
        elif path.is_file():
            files.append(path)
        else:
            raise UnreadableFile(
                Message("there is no such shapes file", "シェイプのファイルがありません"),
                Message("check the path", "パスを確かめてください"),
                Where(str(path)),
            )
    return files


def read_shapes(paths: Sequence[Path], base: str = BASE) -> Shapes:
    """Read shapes graphs in Turtle as one.

    Args:
        paths: files, or folders with `.ttl` files.
        base: what stands for the project's base IRI in the data.

    Raises:
        UnreadableFile: a path does not exist.
        ShapesError: a file is not Turtle (with its line), or there is no shape in all of them.
    """
    triples = [triple for i, path in enumerate(shape_files(paths)) for triple in _read_file(path, i, base)]
    shapes = Shapes.from_triples(name_blank_nodes(triples))
    if not any(p in (*TARGET_PREDICATES, *SHAPE_VALUED, sh("path")) for _, p, _ in shapes.triples) and not (
        shapes.subjects(RDF_TYPE, sh("NodeShape"))
    ):
        listed = ", ".join(str(path) for path in paths) or "-"
        raise ShapesError(
            Message(f"the shapes graph is empty: {listed}", f"シェイプのグラフが空です：{listed}"),
            Message(
                "name a Turtle file that declares sh:NodeShape with a target",
                "ターゲットを持つ sh:NodeShape を宣言したTurtleファイルを指定してください",
            ),
        )
    return shapes


def _read_file(path: Path, number: int, base: str) -> Iterator[Triple]:
    """Read one Turtle file; blank nodes are prefixed with the number of the file."""
    from pyoxigraph import RdfFormat, parse

    try:
        text = rebase(path.read_bytes().decode("utf-8-sig"), base)
        for quad in parse(input=text, format=RdfFormat.TURTLE, base_iri=path.resolve().as_uri()):
            yield tuple(_numbered(str(t), number) for t in (quad.subject, quad.predicate, quad.object))  # type: ignore[misc]
    except UnicodeDecodeError as error:
        raise _not_turtle(path, None, f"byte {error.start} is not UTF-8") from error
    except SyntaxError as error:
        raise _not_turtle(path, error.lineno, str(error.msg)) from error


def _numbered(term: str, number: int) -> str:
    """Return the term; a blank node gets the number of its file, so that equal labels stay apart."""
    return f"_:{number}.{term[2:]}" if is_blank(term) else term


def _not_turtle(path: Path, line: int | None, reason: str) -> ShapesError:
    """Return the error for a file that cannot be parsed."""
    return ShapesError(
        Message(
            f"the shapes file is not Turtle: {reason}",
            f"シェイプがTurtleとして読めません：{reason}",
        ),
        Message("correct the line named above", "上の行を直してください"),
        Where(str(path), line),
    )


def name_blank_nodes(triples: Sequence[Triple]) -> list[Triple]:
    """Give each blank node a name that says where it stands, such as `_:Programme.property.label`.

    The names depend on the order of the triples only where two nodes stand in the same place.
    """
    names = _Naming(triples).names
    return [(names.get(s, s), p, names.get(o, o)) for s, p, o in triples]


class _Naming:
    """Walks from every named node to the blank nodes below it."""

    def __init__(self, triples: Sequence[Triple]) -> None:
        self.names: dict[str, str] = {}
        self._taken: dict[str, int] = {}
        self._children: dict[str, list[tuple[str, str]]] = {}
        for subject, predicate, value in triples:
            self._children.setdefault(subject, []).append((predicate, value))
        used = {value for _, _, value in triples}
        named = [node for node in self._children if not is_blank(node)]
        loose = [node for node in self._children if is_blank(node) and node not in used]
        for root in (*named, *loose, *self._children):
            if is_blank(root) and root not in self.names:
                self.names[root] = self._free("shape")
            self._name_below(root)

    def _name_below(self, root: str) -> None:
        """Name the blank nodes that can be reached from `root`."""
        label = self.names[root][2:] if root in self.names else _label(local_name(root))
        queue = deque([(root, label, 0)])
        while queue:
            node, label, index = queue.popleft()
            for predicate, value in self._children.get(node, ()):
                if not is_blank(value) or value in self.names:
                    continue
                step = index + 1 if predicate == RDF_REST else 0
                wish = f"{label}.{step}" if step else f"{label}.{self._step(predicate, value)}"
                # Beyond this length the place says nothing to people any more.
                self.names[value] = self._free(wish[:_LONGEST_LABEL])
                queue.append((value, label if step else self.names[value][2:], step))

    def _step(self, predicate: str, value: str) -> str:
        """Return the part of a name that one step from a node to a blank node adds."""
        path = [o for p, o in self._children.get(value, ()) if p == sh("path") and is_iri(o)]
        return ".".join(_label(local_name(term)) for term in (predicate, *path[:1]))

    def _free(self, wish: str) -> str:
        """Return a blank node with the label wished for, numbered from the second on."""
        n = self._taken[wish] = self._taken.get(wish, 0) + 1
        return f"_:{wish}" if n == 1 else f"_:{wish}--{n}"


def _label(text: str) -> str:
    """Return the text with only characters that a blank node label may hold everywhere."""
    return _NOT_IN_LABEL.sub("-", text).strip("-") or "x"
