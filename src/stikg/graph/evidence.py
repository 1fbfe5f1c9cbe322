"""Provenance in formats without graphs: each subject is derived from its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from stikg.graph.lines import cut_triple, triples_by_subject
from stikg.namespaces import PREFIXES

QUOTED_FROM: Final = f"<{PREFIXES['prov']}wasQuotedFrom>".encode()
DERIVED_FROM: Final = f"<{PREFIXES['prov']}wasDerivedFrom>".encode()
TYPE: Final = f"<{PREFIXES['rdf']}type>".encode()


def evidence_graphs(lines: Iterable[bytes]) -> set[bytes]:
    """Return the terms of the graphs that are evidence: those that say what they quote."""
    marker = b" " + QUOTED_FROM + b" "
    return {cut_triple(line)[0] for line in lines if marker in line and cut_triple(line)[1] == QUOTED_FROM}


def subjects_with_evidence(
    lines: Sequence[bytes],
) -> Iterator[tuple[bytes, list[tuple[bytes, list[bytes]]]]]:
    """Yield each subject of the union with its predicates (`rdf:type` first) and their objects, sorted.

    `prov:wasDerivedFrom` leads to each evidence graph that says something of the subject.
    """
    evidence = evidence_graphs(lines)
    for subject, pairs, graphs in triples_by_subject(lines):
        derived = ((DERIVED_FROM, graph) for graph in graphs if graph in evidence and graph != subject)
        yield subject, by_predicate({*pairs, *derived})


def by_predicate(pairs: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, list[bytes]]]:
    """Group (predicate, object) pairs, `rdf:type` first, all else sorted."""
    found: dict[bytes, list[bytes]] = {}
    for predicate, value in sorted(pairs, key=_type_first):
        found.setdefault(predicate, []).append(value)
    return list(found.items())


def _type_first(pair: tuple[bytes, bytes]) -> tuple[bool, bytes, bytes]:
    return (pair[0] != TYPE, *pair)
