"""Which shape goes which lane: what compiles is judged here, the rest is left to the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stikg.validate.compilation import Compiler
from stikg.validate.constraints import CompiledShape, NotCovered
from stikg.validate.evaluation import Evaluation
from stikg.validate.index import Index
from stikg.validate.paths import IllFormed
from stikg.validate.report import Result
from stikg.validate.results import ResultMaker
from stikg.validate.shapes import Shapes, Target
from stikg.validate.targets import focus_nodes, target_predicates


@dataclass
class Plan:
    """The shapes with targets, by lane; `left` are those for the reference, with the reason."""

    shapes: Shapes
    compiled: list[CompiledShape] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    looked_at: frozenset[str] | None = frozenset()
    read_by_queries: frozenset[str] | None = frozenset()

    def predicates(self, targets: Sequence[Target]) -> frozenset[str] | None:
        """Return the predicates an index needs, or None where it needs all."""
        if self.looked_at is None or self.read_by_queries is None:
            return None
        return self.looked_at | self.read_by_queries | target_predicates(targets)

    def judge(self, targets: Sequence[Target], index: Index) -> list[Result]:
        """Judge the compiled shapes; a shape that meets data only the reference judges is left to it."""
        evaluation = Evaluation(self.shapes, index, self.read_by_queries)
        maker = ResultMaker(self.shapes)
        by_shape: dict[str, set[str]] = {}
        for target in targets:
            by_shape.setdefault(target.shape, set()).update(focus_nodes(target, index))
        results: list[Result] = []
        for shape in self.compiled:
            try:
                findings = evaluation.judge(shape, by_shape.get(shape.node, ()))
            except NotCovered as reason:
                self.left[shape.node] = str(reason)
            except RecursionError:
                self.left[shape.node] = "nested too deep"
            else:
                results += map(maker.of_finding, findings)
        return results


def make_plan(shapes: Shapes, targets: Sequence[Target]) -> Plan:
    """Compile every shape that has a target."""
    plan = Plan(shapes)
    nodes = sorted({target.shape for target in targets})
    try:
        compiler = Compiler(shapes)
    except IllFormed as error:
        return Plan(shapes, left=dict.fromkeys(nodes, f"{error} is ill-formed"))
    for node in nodes:
        try:
            plan.compiled.append(compiler.compile(node))
        except NotCovered as reason:
            plan.left[node] = str(reason)
        except RecursionError:
            plan.left[node] = "nested too deep"
    looked_at = compiler.predicates()
    plan.looked_at = None if looked_at is None else frozenset(looked_at)
    plan.read_by_queries = compiler.predicates_of_queries()
    return plan
