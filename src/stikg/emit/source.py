"""Generate the Python text of a table's formatter; names are made from numbers, constants are quoted."""

from __future__ import annotations

from collections.abc import Iterable

from stikg.emit.encode import escape_text
from stikg.emit.layout import TEXT, Layout, role_of
from stikg.mapping import IriTerm, LiteralTerm, Term, TriplesMap

_INDENT = "        "


def generate(layout: Layout) -> str:
    """Return the text of `def formatter(rows, is_plain, is_exotic, careful)` for one table.

    The formatter yields blocks of lines. A row that `is_plain` knows goes out as it stands; any other goes
    through `careful`, which encodes, escapes and checks cell by cell.
    """
    places = _Places(layout)
    body = [line for rule in layout.triples_maps for line in _rule(layout, places, rule)]
    return "\n".join(
        [
            "def formatter(rows, is_plain, is_exotic, careful):",
            "    for row in rows:",
            *(_INDENT + line for line in [*_unpack(layout), *places.lines, *body]),
            "",
        ]
    )


def quoted(text: str) -> str:
    """Return `text` as the inside of an f-string in double quotes: ASCII, braces doubled, nothing to run."""
    escaped = text.encode("unicode_escape").decode("ascii")
    return escaped.replace('"', '\\"').replace("{", "{{").replace("}", "}}")


def _unpack(layout: Layout) -> list[str]:
    """Unpack the row into the first slot of each column, judge it, and fill the further slots."""
    first = {slot.position: slot.name for slot in reversed(layout.slots)}
    cells = ", ".join(first.get(position, "_") for position in range(len(layout.header)))
    parts, *others = [
        joint.join(f"{{{first[slot.position]}}}" for slot in slots) for slots, joint, _ in layout.probe()
    ]
    further = [slot for slot in layout.slots if slot.name != first[slot.position]]
    return [
        f"({cells},) = row.values",
        f'parts = f"{parts}"',
        'line = f"{parts}' + "".join(rf"\"{other}" for other in others) + r'\""',
        "if is_plain(line) and (line.isascii() or (",
        "    (parts.isascii() or not is_exotic(parts)) and (line.isprintable() or not is_exotic(line))",
        ")):",
        *([f"    {slot.name} = {first[slot.position]}" for slot in further] or ["    pass"]),
        "else:",
        "    checked = careful(row)",
        "    if checked is None:",
        "        continue",
        f"    ({', '.join(slot.name for slot in layout.slots)},) = checked",
    ]


class _Places:
    """The distinct subjects and graphs of a table, each computed once per row."""

    def __init__(self, layout: Layout) -> None:
        self.names: dict[tuple[str, tuple[object, ...]], str] = {}
        self.lines: list[str] = []
        for rule in layout.triples_maps:
            self._add(layout, "s", rule.subject, "<", "> <")
            self._add(layout, "g", rule.graph, " <", "> .\n")

    def _add(self, layout: Layout, kind: str, term: IriTerm, before: str, after: str) -> None:
        key = _key(kind, term)
        if key not in self.names:
            self.names[key] = name = f"{kind}{len(self.names)}"
            text = f'f"{quoted(before)}{_fill(layout, term)}{quoted(after)}"'
            self.lines.append(f"{name} = {text}{_if_any(_needs(layout, term))}")

    def of(self, rule: TriplesMap) -> tuple[str, str]:
        """Return the names of the variables of its subject and its graph."""
        return self.names[_key("s", rule.subject)], self.names[_key("g", rule.graph)]


def _key(kind: str, term: IriTerm) -> tuple[str, tuple[object, ...]]:
    return kind, term.template.parts


def _if_any(needs: Iterable[str]) -> str:
    condition = " and ".join(needs)
    return f' if {condition} else ""' if condition else ""


def _needs(layout: Layout, term: Term, filled: Iterable[str] = ()) -> list[str]:
    """Return the variables that must not be empty for the term to be made, but for the columns `filled`."""
    role = role_of(term)
    return [layout.slot(column, role).name for column in term.template.columns if column not in filled]


def _fill(layout: Layout, term: Term) -> str:
    """Write the template of a term as the inside of an f-string; constants of literals are escaped here."""
    role = role_of(term)
    escape = str if isinstance(term, IriTerm) else escape_text
    return "".join(
        quoted(escape(part)) if isinstance(part, str) else f"{{{layout.slot(part.column, role).name}}}"
        for part in term.template.parts
    )


def _rule(layout: Layout, places: _Places, rule: TriplesMap) -> list[str]:
    """Write the lines of one triples map in two blocks: text apart, which may not be ASCII.

    A Python string takes two bytes per character as soon as one is not ASCII, and four with rare kanji;
    apart, two thirds of the output stay at one byte and are encoded by copying.
    """
    subject, graph = places.of(rule)
    filled = {*rule.subject.template.columns, *rule.graph.template.columns}
    made: list[str] = []
    blocks: dict[bool, list[str]] = {False: [], True: []}
    for statement in rule.statements:
        line = f"{{{subject}}}{quoted(statement.predicate)}> {_object(layout, statement.object)}{{{graph}}}"
        needs = _needs(layout, statement.object, filled)
        block = blocks[role_of(statement.object) == TEXT]
        if needs:
            made.append(f'    o{len(made)} = f"{line}"{_if_any(needs)}')
            block.append(f"{{o{len(made) - 1}}}")
        else:
            block.append(line)
    return [f"if {subject} and {graph}:", *made, *_yields(blocks[False]), *_yields(blocks[True])]


def _yields(block: list[str]) -> list[str]:
    if not block:
        return []
    return [f'    block = f"{"".join(block)}"', "    if block:", "        yield block"]


def _object(layout: Layout, term: Term) -> str:
    value = _fill(layout, term)
    if isinstance(term, IriTerm):
        return f"<{value}>"
    return quoted('"') + value + quoted('"' + _suffix(term))


def _suffix(term: LiteralTerm) -> str:
    if term.language is not None:
        return f"@{term.language}"
    return "" if term.datatype is None else f"^^<{term.datatype}>"
