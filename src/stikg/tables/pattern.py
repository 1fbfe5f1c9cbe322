"""Accepts the patterns whose matching takes time linear in the cell, and refuses the rest.

`re` backtracks: `(a+)+` takes longer than anyone lives on forty letters. A pattern is safe when
each character of the cell decides how the match goes on; the position automaton of the pattern shows
whether that is so. Outside loops a few undecided places are harmless and allowed (`JP|JA`).

Source: V. M. Glushkov, The abstract theory of automata, 1961; A. Brüggemann-Klein and D. Wood,
One-unambiguous regular languages, 1998.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from stikg.errors import Message

MAX_LENGTH: Final = 500
"""Characters of a pattern: what a person can still read."""
MAX_POSITIONS: Final = 1000
"""Places of a pattern once counted repetitions are written out."""
MAX_DEPTH: Final = 20
"""Groups inside groups."""
UNDECIDED: Final = 8
"""Undecided places outside loops: each at most doubles the time, 2^8 times in all."""

Interval = tuple[int, int]
_LAST: Final = 0x10FFFF
_CLASSES: Final[dict[str, tuple[Interval, ...]]] = {
    "d": ((48, 57),),
    "w": ((48, 57), (65, 90), (95, 95), (97, 122)),
    "s": ((9, 13), (28, 32)),
}
_CONTROLS: Final = {"t": 9, "n": 10, "r": 13, "f": 12, "v": 11}
_COUNT: Final = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}")


class PatternError(ValueError):
    """The pattern is no regular expression of the subset, or may take too long."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.message = Message(en, ja)


class _Set(NamedTuple):
    intervals: tuple[Interval, ...]


class _Sequence(NamedTuple):
    parts: tuple[_Node, ...]


class _Choice(NamedTuple):
    parts: tuple[_Node, ...]


class _Repeat(NamedTuple):
    part: _Node
    least: int
    most: int | None


_Node = _Set | _Sequence | _Choice | _Repeat


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for matching whole cells; `\\d`, `\\w` and `\\s` mean ASCII.

    Raises:
        PatternError: outside the subset, or not linear.
    """
    check_pattern(pattern)
    return re.compile(pattern, re.ASCII)


def check_pattern(pattern: str) -> None:
    """Raise `PatternError` unless `pattern` is of the subset and linear."""
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"a pattern of at most {MAX_LENGTH} characters", f"{MAX_LENGTH}文字以内のパターン")
    try:
        re.compile(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"a regular expression ({error})", f"正規表現({error})") from error
    _Automaton().check(_Parser(pattern).parse())


def _outside(what: str) -> PatternError:
    return PatternError(
        f"a simple regular expression (without {what})", f"単純な正規表現({what}は使えません)"
    )


class _Parser:
    """Reads sequences, choices, groups, classes and repetitions; the syntax is already known to be right."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern.removeprefix("^")
        if self._text.endswith("$") and not self._text.endswith("\\$"):
            self._text = self._text[:-1]
        self._at = 0
        self._depth = 0

    def parse(self) -> _Node:
        return self._choice()

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        self._at += 1
        return self._text[self._at - 1]

    def _choice(self) -> _Node:
        parts = [self._sequence()]
        while self._peek() == "|":
            self._take()
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else _Choice(tuple(parts))

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return _Sequence(tuple(parts))

    def _repeated(self, part: _Node) -> _Node:
        counts = _COUNT.match(self._text, self._at)
        if counts:
            self._at = counts.end()
            least = int(counts[1])
            most = least if counts[2] is None else int(counts[3]) if counts[3] else None
        elif self._peek() in ("*", "+", "?") and self._peek():
            sign = self._take()
            least, most = (1 if sign == "+" else 0), (1 if sign == "?" else None)
        else:
            return part
        if self._peek() in ("?", "+", "*", "{") and self._peek():
            raise _outside("*?, ++")
        return _Repeat(part, least, most)

    def _atom(self) -> _Node:
        sign = self._take()
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == ".":
            return _Set(_complement([(10, 10)]))
        if sign in "^$":
            raise _outside("^ $")
        return _Set(self._escape() if sign == "\\" else ((ord(sign), ord(sign)),))

    def _group(self) -> _Node:
        if self._peek() == "?":
            if self._text[self._at : self._at + 2] != "?:":
                raise _outside("(?…)")
            self._at += 2
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _outside(f"{MAX_DEPTH} × (")
        inner = self._choice()
        self._take()
        self._depth -= 1
        return inner

    def _escape(self) -> tuple[Interval, ...]:
        sign = self._take()
        if sign in _CLASSES:
            return _CLASSES[sign]
        if sign.lower() in _CLASSES:
            return _complement(list(_CLASSES[sign.lower()]))
        if sign.isalnum() and sign not in _CONTROLS:
            raise _outside("\\" + sign)
        code = _CONTROLS.get(sign, ord(sign))
        return ((code, code),)

    def _class(self) -> _Node:
        negated = self._peek() == "^"
        self._at += negated
        found: list[Interval] = []
        while self._peek() != "]" or not found:
            found.extend(self._member())
        self._take()
        return _Set(_complement(found) if negated else tuple(found))

    def _member(self) -> tuple[Interval, ...]:
        low = self._one()
        if self._peek() != "-" or self._text[self._at + 1] == "]":
            return low
        self._take()
        return ((low[0][0], self._one()[0][1]),)

    def _one(self) -> tuple[Interval, ...]:
        sign = self._take()
        return self._escape() if sign == "\\" else ((ord(sign), ord(sign)),)


def _complement(intervals: list[Interval]) -> tuple[Interval, ...]:
    """Return every code point that is in none of the intervals."""
    found: list[Interval] = []
    start = 0
    for low, high in sorted(intervals):
        if low > start:
            found.append((start, low - 1))
        start = max(start, high + 1)
    return (*found, (start, _LAST)) if start <= _LAST else tuple(found)


@dataclass(slots=True)
class _Part:
    """A piece of the automaton: may it be empty, where does it begin, where does it end."""

    nullable: bool
    first: list[int]
    last: list[int]


class _Automaton:
    """The positions of a pattern, and which may follow which."""

    def __init__(self) -> None:
        self._sets: list[tuple[Interval, ...]] = []
        self._follow: list[list[int]] = []
        self._looped: list[bool] = []

    def check(self, node: _Node) -> None:
        whole = self._part(node, looped=False)
        undecided = self._undecided(whole.first, looped=False)
        for position, following in enumerate(self._follow):
            undecided += self._undecided(following, looped=self._looped[position])
        if undecided > UNDECIDED:
            raise _ambiguous()

    def _undecided(self, positions: list[int], *, looped: bool) -> int:
        """Count the places whose characters overlap; in a loop there may be none."""
        count = 0
        open_spans: list[tuple[int, int]] = []
        spans = [(low, high, position) for position in positions for low, high in self._sets[position]]
        for low, high, at in sorted(spans):
            open_spans = [(end, before) for end, before in open_spans if end >= low]
            count += len(open_spans)
            if open_spans and (looped or self._looped[at] or any(self._looped[b] for _, b in open_spans)):
                raise _ambiguous()
            if count > UNDECIDED:
                raise _ambiguous()
            open_spans.append((high, at))
        return count

    def _part(self, node: _Node, *, looped: bool) -> _Part:
        if isinstance(node, _Set):
            return self._position(node, looped=looped)
        if isinstance(node, _Choice):
            parts = [self._part(part, looped=looped) for part in node.parts]
            first = [at for part in parts for at in part.first]
            return _Part(any(p.nullable for p in parts), first, [at for part in parts for at in part.last])
        if isinstance(node, _Repeat):
            return self._repeat(node, looped=looped)
        whole = _Part(nullable=True, first=[], last=[])
        for part in node.parts:
            whole = self._joined(whole, self._part(part, looped=looped))
        return whole

    def _position(self, node: _Set, *, looped: bool) -> _Part:
        if len(self._sets) >= MAX_POSITIONS:
            raise _outside(f"{{{MAX_POSITIONS}}}")
        at = len(self._sets)
        self._sets.append(_merged(node.intervals))
        self._follow.append([])
        self._looped.append(looped)
        return _Part(nullable=False, first=[at], last=[at])

    def _joined(self, left: _Part, right: _Part) -> _Part:
        for at in left.last:
            self._follow[at].extend(right.first)
        return _Part(
            left.nullable and right.nullable,
            left.first + right.first if left.nullable else left.first,
            left.last + right.last if right.nullable else right.last,
        )

    def _repeat(self, node: _Repeat, *, looped: bool) -> _Part:
        whole = _Part(nullable=True, first=[], last=[])
        for _ in range(node.least - (node.most is None and node.least > 0)):
            whole = self._joined(whole, self._part(node.part, looped=looped))
        if node.most is None:
            loop = self._part(node.part, looped=True)
            if loop.nullable:
                raise _ambiguous()
            for at in loop.last:
                self._follow[at].extend(loop.first)
            return self._joined(whole, _Part(node.least == 0, loop.first, loop.last))
        return self._joined(whole, self._optional(node, looped=looped))

    def _optional(self, node: _Repeat, *, looped: bool) -> _Part:
        """Write out X{0,n} as (X(X(X)?)?)?, from the inside."""
        whole = _Part(nullable=True, first=[], last=[])
        for _ in range((node.most or 0) - node.least):
            part = self._part(node.part, looped=looped)
            if part.nullable:
                raise _ambiguous()
            whole = self._joined(part, whole)
            whole.nullable = True
        return whole


def _merged(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return the intervals sorted, overlapping ones made one, so that a class never meets itself."""
    found: list[Interval] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def _ambiguous() -> PatternError:
    return PatternError(
        "a pattern in which each character decides how the match goes on, such as [^/]+/.+ instead of .+/.+",
        "各文字で照合の続きが一つに定まるパターン(.+/.+ではなく[^/]+/.+など)",
    )
