"""Value nodes: what property paths reach from focus nodes, over an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stikg.validate.constraints import ValuesOf
from stikg.validate.index import Index, Table
from stikg.validate.paths import Path


def path_values(path: Path, focus: Iterable[str], index: Index) -> ValuesOf:
    """Return the value nodes of each focus node, each once.

    Source: SHACL 2.3.1; SPARQL 1.1, 9.3, with the answers as a set.
    """
    table = _table(path, index)
    return table if table is not None else {node: _reach(path, node, index) for node in focus}


def _table(path: Path, index: Index) -> Table | None:
    """Return the table of a predicate or of its inverse, None for any other path."""
    if path.kind == "iri":
        return index.table(path.iri)
    if path.kind == "^" and path.parts[0].kind == "iri":
        return index.inverse(path.parts[0].iri)
    return None


def _reach(path: Path, node: str, index: Index) -> Sequence[str]:
    """Return what the path reaches from one node."""
    table = _table(path, index)
    if table is not None:
        return table.get(node, ())
    if path.kind == "^":
        return _reach(_turned(path.parts[0]), node, index)
    if path.kind == "/":
        reached: dict[str, None] = {node: None}
        for step in path.parts:
            reached = {value: None for start in reached for value in _reach(step, start, index)}
        return tuple(reached)
    if path.kind == "|":
        return tuple(dict.fromkeys(value for part in path.parts for value in _reach(part, node, index)))
    once = _reach(path.parts[0], node, index)
    if path.kind == "?":
        return tuple(dict.fromkeys((node, *once)))
    return _closure(path.parts[0], (node,) if path.kind == "*" else once, index)


def _closure(step: Path, start: Iterable[str], index: Index) -> tuple[str, ...]:
    """Return what any number of steps reaches."""
    reached = dict.fromkeys(start)
    waiting = list(reached)
    while waiting:
        for value in _reach(step, waiting.pop(), index):
            if value not in reached:
                reached[value] = None
                waiting.append(value)
    return tuple(reached)


def _turned(path: Path) -> Path:
    """Return the path that runs the other way."""
    if path.kind == "^":
        return path.parts[0]
    if path.kind == "/":
        return Path("/", tuple(_turned(part) for part in reversed(path.parts)))
    if path.kind == "iri":
        return Path("^", (path,))
    return Path(path.kind, tuple(_turned(part) for part in path.parts))
