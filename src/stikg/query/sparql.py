"""SPARQL text seen from outside: its form, the prefixes it leaves out."""

from __future__ import annotations

import re
from typing import Final, Literal

from stikg.namespaces import PREFIXES

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_BLANK_OR_COMMENT: Final = re.compile(r"(?:\s+|#[^\n\r]*)*")
_DECLARATION: Final = re.compile(r"(?:BASE\s*<[^>\n]*>|PREFIX\s+[^\s:<>]*:\s*<[^>\n]*>)", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Za-z]+")
_DECLARED: Final = re.compile(r"PREFIX\s+([^\s:<>]*):", re.IGNORECASE)
# Strings, IRIs and comments, where a colon makes no prefixed name. Possessive, and with a closing mark that
# may be missing, so that each character is read once: an unclosed quote before many others would otherwise
# be looked at from each of them.
_OPAQUE: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?'
    r"|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'(?:[^'\\\n]|\\.)*+'?"
    r'|<[^<>"{}|^`\\\s]*+>|#[^\n\r]*+',
    re.DOTALL,
)


def form_of(text: str) -> Form | None:
    """Return the form of a query, or None where the first word after the prologue is none of the four."""
    position = _skip(text, 0)
    while match := _DECLARATION.match(text, position):
        position = _skip(text, match.end())
    word = _WORD.match(text, position)
    form = word[0].upper() if word else ""
    return form if form in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"} else None  # type: ignore[return-value]


def _skip(text: str, position: int) -> int:
    """Return the position after blanks and comments."""
    match = _BLANK_OR_COMMENT.match(text, position)
    return match.end() if match else position


def with_prefixes(text: str) -> str:
    """Declare the project's prefixes that a query uses and does not declare, without moving a line."""
    bare = _OPAQUE.sub(" ", text)
    declared = {match[1] for match in _DECLARED.finditer(bare)}
    wanted = [
        f"PREFIX {name}: <{iri}> "
        for name, iri in sorted(PREFIXES.items())
        if name not in declared and re.search(rf"(?<![\w:.-]){re.escape(name)}:", bare)
    ]
    return "".join(wanted) + text
