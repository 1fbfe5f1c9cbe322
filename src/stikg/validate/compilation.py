"""From the shapes graph to constraints that can be judged; what the fast lane does not cover is said so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from stikg.validate import combination, constraints
from stikg.validate.constraints import CompiledShape, Constraint, NotCovered
from stikg.validate.ntriples import (
    SH,
    XSD,
    XSD_STRING,
    is_blank,
    is_iri,
    is_literal,
    parse_literal,
    plain,
    sh,
    string_of,
)
from stikg.validate.paths import IllFormed, read_path
from stikg.validate.shapes import Shapes
from stikg.validate.sparql import NotRunnable, read_sparql_constraint
from stikg.validate.values import comparison, datatype_test, range_test

_TRUE: Final = f'"true"^^<{XSD}boolean>'
_WHOLE: Final = frozenset(
    XSD + name
    for name in (
        "integer",
        "nonNegativeInteger",
        "positiveInteger",
        "long",
        "int",
        "short",
        "byte",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    )
)
_DIGITS: Final = re.compile(r"[0-9]{1,9}")
_RANGES: Final[dict[str, Callable[[int], bool]]] = {
    "minExclusive": lambda sign: sign > 0,
    "minInclusive": lambda sign: sign >= 0,
    "maxExclusive": lambda sign: sign < 0,
    "maxInclusive": lambda sign: sign <= 0,
}


class Compiler:
    """Compiles the shapes of one shapes graph, each once."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self._kinds = shapes.shape_nodes()
        self._compiled: dict[str, CompiledShape] = {}
        self._open: set[str] = set()
        self._custom = {
            path
            for component in shapes.subjects(sh("parameter"))
            for parameter in shapes.values(component, sh("parameter"))
            for path in shapes.values(parameter, sh("path"))
        }

    def compile(self, node: str) -> CompiledShape:
        """Compile a shape and every shape it refers to.

        Raises:
            NotCovered: the shape is ill-formed, refers to itself, or uses what only the reference judges.
        """
        done = self._compiled.get(node)
        if done is not None:
            return done
        if node not in self._kinds:
            raise NotCovered(f"{node} is no shape")
        if node in self._open:
            raise NotCovered(f"{node} refers to itself")
        self._open.add(node)
        try:
            compiled = self._compile(node)
        except IllFormed as error:
            raise NotCovered(f"{error} is ill-formed") from error
        finally:
            self._open.discard(node)
        self._compiled[node] = compiled
        return compiled

    def _compile(self, node: str) -> CompiledShape:
        """Compile one shape."""
        path = self.shapes.value(node, sh("path"))
        if path is not None:
            read_path(self.shapes, path)
        deactivated = self.shapes.value(node, sh("deactivated"))
        if deactivated is not None and (
            not is_literal(deactivated) or len(self.shapes.values(node, sh("deactivated"))) > 1
        ):
            raise NotCovered(f"sh:deactivated of {node}")
        if len(self.shapes.values(node, sh("severity"))) > 1:
            raise NotCovered(f"several severities of {node}")
        if self._custom.intersection(self.shapes.properties(node)):
            raise NotCovered(f"{node} uses a constraint component of its own")
        found = () if self.shapes.is_deactivated(node) else tuple(self._constraints(node, path is not None))
        return CompiledShape(node, path, found, self.shapes.is_deactivated(node))

    def _constraints(self, node: str, is_property: bool) -> Iterator[Constraint]:
        """Yield the constraints of a shape."""
        said = self.shapes.properties(node)
        for predicate in sorted(said):
            name = predicate[1:-1].removeprefix(SH)
            read = _READERS.get(name)
            if read is not None:
                if name in _ONLY_AT_PROPERTIES and not is_property:
                    raise NotCovered(f"sh:{name} at the node shape {node}")
                yield from read(self, node, name)
        if is_property and any(sh(name) in said for name in _QUALIFIED):
            yield self._qualified(node)
        if sh("closed") in said or sh("ignoredProperties") in said:
            yield from self._closed(node)

    def one(self, node: str, name: str) -> str:
        """Return the only value of a parameter."""
        values = self.shapes.values(node, sh(name))
        if len(values) != 1:
            raise NotCovered(f"sh:{name} of {node} has {len(values)} values")
        return values[0]

    def _counted(self, node: str, name: str) -> int:
        """Return the only value of a parameter, which must be a plain number."""
        term = self.one(node, name)
        if not is_literal(term):
            raise NotCovered(f"sh:{name} of {node} is no number")
        lexical, datatype, _ = parse_literal(term)
        allowed = {XSD + "integer"} if name in {"minCount", "maxCount"} else _WHOLE
        if datatype not in allowed or not _DIGITS.fullmatch(lexical):
            raise NotCovered(f"sh:{name} of {node} is no number")
        return int(lexical)

    def count(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:minCount, sh:maxCount."""
        n = self._counted(node, name)
        if name == "minCount":
            yield constraints.Count(node, "MinCount", n, None)
        else:
            yield constraints.Count(node, "MaxCount", None, n)

    def length(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:minLength, sh:maxLength."""
        n = self._counted(node, name)
        if name == "minLength":
            yield constraints.EachValue(node, "MinLength", constraints.length_test(least=n))
        else:
            yield constraints.EachValue(node, "MaxLength", constraints.length_test(most=n))

    def datatype(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:datatype."""
        yield constraints.EachValue(node, "Datatype", datatype_test(plain(self.one(node, name))))

    def node_kind(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:nodeKind."""
        kind = plain(self.one(node, name)).removeprefix(SH)
        yield constraints.EachValue(node, "NodeKind", constraints.node_kind_test(kind))

    def class_(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:class; each class is a constraint."""
        for value in self.shapes.values(node, sh(name)):
            yield constraints.InClass(node, "Class", value)

    def range(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:minInclusive and its like; each bound is a constraint."""
        accepted = _RANGES[name]
        for bound in self.shapes.values(node, sh(name)):
            if not is_literal(bound):
                raise NotCovered(f"sh:{name} of {node} is no literal")
            yield constraints.EachValue(node, _title(name), range_test(bound, accepted))

    def pattern(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:pattern with sh:flags; each pattern is a constraint."""
        flags = self.shapes.values(node, sh("flags"))
        if len(flags) > 1 or not all(is_literal(flag) for flag in flags):
            raise NotCovered(f"sh:flags of {node}")
        said = "".join(string_of(flag) for flag in flags).lower()
        chosen = (re.IGNORECASE if "i" in said else 0) | (re.MULTILINE if "m" in said else 0)
        for pattern in self.shapes.values(node, sh(name)):
            if not is_literal(pattern):
                raise NotCovered(f"sh:pattern of {node}")
            try:
                compiled = re.compile(string_of(pattern), chosen)
            except (re.error, RecursionError, OverflowError) as error:
                raise NotCovered(f"sh:pattern of {node}: {error}") from error
            yield constraints.EachValue(node, "Pattern", constraints.pattern_test(compiled))

    def language_in(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:languageIn."""
        ranges = self.shapes.items(self.one(node, name))
        if not all(is_literal(term) and parse_literal(term).datatype == XSD_STRING for term in ranges):
            raise NotCovered(f"sh:languageIn of {node}")
        allowed = frozenset(string_of(term).lower() for term in ranges)
        yield constraints.EachValue(node, "LanguageIn", constraints.language_test(allowed))

    def unique_lang(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:uniqueLang."""
        term = self.one(node, name)
        if not is_literal(term) or parse_literal(term).datatype != XSD + "boolean":
            raise NotCovered(f"sh:uniqueLang of {node}")
        if term == _TRUE:
            yield constraints.UniqueLang(node, "UniqueLang")

    def in_(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:in."""
        allowed = frozenset(self.shapes.items(self.one(node, name)))
        yield constraints.Among(node, "In", allowed)

    def has_value(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:hasValue; each value is a constraint."""
        for value in self.shapes.values(node, sh(name)):
            yield constraints.HasValue(node, "HasValue", value)

    def pair(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:equals, sh:disjoint, sh:lessThan, sh:lessThanOrEquals; each property is a constraint."""
        for value in self.shapes.values(node, sh(name)):
            if not is_iri(value):
                raise NotCovered(f"sh:{name} of {node} is no IRI")
            if name == "equals":
                yield constraints.Equals(node, "Equals", value)
            elif name == "disjoint":
                yield constraints.Disjoint(node, "Disjoint", value)
            else:
                is_less = comparison(or_equal=name == "lessThanOrEquals")
                yield constraints.Less(node, _title(name), value, is_less)

    def property(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:property."""
        for value in self.shapes.values(node, sh(name)):
            child = self.compile(value)
            if child.path is None:
                raise NotCovered(f"{value} is no property shape")
            yield combination.Property(node, "Property", child)

    def node(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:node."""
        for value in self.shapes.values(node, sh(name)):
            child = self.compile(value)
            if child.path is not None:
                raise NotCovered(f"{value} is no node shape")
            yield combination.Node(node, "Node", child)

    def not_(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:not."""
        for value in self.shapes.values(node, sh(name)):
            yield combination.Not(node, "Not", self.compile(value))

    def members(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:and, sh:or, sh:xone; each list is a constraint."""
        for head in self.shapes.values(node, sh(name)):
            listed = self.shapes.items(head)
            if not listed:
                raise NotCovered(f"sh:{name} of {node} is empty")
            # pySHACL takes the members of sh:and and sh:or as a set, those of sh:xone as a list.
            children = tuple(map(self.compile, listed if name == "xone" else sorted(set(listed))))
            least, most = {"and": (len(children),) * 2, "or": (1, len(children)), "xone": (1, 1)}[name]
            yield combination.Members(node, _title(name), children, least, most)

    def sparql(self, node: str, name: str) -> Iterator[Constraint]:
        """Compile sh:sparql."""
        for value in self.shapes.values(node, sh(name)):
            try:
                query = read_sparql_constraint(self.shapes, node, value)
            except NotRunnable as error:
                raise NotCovered(str(error)) from error
            if query is not None:
                yield constraints.Sparql(node, "SPARQL", query)

    def _qualified(self, node: str) -> Constraint:
        """Compile sh:qualifiedValueShape with its counts."""
        shapes = self.shapes
        counts = {
            name: self._counted(node, name) if shapes.values(node, sh(name)) else None
            for name in ("qualifiedMinCount", "qualifiedMaxCount")
        }
        if counts == {"qualifiedMinCount": None, "qualifiedMaxCount": None}:
            raise NotCovered(f"{node} has no qualified count")
        chosen = self.one(node, "qualifiedValueShape")
        siblings: set[str] = set()
        if _TRUE in shapes.values(node, sh("qualifiedValueShapesDisjoint")):
            for parent in shapes.subjects(sh("property"), node):
                for other in shapes.values(parent, sh("property")):
                    siblings.update(shapes.values(other, sh("qualifiedValueShape")))
        return combination.Qualified(
            node,
            "Qualified",
            self.compile(chosen),
            tuple(self.compile(sibling) for sibling in sorted(siblings - {chosen})),
            counts["qualifiedMinCount"],
            counts["qualifiedMaxCount"],
        )

    def _closed(self, node: str) -> Iterator[Constraint]:
        """Compile sh:closed with sh:ignoredProperties."""
        if not is_literal(self.one(node, "closed")):
            raise NotCovered(f"sh:closed of {node}")
        if self.one(node, "closed") == _TRUE:
            allowed = {
                item
                for head in self.shapes.values(node, sh("ignoredProperties"))
                for item in self.shapes.items(head)
            }
            for child in self.shapes.values(node, sh("property")):
                allowed.update(path for path in self.shapes.values(child, sh("path")) if not is_blank(path))
            yield constraints.Closed(node, "Closed", frozenset(allowed))

    def predicates_of_queries(self) -> frozenset[str] | None:
        """Return the predicates that the compiled queries read, or None where one may read any."""
        found: set[str] = set()
        for shape in self._compiled.values():
            for constraint in shape.constraints:
                if isinstance(constraint, constraints.Sparql):
                    if constraint.query.predicates is None:
                        return None
                    found |= constraint.query.predicates
        return frozenset(found)

    def predicates(self) -> set[str] | None:
        """Return the predicates that the compiled shapes look at, or None where they look at all of them."""
        found: set[str] = set()
        for shape in self._compiled.values():
            if shape.path is not None:
                found.update(read_path(self.shapes, shape.path).predicates())
            for constraint in shape.constraints:
                if isinstance(constraint, constraints.Closed):
                    return None
                if isinstance(constraint, constraints.Equals | constraints.Disjoint | constraints.Less):
                    found.add(constraint.property)
        return found


def _title(name: str) -> str:
    """Return the name of a parameter as it stands in the name of its component."""
    return name[0].upper() + name[1:]


_QUALIFIED: Final = (
    "qualifiedValueShape",
    "qualifiedMinCount",
    "qualifiedMaxCount",
    "qualifiedValueShapesDisjoint",
)
_ONLY_AT_PROPERTIES: Final = frozenset({"minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"})
_READERS: Final[dict[str, Callable[[Compiler, str, str], Iterator[Constraint]]]] = {
    "and": Compiler.members,
    "class": Compiler.class_,
    "datatype": Compiler.datatype,
    "disjoint": Compiler.pair,
    "equals": Compiler.pair,
    "hasValue": Compiler.has_value,
    "in": Compiler.in_,
    "languageIn": Compiler.language_in,
    "lessThan": Compiler.pair,
    "lessThanOrEquals": Compiler.pair,
    "maxCount": Compiler.count,
    "maxExclusive": Compiler.range,
    "maxInclusive": Compiler.range,
    "maxLength": Compiler.length,
    "minCount": Compiler.count,
    "minExclusive": Compiler.range,
    "minInclusive": Compiler.range,
    "minLength": Compiler.length,
    "node": Compiler.node,
    "nodeKind": Compiler.node_kind,
    "not": Compiler.not_,
    "or": Compiler.members,
    "pattern": Compiler.pattern,
    "property": Compiler.property,
    "sparql": Compiler.sparql,
    "uniqueLang": Compiler.unique_lang,
    "xone": Compiler.members,
}
