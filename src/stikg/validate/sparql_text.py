"""SPARQL as text: tokens, and the clauses that a constraint may not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from stikg.errors import Message, ShapesError
from stikg.validate.ntriples import is_literal, parse_literal, plain, sh
from stikg.validate.shapes import Shapes

# A query beyond this is no rule any more; deep nesting has ended processes (SIGSEGV) in Oxigraph's parser.
MOST_CHARACTERS: Final = 50_000
DEEPEST: Final = 100

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<string>\"{3}(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
        |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)
    | (?P<var>[?$][^\W]\w*)
    | (?P<name>[^\W\d][\w.\-]*:(?:[\w.\-:%]|\\.)*|:(?:[\w.\-:%]|\\.)*|_:[\w.\-]+)
    | (?P<word>@?[^\W\d][\w\-]*)
    | (?P<number>\d[\w.]*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_TEXTS: Final = (sh("select"), sh("ask"), sh("construct"), sh("update"))
_OUTSIDE: Final = frozenset({"SERVICE", "FROM", "LOAD"})
_UPDATES: Final = frozenset({"INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})


class Token(NamedTuple):
    """One token: kind, text, where it begins."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query without blanks and comments."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "mark"
        if kind not in {"space", "comment"}:
            yield Token(kind, match[0], match.start())


def words(query: str) -> set[str]:
    """Return the keywords of a query, in capitals."""
    return {token.text.upper() for token in tokens(query) if token.kind == "word"}


def refuse_outside_access(shapes: Shapes) -> None:
    """Refuse queries that would read another graph or a service, change data, or are beyond all bounds.

    Raises:
        ShapesError: one of the queries does.
    """
    for subject, predicate, value in shapes.triples:
        if predicate in _TEXTS and is_literal(value):
            query = parse_literal(value).lexical
            _refuse_size(subject, query)
            forbidden = sorted(words(query) & (_OUTSIDE | _UPDATES))
            if forbidden:
                raise _refused(
                    subject, f"it uses {', '.join(forbidden)}", f"{'、'.join(forbidden)} を使っています"
                )


def _refuse_size(subject: str, query: str) -> None:
    """Refuse a query that is too long or too deep for any parser to be trusted with."""
    if len(query) > MOST_CHARACTERS:
        raise _refused(subject, f"it has {len(query)} characters", f"{len(query)}文字あります")
    depth = deepest = 0
    for token in tokens(query):
        depth += (token.text in "{([") - (token.text in "})]")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise _refused(subject, f"it nests {deepest} deep", f"入れ子が{deepest}段あります")


def _refused(subject: str, english: str, japanese: str) -> ShapesError:
    """Return the error for a query that is not run."""
    return ShapesError(
        Message(
            f"the query of {plain(subject)} is not run: {english}",
            f"{plain(subject)} の問合せは実行しません：{japanese}",
        ),
        Message(
            f"write a SELECT on the data alone, at most {MOST_CHARACTERS} characters and {DEEPEST} levels",
            f"データだけを読むSELECTを、{MOST_CHARACTERS}文字・{DEEPEST}段までで書いてください",
        ),
    )
