"""Answers as bytes: the standard's JSON, read strictly, and a compact form between our own processes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stikg.query.rows import Answer, Rows, Triples
from stikg.terms import Blank, Iri, Literal, Term, from_json, to_json


def parse_results(data: bytes) -> Rows | bool:
    """Read the answer of a service to a SELECT or an ASK.

    Raises:
        ValueError: the bytes are no SPARQL results in JSON.
    """
    try:
        document = json.loads(data)
        if isinstance(document.get("boolean"), bool):
            return bool(document["boolean"])
        columns = tuple(str(name) for name in document["head"]["vars"])
        records = tuple(_record(columns, one) for one in document["results"]["bindings"])
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no SPARQL results: {type(error).__name__} {error}") from error
    return Rows(columns, records)


def _record(columns: tuple[str, ...], binding: Mapping[str, Any]) -> tuple[Term | None, ...]:
    """Return the terms of one solution in the order of the columns."""
    return tuple(from_json(binding[name]) if name in binding else None for name in columns)


def pack(answer: Answer) -> bytes:
    """Return an answer as compact JSON that `unpack` reads back."""
    document: object
    if isinstance(answer, bool):
        document = answer
    elif isinstance(answer, Triples):
        document = [[_packed(term) for term in triple] for triple in answer]
    else:
        rows = [[None if term is None else _packed(term) for term in record] for record in answer.records]
        document = {"columns": answer.columns, "rows": rows}
    return json.dumps(document, ensure_ascii=False, check_circular=False).encode()


def unpack(data: bytes) -> Answer:
    """Read an answer that `pack` made."""
    document = json.loads(data)
    if isinstance(document, bool):
        return document
    if isinstance(document, list):
        return Triples(tuple((_unpacked(s), _unpacked(p), _unpacked(o)) for s, p, o in document))
    records = (tuple(None if term is None else _unpacked(term) for term in row) for row in document["rows"])
    return Rows(tuple(document["columns"]), tuple(records))


def _packed(term: Term) -> list[str | None] | str:
    """Return an IRI as its text, a literal as a list of three, a blank node as a list of one."""
    return term.value if isinstance(term, Iri) else list(term)


def _unpacked(term: Any) -> Term:  # noqa: ANN401  # JSON of our own
    """Return the term that `_packed` packed."""
    if isinstance(term, str):
        return Iri(term)
    return Blank(*term) if len(term) == 1 else Literal(*term)


def bindings(rows: Rows) -> list[dict[str, dict[str, str]]]:
    """Return the solutions; unbound variables are left out."""
    return [
        {name: to_json(term) for name, term in zip(rows.columns, record, strict=True) if term is not None}
        for record in rows.records
    ]
