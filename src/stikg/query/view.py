"""Rows as people read them: a thing and its names in two languages become one column."""

from __future__ import annotations

import dataclasses

from stikg.errors import Language
from stikg.query.catalogue import Column
from stikg.query.rows import Rows
from stikg.terms import Term


def view(rows: Rows, language: Language) -> Rows:
    """Join `x`, `x_ja`, `x_en` to one column: the name in `language`, else the other, else the IRI."""
    declared = {column.name: column for column in rows.declared}
    groups: dict[str, list[str]] = {}
    for name in rows.columns:
        groups.setdefault(_stem(name, declared), []).append(name)
    if len(groups) == len(rows.columns):
        return rows
    orders = [sorted(names, key=lambda name: _rank(name, declared, language)) for names in groups.values()]
    positions = [[rows.columns.index(name) for name in order] for order in orders]
    return dataclasses.replace(
        rows,
        columns=tuple(order[0] for order in orders),
        records=tuple(tuple(_first(record, places) for places in positions) for record in rows.records),
        language=language,
    )


def _stem(name: str, declared: dict[str, Column]) -> str:
    """Return the name without the language that its column is declared to be in."""
    language = declared[name].language if name in declared else None
    return name.removesuffix(f"_{language}") if language else name


def _rank(name: str, declared: dict[str, Column], language: str) -> int:
    """Rank the wanted language before the other, names before IRIs."""
    own = declared[name].language if name in declared else None
    return 2 if own is None else int(own != language)


def _first(record: tuple[Term | None, ...], places: list[int]) -> Term | None:
    """Return the first term that is there."""
    return next((record[place] for place in places if record[place] is not None), None)
