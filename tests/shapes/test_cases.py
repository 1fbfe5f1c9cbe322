"""Each requirement can fail: a case breaks it, and only it, in both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyshacl
import pytest
from pyshacl.shape import Shape
from rdflib import RDF, Graph, URIRef

from stikg.namespaces import ID, SHAPES
from stikg.validate import Result, validate
from tests.shapes.cases import (
    CASES,
    SH,
    SHAPES_DIR,
    Broken,
    Case,
    apply,
    case_of,
    lines,
    local_name,
    one_case_each,
    parse_triples,
    read_cases,
    read_shapes_graph,
    read_valid_graph,
    requirements,
    results_of,
    side_by_side,
)

# A parameter that only helps another one: the qualified shape says what is counted.
HELPERS = {SH.qualifiedValueShape}
NO_PARAMETERS = {SH.path, SH.severity, SH.name, SH.message, SH.targetClass, SH.targetSubjectsOf}
# These compare things by a literal, so cases side by side would break them: they are tried case by case.
BY_LITERAL = ("R083-identifier-names-one-thing", "R087-country-code-names-one-country")
TOGETHER = [(number, case) for number, case in enumerate(read_cases()) if case.breaks not in BY_LITERAL]
ALONE = [case for case in read_cases() if case.breaks in BY_LITERAL]

Found = dict[int, Counter[tuple[str, str, str]]]
"""Number of a case → (requirement, constraint component, focus node) of each result."""


def place(result: Result) -> tuple[str, str, str]:
    """Return requirement, constraint component and focus node of a result."""
    rule, component = result.source_shape.removeprefix(SHAPES), result.component.removeprefix(str(SH))
    return rule, component, result.focus_node.removeprefix(ID)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Validate all cases in one graph by the engine that is the default."""
    without = tmp_path_factory.mktemp("shapes") / "deactivated.ttl"
    triples = [f"<{SHAPES}{rule}> <{SH.deactivated}> true .\n" for rule in BY_LITERAL]
    without.write_text("".join(triples), encoding="utf-8")
    found: Found = {}
    for result in validate(side_by_side(read_cases()), [SHAPES_DIR, without]).results:
        rule, component, node = place(result)
        number, within = case_of(node)
        found.setdefault(number, Counter())[rule, component, within] += 1
    return found


def broken(graph: Graph) -> Broken:
    """Ask pySHACL what is broken."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=read_shapes_graph())
    return results_of(report)


def broken_at(graph: Graph, nodes: Iterable[URIRef], patch: pytest.MonkeyPatch) -> Broken:
    """Ask pySHACL what is broken at some nodes; its own option for that reaches into nested shapes."""
    targets, wanted = Shape.focus_nodes, frozenset(nodes)
    patch.setattr(Shape, "focus_nodes", lambda *given, **named: targets(*given, **named) & wanted)
    return broken(graph)


def assert_breaks(case: Case, found: Broken) -> None:
    """Compare results with what the case says: which requirement, where, by which of its constraints."""
    assert Counter({(rule, node): number for (rule, _, node), number in found.items()}) == case.expected()
    assert {component for rule, component, _ in found if rule == case.breaks} == {case.component}


def parameters(requirement: URIRef) -> set[str]:
    """Return the constraint parameters of a requirement, as `sh:minCount`."""
    graph = read_shapes_graph()
    found = set(graph.predicates(requirement)) - NO_PARAMETERS - HELPERS
    return {f"sh:{name.removeprefix(str(SH))}" for name in map(str, found) if name.startswith(str(SH))}


def test_the_valid_graph_breaks_nothing() -> None:
    assert not broken(read_valid_graph())
    assert not validate(lines(read_valid_graph()), [SHAPES_DIR]).results


def test_every_target_meets_a_node_of_the_valid_graph() -> None:
    shapes, data = read_shapes_graph(), read_valid_graph()
    classes = {c for c in shapes.objects(None, SH.targetClass) if (None, RDF.type, c) not in data}
    properties = {p for p in shapes.objects(None, SH.targetSubjectsOf) if (None, p, None) not in data}
    assert not classes
    assert not properties


@pytest.mark.parametrize(("number", "case"), TOGETHER, ids=str)
def test_a_case_breaks_its_requirement_and_only_it(number: int, case: Case, together: Found) -> None:
    assert_breaks(case, together[number])


@pytest.mark.parametrize("case", ALONE, ids=str)
def test_a_case_by_literal_breaks_its_requirement_and_only_it(case: Case) -> None:
    results = validate(lines(apply(read_valid_graph(), case)), [SHAPES_DIR]).results
    assert_breaks(case, Counter(map(place, results)))


@pytest.mark.parametrize("case", one_case_each(), ids=str)
def test_the_reference_engine_agrees_at_the_nodes_of_the_case(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = apply(read_valid_graph(), case)
    assert_breaks(case, broken_at(changed, (URIRef(ID + node) for node in case.at), monkeypatch))


def test_cases_remove_what_is_there_and_add_what_is_not() -> None:
    valid = read_valid_graph()
    for case in read_cases():
        removed, added = parse_triples(case.remove), parse_triples(case.add)
        assert all(triple in valid for triple in removed), case
        assert not any(triple in valid and triple not in removed for triple in added), case
        assert len(removed) + len(added) > 0, case


def test_every_requirement_has_a_case_that_breaks_nothing_else() -> None:
    alone = {case.breaks for case in read_cases() if not case.also}
    assert alone == {local_name(requirement) for requirement in requirements()}


def test_every_part_of_a_requirement_has_a_case() -> None:
    tried = {(case.breaks, case.by) for case in read_cases()}
    assert tried == {
        (local_name(requirement), parameter)
        for requirement in requirements()
        for parameter in parameters(requirement)
    }


def test_cases_stand_in_the_file_named_as_their_shapes() -> None:
    for case in read_cases():
        text = Path(SHAPES_DIR / f"{case.file}.ttl").read_text(encoding="utf-8")
        assert f"\nstikg-sh:{case.breaks}\n" in text, case
    assert {path.stem for path in CASES.glob("*.yaml")} == {case.file for case in read_cases()}
