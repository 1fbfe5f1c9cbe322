"""Stores for the tests of ontology and checks: each file in its graph, each triple in the default graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pyoxigraph
import yaml
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from stikg.namespaces import ONTOLOGY_GRAPH, SCHEME
from stikg.resources import ontology_dir

HERE: Final = Path(__file__).parent
CHECKS: Final = tuple(sorted((ontology_dir() / "checks").glob("*.rq")))
CASES: Final = tuple(sorted((HERE / "cases").glob("*.ru")))
VOCABULARIES: Final = tuple(sorted((ontology_dir() / "vocab").glob("*.ttl")))
ONTOLOGY_FILE: Final = ontology_dir() / "stikg.ttl"


def model() -> list[Quad]:
    """Return the ontology and the vocabularies, each file in its own graph."""
    quads = _quads(ONTOLOGY_FILE, ONTOLOGY_GRAPH)
    for path in VOCABULARIES:
        quads += _quads(path, SCHEME + path.stem)
    return quads


def valid() -> list[Quad]:
    """Return the small graph that breaks no check."""
    return list(pyoxigraph.parse(path=str(HERE / "valid.trig"), format=RdfFormat.TRIG))


def store(quads: Iterable[Quad], *updates: str) -> Store:
    """Return a store of the quads, changed by SPARQL updates, with each triple in the default graph too."""
    made = Store()
    made.extend(quads)
    for update in updates:
        made.update(update)
    named = [quad for quad in made if not isinstance(quad.graph_name, DefaultGraph)]
    made.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in named)
    return made


def answers(asked: Store, check: Path) -> list[tuple[str, ...]]:
    """Ask a check and return its rows as text."""
    found = asked.query(check.read_text(encoding="utf-8"))
    return [tuple(str(value) for value in row) for row in found]  # type: ignore[union-attr]


def header(check: Path) -> dict[str, Any]:
    """Return the `#+` lines of a check as YAML."""
    lines = check.read_text(encoding="utf-8").splitlines()
    loaded = yaml.safe_load("\n".join(line[3:] for line in lines if line.startswith("#+ ")))
    assert isinstance(loaded, dict)
    return loaded


def _quads(path: Path, graph: str) -> list[Quad]:
    parsed = pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE)
    return [Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph)) for quad in parsed]
