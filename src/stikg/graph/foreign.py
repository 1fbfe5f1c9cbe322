"""The door to rdflib: quads as an `rdflib.Dataset`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from stikg.graph.lines import cut_triple, quads_by_triple, read_term
from stikg.terms import XSD_STRING, Blank, Iri, Term

if TYPE_CHECKING:
    import rdflib


def to_dataset(lines: Iterable[bytes], prefixes: Mapping[str, str]) -> rdflib.Dataset:
    """Return a dataset whose default graph is the union of all graphs.

    Lexical forms stay as they are written. (rdflib's own N-Quads parser makes "1.50" of the same value into
    another form, and warns of its own deprecated calls.)
    """
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    for name, iri in prefixes.items():
        dataset.bind(name, iri, replace=True)
    graphs = {b"": dataset.default_graph}
    terms: dict[bytes, rdflib.term.Node] = {}
    for triple, names in quads_by_triple(lines):
        subject, predicate, value = (_node(text, terms) for text in cut_triple(triple))
        for graph in names:
            if graph not in graphs:
                graphs[graph] = dataset.graph(_node(graph, terms))  # type: ignore[arg-type]
            graphs[graph].add((subject, predicate, value))
    return dataset


def _node(text: bytes, known: dict[bytes, rdflib.term.Node]) -> rdflib.term.Node:
    """Return rdflib's object for a term of a line; IRIs are made once."""
    found = known.get(text)
    if found is None:
        found = _made(read_term(text))
        if text[:1] != b'"':
            known[text] = found
    return found


def _made(term: Term) -> rdflib.term.Node:
    """Make rdflib's object for a term; it tells "x" from "x"^^xsd:string, so strings stay plain."""
    import rdflib

    if isinstance(term, Iri):
        return rdflib.URIRef(term.value)
    if isinstance(term, Blank):
        return rdflib.BNode(term.value)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype == XSD_STRING else rdflib.URIRef(term.datatype)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
