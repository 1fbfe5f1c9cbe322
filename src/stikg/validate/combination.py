"""Constraints that refer to other shapes: property, node, not, and, or, xone, qualified value shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stikg.validate.constraints import (
    CompiledShape,
    Constraint,
    Context,
    Finding,
    Themselves,
    ValuesOf,
    every_value,
    pairs,
)
from stikg.validate.ntriples import SH


@dataclass(frozen=True)
class Property(Constraint):
    """`sh:property`, one property shape."""

    child: CompiledShape

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Pass on what the property shape finds; once for each focus node that has the value node.

        Source: SHACL 4.7.2.
        """
        if isinstance(values, Themselves):
            for finding in context.findings(self.child, focus):
                yield finding.focus, finding
            return
        times = Counter(value for node in focus for value in values.get(node, ()))
        while times:
            for finding in context.findings(self.child, list(times)):
                yield finding.focus, finding
            times = Counter({value: n - 1 for value, n in times.items() if n > 1})

    def failing(self, context: Context, focus: Sequence[str], values: ValuesOf) -> set[str]:
        """Return the focus nodes with a value node that does not conform."""
        bad = context.nonconforming(self.child, every_value(focus, values))
        return {node for node in focus if not bad.isdisjoint(values.get(node, ()))} if bad else set()


@dataclass(frozen=True)
class Node(Constraint):
    """`sh:node`, one node shape."""

    child: CompiledShape

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Yield a breach for each value node that does not conform, with what is wrong inside.

        Source: SHACL 4.7.1; sh:detail as pySHACL gives it.
        """
        bad = context.nonconforming(self.child, every_value(focus, values))
        inside: dict[str, tuple[Finding, ...]] = {}
        for node, value in pairs(focus, values, bad):
            if value not in inside:
                inside[value] = tuple(context.findings(self.child, [value]))
            asked, finding = self.finding(node, value)
            yield asked, finding._replace(details=inside[value])

    def failing(self, context: Context, focus: Sequence[str], values: ValuesOf) -> set[str]:
        """Return the focus nodes with a value node that does not conform, without asking what is wrong."""
        bad = context.nonconforming(self.child, every_value(focus, values))
        return {node for node, _ in pairs(focus, values, bad)}


@dataclass(frozen=True)
class Not(Constraint):
    """`sh:not`, one shape."""

    child: CompiledShape

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Yield a breach for each value node that conforms. Source: SHACL 4.6.1."""
        every = every_value(focus, values)
        conforming = every - context.nonconforming(self.child, every)
        for node, value in pairs(focus, values, conforming):
            yield self.finding(node, value)


@dataclass(frozen=True)
class Members(Constraint):
    """`sh:and`, `sh:or`, `sh:xone`: value nodes must conform to `least` to `most` of the shapes."""

    children: tuple[CompiledShape, ...]
    least: int
    most: int

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Count the shapes each value node conforms to. Source: SHACL 4.6.2 to 4.6.4."""
        every = every_value(focus, values)
        kept = Counter(every)
        for child in self.children:
            kept.subtract(context.nonconforming(child, every))
        n = len(self.children) - 1
        bad = {value for value, count in kept.items() if not self.least <= count + n <= self.most}
        for node, value in pairs(focus, values, bad):
            yield self.finding(node, value)


@dataclass(frozen=True)
class Qualified(Constraint):
    """`sh:qualifiedValueShape` with its counts; a counted value conforms to none of the `siblings`."""

    child: CompiledShape
    siblings: tuple[CompiledShape, ...]
    least: int | None
    most: int | None

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Count the value nodes that conform to the shape and to no sibling. Source: SHACL 4.7.3."""
        counted = every_value(focus, values)
        counted -= context.nonconforming(self.child, counted)
        for sibling in self.siblings:
            counted = context.nonconforming(sibling, counted)
        for node in focus:
            n = sum(value in counted for value in values.get(node, ()))
            if self.most is not None and n > self.most:
                yield self._breach(node, "QualifiedMaxCount")
            if self.least is not None and n < self.least:
                yield self._breach(node, "QualifiedMinCount")

    def _breach(self, node: str, kind: str) -> tuple[str, Finding]:
        """Return a breach of one of the two counts."""
        return node, Finding(self.shape, f"{SH}{kind}ConstraintComponent", node)
