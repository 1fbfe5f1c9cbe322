"""Compile a mapping into one formatter per table, and run it: rows in, N-Quads lines out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Dictionary
from typing import TYPE_CHECKING, NamedTuple

from stikg.emit.careful import Careful, careful_reader
from stikg.emit.encode import EXOTIC
from stikg.emit.layout import Layout, lay_out
from stikg.emit.source import generate
from stikg.errors import Problem, TableErrors
from stikg.mapping import Mapping

if TYPE_CHECKING:
    from stikg.tables import Row, Table

Judge = Callable[[str], object]
Formatter = Callable[[Iterable["Row"], Judge, Judge, Careful], Iterator[str]]


class _Compiled(NamedTuple):
    layout: Layout
    formatter: Formatter
    is_plain: Judge


class Emitter:
    """The compiled mapping; formatters are generated when their table first comes.

    It can be pickled: another process compiles again, which takes about a millisecond per table.
    """

    def __init__(self, mapping: Mapping, headers: Dictionary[str, tuple[str, ...]]) -> None:
        self.mapping = mapping
        self._layouts = {(name, header): lay_out(mapping, name, header) for name, header in headers.items()}
        self._compiled: dict[tuple[str, tuple[str, ...]], _Compiled] = {}

    def __reduce__(self) -> tuple[type[Emitter], tuple[Mapping, dict[str, tuple[str, ...]]]]:
        return Emitter, (self.mapping, dict(list(self._layouts)))

    def source(self, name: str) -> str:
        """Return the generated Python text of the formatter of table `name`.

        Raises:
            KeyError: The emitter was compiled without this table.
        """
        return generate(next(lay for (table, _), lay in self._layouts.items() if table == name))

    def emit(self, table: Table) -> Iterator[str]:
        """Yield the N-Quads lines of `table`, each with its newline, in the order of rows and mapping.

        Lines can occur twice; sorting and removing duplicates is for the graph.

        Raises:
            TableErrors: After the last row, with all problems of the table; rows with problems give nothing.
        """
        for block in self.blocks(table):
            yield from _lines(block)

    def blocks(self, table: Table, problems: list[Problem] | None = None) -> Iterator[str]:
        """Yield the lines of each row as one text: what `emit` yields, in larger pieces, for writing files.

        Args:
            table: Rows to write; a part of a table serves as well.
            problems: Where to add problems instead of raising them.

        Raises:
            TableErrors: After the last row, unless `problems` is given; or at once beyond 10,000 problems.
        """
        found: list[Problem] = [] if problems is None else problems
        compiled = self._compile(table.name, table.header)
        careful = careful_reader(compiled.layout, found)
        yield from compiled.formatter(table.rows, compiled.is_plain, EXOTIC.search, careful)
        if problems is None and found:
            raise TableErrors(found)

    def _compile(self, name: str, header: tuple[str, ...]) -> _Compiled:
        key = (name, header)
        if key not in self._compiled:
            layout = self._layouts.get(key)
            if layout is None:
                layout = self._layouts[key] = lay_out(self.mapping, name, header)
            self._compiled[key] = _compile(layout)
        return self._compiled[key]


def compile_mapping(mapping: Mapping, headers: Dictionary[str, tuple[str, ...]]) -> Emitter:
    """Compile `mapping` for tables with these headers (table name → columns in their order).

    Raises:
        MappingError: A table has no triples map, or a triples map needs a column its table does not have.
    """
    return Emitter(mapping, headers)


def emit_all(mapping: Mapping, tables: Iterable[Table]) -> Iterator[str]:
    """Yield the N-Quads lines of all tables, in their order; lines can occur twice.

    Raises:
        MappingError: A table has no triples map, or a column is missing.
        TableErrors: After the last table, with all problems of all tables.
    """
    emitter = Emitter(mapping, {})
    problems: list[Problem] = []
    for table in tables:
        for block in emitter.blocks(table, problems):
            yield from _lines(block)
    if problems:
        raise TableErrors(problems)


def _lines(block: str) -> Iterator[str]:
    # Not splitlines(): it also cuts at U+0085 and U+2028, which stand unescaped in literals.
    return (line + "\n" for line in block[:-1].split("\n"))


def _compile(layout: Layout) -> _Compiled:
    text = generate(layout)
    space: dict[str, Formatter] = {}
    # The text holds numbered names and quoted constants only (`source.quoted`), never words of a file.
    exec(compile(text, f"<formatter of {layout.table}>", "exec"), {"__builtins__": {}}, space)  # noqa: S102
    pattern = "".join(f'{pattern}"' for _, _, pattern in layout.probe())
    return _Compiled(layout, space["formatter"], re.compile(pattern).fullmatch)
