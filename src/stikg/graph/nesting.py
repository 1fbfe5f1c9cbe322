"""How deep a text is nested, found without recursion before a parser sees it."""

from __future__ import annotations

import re
from typing import Final

MOST_JSON_LEVELS: Final = 256  # pyoxigraph 0.5.13 ends the process at 5,000
MOST_TRIPLE_TERMS: Final = 64  # and at 100,000
_JSON: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[{}\[\]]', re.DOTALL)
_TURTLE: Final = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*+(?:\'\'\')?'
    rb'|"(?:[^"\\\n]|\\.)*+"?|\'(?:[^\'\\\n]|\\.)*+\'?|\#[^\n]*|<<|>>|<[^<>\s]*>',
    re.DOTALL,
)


def check_json_depth(data: bytes) -> int | None:
    """Return the line on which a JSON text gets too deep, or None."""
    return _too_deep(data, _JSON, frozenset(b"{["), frozenset(b"}]"), MOST_JSON_LEVELS)


def check_triple_terms(data: bytes) -> int | None:
    """Return the line on which triple terms get too deep in Turtle, TriG, N-Triples or N-Quads, or None."""
    if data.count(b"<<") <= MOST_TRIPLE_TERMS:
        return None
    return _too_deep(data, _TURTLE, frozenset({b"<<"}), frozenset({b">>"}), MOST_TRIPLE_TERMS)


def _too_deep(
    data: bytes,
    pattern: re.Pattern[bytes],
    opening: frozenset[bytes] | frozenset[int],
    closing: frozenset[bytes] | frozenset[int],
    most: int,
) -> int | None:
    """Count what opens and closes."""
    depth = 0
    for match in pattern.finditer(data):
        piece: bytes | int = match[0] if len(match[0]) > 1 else match[0][0]
        depth += (piece in opening) - (piece in closing)
        if depth > most:
            return data.count(b"\n", 0, match.start()) + 1
    return None
