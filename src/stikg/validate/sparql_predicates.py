"""Which predicates a query can read, so that only their triples need to be loaded for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from stikg.validate.ntriples import RDF_TYPE
from stikg.validate.sparql_text import Token, tokens

_TERMS: Final = frozenset({"var", "iri", "name", "string", "number"})
_MODIFIERS: Final = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"})
_PASSED: Final = frozenset({"OPTIONAL", "UNION", "NOT", "EXISTS", "WHERE", "TRUE", "FALSE"})


class _AnyPredicate(Exception):
    """The query may read any predicate, or is written in a way that is not followed here."""


def predicates_read(query: str, prefixes: Mapping[str, str]) -> frozenset[str] | None:
    """Return the predicates of a query's triple patterns and paths, or None where it may read any.

    Args:
        query: a SELECT query.
        prefixes: prefix → namespace, for prefixes that the query does not declare itself.
    """
    try:
        return frozenset(_Walk(query, prefixes).walk())
    except (_AnyPredicate, IndexError):
        return None


class _Walk:
    """One walk over the tokens of a query; `place` is where in a triple it is."""

    def __init__(self, query: str, prefixes: Mapping[str, str]) -> None:
        self.tokens = list(tokens(query))
        self.prefixes = dict(prefixes)
        self.at = 0
        self.place = "subject"
        self.found: set[str] = set()

    def walk(self) -> set[str]:
        """Walk to the end."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "word" and not token.text.startswith("@") and token.text != "a":
                self._keyword(token.text.upper())
            elif token.text in "{}.;,":
                self.place = {";": "predicate", ",": "object"}.get(token.text, "subject")
                self.at += 1
            elif self.place == "predicate":
                self._path()
                self.place = "object"
            else:
                self._term(token)
        return self.found

    def _keyword(self, word: str) -> None:
        """Step over a clause in which no triple stands, or to the group it opens."""
        if word == "PREFIX":
            self.prefixes[self.tokens[self.at + 1].text[:-1]] = self.tokens[self.at + 2].text[1:-1]
            self.at += 3
        elif word == "SELECT":
            while self.tokens[self.at].text != "{":
                self.at += 1
        elif word in {"FILTER", "BIND"}:
            self._expression()
            self.place = "subject"
        elif word in _MODIFIERS:
            while self.at < len(self.tokens) and self.tokens[self.at].text != "}":
                self.at += 1
        elif word in {"TRUE", "FALSE"}:
            self._term(self.tokens[self.at])
        elif word in _PASSED:
            self.at += 1
            self.place = "subject"
        else:
            raise _AnyPredicate(word)

    def _expression(self) -> None:
        """Step over FILTER or BIND up to the end of its brackets, or to the group of EXISTS."""
        self.at += 1
        while self.tokens[self.at].text != "(":
            if self.tokens[self.at].text == "{":
                return
            self.at += 1
        depth = 0
        while True:
            text = self.tokens[self.at].text
            if text == "{":
                raise _AnyPredicate("a group in an expression")
            depth += (text == "(") - (text == ")")
            self.at += 1
            if depth == 0:
                return

    def _term(self, token: Token) -> None:
        """Step over a subject, an object, or what belongs to a literal."""
        if self.place in {"subject", "object"}:
            if token.kind not in _TERMS and token.text.upper() not in {"TRUE", "FALSE", "+", "-"}:
                raise _AnyPredicate(token.text)
            if token.text not in "+-":
                self.place = "predicate" if self.place == "subject" else "end"
            self.at += 1
        elif token.text.startswith("@"):
            self.at += 1
        elif token.text == "^" and self.tokens[self.at + 1].text == "^":
            self.at += 3
        else:
            raise _AnyPredicate(token.text)

    def _path(self) -> None:
        """Read a property path."""
        while True:
            while self.tokens[self.at].text == "^":
                self.at += 1
            self._step()
            while self.tokens[self.at].text in "*+?":
                self.at += 1
            if self.tokens[self.at].text not in "/|":
                return
            self.at += 1

    def _step(self) -> None:
        """Read one predicate, or a path in brackets."""
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "iri":
            self.found.add(token.text)
        elif token.text == "a":
            self.found.add(RDF_TYPE)
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix not in self.prefixes or "\\" in local:
                raise _AnyPredicate(token.text)
            self.found.add(f"<{self.prefixes[prefix]}{local}>")
        elif token.text == "(":
            self._path()
            if self.tokens[self.at].text != ")":
                raise _AnyPredicate("brackets")
            self.at += 1
        else:
            raise _AnyPredicate(token.text)
