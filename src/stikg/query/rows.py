"""Answers: typed rows that show themselves, and the triples of a CONSTRUCT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from stikg.errors import Language, Message, MissingExtra
from stikg.query.catalogue import Column
from stikg.query.parameters import Bound
from stikg.query.turtle import Triple, turtle
from stikg.terms import Term, Value, to_python

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]  # no stubs among our extras
    import rdflib

_SHOWN = 50  # rows in a notebook or at a prompt; all of them are in the value


class Row(Mapping[str, "Value | None"]):
    """One solution: values by column name, as items (`row["amount"]`) or attributes (`row.amount`)."""

    __slots__ = ("_columns", "_record")

    def __init__(self, columns: Sequence[str], record: Sequence[Term | None]) -> None:
        self._columns = columns
        self._record = record

    def __getitem__(self, name: str) -> Value | None:
        try:
            term = self._record[self._columns.index(name)]
        except ValueError:
            raise KeyError(name) from None
        return None if term is None else to_python(term)

    def __getattr__(self, name: str) -> Value | None:
        if name.startswith("__") or name in Row.__slots__:
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no column {name!r}; there are {', '.join(self._columns)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self.items())})"


@dataclass(frozen=True, repr=False)
class Rows(Sequence[Row]):
    """The answer to a SELECT: a sequence of `Row`, in the order of the query.

    `records` holds the RDF terms themselves, `declared` what a question says of its columns,
    `bound` the values its parameters took.
    """

    columns: tuple[str, ...]
    records: tuple[tuple[Term | None, ...], ...]
    name: str = ""
    declared: tuple[Column, ...] = ()
    bound: tuple[Bound, ...] = ()
    language: Language = "en"

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [Row(self.columns, record) for record in self.records[index]]
        return Row(self.columns, self.records[index])

    def __len__(self) -> int:
        return len(self.records)

    def headings(self, language: str | None = None) -> list[str]:
        """Return the columns as people read them, with units, else their names."""
        said = {
            column.name: column.heading.in_language(language or self.language)
            + (f" ({column.unit})" if column.unit else "")
            for column in self.declared
        }
        return [said.get(name, name) for name in self.columns]

    def column(self, name: str) -> list[Value | None]:
        """Return all values of one column."""
        return [row[name] for row in self]

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the answer; the suffix (csv, tsv, json, md, txt) decides the format.

        Raises:
            UsageError: the suffix is of no format.
            OutputRefused: the file exists, and `force` is not given.
            OutputFailed: the file cannot be written; what was there is still whole.
        """
        from stikg.query.formats import save

        return save(self, Path(path), force=force)

    def to_pandas(self) -> pandas.DataFrame:
        """Return a `pandas.DataFrame` with one column per column.

        Raises:
            MissingExtra: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtra(
                Message("pandas is not installed", "pandas がインストールされていません"),
                Message("run: pip install pandas", "実行してください: pip install pandas"),
            ) from error
        return pandas.DataFrame([list(row.values()) for row in self], columns=list(self.columns))

    def __repr__(self) -> str:
        from stikg.query.formats import table

        more = f"\n… {len(self) - _SHOWN} more" if len(self) > _SHOWN else ""
        return f"{table(self.first(_SHOWN), self.language, 120)}{len(self)} rows{more}"

    def _repr_html_(self) -> str:
        from stikg.query.formats import html

        more = f"<p>… {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        return html(self.first(_SHOWN), self.language) + more

    def first(self, count: int) -> Rows:
        """Return the answer cut after `count` rows."""
        return Rows(self.columns, self.records[:count], self.name, self.declared, self.bound, self.language)


@dataclass(frozen=True, repr=False)
class Triples(Sequence[Triple]):
    """The answer to a CONSTRUCT or DESCRIBE: triples of terms, each once, sorted."""

    records: tuple[Triple, ...]

    @overload
    def __getitem__(self, index: int) -> Triple: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Triple]: ...
    def __getitem__(self, index: int | slice) -> Triple | Sequence[Triple]:
        return self.records[index]

    def __len__(self) -> int:
        return len(self.records)

    def to_turtle(self) -> str:
        """Return the triples as Turtle."""
        return turtle(self.records)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the triples as a `rdflib.Dataset`."""
        from stikg.graph import Graph
        from stikg.query.turtle import ntriples

        return Graph.from_nquads(ntriples(self.records).splitlines(keepends=True)).to_rdflib()

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the triples as Turtle (`.ttl`) or N-Triples (`.nt`); see `Rows.save` for what it raises."""
        from stikg.query.formats import save

        return save(self, Path(path), force=force)

    def __repr__(self) -> str:
        return f"{len(self)} triples"


Answer = Rows | Triples | bool
