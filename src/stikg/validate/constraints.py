"""Constraints compiled from a shapes graph, each judged for all focus nodes at once."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from stikg.validate.index import Index
from stikg.validate.ntriples import RDF_TYPE, RDFS, SH, is_blank, is_literal, parse_literal, string_of
from stikg.validate.values import Comparison

if TYPE_CHECKING:
    from stikg.validate.annotations import Text
    from stikg.validate.sparql import SparqlConstraint

_ALWAYS_ALLOWED: Final = (RDF_TYPE, f"<{RDFS}Resource>")


class NotCovered(Exception):
    """The fast lane does not judge this; the reference has to."""


class ValuesOf(Protocol):
    """Value nodes by focus node."""

    def get(self, focus: str, default: Sequence[str], /) -> Sequence[str]:
        """Return the value nodes of a focus node, each once."""


class Themselves:
    """The value nodes of a node shape: the focus node itself."""

    def get(self, focus: str, default: Sequence[str] = (), /) -> Sequence[str]:
        """Return the focus node."""
        return (focus,)


class Finding(NamedTuple):
    """One broken constraint: what a validation result is made of."""

    shape: str
    component: str
    focus: str
    value: str | None = None
    path: str | None = None
    messages: tuple[Text, ...] = ()
    source_constraint: str | None = None
    details: tuple[Finding, ...] = ()


class Context(Protocol):
    """What a constraint may ask while it is judged."""

    index: Index

    def nonconforming(self, shape: CompiledShape, nodes: Iterable[str]) -> set[str]:
        """Return those of the nodes that do not conform to the shape."""

    def findings(self, shape: CompiledShape, nodes: Iterable[str]) -> Iterator[Finding]:
        """Yield what the shape finds wrong with the nodes."""

    def broken_by_query(
        self, constraint: SparqlConstraint, shape: CompiledShape, focus: Iterable[str]
    ) -> Iterator[tuple[str, Finding]]:
        """Yield focus node and finding for what a SPARQL constraint selects."""


@dataclass(frozen=True)
class CompiledShape:
    """A shape ready to be judged; `path` is the node of its path, None for a node shape."""

    node: str
    path: str | None
    constraints: tuple[Constraint, ...]
    deactivated: bool = False


@dataclass(frozen=True)
class Constraint(ABC):
    """One constraint of one shape; `component` is the local name of its constraint component."""

    shape: str
    component: str

    @abstractmethod
    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Yield, for every breach, the focus node that was asked for and the finding."""

    def failing(self, context: Context, focus: Sequence[str], values: ValuesOf) -> set[str]:
        """Return the focus nodes that break the constraint."""
        return {node for node, _ in self.broken(context, focus, values)}

    def finding(self, focus: str, value: str | None = None, path: str | None = None) -> tuple[str, Finding]:
        """Return a breach by this constraint."""
        return focus, Finding(self.shape, f"{SH}{self.component}ConstraintComponent", focus, value, path)


def every_value(focus: Iterable[str], values: ValuesOf) -> set[str]:
    """Return the value nodes of all focus nodes."""
    return set(chain.from_iterable(map(values.get, focus, repeat(()))))


def sizes(focus: Iterable[str], values: ValuesOf) -> Iterator[int]:
    """Yield how many value nodes each focus node has."""
    return map(len, map(values.get, focus, repeat(())))


def pairs(focus: Iterable[str], values: ValuesOf, chosen: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """Yield focus node and value node for the value nodes chosen."""
    if chosen:
        for node in focus:
            for value in values.get(node, ()):
                if value in chosen:
                    yield node, value


@dataclass(frozen=True)
class Count(Constraint):
    """`sh:minCount` (`most` is None) and `sh:maxCount` (`least` is None)."""

    least: int | None
    most: int | None

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Compare the number of value nodes. Source: SHACL 4.2."""
        counted = zip(focus, sizes(focus, values), strict=True)
        if self.least is not None:
            least = self.least
            return (self.finding(node) for node, n in counted if n < least)
        most = self.most or 0
        return (self.finding(node) for node, n in counted if n > most)


@dataclass(frozen=True)
class EachValue(Constraint):
    """What is decided for each value node alone: datatype, node kind, range, length, pattern, language."""

    accepts: Callable[[str], bool] = field(repr=False)

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Judge every distinct value once."""
        accepts = self.accepts
        bad = {value for value in every_value(focus, values) if not accepts(value)}
        return (self.finding(node, value) for node, value in pairs(focus, values, bad))


@dataclass(frozen=True)
class Among(Constraint):
    """`sh:in`."""

    allowed: frozenset[str]

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Look the value nodes up in the list. Source: SHACL 4.8.3."""
        bad = every_value(focus, values) - self.allowed
        return (self.finding(node, value) for node, value in pairs(focus, values, bad))


@dataclass(frozen=True)
class InClass(Constraint):
    """`sh:class`, one class."""

    class_: str

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Look the value nodes up among the instances. Source: SHACL 4.1.1."""
        bad = every_value(focus, values) - context.index.instances(self.class_)
        return (self.finding(node, value) for node, value in pairs(focus, values, bad))


@dataclass(frozen=True)
class HasValue(Constraint):
    """`sh:hasValue`, one value."""

    value: str

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Look for the value. Source: SHACL 4.8.2."""
        get, value = values.get, self.value
        return (self.finding(node) for node in focus if value not in get(node, ()))


@dataclass(frozen=True)
class UniqueLang(Constraint):
    """`sh:uniqueLang true`."""

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Yield one breach for each language that comes twice. Source: SHACL 4.4.5."""
        for node, n in zip(focus, sizes(focus, values), strict=True):
            if n > 1:
                tags = [tag for value in values.get(node, ()) if (tag := _language(value))]
                if len(set(tags)) < len(tags):
                    for _ in {tag for tag in tags if tags.count(tag) > 1}:
                        yield self.finding(node)


def _language(value: str) -> str | None:
    """Return the language tag in lower case."""
    if not is_literal(value) or value[-1] in '">':
        return None
    return value[value.rindex("@") + 1 :].lower()


@dataclass(frozen=True)
class Equals(Constraint):
    """`sh:equals`, one property."""

    property: str

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Yield a breach for each value that only one of the two sides has. Source: SHACL 4.5.1."""
        get, other = values.get, context.index.table(self.property)
        for node in focus:
            left, right = get(node, ()), other.get(node, ())
            if left != right:
                for value in sorted(set(left) ^ set(right)):
                    yield self.finding(node, value)


@dataclass(frozen=True)
class Disjoint(Constraint):
    """`sh:disjoint`, one property."""

    property: str

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Yield a breach for each value that both sides have. Source: SHACL 4.5.2."""
        get, other = values.get, context.index.table(self.property)
        for node in focus:
            right = other.get(node)
            if right:
                for value in get(node, ()):
                    if value in right:
                        yield self.finding(node, value)


@dataclass(frozen=True)
class Less(Constraint):
    """`sh:lessThan` and `sh:lessThanOrEquals`, one property."""

    property: str
    is_less: Comparison = field(repr=False)

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Yield a breach for each pair out of order. Source: SHACL 4.5.3, 4.5.4."""
        get, other, is_less = values.get, context.index.table(self.property), self.is_less
        verdicts: dict[tuple[str, str], bool] = {}
        for node in focus:
            for right in other.get(node, ()):
                for left in get(node, ()):
                    verdict = verdicts.get((left, right))
                    if verdict is None:
                        verdict = verdicts[left, right] = is_less(left, right)
                    if not verdict:
                        yield self.finding(node, left)


@dataclass(frozen=True)
class Closed(Constraint):
    """`sh:closed true`; `allowed` are the predicates of the property shapes and the ignored ones."""

    allowed: frozenset[str]

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Yield a breach for each triple with another predicate. Source: SHACL 4.8.1."""
        askers: dict[str, list[str]] = {}
        for node in focus:
            for value in values.get(node, ()):
                askers.setdefault(value, []).append(node)
        for predicate, table in context.index.predicates():
            if predicate not in self.allowed:
                for value in table.keys() & askers.keys():
                    for found in table[value]:
                        if (predicate, found) != _ALWAYS_ALLOWED:
                            for node in askers[value]:
                                yield self.finding(node, found, predicate)


@dataclass(frozen=True)
class Sparql(Constraint):
    """`sh:sparql`, one query."""

    query: SparqlConstraint

    def broken(
        self, context: Context, focus: Sequence[str], values: ValuesOf
    ) -> Iterator[tuple[str, Finding]]:
        """Run the query for all focus nodes. Source: SHACL 5.3."""
        holder = CompiledShape(self.shape, self.query.path_node, ())
        return context.broken_by_query(self.query, holder, focus)


def node_kind_test(kind: str) -> Callable[[str], bool]:
    """Return what decides `sh:nodeKind`. Source: SHACL 4.1.3.

    Args:
        kind: local name of the node kind; any unknown one accepts nothing.
    """
    kinds: Mapping[str, str] = {
        "IRI": "<",
        "BlankNode": "_",
        "Literal": '"',
        "BlankNodeOrIRI": "_<",
        "BlankNodeOrLiteral": '_"',
        "IRIOrLiteral": '<"',
    }
    marks = kinds.get(kind, "")
    return lambda value: value[0] in marks


def length_test(*, least: int | None = None, most: int | None = None) -> Callable[[str], bool]:
    """Return what decides `sh:minLength` and `sh:maxLength`. Source: SHACL 4.4.1, 4.4.2."""
    if least is not None:
        return lambda value: least == 0 or (not is_blank(value) and len(string_of(value)) >= least)
    return lambda value: not is_blank(value) and len(string_of(value)) <= (most or 0)


def pattern_test(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Return what decides `sh:pattern`. Source: SHACL 4.4.3."""
    return lambda value: not is_blank(value) and pattern.search(string_of(value)) is not None


def language_test(ranges: frozenset[str]) -> Callable[[str], bool]:
    """Return what decides `sh:languageIn`.

    Args:
        ranges: language ranges in lower case; `*` takes every language.
        Source: SHACL 4.4.4, as pySHACL reads it: the whole tag or its first part.
    """

    def accepts(value: str) -> bool:
        tag = parse_literal(value).language if is_literal(value) else None
        return tag is not None and (
            "*" in ranges or tag.lower() in ranges or tag.split("-")[0].lower() in ranges
        )

    return accepts
