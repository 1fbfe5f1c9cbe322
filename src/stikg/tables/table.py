"""Tables as values: rows that know their place in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from stikg.errors import Problem
from stikg.tables.schema import Resource


class Row(NamedTuple):
    """What one passage says about one thing: the cells, and the file and physical line they begin on."""

    values: tuple[str, ...]
    path: str
    number: int


@dataclass(frozen=True, slots=True)
class Table:
    """A named table; `rows` stand in the order of the files."""

    name: str
    header: tuple[str, ...]
    rows: list[Row]
    primary_key: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[str]:
        """Return the cells of one column, row by row."""
        at = self.header.index(name)
        return [row.values[at] for row in self.rows]

    def records(self) -> Iterator[dict[str, str]]:
        """Yield each row as a dictionary from column to cell."""
        return (dict(zip(self.header, row.values, strict=True)) for row in self.rows)

    def positions(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the positions of the named columns."""
        return tuple(self.header.index(name) for name in names)


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file of a table: `complete` is false when part of it could not be read."""

    path: Path
    resource: Resource
    table: Table
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Tables(Mapping[str, Table]):
    """All tables of all datasets that were read together, by name."""

    tables: dict[str, Table]
    resources: dict[str, Resource] = field(default_factory=dict)
    files: tuple[TableFile, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def names(self) -> list[str]:
        """Return the names of the tables, sorted."""
        return sorted(self.tables)

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def __len__(self) -> int:
        return len(self.tables)

    def headers(self) -> dict[str, tuple[str, ...]]:
        """Return the header of each table."""
        return {name: self.tables[name].header for name in self.names()}
