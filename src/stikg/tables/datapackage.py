"""Turns a Frictionless `datapackage.yaml` (v1 or v2, the part we use) into a `Dataset`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Final

from stikg.errors import Message, Where
from stikg.tables.datatypes import is_lexical
from stikg.tables.pattern import PatternError, check_pattern
from stikg.tables.problems import Report, problem
from stikg.tables.safe_yaml import Block, DescriptorError, parse_yaml
from stikg.tables.schema import PASSAGE, TYPES, Dataset, Field, ForeignKey, Resource, Schema

DESCRIPTOR: Final = "datapackage.yaml"
MAX_FIELDS: Final = 256
"""Columns of a table: ten times our widest; a spreadsheet of more is not a table of statements."""

_NAME: Final = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_COLUMN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SCHEMA: Final = (
    "fields",
    "primaryKey",
    "foreignKeys",
    "uniqueKeys",
    "missingValues",
    "fieldsMatch",
    "$schema",
)
_CONSTRAINTS: Final = (
    "required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength",
)  # fmt: skip
_MEANINGFUL: Final = {
    "resource": ("name", "path", "schema", "key", "dialect", "encoding", "format", "profile", "type"),
    "field": ("name", "type", "format", "constraints", "single"),
}


class _Wrong(Exception):
    """A part of the descriptor that cannot be used; already reported."""


class _Reader:
    """Walks one descriptor and reports what is wrong with its line."""

    def __init__(self, path: str, report: Report) -> None:
        self.path = path
        self._report = report
        self._verdicts: dict[tuple[str, tuple[str, ...]], bool] = {}
        self._patterns: dict[str, PatternError | None] = {}

    def fail(self, line: int, found: object, expected: str, expected_ja: str) -> _Wrong:
        """Report an unusable part; the caller raises what comes back."""
        where = Where(self.path, line)
        self._report(
            problem("invalid-descriptor", where, str(found), expected=Message(expected, expected_ja))
        )
        return _Wrong()

    def only(self, block: Block, allowed: Iterable[str], *, open_: bool = False) -> None:
        """Report keys that are not allowed; in an open block, those that look like a misspelling."""
        names = tuple(allowed)
        for key in block:
            if key not in names and (not open_ or self._is_misspelling(key, names)):
                where = Where(self.path, block.lines[key])
                self._report(problem("unknown-property", where, key, allowed=", ".join(sorted(names))))

    def _is_misspelling(self, key: str, names: tuple[str, ...]) -> bool:
        """Tell whether `key` is nearly one of `names`; descriptors repeat few keys often."""
        if (key, names) not in self._verdicts:
            lowered = [name.lower() for name in names]
            near = difflib.get_close_matches(key.lower(), lowered, 1, 0.85)
            self._verdicts[key, names] = bool(near)
        return self._verdicts[key, names]

    def pattern_error(self, pattern: str) -> PatternError | None:
        """Return why a pattern is refused; descriptors repeat few patterns often."""
        if pattern not in self._patterns:
            self._patterns[pattern] = _pattern_error(pattern)
        return self._patterns[pattern]

    def text(self, block: Block, key: str, default: str | None = None) -> str:
        """Return the text under `key`."""
        value = block.get(key, default)
        if not isinstance(value, str) or (value == "" and default is None):
            raise self.fail(_line(block, key), value, f"text under {key!r}", f"「{key}」に文字列")
        return value

    def flag(self, block: Block, key: str) -> bool:
        """Return the boolean under `key`, false when absent."""
        value = block.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(
                _line(block, key), value, f"true or false under {key!r}", f"「{key}」にtrueかfalse"
            )
        return value

    def count(self, block: Block, key: str) -> int | None:
        """Return the whole number under `key`, None when absent."""
        value = block.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise self.fail(
                _line(block, key), value, f"a whole number under {key!r}", f"「{key}」に0以上の整数"
            )
        return value

    def blocks(self, block: Block, key: str) -> list[Block]:
        """Return the list of mappings under `key`, empty when absent."""
        value = block.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Block) for item in value):
            raise self.fail(
                _line(block, key), value, f"a list of mappings under {key!r}", f"「{key}」に項目の並び"
            )
        return value

    def columns(self, block: Block, key: str, header: tuple[str, ...] | None) -> tuple[str, ...]:
        """Return the column names under `key` (one, or a list), each of which `header` must have."""
        value = block.get(key, [])
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise self.fail(_line(block, key), value, f"column names under {key!r}", f"「{key}」に列名")
        for name in names:
            if header is not None and name not in header:
                expected = f"under {key!r} one of the columns {', '.join(header)}"
                raise self.fail(
                    _line(block, key), name, expected, f"「{key}」には列{', '.join(header)}のいずれか"
                )
        if len(set(names)) != len(names):
            raise self.fail(
                _line(block, key), names, f"each column once under {key!r}", f"「{key}」の列名は重複なし"
            )
        return tuple(names)

    def fixed(self, block: Block, key: str, *allowed: object) -> None:
        """Refuse another value under `key` than those allowed."""
        if key in block and block[key] not in allowed:
            choice = " / ".join(map(str, allowed))
            raise self.fail(_line(block, key), block[key], f"{key}: {choice}", f"{key}: {choice}")


def _line(block: Block, key: str) -> int:
    return block.lines.get(key, block.line)


def _pattern_error(pattern: str) -> PatternError | None:
    try:
        check_pattern(pattern)
    except PatternError as error:
        return error
    return None


def read_dataset(folder: Path, report: Report) -> Dataset | None:
    """Read the descriptor in `folder`; report what is wrong and return what can be used.

    Returns: the dataset with every resource that could be understood, or None.
    """
    path = (folder / DESCRIPTOR).as_posix()
    try:
        text = (folder / DESCRIPTOR).read_bytes().decode("utf-8")
        document = parse_yaml(text)
    except OSError as error:
        report(problem("unreadable-file", Where(path), DESCRIPTOR, reason=str(error.strerror or error)))
        return None
    except UnicodeDecodeError as error:
        report(problem("invalid-yaml", Where(path), f"byte {error.start}", reason="not UTF-8"))
        return None
    except DescriptorError as error:
        report(problem("invalid-yaml", Where(path, error.line), error.reason, reason=error.reason))
        return None
    return parse_dataset(document, folder, path, report)


def parse_dataset(document: Any, folder: Path, path: str, report: Report) -> Dataset | None:  # noqa: ANN401
    """Return the dataset that a parsed descriptor describes; report what is wrong with its line."""
    reader = _Reader(path, report)
    try:
        if not isinstance(document, Block):
            raise reader.fail(1, type(document).__name__, "a mapping with resources", "resourcesを持つ項目")
        name = _name(reader, document)
        blocks = reader.blocks(document, "resources")
        if not blocks:
            raise reader.fail(
                _line(document, "resources"), "none", "at least one resource", "1つ以上のresource"
            )
    except _Wrong:
        return None
    resources = [found for block in blocks if (found := _resource(reader, block)) is not None]
    return Dataset(name, folder, tuple(_distinct(reader, resources)))


def _name(reader: _Reader, block: Block) -> str:
    name = reader.text(block, "name")
    if not _NAME.fullmatch(name):
        raise reader.fail(
            _line(block, "name"), name, "lower-case letters, digits, - _ .", "小文字英数字と-_."
        )
    return name


def _distinct(reader: _Reader, resources: list[Resource]) -> list[Resource]:
    """Drop, and report, a resource whose name or path another one has."""
    kept: dict[str, Resource] = {}
    paths: set[str] = set()
    for resource in resources:
        if resource.name in kept or resource.path in paths:
            reader.fail(resource.line, resource.name, "each name and path once", "名前とパスは重複なし")
        else:
            kept[resource.name] = resource
            paths.add(resource.path)
    return list(kept.values())


def _resource(reader: _Reader, block: Block) -> Resource | None:
    try:
        reader.only(block, _MEANINGFUL["resource"], open_=True)
        name = _name(reader, block)
        path = _path(reader, block)
        reader.fixed(block, "encoding", "utf-8", "UTF-8", "utf8")
        reader.fixed(block, "format", "csv")
        reader.fixed(block, "profile", "tabular-data-resource")
        reader.fixed(block, "type", "table")
        _dialect(reader, block)
        inner = block.get("schema")
        if not isinstance(inner, Block):
            raise reader.fail(_line(block, "schema"), inner, "an inline schema", "schemaの記述")
        return Resource(name, path, _schema(reader, inner, block), reader.path, block.line)
    except _Wrong:
        return None


def _path(reader: _Reader, block: Block) -> str:
    path = reader.text(block, "path")
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or "\\" in path or ":" in path or not path.endswith(".csv"):
        expected = "the name of a .csv file inside the dataset"
        raise reader.fail(_line(block, "path"), path, expected, "データセット内の.csvファイル名")
    return path


def _dialect(reader: _Reader, block: Block) -> None:
    dialect = block.get("dialect", Block(block.line))
    if not isinstance(dialect, Block):
        raise reader.fail(_line(block, "dialect"), dialect, "a mapping under 'dialect'", "「dialect」に項目")
    fixed: dict[str, tuple[object, ...]] = {
        "delimiter": (",",), "quoteChar": ('"',), "doubleQuote": (True,), "header": (True,),
        "lineTerminator": ("\n", "\\n"), "skipInitialSpace": (False,), "csvddfVersion": ("1.2", 1.2),
        "caseSensitiveHeader": (True,), "$schema": (dialect.get("$schema"),),
    }  # fmt: skip
    reader.only(dialect, fixed)
    for key, allowed in fixed.items():
        reader.fixed(dialect, key, *allowed)


def _schema(reader: _Reader, block: Block, outer: Block) -> Schema:
    reader.only(block, _SCHEMA)
    reader.fixed(block, "missingValues", [""])
    reader.fixed(block, "fieldsMatch", "exact", ["exact"])
    fields = tuple(_field(reader, item) for item in reader.blocks(block, "fields"))
    header = tuple(field.name for field in fields)
    if not 1 <= len(fields) <= MAX_FIELDS:
        raise reader.fail(
            _line(block, "fields"), len(fields), f"1 to {MAX_FIELDS} fields", f"1〜{MAX_FIELDS}個の列"
        )
    if len(set(header)) != len(header):
        raise reader.fail(_line(block, "fields"), ", ".join(header), "each column once", "列名の重複なし")
    if 0 < len(set(PASSAGE) & set(header)) < len(PASSAGE):
        raise reader.fail(
            _line(block, "fields"), ", ".join(header), "source, at and mode together", "source、at、modeの3列"
        )
    primary = reader.columns(block, "primaryKey", header)
    if not primary:
        raise reader.fail(block.line, "none", "a primaryKey", "primaryKey")
    key = reader.columns(outer, "key", header) or tuple(name for name in primary if name not in PASSAGE)
    foreign = tuple(_foreign_key(reader, item, header) for item in reader.blocks(block, "foreignKeys"))
    unique = block.get("uniqueKeys", [])
    if not isinstance(unique, list) or not all(
        isinstance(names, list) and set(names) <= set(header) for names in unique
    ):
        raise reader.fail(_line(block, "uniqueKeys"), unique, "lists of column names", "列名の並び")
    return Schema(fields, primary, key, foreign, tuple(tuple(names) for names in unique))


def _foreign_key(reader: _Reader, block: Block, header: tuple[str, ...]) -> ForeignKey:
    reader.only(block, ("fields", "reference"))
    fields = reader.columns(block, "fields", header)
    reference = block.get("reference")
    if not isinstance(reference, Block):
        raise reader.fail(_line(block, "reference"), reference, "a reference", "「reference」の記述")
    reader.only(reference, ("resource", "fields", "package"))
    target = reader.columns(reference, "fields", None)
    if not fields or len(fields) != len(target):
        raise reader.fail(
            block.line, f"{len(fields)} : {len(target)}", "as many fields on both sides", "両側で同数の列"
        )
    return ForeignKey(fields, reader.text(reference, "resource", ""), target)


def _field(reader: _Reader, block: Block) -> Field:
    reader.only(block, _MEANINGFUL["field"], open_=True)
    name = reader.text(block, "name")
    if not _COLUMN.fullmatch(name):
        raise reader.fail(_line(block, "name"), name, "letters, digits and _", "英数字と_")
    kind = reader.text(block, "type", "string")
    if kind not in TYPES:
        raise reader.fail(
            _line(block, "type"), kind, f"one of {', '.join(TYPES)}", f"{', '.join(TYPES)}のいずれか"
        )
    reader.fixed(block, "format", "default", "uri" if kind == "string" else "default")
    limits = block.get("constraints", Block(block.line))
    if not isinstance(limits, Block):
        raise reader.fail(_line(block, "constraints"), limits, "a mapping", "項目")
    reader.only(limits, _CONSTRAINTS)
    return Field(
        name,
        kind,
        reader.flag(limits, "required"),
        reader.flag(limits, "unique"),
        _enum(reader, limits),
        _pattern(reader, limits),
        _limit(reader, limits, "minimum", kind),
        _limit(reader, limits, "maximum", kind),
        reader.count(limits, "minLength"),
        reader.count(limits, "maxLength"),
        reader.flag(block, "single"),
        _as_text(block.get("title", "")),
        _as_text(block.get("description", "")),
    )


def _as_text(value: Any) -> str:  # noqa: ANN401
    """Write a YAML value as a cell would be written."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _enum(reader: _Reader, limits: Block) -> tuple[str, ...]:
    values = limits.get("enum", [])
    scalar = isinstance(values, list) and not any(isinstance(v, list | dict | None) for v in values)
    if not scalar or ("enum" in limits and not values):
        raise reader.fail(_line(limits, "enum"), values, "a list of values", "値の並び")
    return tuple(_as_text(value) for value in values)


def _pattern(reader: _Reader, limits: Block) -> str | None:
    if "pattern" not in limits:
        return None
    pattern = reader.text(limits, "pattern")
    error = reader.pattern_error(pattern)
    if error:
        raise reader.fail(_line(limits, "pattern"), pattern, error.message.en, error.message.ja)
    return pattern


def _limit(reader: _Reader, limits: Block, key: str, kind: str) -> str | None:
    if key not in limits:
        return None
    text = _as_text(limits[key])
    if kind in ("string", "boolean") or not is_lexical(kind, text):
        raise reader.fail(
            _line(limits, key), text, f"a value of the column's type ({kind})", f"列の型({kind})の値"
        )
    return text
