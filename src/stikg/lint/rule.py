"""What a data rule is: one named function over all tables, with its texts in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from stikg.errors import Message, Problem, Where
from stikg.tables import Row, Table, Tables, shown


class Finding(NamedTuple):
    """One row that breaks a rule: the column, what it says, what was expected instead."""

    row: Row
    column: str
    found: str
    expected: Message


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the data: `find` yields what breaks it."""

    code: str
    description: Message
    remedy: Message
    find: Callable[[Tables], Iterator[Finding]]
    severity: Literal["error", "warning"] = "error"

    def problems(self, tables: Tables) -> Iterator[Problem]:
        """Yield a problem for each finding."""
        for finding in self.find(tables):
            where = Where(finding.row.path, finding.row.number, finding.column)
            found = shown(finding.found)
            yield Problem(self.code, where, found, finding.expected, self.remedy, self.severity)


Record = dict[str, str]


def records(table: Table) -> Iterator[tuple[Row, Record]]:
    """Yield each row with its cells by column."""
    for row in table.rows:
        yield row, dict(zip(table.header, row.values, strict=True))


def tables_with(tables: Tables, *columns: str) -> Iterator[Table]:
    """Yield the tables that have all these columns, by name."""
    for name in tables.names():
        if set(columns) <= set(tables[name].header):
            yield tables[name]
