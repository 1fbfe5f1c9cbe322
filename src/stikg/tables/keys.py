"""Checks across rows: primary keys, unique columns, foreign keys, contradictions between passages."""

from __future__ import annotations

from collections.abc import Iterable

from stikg.errors import Where
from stikg.tables.cells import near
from stikg.tables.problems import Report, problem
from stikg.tables.schema import PASSAGE, ForeignKey, Schema
from stikg.tables.table import Row, Table, Tables

HINTS = 20
"""Unknown references of a table for which similar keys are sought; the search is slow."""


def check_keys(tables: Tables, report: Report) -> None:
    """Report what is wrong between rows, in all tables."""
    incomplete = {file.resource.name for file in tables.files if not file.complete}
    known = _Known(tables)
    for name in tables.names():
        table, schema = tables[name], tables.resources[name].schema
        _check_primary_key(table, schema, report)
        for columns in _unique_columns(schema):
            _check_unique(table, columns, "not-unique", report)
        for key in schema.foreign_keys:
            if (key.resource or name) not in incomplete:
                _check_foreign_key(table, key, known, report)
        _check_contradictions(table, schema, report)


class _Known:
    """The keys that tables have; most foreign keys name the same few tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._keys: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] = {}

    def keys(self, name: str, columns: tuple[str, ...]) -> set[tuple[str, ...]] | None:
        """Return the cells of these columns in every row; None when there is no such table or column."""
        table = self._tables.get(name)
        if table is None or not set(columns) <= set(table.header):
            return None
        if (name, columns) not in self._keys:
            positions = table.positions(columns)
            self._keys[name, columns] = {_cells(row, positions) for row in table.rows}
        return self._keys[name, columns]


def _cells(row: Row, positions: tuple[int, ...]) -> tuple[str, ...]:
    return tuple([row.values[at] for at in positions])


def _place(row: Row) -> str:
    return f"{row.path}:{row.number}"


def _unique_columns(schema: Schema) -> Iterable[tuple[str, ...]]:
    yield from ((field.name,) for field in schema.fields if field.unique)
    yield from schema.unique_keys


def _check_primary_key(table: Table, schema: Schema, report: Report) -> None:
    """One passage says in one row what it says about one thing; parts of the key may be empty, not all."""
    _check_unique(table, table.primary_key, "duplicate-key", report)
    positions = table.positions(schema.key)
    required = any(field.required for field in schema.fields if field.name in schema.key)
    for row in table.rows if positions and not required else ():
        if not any(_cells(row, positions)):
            report(problem("empty-key", Where(row.path, row.number, ",".join(schema.key)), ""))


def _check_unique(table: Table, columns: tuple[str, ...], code: str, report: Report) -> None:
    positions = table.positions(columns)
    first: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        cells = _cells(row, positions)
        earlier = first.setdefault(cells, row)
        if earlier is not row and any(cells):
            where = Where(row.path, row.number, ",".join(columns))
            report(problem(code, where, ", ".join(cells), first=_place(earlier)))


def _check_foreign_key(table: Table, key: ForeignKey, known: _Known, report: Report) -> None:
    """Every named thing exists; a key with an empty part names nothing (as in SQL)."""
    target = key.resource or table.name
    keys = known.keys(target, key.reference)
    if keys is None:
        return  # reported with the descriptor
    own = table.positions(key.fields)
    sought = 0
    for row in table.rows:
        cells = _cells(row, own)
        if cells not in keys and all(cells):
            sought += 1
            names = [", ".join(cells) for cells in keys] if sought <= HINTS else []
            report(
                problem(
                    "unknown-reference",
                    Where(row.path, row.number, ",".join(key.fields)),
                    ", ".join(cells),
                    table=target,
                    fields=",".join(key.reference),
                    near=near(", ".join(cells), sorted(names)),
                )
            )


def _check_contradictions(table: Table, schema: Schema, report: Report) -> None:
    """Two passages that give one thing different single values contradict each other; both are kept."""
    singles = [field.name for field in schema.fields if field.single and field.name not in PASSAGE]
    key = table.positions(schema.key)
    for name in singles:
        at = table.header.index(name)
        first: dict[tuple[str, ...], Row] = {}
        for row in table.rows:
            if not row.values[at]:
                continue
            earlier = first.setdefault(_cells(row, key), row)
            if earlier.values[at] != row.values[at]:
                where = Where(row.path, row.number, name)
                said = ", ".join(_cells(row, key))
                words = {"key": said, "first": _place(earlier), "value": earlier.values[at]}
                report(problem("contradiction", where, row.values[at], **words))
