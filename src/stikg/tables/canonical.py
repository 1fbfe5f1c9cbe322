"""Writes tables in their one canonical form."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from stikg.errors import Message, OutputFailed, Where
from stikg.tables.cells import repaired
from stikg.tables.table import Table

_QUOTED: Final = re.compile('[",\r\n]')


def canonical_csv(table: Table) -> str:
    """Return the file of a table: header, rows sorted by primary key, LF, NFC, cells trimmed, few quotes.

    Rows are ordered by the code points of their key, then of the whole row.
    """
    key = table.positions(table.primary_key)
    rows = [tuple(repaired(cell) for cell in row.values) for row in table.rows]
    rows.sort(key=lambda cells: ([cells[at] for at in key], cells))
    return "".join(_line(cells) for cells in [table.header, *rows])


def _line(cells: Iterable[str]) -> str:
    line = ",".join([_cell(cell) for cell in cells])
    return (line or '""') + "\n"


def _cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def write_table(table: Table, path: Path) -> None:
    """Write the canonical form of a table to `path`, whole or not at all.

    Raises:
        OutputFailed: the place cannot be written; what was there is untouched.
    """
    write_whole(canonical_csv(table), path)


def write_whole(text: str, path: Path) -> None:
    """Write UTF-8 `text` beside `path` and rename it into place, so that no reader sees a part.

    Raises:
        OutputFailed: the place cannot be written; what was there is untouched.
    """
    target = path.resolve()
    try:
        _write_beside(text.encode("utf-8"), target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputFailed(
            Message(f"the table cannot be written: {reason}", f"表を書き込めません: {reason}"),
            Message(
                "make the folder writable or free some space", "書き込み権限と空き容量を確かめてください"
            ),
            Where(path.as_posix()),
        ) from error


def _write_beside(content: bytes, target: Path) -> None:
    """Write a new file in the same folder, flush it to the disk, rename it over the target."""
    beside = target.with_name(f".{target.name}.{os.urandom(8).hex()}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
