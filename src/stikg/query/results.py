"""Answers as bytes: SPARQL 1.1 Query Results JSON, read strictly, with `triples` for what has no rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stikg.query.rows import Answer, Rows, Triples
from stikg.terms import Term, from_json, to_json


def parse_results(data: bytes) -> Answer:
    """Read an answer.

    Raises:
        ValueError: the bytes are no SPARQL results in JSON.
    """
    try:
        document = json.loads(data)
        if isinstance(document.get("boolean"), bool):
            return bool(document["boolean"])
        if "triples" in document:
            return Triples(
                tuple((from_json(s), from_json(p), from_json(o)) for s, p, o in document["triples"])
            )
        columns = tuple(str(name) for name in document["head"]["vars"])
        records = tuple(_record(columns, one) for one in document["results"]["bindings"])
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no SPARQL results: {type(error).__name__} {error}") from error
    return Rows(columns, records)


def _record(columns: tuple[str, ...], binding: Mapping[str, Any]) -> tuple[Term | None, ...]:
    """Return the terms of one solution in the order of the columns."""
    return tuple(from_json(binding[name]) if name in binding else None for name in columns)


def dump_results(answer: Answer) -> bytes:
    """Return an answer as bytes that `parse_results` reads back."""
    document: dict[str, object]
    if isinstance(answer, bool):
        document = {"head": {}, "boolean": answer}
    elif isinstance(answer, Triples):
        document = {"triples": [[to_json(term) for term in triple] for triple in answer]}
    else:
        document = {"head": {"vars": answer.columns}, "results": {"bindings": bindings(answer)}}
    return json.dumps(document).encode()


def bindings(rows: Rows) -> list[dict[str, dict[str, str]]]:
    """Return the solutions; unbound variables are left out."""
    return [
        {name: to_json(term) for name, term in zip(rows.columns, record, strict=True) if term is not None}
        for record in rows.records
    ]
