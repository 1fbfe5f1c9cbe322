"""Triples as text: N-Triples, and Turtle as people like to read it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from stikg.namespaces import PREFIXES
from stikg.terms import RDF_LANG_STRING, XSD_STRING, Iri, Literal, Term, shorten, to_ntriples

Triple = tuple[Term, Term, Term]

# A prefixed name without anything that Turtle would need escaped.
_PREFIXED: Final = re.compile(r"[a-z-]+:[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
_RDF_TYPE: Final = PREFIXES["rdf"] + "type"


def ntriples(triples: Sequence[Triple]) -> str:
    """Return one line per triple."""
    return "".join(f"{' '.join(map(to_ntriples, triple))} .\n" for triple in triples)


def turtle(triples: Sequence[Triple]) -> str:
    """Return the triples as Turtle, grouped by subject, with the prefixes that are used."""
    groups: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        verb = "a" if predicate.value == _RDF_TYPE else _named(predicate)
        groups.setdefault(_named(subject), {}).setdefault(verb, []).append(_named(value))
    body = "".join(f"\n{subject} {_block(verbs)} .\n" for subject, verbs in groups.items())
    used = {name for name in PREFIXES if f"{name}:" in body}
    return "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in sorted(used)) + body


def _block(verbs: Mapping[str, Sequence[str]]) -> str:
    """Return the predicates and objects of one subject."""
    return " ;\n    ".join(f"{verb} {', '.join(values)}" for verb, values in verbs.items())


def _named(term: Term) -> str:
    """Return a term in Turtle: a prefixed name where one is plain, else as N-Triples has it."""
    if isinstance(term, Iri) and _PREFIXED.fullmatch(short := shorten(term.value)):
        return short
    if isinstance(term, Literal) and term.datatype not in {XSD_STRING, RDF_LANG_STRING}:
        return f"{to_ntriples(Literal(term.value))}^^{_named(Iri(term.datatype))}"
    return to_ntriples(term)
