"""The canonical form of files: compared, and written back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stikg.errors import Message, Problem, Where
from stikg.tables import TableFile, Tables, canonical_csv, shown, write_whole

CODE: Final = "not-canonical"
DESCRIPTION: Final = Message(
    "files stand in canonical form: rows sorted by key, minimal quotes, LF, NFC, no blanks around cells",
    "ファイルは正規形である: キー順、最小限の引用符、LF、NFC、セルの前後に空白なし",
)
REMEDY: Final = Message("run `stikg lint --fix`", "`stikg lint --fix` を実行してください")


def form_problems(tables: Tables) -> Iterator[Problem]:
    """Yield one problem for each file that could be read whole and is not in canonical form."""
    for file in tables.files:
        canonical = canonical_csv(file.table) if file.complete else None
        if canonical is not None and file.path.read_bytes() != canonical.encode():
            yield _difference(file.path, canonical)


def _difference(path: Path, canonical: str) -> Problem:
    """Show the first line that differs."""
    found = path.read_text(encoding="utf-8").split("\n")
    wanted = canonical.split("\n")
    shared = min(len(found), len(wanted))
    line = next((at for at in range(shared) if found[at] != wanted[at]), shared)
    said = shown(wanted[line]) if line < len(wanted) else "no line"
    expected = Message(f"in canonical form: {said}", f"正規形では: {said}")
    where = Where(path.as_posix(), line + 1)
    return Problem(CODE, where, shown(found[line]) if line < len(found) else "", expected, REMEDY)


def write_canonical(files: tuple[TableFile, ...]) -> list[Path]:
    """Write every file that could be read whole in canonical form; return those that changed.

    A file with undecodable bytes, a wrong header or a broken row is left alone: rewriting it would lose
    what could not be read.
    """
    changed = []
    for file in files:
        canonical = canonical_csv(file.table) if file.complete else None
        if canonical is not None and file.path.read_bytes() != canonical.encode():
            write_whole(canonical, file.path)
            changed.append(file.path)
    return sorted(changed)
