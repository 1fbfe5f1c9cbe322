"""The cases of the shapes: what is taken from the valid graph, what is put in, and what breaks then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from stikg.namespaces import ID, SHAPES
from stikg.resources import ontology_dir

HERE: Final = Path(__file__).parent
SH: Final = Namespace("http://www.w3.org/ns/shacl#")
VALID: Final = HERE / "valid.ttl"
CASES: Final = HERE / "cases"
SHAPES_DIR: Final = ontology_dir() / "shapes"

Broken = Counter[tuple[str, str, str]]
"""(requirement, constraint component, focus node) of each result."""


@dataclass(frozen=True)
class Case:
    """One way to break one requirement; `also` are requirements that cannot but break with it."""

    breaks: str
    by: str
    at: tuple[str, ...]
    also: tuple[tuple[str, str], ...]
    remove: str
    add: str
    file: str

    def __str__(self) -> str:
        return f"{self.breaks} by {self.by}"

    @property
    def component(self) -> str:
        """Return the local name of the constraint component whose parameter is broken."""
        parameter = "SPARQL" if self.by == "sh:sparql" else self.by[3].upper() + self.by[4:]
        return f"{parameter}ConstraintComponent"

    def expected(self) -> Counter[tuple[str, str]]:
        """Return (requirement, focus node) of each result the case must have."""
        return Counter([*((self.breaks, node) for node in self.at), *self.also])


@cache
def read_cases() -> tuple[Case, ...]:
    """Read all case files, in the order of their names."""
    return tuple(
        read_case(entry, path.stem)
        for path in sorted(CASES.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def read_case(entry: dict[str, Any], file: str) -> Case:
    """Read one case; a single focus node may stand without brackets."""
    at = entry["at"] if isinstance(entry["at"], list) else [entry["at"]]
    also = entry.get("also", {})
    return Case(
        entry["breaks"],
        entry["by"],
        tuple(at),
        tuple((rule, node) for rule, nodes in also.items() for node in nodes),
        entry.get("remove", ""),
        entry.get("add", ""),
        file,
    )


@cache
def read_shapes_graph() -> Graph:
    """Read every shapes file into one graph."""
    graph = Graph()
    for path in sorted(SHAPES_DIR.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


@cache
def read_valid_graph() -> Graph:
    """Read the graph that meets every requirement."""
    return Graph().parse(VALID, format="turtle")


@cache
def prefix_lines() -> str:
    """Return the base and prefix lines of the valid graph; the cases use them too."""
    return "".join(
        line for line in VALID.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("@")
    )


@cache
def parse_triples(text: str) -> Graph:
    """Parse triples written with the base and the prefixes of the valid graph."""
    return Graph().parse(data=prefix_lines() + text, format="turtle")


def one_case_each() -> list[Case]:
    """Return the first case of each requirement that breaks nothing else."""
    first = {case.breaks: case for case in reversed(read_cases()) if not case.also}
    return [first[rule] for rule in sorted(first)]


def requirements() -> list[URIRef]:
    """Return the requirements, sorted: the shapes that have a severity."""
    return sorted(
        node for node in read_shapes_graph().subjects(SH.severity, None) if isinstance(node, URIRef)
    )


def local_name(node: Node) -> str:
    """Return what follows the namespace of the shapes."""
    return str(node).removeprefix(SHAPES)


def apply(graph: Graph, case: Case) -> Graph:
    """Return a copy of the graph without what the case removes and with what it adds."""
    copy = Graph()
    copy += graph
    copy -= parse_triples(case.remove)
    copy += parse_triples(case.add)
    return copy


def side_by_side(cases: Iterable[Case]) -> list[str]:
    """Return N-Triples lines of a graph that holds one changed copy of the valid graph per case.

    The IRIs of case 7 begin with `ID` and `case-7/`; the concepts of the vocabularies are shared.
    """
    valid = lines(read_valid_graph())
    found: set[str] = set()
    for number, case in enumerate(cases):
        changed_lines = (valid - lines(parse_triples(case.remove))) | lines(parse_triples(case.add))
        found.update(line.replace(ID, f"{ID}case-{number}/") for line in changed_lines)
    return sorted(found)


def lines(graph: Graph) -> frozenset[str]:
    """Return the triples of a graph as N-Triples lines."""
    return frozenset(line for line in graph.serialize(format="nt").splitlines(keepends=True) if line.strip())


def case_of(node: str) -> tuple[int, str]:
    """Return the number of the case and the node within it; `node` is below `ID`."""
    number, _, rest = node.removeprefix("case-").partition("/")
    return int(number), rest


def results_of(report: Graph) -> Broken:
    """Return the results of a validation report, those inside a result not counted."""
    return Counter(
        (
            local_name(one(report, result, SH.sourceShape)),
            str(one(report, result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
            str(one(report, result, SH.focusNode)).removeprefix(ID),
        )
        for node in report.subjects(RDF.type, SH.ValidationReport)
        for result in report.objects(node, SH.result)
    )


def one(graph: Graph, subject: Node, predicate: URIRef) -> Node:
    """Return the value of a property that has exactly one."""
    (value,) = graph.objects(subject, predicate)
    return value


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    """Return the language tags of a property's values, sorted."""
    return sorted(
        value.language or "" for value in graph.objects(subject, predicate) if isinstance(value, Literal)
    )
