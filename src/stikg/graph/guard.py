"""What a SPARQL query may be, decided before any parser sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from stikg.errors import Message, QueryRejected, Where

# Measured with pyoxigraph 0.5.13: on a stack of 8 MiB, 1,000 nested EXISTS, IF or TRIPLE, 2,000 to 4,000
# chained MINUS, BIND or SELECT expressions, or a list of 8,000 terms end the process (SIGSEGV). Within these
# limits a stack of 2 MiB is enough for every shape that was tried. The longest prepared question has 300
# terms; the engine plans 200 triple patterns for some ten seconds.
MOST_CHARACTERS: Final = 256 * 1024
MOST_NESTED: Final = 64
MOST_OPERATORS: Final = 1_000
MOST_TERMS: Final = 1_000  # outside VALUES, whose data costs no stack

_TOKEN: Final = re.compile(
    r"""
    (?P<blank>\s+|\#[^\n\r]*)
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?!"")(?:[^"\\\n\r]|\\.)*"|'(?!'')(?:[^'\\\n\r]|\\.)*')
    |(?P<open>["'])
    |(?P<variable>[?$]\w+)
    |(?P<tag>@[A-Za-z]+(?:-+[A-Za-z0-9]+)*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    |(?P<name>(?:[^\W\d][\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    |(?P<word>[^\W\d][\w.-]*)
    |(?P<mark>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ASCII_ESCAPE: Final = re.compile(r"\\u00[0-7][0-9A-Fa-f]|\\U000000[0-7][0-9A-Fa-f]")
OPENING: Final = frozenset("([{")
CLOSING: Final = frozenset(")]}")
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)


class Token(NamedTuple):
    """A piece of a query: what kind it is, its text, where it begins."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the pieces of a query that mean something.

    Raises:
        QueryRejected: a string never ends.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind == "open":
            raise rejected(
                text,
                match.start(),
                Message("a string begins here and never ends", "ここで始まる文字列が閉じられていません"),
                Message("close it with the same quotation mark", "同じ引用符で閉じてください"),
            )
        if kind != "blank":
            yield Token(kind, match[0], match.start())


def check_query(text: str, *, known: Callable[[str], bool] | None = None) -> None:
    """Refuse what could end the process, reach outside, or change data.

    Args:
        text: a SPARQL query.
        known: says whether a named graph is in the store; `FROM` may name only those.

    Raises:
        QueryRejected: with line and column.
    """
    _check_size(text)
    found = list(tokens(text))
    _check_form(text, found)
    _check_service(text, found)
    _check_from(text, found, known)
    _check_depth(text, found)
    _check_brackets(text, found)


def _check_size(text: str) -> None:
    """Refuse long texts, and escapes that could hide syntax from us and show it to the parser."""
    if len(text) > MOST_CHARACTERS:
        raise rejected(
            text,
            0,
            Message(
                f"the query has {len(text):,} characters; the limit is {MOST_CHARACTERS:,}",
                f"クエリが{len(text):,}文字あります。上限は{MOST_CHARACTERS:,}文字です",
            ),
            Message("ask in several queries", "いくつかのクエリに分けてください"),
        )
    escape = _ASCII_ESCAPE.search(text)
    if escape is not None:
        raise rejected(
            text,
            escape.start(),
            Message(f"{escape[0]} stands for a plain character", f"{escape[0]} は普通の文字の書き換えです"),
            Message("write the character itself", "その文字をそのまま書いてください"),
        )


def _check_form(text: str, found: list[Token]) -> None:
    """Refuse what is no query, above all an update."""
    words = (token for token in found if token.kind == "word")
    first = next((token for token in words if token.text.upper() not in {"PREFIX", "BASE"}), None)
    if first is None:
        raise rejected(
            text,
            0,
            Message("the query is empty", "クエリが空です"),
            Message("begin with SELECT, ASK, CONSTRUCT or DESCRIBE", _BEGIN_JA),
        )
    word = first.text.upper()
    if word in _UPDATES:
        what = Message(
            f"{first.text} changes data; STIKG only answers questions",
            f"{first.text} はデータを変更する命令です。STIKGは質問にだけ答えます",
        )
        remedy = Message("edit the tables and build again", "表を編集して、もう一度ビルドしてください")
        raise rejected(text, first.at, what, remedy)
    if not word.startswith(_FORMS):
        what = Message(f"{first.text} begins no query", f"{first.text} で始まるクエリはありません")
        raise rejected(
            text, first.at, what, Message("begin with SELECT, ASK, CONSTRUCT or DESCRIBE", _BEGIN_JA)
        )


def _check_brackets(text: str, found: list[Token]) -> None:
    """Refuse brackets without a partner; the parser only says that it expected something else."""
    waiting: list[Token] = []
    for token in found:
        if token.kind == "mark" and token.text in OPENING:
            waiting.append(token)
        elif token.kind == "mark" and token.text in CLOSING:
            if not waiting or _PARTNER[waiting[-1].text] != token.text:
                what = Message(
                    f"this {token.text} closes nothing", f"この {token.text} に対応する括弧がありません"
                )
                raise rejected(text, token.at, what, _BALANCE)
            waiting.pop()
    if waiting:
        what = Message(
            f"this {waiting[-1].text} is never closed", f"この {waiting[-1].text} が閉じられていません"
        )
        raise rejected(text, waiting[-1].at, what, _BALANCE)


_PARTNER: Final = {"(": ")", "[": "]", "{": "}"}
_BALANCE: Final = Message("give every bracket its partner", "括弧の対応を合わせてください")
_BEGIN_JA: Final = "SELECT、ASK、CONSTRUCT、DESCRIBEのいずれかで始めてください"


def _check_service(text: str, found: list[Token]) -> None:
    """Refuse SERVICE, which calls out.

    Oxigraph reads keywords without a boundary before them: `trueSERVICE <…>` calls out, and so does
    `ex:a.b.SERVICE <…>`. So the letters are looked for anywhere but in a name before its first dot.
    """
    for token in found:
        if "service" in _spoken(token).casefold():
            raise rejected(
                text,
                token.at,
                Message(
                    "SERVICE would call another computer", "SERVICE は外部のコンピューターを呼び出します"
                ),
                Message(
                    "ask that service itself with --endpoint, or load its data; write a name as <IRI>",
                    "そのサービスには --endpoint で尋ねるか、データを読み込んでください。"
                    "名前なら <IRI> の形で書いてください",
                ),
            )


def _spoken(token: Token) -> str:
    """Return the part of a token in which the parser might see a keyword."""
    if token.kind == "word":
        return token.text
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return f"{prefix} {local.partition('.')[2]}"
    return ""


def _check_from(text: str, found: list[Token], known: Callable[[str], bool] | None) -> None:
    """Refuse FROM with anything but a graph that is here."""
    prefixes = _declared(found)
    for at, token in enumerate(found):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        after = found[at + 1 : at + 3]
        if after and after[0].text.upper() == "NAMED":
            after = after[1:]
        iri = _iri(after[0], prefixes) if after else ""
        if known is None or not known(iri):
            raise rejected(
                text,
                token.at,
                Message(f"FROM names {iri or 'something'}, which is no graph here",
                        f"FROM が指す {iri or 'もの'} は、ここにあるグラフではありません"),
                Message("leave FROM out; to ask one named graph, write GRAPH <…> { … }",
                        "FROM を除いてください。名前付きグラフに尋ねるには GRAPH <…> { … } と書きます"),
            )  # fmt: skip


def _declared(found: list[Token]) -> dict[str, str]:
    """Return the prefixes that the query declares."""
    return {
        name.text: iri.text[1:-1]
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def _iri(token: Token, prefixes: dict[str, str]) -> str:
    """Return the IRI that a token means, or nothing."""
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    return prefixes.get(prefix + colon, "") + local if token.kind == "name" else ""


def _check_depth(text: str, found: list[Token]) -> None:
    """Refuse nesting and lengths that end the process of the parser."""
    depth = operators = terms = 0
    data = _DataBlock()
    for token in found:
        inside = data.holds(token)
        if token.kind == "mark":
            depth += (token.text in OPENING) - (token.text in CLOSING)
            operators += not inside
        elif inside:
            continue
        elif token.kind == "word":
            operators += 1 + token.text.count("-") + token.text.count(".")
        else:
            terms += 1
        if depth > MOST_NESTED:
            raise _too_much(text, token, MOST_NESTED, "nested brackets", "段の入れ子")
        if operators > MOST_OPERATORS:
            raise _too_much(text, token, MOST_OPERATORS, "operators and keywords", "個の演算子とキーワード")
        if terms > MOST_TERMS:
            raise _too_much(text, token, MOST_TERMS, "terms outside VALUES", "個の項(VALUESの外)")


class _DataBlock:
    """Knows, token by token, whether the braces of VALUES are open."""

    def __init__(self) -> None:
        self._announced = self._open = False

    def holds(self, token: Token) -> bool:
        """Take the next token and say whether it is data of VALUES."""
        if self._open:
            self._open = token.text != "}"
        elif self._announced:
            self._open = token.text == "{"
            self._announced = token.kind == "variable" or token.text in {"(", ")"}
        else:
            self._announced = token.kind == "word" and token.text.upper() == "VALUES"
        return self._open


def _too_much(text: str, token: Token, most: int, what_en: str, what_ja: str) -> QueryRejected:
    """Return the error for a query beyond a limit."""
    return rejected(
        text,
        token.at,
        Message(f"the query has more than {most:,} {what_en}", f"クエリが{most:,}{what_ja}を超えています"),
        Message(
            "use VALUES for long lists, or ask in several queries",
            "長い列挙には VALUES を使うか、いくつかのクエリに分けてください",
        ),
    )


def rejected(text: str, at: int, what: Message, remedy: Message, why: Message | None = None) -> QueryRejected:
    """Return the error that names line and column of a character."""
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return rejected_at(line, column, what, remedy, why)


def rejected_at(
    line: int, column: int, what: Message, remedy: Message, why: Message | None = None
) -> QueryRejected:
    """Return the error with its place in words."""
    return QueryRejected(
        Message(
            f"query, line {line}, column {column}: {what.en}", f"クエリの{line}行{column}文字目: {what.ja}"
        ),
        remedy,
        Where("query", line),
        why,
    )
