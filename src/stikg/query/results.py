"""SPARQL 1.1 Query Results JSON, read strictly."""

from __future__ import annotations

import json
from typing import Any

from stikg.query.rows import Rows
from stikg.terms import Term, from_json


def parse_results(data: bytes) -> Rows | bool:
    """Read the answer to a SELECT or an ASK.

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


def _record(columns: tuple[str, ...], binding: dict[str, Any]) -> tuple[Term | None, ...]:
    """Return the terms of one solution in the order of the columns."""
    return tuple(from_json(binding[name]) if name in binding else None for name in columns)
