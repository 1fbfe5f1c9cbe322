"""The mapping as values: triples maps, their term maps, and the templates inside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Reference(NamedTuple):
    """A column whose cell stands at this place of a template."""

    column: str


@dataclass(frozen=True)
class Template:
    """Constant text and references to columns in turn; `line` is where `mapping.yml` says it."""

    parts: tuple[str | Reference, ...]
    line: int

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns it needs, each once, in order of appearance."""
        return tuple(dict.fromkeys(part.column for part in self.parts if isinstance(part, Reference)))

    @property
    def constant(self) -> str | None:
        """Return the text if it refers to no column."""
        return None if self.columns else "".join(str(part) for part in self.parts)

    @property
    def single(self) -> str | None:
        """Return the column if the template is that one reference and nothing else."""
        part = self.parts[0] if len(self.parts) == 1 else None
        return part.column if isinstance(part, Reference) else None


@dataclass(frozen=True)
class IriTerm:
    """An IRI: a template whose cells are percent-encoded, or one cell taken verbatim (`template.single`)."""

    template: Template


@dataclass(frozen=True)
class LiteralTerm:
    """A literal with a language tag (lower case), or a datatype IRI, or neither (`xsd:string`)."""

    template: Template
    datatype: str | None = None
    language: str | None = None


Term = IriTerm | LiteralTerm


@dataclass(frozen=True)
class PredicateObject:
    """A predicate IRI and the object it leads to."""

    predicate: str
    object: Term
    line: int


@dataclass(frozen=True)
class TriplesMap:
    """How each row of some tables becomes triples about one subject in one named graph."""

    name: str
    tables: tuple[str, ...]
    subject: IriTerm
    graph: IriTerm
    statements: tuple[PredicateObject, ...]
    line: int

    def terms(self) -> Iterator[Term]:
        """Yield subject, graph and objects."""
        yield self.subject
        yield self.graph
        for statement in self.statements:
            yield statement.object


@dataclass(frozen=True)
class Mapping:
    """All triples maps of a mapping file, in the order of the file."""

    path: str
    triples_maps: tuple[TriplesMap, ...]

    def tables(self) -> tuple[str, ...]:
        """Return the names of all tables that it reads, sorted."""
        return tuple(sorted({table for rule in self.triples_maps for table in rule.tables}))

    def of_table(self, table: str) -> tuple[TriplesMap, ...]:
        """Return the triples maps that read `table`, in the order of the file."""
        return tuple(rule for rule in self.triples_maps if table in rule.tables)
