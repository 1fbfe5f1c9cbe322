"""Where in a document a statement stands: the grammar of locators and the fragments they become."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from stikg.errors import Message

LINES: Final = "http://tools.ietf.org/rfc/rfc5147"
PAGES: Final = "http://tools.ietf.org/rfc/rfc8118"

_N: Final = "(0|[1-9][0-9]{0,8})"
_LINE: Final = re.compile(f"L{_N}(?:-{_N})?")
_CHARACTERS: Final = re.compile(f"c{_N}-{_N}")
_PAGE: Final = re.compile(f"p{_N}")
_RECORD: Final = re.compile(r"record-[a-z0-9]+(?:[-.][a-z0-9]+)*")


class LocatorError(ValueError):
    """The text is no locator."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.message = Message(en, ja)


class Locator(NamedTuple):
    """A place: lines and pages are 1-based and inclusive, code points half open.

    `kind` is line, char, page or whole.
    """

    kind: str
    first: int = 0
    last: int = 0

    @property
    def fragment(self) -> str:
        """The fragment of RFC 5147 (text) or RFC 8118 (PDF); empty for a whole source.

        RFC 5147 counts the gaps between lines from 0, so line 45 is `line=44,45`.
        """
        if self.kind == "line":
            return f"line={self.first - 1},{self.last}"
        if self.kind == "char":
            return f"char={self.first},{self.last}"
        return f"page={self.first}" if self.kind == "page" else ""

    @property
    def conforms_to(self) -> str:
        """The IRI of the fragment's specification, as the W3C Web Annotation model lists it."""
        return {"line": LINES, "char": LINES, "page": PAGES}.get(self.kind, "")


def parse_locator(text: str) -> Locator:
    """Read `L45`, `L107-110`, `c1234-1266`, `p3`, `whole` or `record-<slug>`.

    Raises:
        LocatorError: anything else, or a range that is empty or backwards.
    """
    if text == "whole" or _RECORD.fullmatch(text):
        return Locator("whole")
    if found := _LINE.fullmatch(text):
        return _lines(int(found[1]), found[2])
    if found := _CHARACTERS.fullmatch(text):
        if int(found[1]) >= int(found[2]):
            raise LocatorError("the end must be after the start", "終わりは始まりより後")
        return Locator("char", int(found[1]), int(found[2]))
    if found := _PAGE.fullmatch(text):
        if int(found[1]) < 1:
            raise LocatorError("pages count from 1", "ページは1から数える")
        return Locator("page", int(found[1]), int(found[1]))
    raise LocatorError("this has none of these forms", "いずれの形でもない")


def _lines(first: int, end: str | None) -> Locator:
    if first < 1:
        raise LocatorError("lines count from 1", "行は1から数える")
    if end is None:
        return Locator("line", first, first)
    if int(end) <= first:
        raise LocatorError("the last line must be after the first", "最後の行は最初の行より後")
    return Locator("line", first, int(end))
