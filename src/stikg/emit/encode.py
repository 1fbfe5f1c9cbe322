"""Write cells into IRIs and literals: percent-encoding and the escapes of canonical N-Quads."""

from __future__ import annotations

import re
from typing import Final

from stikg.mapping.lexical import UCSCHAR

# What may be written as it stands, for cells joined by `-` and by a blank. The classes stay below U+0100, or
# compiling each would take 2 ms; `EXOTIC` holds what they admit too much. Full stops are left to the full
# judgement, which refuses `.` and `..`.
PLAIN_PARTS: Final = r"[^\x00-,./:-@\[-^`{-}\x7f-\x9f]*+"
PLAIN_TEXTS: Final = r'[^\x00-\x1f"\\\x7f]*+'
# Surrogates, private use, noncharacters, specials, and all above them. Text without them is also told by
# `str.isprintable`, which is faster, but refuses the ideographic space.
EXOTIC: Final = re.compile("[\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\U0010ffff]")

_ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)},
    0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\",
}  # fmt: skip
_NEEDS_ESCAPE: Final = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_PLAIN_ASCII: Final = re.compile(r"[A-Za-z0-9\-._~]*")
# Not compiled here: it takes 2 ms, and most runs meet no such key.
_RESERVED: Final = rf"[^A-Za-z0-9\-._~{UCSCHAR}]"


def encode_part(value: str) -> str:
    """Percent-encode all but the `iunreserved` characters, so that Japanese stays readable.

    Source: R2RML §7.3 "IRI-safe version"; RFC 3987 §2.2.
    """
    return value if _PLAIN_ASCII.fullmatch(value) else re.sub(_RESERVED, _percent, value)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8"))


def escape_text(value: str) -> str:
    """Escape the text of a literal as canonical N-Quads do.

    Source: RDF Dataset Canonicalization §A "A Canonical form of N-Quads".
    """
    return value.translate(_ESCAPES) if _NEEDS_ESCAPE.search(value) else value


def is_unicode(value: str) -> bool:
    """Say whether `value` can be written as UTF-8: it holds no lone surrogate."""
    if value.isascii() or EXOTIC.search(value) is None:
        return True
    return not any("\ud800" <= character <= "\udfff" for character in value)
