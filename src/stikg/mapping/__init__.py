"""The mapping of tables to triples, read from a documented subset of YARRRML."""

from stikg.mapping.model import (
    IriTerm,
    LiteralTerm,
    Mapping,
    PredicateObject,
    Reference,
    Template,
    Term,
    TriplesMap,
)
from stikg.mapping.yarrrml import parse_mapping, read_mapping

__all__ = [
    "IriTerm",
    "LiteralTerm",
    "Mapping",
    "PredicateObject",
    "Reference",
    "Template",
    "Term",
    "TriplesMap",
    "parse_mapping",
    "read_mapping",
]
