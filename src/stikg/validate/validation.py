"""Validation from end to end: read the shapes, choose the engine, join results with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from stikg.errors import Message, ShapesError
from stikg.namespaces import BASE
from stikg.validate.data import Data, EvidenceOf, GraphLike, open_data
from stikg.validate.index import Index
from stikg.validate.ntriples import plain
from stikg.validate.paths import IllFormed
from stikg.validate.plan import Plan, make_plan
from stikg.validate.reference import validate_by_pyshacl
from stikg.validate.report import Report, Result
from stikg.validate.shapes import Shapes, Target, read_shapes
from stikg.validate.sparql_text import refuse_outside_access
from stikg.validate.targets import refuse_no_target, refuse_unmet, target_nodes, unmet_targets

Engine = Literal["auto", "fast", "pyshacl"]
ENGINES: Final[tuple[Engine, ...]] = ("auto", "fast", "pyshacl")


def validate(
    data: Data | GraphLike | Path | Iterable[str],
    shapes: Sequence[Path],
    *,
    engine: Engine = "auto",
    base: str = BASE,
    unmet: Literal["error", "warning"] = "error",
    evidence: Mapping[str, Sequence[str]] | None = None,
) -> Report:
    """Validate data against shapes.

    Args:
        data: a graph with `.ntriples()` and `.evidence_of()`, a file, or lines of N-Triples or N-Quads; named
            graphs count as evidence, their union is what is validated.
        shapes: Turtle files, or folders of them.
        engine: `pyshacl` is the reference; `auto` judges by the fast lane what it covers and the rest by the
            reference; `fast` refuses shapes that the fast lane does not cover.
        base: what stands for the project's base IRI in the data; the shapes are moved there.
        unmet: what a target that meets no node is: an error, or a line in the report.
        evidence: where `data` are lines: triple as N-Triples text without the full stop → graph IRIs.

    Returns:
        The report; not conforming is no exception.

    Raises:
        ShapesError: the shapes are no Turtle, empty, ill-formed, would reach outside, or miss their targets.
        UnreadableFile: the data cannot be read.
    """
    source = open_data(data, evidence)
    graph = read_shapes(shapes, base)
    refuse_outside_access(graph)
    targets = _targets(graph)
    if engine == "pyshacl":
        plan = Plan(graph, left={target.shape: "asked for" for target in targets})
    else:
        plan = make_plan(graph, targets)
    index = Index(source.triples(), plan.predicates(targets), target_nodes(targets), is_set=source.is_set)
    missed = unmet_targets(targets, index)
    if unmet == "error":
        refuse_no_target(targets)
        refuse_unmet(missed)
    results = _judge(plan, targets, source, index, fast_only=engine == "fast")
    report = Report.of(_with_evidence(results, source), missed)
    left = len(plan.left)
    return replace(report, engines=(("fast", len({t.shape for t in targets}) - left), ("pyshacl", left)))


def _judge(
    plan: Plan, targets: Sequence[Target], data: Data, index: Index, *, fast_only: bool
) -> list[Result]:
    """Judge every shape by the lane it belongs to."""
    results = plan.judge(targets, index)
    if plan.left:
        if fast_only:
            raise _not_covered(plan.left)
        results += validate_by_pyshacl(data.triples(), plan.shapes.only_targeting(plan.left))
    return results


def _not_covered(left: Mapping[str, str]) -> ShapesError:
    """Return the error for shapes that the fast lane alone cannot judge."""
    listed = "".join(f"\n  {plain(shape)}: {reason}" for shape, reason in sorted(left.items()))
    return ShapesError(
        Message(
            f"the fast lane does not cover {len(left)} shape(s):{listed}",
            f"高速経路では扱えないシェイプが{len(left)}件：{listed}",
        ),
        Message("use the engine auto or pyshacl", "エンジンに auto か pyshacl を指定してください"),
    )


def _targets(shapes: Shapes) -> list[Target]:
    """Return the targets of the shapes.

    Raises:
        ShapesError: the shapes are ill-formed.
    """
    try:
        return shapes.targets()
    except IllFormed as error:
        raise ill_formed(error) from error


def ill_formed(error: IllFormed) -> ShapesError:
    """Return the error for a shapes graph with an ill-formed node."""
    return ShapesError(
        Message(f"the shape at {error} is ill-formed", f"{error} のシェイプの形が正しくありません"),
        Message(
            "a shape is a node shape without sh:path or a property shape with one; lists end in rdf:nil",
            "シェイプの sh:path とリストの終わり(rdf:nil)を確かめてください",
        ),
    )


def _with_evidence(results: list[Result], data: Data) -> list[Result]:
    """Add to each result the graphs that make the statement, or that speak of the focus node at all."""
    if not results:
        return results
    subjects = {_term(name) for result in results for name in (result.focus_node, result.value) if name}
    evidence_of = data.evidence_for(subjects)
    return [replace(result, evidence=_evidence(result, evidence_of)) for result in results]


def _evidence(result: Result, evidence_of: EvidenceOf) -> tuple[str, ...]:
    """Return the evidence of the nearest statement that has any: the value, its property, the focus node."""
    focus = _term(result.focus_node)
    value = None if result.value is None else _term(result.value)
    asked: list[tuple[str, str | None, str | None]] = []
    if result.path is not None and value is not None and result.path.startswith("^<"):
        asked.append((value, result.path[1:], focus))
    if result.path is not None and ("<" not in result.path):
        predicate = f"<{result.path}>"
        asked += [(focus, predicate, value)] * (value is not None) + [(focus, predicate, None)]
    if value is not None and result.path is None:
        asked.append((focus, None, value))
    asked.append((focus, None, None))
    for subject, predicate_, object_ in asked:
        if subject[0] != '"':
            found = evidence_of(subject, predicate_, object_)
            if found:
                return tuple(sorted(found))
    return ()


def _term(shown: str) -> str:
    """Return a term of a result as N-Triples text."""
    return shown if shown[0] == '"' or shown.startswith("_:") else f"<{shown}>"
