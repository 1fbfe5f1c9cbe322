"""Judge a row cell by cell: encode, escape, check, and collect what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from stikg.emit.encode import encode_part, escape_text, is_unicode
from stikg.emit.layout import PART, Layout, Slot
from stikg.errors import Message, Problem, TableErrors, Where
from stikg.mapping.lexical import LexicalForm

if TYPE_CHECKING:
    from stikg.tables import Row

Careful = Callable[["Row"], "tuple[str, ...] | None"]

# Ten thousand named cells are more than anybody corrects in one go, and a broken column of a large table
# must not fill the memory with messages.
MAX_PROBLEMS: Final = 10_000
# Browsers resolve these two inside an IRI, so the address would lead to another thing.
_DOTS: Final = frozenset({".", ".."})
_KEY_EXPECTED: Final = Message("a key other than . and ..", "「.」「..」以外のキー")
_KEY_REMEDY: Final = Message(
    "choose a short name of letters, digits and hyphens", "英数字とハイフンの短い名前にする"
)
_TEXT_EXPECTED: Final = Message("text of Unicode characters", "Unicode文字からなるテキスト")
_TEXT_REMEDY: Final = Message(
    "remove the lone surrogate and save as UTF-8", "孤立サロゲートを除きUTF-8で保存する"
)


def careful_reader(layout: Layout, problems: list[Problem]) -> Careful:
    """Return a function from a row to the cells of `layout.slots`, or None when the row has problems.

    Args:
        layout: The layout of the table.
        problems: Where problems are added, in the order of the slots.
    """

    def read(row: Row) -> tuple[str, ...] | None:
        cells: list[str] = []
        wrong: dict[Problem, None] = {}
        for slot in layout.slots:
            value = row.values[slot.position]
            problem = _problem(row, slot, value) if value else None
            if problem is None:
                cells.append(_written(slot, value))
            else:
                wrong[problem] = None
        problems.extend(wrong)
        if len(problems) >= MAX_PROBLEMS:
            raise TableErrors(problems)
        return None if wrong else tuple(cells)

    return read


def _written(slot: Slot, value: str) -> str:
    if isinstance(slot.role, LexicalForm):
        return value
    return encode_part(value) if slot.role == PART else escape_text(value)


def _problem(row: Row, slot: Slot, value: str) -> Problem | None:
    if not is_unicode(value):
        shown = value.encode("unicode_escape").decode("ascii")
        return Problem("not-unicode", _where(row, slot), shown, _TEXT_EXPECTED, _TEXT_REMEDY)
    if isinstance(slot.role, LexicalForm):
        if slot.role.accepts(value):
            return None
        return Problem("lexical-form", _where(row, slot), value, slot.role.expected, slot.role.remedy)
    if slot.role == PART and value in _DOTS:
        return Problem("unsafe-key", _where(row, slot), value, _KEY_EXPECTED, _KEY_REMEDY)
    return None


def _where(row: Row, slot: Slot) -> Where:
    return Where(row.path, row.number, slot.column)
