"""What a table must look like: the values that a descriptor becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PASSAGE: Final = ("source", "at", "mode")
"""The columns that say which passage makes the statement of a row."""

TYPES: Final = ("string", "integer", "number", "boolean", "date", "year", "yearmonth")
"""The Frictionless types that a column may have."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column; limits are kept as the text of a cell would be written."""

    name: str
    type: str = "string"
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    single: bool = False
    title: str = field(default="", compare=False)
    description: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose cells name a row of the table `resource`."""

    fields: tuple[str, ...]
    resource: str
    reference: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """What must be the same wherever a table of this name occurs; `key` names the thing a row is about."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.fields)


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a dataset and the schema its descriptor gives it; `line` is where that stands."""

    name: str
    path: str
    schema: Schema
    descriptor: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder of tables described by `datapackage.yaml`."""

    name: str
    folder: Path
    resources: tuple[Resource, ...] = ()
