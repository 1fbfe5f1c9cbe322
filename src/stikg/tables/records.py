"""Reads the file of one table row by row: lines, quoting, header, cells, each with its physical line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from stikg.errors import Where
from stikg.tables.cells import MAX_CELL, ColumnCheck, check_cells
from stikg.tables.encoding import Damage, find_damage
from stikg.tables.problems import Report, problem
from stikg.tables.schema import Resource
from stikg.tables.table import Row

MAX_LINE: Final = 1 << 23
"""Characters of a line: 256 columns of the longest cells."""
BATCH: Final = 4096
"""Rows checked together: enough for columns to repeat values, few enough to stay in the cache."""

_RECORD: Final = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')
"""RFC 4180: a cell is quoted as a whole or has no quotation mark."""


class _Broken(Exception):
    """The rest of the file cannot be read as rows; already reported."""


class TableReader:
    """Reads one file; afterwards `complete` tells whether every row could be read."""

    def __init__(self, path: Path, resource: Resource, report: Report) -> None:
        self.complete = True
        self._path = path
        self._resource = resource
        self._report = report
        self._name = path.as_posix()
        self._raw: list[str] = []
        self._returns = 0

    def rows(self) -> Iterator[Row]:
        """Yield the rows, cells in the order of the schema and in canonical form; report what is wrong.

        Memory is bounded by `BATCH` rows, whatever the size of the file.
        """
        try:
            with self._path.open(encoding="utf-8", newline="") as file:
                yield from self._checked(file)
        except UnicodeDecodeError:
            self._not_utf_8()
        except OSError as error:
            self._fail("unreadable-file", None, self._resource.path, reason=error.strerror or str(error))
        except _Broken:
            self.complete = False
        if self._returns:
            self._tell("carriage-return", self._returns, "CR")

    def _checked(self, file: TextIO) -> Iterator[Row]:
        fields = self._resource.schema.fields
        checks = [ColumnCheck(field) for field in fields]
        rows = self._rows(file)
        while batch := list(islice(rows, BATCH)):
            yield from check_cells(batch, fields, checks, self._report)

    def _rows(self, file: TextIO) -> Iterator[Row]:
        """Yield each well-formed row, its cells put into the order of the schema."""
        records = self._records(file)
        found = next(records, None)
        if found is None or not found[1]:
            self._fail("empty-file", 1, "nothing", header=",".join(self._resource.schema.header))
            return
        header = [self._name_of_column(cell, found[0]) for cell in found[1]]
        order = self._order(header, found[0])
        width, name = len(header), self._name
        straight = order == list(range(width))
        for number, cells in records:
            if not any(cells):
                self._tell("blank-row", number, "," * max(len(cells) - 1, 0))
            elif len(cells) != width:
                self._fail("row-width", number, f"{len(cells)} cells", width=width)
            elif straight:
                yield Row(tuple(cells), name, number)
            else:
                yield Row(tuple("" if at is None else cells[at] for at in order), name, number)

    def _name_of_column(self, cell: str, number: int) -> str:
        name = cell.strip()
        if name != cell:
            self._tell("blanks-around", number, cell, value=name)
        return name

    def _records(self, file: TextIO) -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of each record with the number of its first line."""
        reader = csv.reader(self._lines(file), strict=True)
        number = 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise self._unreadable(number, str(error)) from error
            if cells is None:
                return
            if len(self._raw) > 1 or '"' in self._raw[0]:
                self._check_quoting(number)
            self._raw.clear()
            yield number, cells
            number = reader.line_num + 1

    def _unreadable(self, number: int, reason: str) -> _Broken:
        if "field larger" in reason:
            self._tell("cell-too-long", number, "".join(self._raw), limit=MAX_CELL)
        else:
            self._tell("broken-quoting", number, "".join(self._raw), reason=reason)
        return _Broken()

    def _check_quoting(self, number: int) -> None:
        text = "".join(self._raw).rstrip("\r\n")
        if not _RECORD.fullmatch(text):
            self._fail("broken-quoting", number, text, reason="a mark inside an unquoted cell")

    def _lines(self, file: TextIO) -> Iterator[str]:
        """Yield the physical lines, without a byte order mark; keep those of the current record."""
        first = True
        for line in iter(partial(file.readline, MAX_LINE), ""):
            if len(line) == MAX_LINE:
                self._tell("line-too-long", None, line, limit=MAX_LINE)
                raise _Broken
            if first:
                first = False
                self._check_start(line)
                line = line.removeprefix("\ufeff")
            if "\x1b$" in line:
                self._not_utf_8()
                raise _Broken
            if "\r" in line:
                self._returns = self._returns or 1
            self._raw.append(line)
            yield line

    def _check_start(self, line: str) -> None:
        if line.startswith("\ufeff"):
            self._tell("byte-order-mark", 1, "U+FEFF")
        if "\0" in line and find_damage(self._path):
            self._not_utf_8()
            raise _Broken

    def _not_utf_8(self) -> None:
        damage = find_damage(self._path) or Damage(0, None)
        found = _bytes_at(self._path, damage.offset)
        remedy = damage.remedy(self._name)
        self._fail("not-utf-8", None, found, offset=damage.offset, reason=damage.reason, remedy=remedy)

    def _order(self, header: list[str], number: int) -> list[int | None]:
        """Return where each column of the schema stands in the file; report a header that differs."""
        wanted = self._resource.schema.header
        if tuple(header) == wanted:
            return list(range(len(wanted)))
        said = ",".join(wanted)
        if len(header) > 2 * len(wanted) + 16:
            self._fail("too-many-columns", number, f"{len(header)} columns", width=len(wanted), header=said)
            raise _Broken
        for column in sorted({name for name in header if header.count(name) > 1}):
            self._fail("duplicate-column", number, column)
        for position, column in enumerate(wanted, 1):
            if column not in header:
                self._fail("missing-column", number, ",".join(header), column=column, position=position)
        for column in header:
            if column not in wanted:
                self._fail("extra-column", number, column, header=said)
        if sorted(header) == sorted(wanted):
            self._tell("misordered-columns", number, ",".join(header), header=said)
        return [header.index(column) if column in header else None for column in wanted]

    def _tell(self, code: str, number: int | None, found: str, **words: object) -> None:
        self._report(problem(code, Where(self._name, number), found, **words))

    def _fail(self, code: str, number: int | None, found: str, **words: object) -> None:
        self.complete = False
        self._tell(code, number, found, **words)


def _bytes_at(path: Path, offset: int) -> str:
    """Return the eight bytes at `offset` in hexadecimal."""
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(8).hex(" ").upper()
