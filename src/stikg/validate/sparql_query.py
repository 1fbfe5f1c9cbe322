"""The structure of a constraint's query: where focus nodes are bound, and whether many can be at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from stikg.validate.sparql_text import Token, tokens

THIS: Final = "this"
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_MODIFIERS: Final = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"})
# Clauses of which SHACL says that pre-binding is not defined for them (SHACL 5.2.1).
_FORBIDDEN: Final = frozenset({"MINUS", "VALUES", "SERVICE"})
_RESERVED: Final = frozenset({"shapesGraph", "currentShape"})


class UnknownForm(Exception):
    """The query has a form that is not followed here."""


@dataclass
class Select:
    """One SELECT: where its projection begins, what it selects, how it ends."""

    projection_start: int
    selects_all: bool = False
    names: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    grouped_by: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)

    def treats_focus_nodes_apart(self) -> bool:
        """Say whether rows of one focus node never depend on those of another."""
        if self.modifiers & {"LIMIT", "OFFSET"}:
            return False
        gathers = self.words & _AGGREGATES or self.modifiers & {"GROUP", "HAVING"}
        return not gathers or THIS in self.grouped_by


@dataclass
class Group:
    """One group graph pattern: where its inside begins, whether it or one inside it speaks of `$this`."""

    start: int
    in_exists: bool
    speaks_of_this: bool = False


@dataclass
class Query:
    """A SELECT query taken apart."""

    text: str
    top: Select
    inner: list[Select]
    groups: list[Group]

    @property
    def selects_this(self) -> bool:
        """Say whether the query selects `$this` itself."""
        return self.top.selects_all or THIS in self.top.names

    @property
    def takes_many(self) -> bool:
        """Say whether one run may judge many focus nodes."""
        return all(select.treats_focus_nodes_apart() for select in (self.top, *self.inner))

    def bound_to(self, focus: Iterable[str]) -> str:
        """Return the query for these focus nodes.

        Every group that speaks of `$this` begins with its values. So `$this` is bound wherever the query uses
        it, which is what pre-binding asks for; the groups of EXISTS are given the values row by row already.
        Joining the values once more on the way out takes nothing away and adds nothing.

        Source: SHACL 5.2.1.
        """
        values = f" VALUES ?{THIS} {{ {' '.join(focus)} }} "
        inserted = [
            (group.start, values)
            for i, group in enumerate(self.groups)
            if i == 0 or (group.speaks_of_this and not group.in_exists)
        ]
        if self.takes_many and not self.selects_this:
            inserted.append((self.top.projection_start, f" ?{THIS} "))
        text, parts, end = self.text, [], len(self.text)
        for start, addition in sorted(inserted, reverse=True):
            parts += [text[start:end], addition]
            end = start
        return text[:end] + "".join(reversed(parts))


def read_query(text: str) -> Query:
    """Take a SELECT query apart.

    Raises:
        UnknownForm: it is no plain SELECT, or has what SHACL does not allow with pre-bound variables.
    """
    return _Reader(text).read()


class _Reader:
    """Reads the tokens of one query from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(tokens(text))
        self.at = 0
        self.inner: list[Select] = []
        self.groups: list[Group] = []

    def read(self) -> Query:
        """Read the whole query."""
        self._check()
        self._skip_prologue()
        if self._word() != "SELECT":
            raise UnknownForm("no SELECT")
        top = self._select()
        if self.at != len(self.tokens):
            raise UnknownForm("something follows the query")
        return Query(self.text, top, self.inner, self.groups)

    def _check(self) -> None:
        """Refuse clauses and variables that are not followed here."""
        found = {token.text.upper() for token in self.tokens if token.kind == "word"}
        if found & _FORBIDDEN:
            raise UnknownForm(", ".join(sorted(found & _FORBIDDEN)))
        for before, token in pairwise(self.tokens):
            if token.kind == "var" and token.text[1:] in _RESERVED:
                raise UnknownForm(token.text)
            if before.kind == "word" and before.text.upper() == "AS" and token.text[1:] == THIS:
                raise UnknownForm("AS $this")

    def _token(self) -> Token:
        """Return the token under the finger."""
        if self.at >= len(self.tokens):
            raise UnknownForm("the query ends too early")
        return self.tokens[self.at]

    def _word(self) -> str:
        """Return the word under the finger in capitals, or nothing."""
        token = self._token()
        return token.text.upper() if token.kind == "word" else ""

    def _skip_prologue(self) -> None:
        """Step over PREFIX and BASE."""
        while self._word() in {"PREFIX", "BASE"}:
            self.at += 3 if self._word() == "PREFIX" else 2

    def _select(self) -> Select:
        """Read a SELECT from its keyword to the last of its modifiers."""
        self.at += 1
        if self._word() in {"DISTINCT", "REDUCED"}:
            self.at += 1
        select = Select(self._token().start)
        self._projection(select)
        if self._word() == "WHERE":
            self.at += 1
        self._group(in_exists=False)
        self._solution_modifiers(select)
        return select

    def _projection(self, select: Select) -> None:
        """Read what is selected."""
        depth, named = 0, False
        while not (depth == 0 and (self._token().text == "{" or self._word() == "WHERE")):
            token = self._token()
            depth += (token.text == "(") - (token.text == ")")
            if token.text == "*" and depth == 0:
                select.selects_all = True
            elif token.kind == "word":
                select.words.add(token.text.upper())
            elif token.kind == "var" and (depth == 0 or named):
                select.names.append(token.text[1:])
            named = token.kind == "word" and token.text.upper() == "AS"
            self.at += 1

    def _solution_modifiers(self, select: Select) -> None:
        """Read GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET."""
        current = ""
        while self.at < len(self.tokens) and self._token().text != "}":
            word = self._word()
            if word in _MODIFIERS:
                current = word
                select.modifiers.add(word)
            elif word:
                select.words.add(word)
            elif self._token().kind == "var" and current == "GROUP":
                select.grouped_by.add(self._token().text[1:])
            if self._token().text == "{":
                raise UnknownForm("a group in a modifier")
            self.at += 1

    def _group(self, *, in_exists: bool) -> Group:
        """Read a group graph pattern with everything inside it."""
        if self._token().text != "{":
            raise UnknownForm("no group")
        opening = self._token()
        self.at += 1
        if self._word() == "SELECT":
            return self._subselect(opening, in_exists)
        group = Group(opening.start + 1, in_exists)
        self.groups.append(group)
        before = ""
        while self._token().text != "}":
            token = self._token()
            if token.text == "{":
                inside = self._group(in_exists=in_exists or before == "EXISTS")
                group.speaks_of_this |= inside.speaks_of_this
                before = ""
                continue
            group.speaks_of_this |= token.kind == "var" and token.text[1:] == THIS
            before = token.text.upper() if token.kind == "word" else ""
            self.at += 1
        self.at += 1
        return group

    def _subselect(self, opening: Token, in_exists: bool) -> Group:
        """Read a nested SELECT between its braces."""
        if in_exists:
            raise UnknownForm("SELECT inside EXISTS")
        select = self._select()
        if select.selects_all or THIS not in select.names:
            raise UnknownForm("a nested SELECT that leaves $this out")
        self.inner.append(select)
        if self._token().text != "}":
            raise UnknownForm("no end of a nested SELECT")
        self.at += 1
        return Group(opening.start + 1, in_exists, speaks_of_this=True)
