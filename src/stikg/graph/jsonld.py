"""JSON-LD: the union of all graphs, one node object a line, with the project's context inside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from stikg.graph.context import Context, forms_of, read_context
from stikg.graph.evidence import TYPE, subjects_with_evidence
from stikg.graph.lines import read_term
from stikg.terms import XSD_STRING, Blank, Iri, Literal, Term

Compact = Callable[[str], str]
_SCHEME: Final = re.compile(rb"<([A-Za-z][A-Za-z0-9+.-]*):")


class _Writer(NamedTuple):
    """How IRIs are shortened, and how the values of each property are written."""

    compact: Compact
    forms: Mapping[str, tuple[str, str]]


def write(lines: Sequence[bytes], prefixes: Mapping[str, str], base: str) -> Iterator[bytes]:
    """Yield the document: the context, then the nodes sorted by IRI, each with its evidence."""
    taken = _schemes(lines)
    context = {key: value for key, value in read_context(base).items() if not _is_taken(key, value, taken)}
    namespaces = {name: iri for name, iri in prefixes.items() if name in context}
    writer = _Writer(_compactor(namespaces), forms_of(context))
    yield _dump({"@context": context})[:-1] + b',\n"@graph":['
    separator = b"\n"
    for subject, properties in subjects_with_evidence(lines):
        yield separator + _dump(_node(subject, properties, writer))
        separator = b",\n"
    yield b"\n]}\n"


def _schemes(lines: Sequence[bytes]) -> set[str]:
    """Return the schemes of all IRIs; a prefix of that name would change their meaning (`time:…`)."""
    found: set[bytes] = set()
    for line in lines:
        found.update(_SCHEME.findall(line))
    return {scheme.decode() for scheme in found}


def _is_taken(key: str, value: Any, taken: set[str]) -> bool:  # noqa: ANN401
    """Say whether a term of the context has a prefix that an IRI of the data uses as its scheme."""
    names = {key.partition(":")[0]}
    if isinstance(value, dict):
        names.update(str(part).partition(":")[0] for part in value.values())
    return bool(names & taken)


def _compactor(namespaces: Mapping[str, str]) -> Compact:
    """Return a function that shortens IRIs under the longest namespace; it remembers what it has met."""
    longest = sorted(namespaces.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    known: dict[str, str] = {}

    def compact(iri: str) -> str:
        short = known.get(iri)
        if short is None:
            short = known[iri] = next(
                (
                    f"{name}:{iri[len(namespace) :]}"
                    for name, namespace in longest
                    if iri.startswith(namespace) and _is_local(iri[len(namespace) :])
                ),
                iri,
            )
        return short

    return compact


def _is_local(rest: str) -> bool:
    """Say whether what is left can follow a prefix; `//` would make it an address."""
    return bool(rest) and not rest.startswith("//")


def _node(subject: bytes, properties: list[tuple[bytes, list[bytes]]], writer: _Writer) -> dict[str, Any]:
    """Return the node object of one subject."""
    node: dict[str, Any] = {"@id": _identifier(read_term(subject), writer)}
    for predicate, values in properties:
        terms = [read_term(value) for value in values]
        if predicate == TYPE and all(isinstance(term, Iri | Blank) for term in terms):
            node["@type"] = _one_or_list([_identifier(term, writer) for term in terms])
        else:
            _add(node, read_term(predicate).value, terms, writer)
    return node


def _add(node: dict[str, Any], predicate: str, terms: list[Term], writer: _Writer) -> None:
    """Add the values of one property; those that do not fit its form stand under its full IRI."""
    key, form = writer.forms.get(predicate, (writer.compact(predicate), ""))
    fitting = [term for term in terms if _fits(term, form)]
    if form == "@language" and fitting:
        node[key] = _language_map(fitting)
    elif fitting:
        node[key] = _one_or_list([_value(term, form, writer) for term in fitting])
    others = [term for term in terms if not _fits(term, form)]
    if others:
        node[predicate] = _one_or_list([_value(term, "", writer) for term in others])


def _fits(term: Term, form: str) -> bool:
    """Say whether a value can be written in the form of its property."""
    if form == "":
        return True
    if form == "@id":
        return isinstance(term, Iri | Blank)
    if form == "@language":
        return isinstance(term, Literal) and term.language is not None
    return isinstance(term, Literal) and term.datatype == form


def _language_map(terms: list[Term]) -> dict[str, Any]:
    """Return texts by language."""
    found: dict[str, list[str]] = {}
    for term in terms:
        if isinstance(term, Literal) and term.language is not None:
            found.setdefault(term.language, []).append(term.value)
    return {language: _one_or_list(sorted(texts)) for language, texts in sorted(found.items())}


def _value(term: Term, form: str, writer: _Writer) -> Any:  # noqa: ANN401
    """Return one value: a string where the form says the rest, else an object that says all."""
    if not isinstance(term, Literal):
        identifier = _identifier(term, writer)
        return identifier if form == "@id" else {"@id": identifier}
    if form:
        return term.value
    if term.language is not None:
        return {"@language": term.language, "@value": term.value}
    if term.datatype == XSD_STRING:
        return term.value
    return {"@type": writer.compact(term.datatype), "@value": term.value}


def _identifier(term: Term, writer: _Writer) -> str:
    """Return an IRI, shortened, or a blank node."""
    return f"_:{term.value}" if isinstance(term, Blank) else writer.compact(term.value)


def _one_or_list(values: list[Any]) -> Any:  # noqa: ANN401
    """Return a single value bare."""
    return values[0] if len(values) == 1 else values


def _dump(value: Context) -> bytes:
    """Return compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
