"""The manifest of a build: what is in it, of which versions it is made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from stikg._version import __version__
from stikg.graph import Graph
from stikg.namespaces import ONTOLOGY_GRAPH, PREFIXES, rebase
from stikg.tables import Tables
from stikg.terms import shorten

Manifest = dict[str, Any]

GENERATOR: Final = "stikg"
SCHEMA: Final = 1
_TYPE: Final = f" <{PREFIXES['rdf']}type> "
_VERSIONS: Final = {"version": "versionInfo", "iri": "versionIRI"}


def make_manifest(graph: Graph, datasets: Iterable[Mapping[str, str]], conforms: bool | None) -> Manifest:
    """Return the manifest of a graph, without its files; it holds no time, so that two builds are equal.

    Args:
        datasets: name and version of each dataset, sorted by name.
        conforms: None where the graph was not validated.
    """
    graphs = graph.graphs()
    return {
        "generator": GENERATOR,
        "schema": SCHEMA,
        "package": __version__,
        "base": graph.base,
        "ontology": _ontology_version(graph),
        "datasets": list(datasets),
        "conforms": conforms,
        "counts": {
            "triples": len(graph),
            "quads": sum(graphs.values()),
            "graphs": len(graphs),
            "classes": _class_counts(graph),
            "graph": graphs,
        },
    }


def with_files(manifest: Manifest, files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest with size and sha256 of each file."""
    described = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    }
    return {**manifest, "files": described}


def to_json(manifest: Manifest) -> bytes:
    """Return the manifest as a JSON document."""
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


def is_manifest(path: Path) -> bool:
    """Say whether the file is a manifest that STIKG wrote."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("generator") == GENERATOR


def _class_counts(graph: Graph) -> dict[str, int]:
    """Count the things of each class, by its prefixed name, sorted."""
    counts: dict[str, int] = {}
    for line in graph.ntriples():
        if _TYPE in line:
            _, predicate, value = line.split(" ", 2)
            if predicate == _TYPE.strip():
                counts[value] = counts.get(value, 0) + 1
    prefixes = {name: rebase(iri, graph.base) for name, iri in PREFIXES.items()}
    return dict(sorted((shorten(value[1:-4], prefixes), count) for value, count in counts.items()))


def _ontology_version(graph: Graph) -> dict[str, str]:
    """Return what the ontology says of its version."""
    head = f"<{rebase(ONTOLOGY_GRAPH, graph.base)}> <{PREFIXES['owl']}"
    found: dict[str, str] = {}
    for line in graph.ntriples():
        if line.startswith(head):
            name, _, value = line[len(head) : -3].partition("> ")
            found[name] = value.strip('<>"')
    return {key: found[name] for key, name in _VERSIONS.items() if name in found}


def dataset_versions(tables: Tables) -> list[dict[str, str]]:
    """Return name and version of each dataset, as its `datapackage.yaml` says, sorted."""
    paths = {file.resource.descriptor for file in tables.files}
    heads = (_head(Path(path).read_text(encoding="utf-8")) for path in sorted(paths))
    return sorted(heads, key=lambda head: (head["name"], head["version"]))


def _head(text: str) -> dict[str, str]:
    """Return `name` and `version` of a descriptor that was read before; the rest, the schemas, is skipped."""
    import yaml

    found = {"name": "", "version": ""}
    depth = 0
    key: str | None = None
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        scalar = event.value if isinstance(event, yaml.ScalarEvent) and depth == 1 else None
        if key in found and scalar is not None:
            found[key] = scalar
        key = scalar if key is None else None
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if all(found.values()):
            break
    return found
