"""Lay out one table: which columns its triples maps need, in which roles, and where each cell goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stikg.emit.encode import PLAIN_PARTS, PLAIN_TEXTS
from stikg.errors import MappingError, Message, Where
from stikg.mapping import IriTerm, Mapping, Term, TriplesMap
from stikg.mapping.lexical import DATATYPES, IRI, LexicalForm
from stikg.mapping.model import Template

PART: Final = "part"
TEXT: Final = "text"


@dataclass(frozen=True)
class Slot:
    """A column in one role; the generated code calls its cell `name`.

    `role` is `PART` (percent-encoded into an IRI), `TEXT` (text of a literal) or the lexical form that the
    cell must have as it stands.
    """

    name: str
    column: str
    position: int
    role: str | LexicalForm


@dataclass(frozen=True)
class Layout:
    """What the formatter of one table is made from; `slots` in order of their first use."""

    table: str
    header: tuple[str, ...]
    triples_maps: tuple[TriplesMap, ...]
    slots: tuple[Slot, ...]

    def slot(self, column: str, role: str | LexicalForm) -> Slot:
        """Return the slot of a column in a role."""
        return next(slot for slot in self.slots if (slot.column, slot.role) == (column, role))

    def parts(self) -> tuple[Slot, ...]:
        """Return the slots that are percent-encoded."""
        return tuple(slot for slot in self.slots if slot.role == PART)

    def forms(self) -> tuple[tuple[Slot, LexicalForm], ...]:
        """Return the slots that must have a lexical form, with the form."""
        return tuple((slot, slot.role) for slot in self.slots if isinstance(slot.role, LexicalForm))

    def texts(self) -> tuple[Slot, ...]:
        """Return the slots of text that no other slot judges: parts and lexical forms need no escapes."""
        judged = {slot.position for slot in (*self.parts(), *(slot for slot, _ in self.forms()))}
        return tuple(slot for slot in self.slots if slot.role == TEXT and slot.position not in judged)

    def probe(self) -> list[tuple[tuple[Slot, ...], str, str]]:
        """Return what tells a row that may be written as it stands: (slots, joined by, pattern) per group.

        The first group is that of the parts. Each group is closed by a quotation mark, which no pattern
        admits. Cells of one kind share a group, because one long run of a character class is matched twice
        as fast as many short ones.
        """
        return [
            (self.parts(), "-", PLAIN_PARTS),
            (self.texts(), " ", PLAIN_TEXTS),
            *(((slot,), "", f"(?:{form.fast})?+") for slot, form in self.forms()),
        ]


def roles(term: Term) -> Iterator[tuple[str, str | LexicalForm]]:
    """Yield column and role for each column of a term."""
    for column in term.template.columns:
        yield column, role_of(term)


def role_of(term: Term) -> str | LexicalForm:
    """Return the role that the columns of a term play."""
    if isinstance(term, IriTerm):
        return PART if term.template.single is None else IRI
    return DATATYPES.get(term.datatype or "", TEXT)


def lay_out(mapping: Mapping, table: str, header: tuple[str, ...]) -> Layout:
    """Lay out `table`.

    Raises:
        MappingError: No triples map reads the table, or one needs a column that it does not have.
    """
    maps = mapping.of_table(table)
    if not maps:
        raise MappingError(
            Message(f"no mapping reads the table {table!r}", f"表 {table!r} を読むマッピングがありません"),
            Message(
                f"add a mapping with `sources: [[{table}.csv~csv]]`",
                f"`sources: [[{table}.csv~csv]]` を持つマッピングを加えてください",
            ),
            Where(mapping.path),
        )
    slots: dict[tuple[str, str | LexicalForm], Slot] = {}
    for rule in maps:
        for term in rule.terms():
            for column, role in roles(term):
                position = _position(mapping.path, table, header, term.template, column)
                slots.setdefault((column, role), Slot(f"c{len(slots)}", column, position, role))
    return Layout(table, header, maps, tuple(slots.values()))


def _position(path: str, table: str, header: tuple[str, ...], template: Template, column: str) -> int:
    if column in header:
        return header.index(column)
    import difflib

    near = difflib.get_close_matches(column, header, n=1, cutoff=0.0)
    best = near[0] if near else "?"
    raise MappingError(
        Message(
            f"the table {table!r} has no column {column!r}", f"表 {table!r} に列 {column!r} がありません"
        ),
        Message(
            f"the nearest column is {best!r}; all: {', '.join(header)}",
            f"最も近い列は {best!r} です。全列: {'、'.join(header)}",
        ),
        Where(path, template.line, column),
    )
