"""Text as a terminal shows it: harmless characters, columns that line up with wide ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# C0 and C1 controls, and the bidirectional and zero-width formatting characters that can disguise a line.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_UNSAFE_EXCEPT_LAYOUT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def printable(text: str, *, layout: bool = False) -> str:
    """Replace characters that would steer the terminal by pictures; with `layout` keep tab and newline."""
    return (_UNSAFE_EXCEPT_LAYOUT if layout else _UNSAFE).sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    """Return the picture of a control character (U+2400 block) or its number."""
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def width(text: str) -> int:
    """Return how many columns the text takes.

    Source: Unicode Standard Annex 11; ambiguous characters count as one column.
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    """Return the columns of one character: 0 for marks, 2 for wide and full-width ones, else 1."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill the text with blanks up to `columns`; `right` aligns it to the right."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def clip(text: str, columns: int) -> str:
    """Cut the text to `columns`, ending in `…` where something was cut."""
    if width(text) <= columns:
        return text
    taken, kept = 0, []
    for character in text:
        taken += _columns(character)
        if taken > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


# Scripts written without blanks may break anywhere, except before closing punctuation (JIS X 4051, 4.3).
_WIDE: Final = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_CLOSING: Final = "、。，．・：；？！）］｝」』】〕〉》ー々"
_PIECE: Final = re.compile(
    rf"[{_WIDE}\U0001f300-\U0003ffff][{_CLOSING}]*\s*|[^\s{_WIDE}\U0001f300-\U0003ffff]+\s*|\s+"
)


def wrap(text: str, columns: int) -> list[str]:
    """Break the text into lines of at most `columns`, at blanks or between wide characters."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, columns):
        if line and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str, columns: int) -> Iterator[str]:
    """Yield the unbreakable pieces of a text; a piece longer than a line is cut."""
    for match in _PIECE.finditer(text):
        piece = match[0]
        for start in range(0, len(piece), max(1, columns)):
            yield piece[start : start + max(1, columns)]
