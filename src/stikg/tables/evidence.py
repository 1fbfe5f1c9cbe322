"""Checks that every row leads back to a passage, and lists the passages."""

from __future__ import annotations

from typing import Final, NamedTuple

from stikg.errors import Message, Where
from stikg.tables.cells import near
from stikg.tables.locators import Locator, LocatorError, parse_locator
from stikg.tables.problems import Report, problem
from stikg.tables.schema import PASSAGE
from stikg.tables.table import Row, Table, Tables

DOCUMENTS: Final = "documents"
MODES: Final = ("stated", "implied", "derived", "reference")
HEADER: Final = ("source", "at", "mode", "fragment", "conforms_to", "first_line", "last_line")

_SIZES: Final = {
    "line": ("line_count", Message("lines", "行")),
    "char": ("char_count", Message("characters", "文字")),
    "page": ("page_count", Message("pages", "ページ")),
}


class _Document(NamedTuple):
    """How long a document is, in each unit its row gives."""

    sizes: dict[str, int]


def evidence_table(tables: Tables) -> Table:
    """Return the distinct passages of all tables as the table `evidence`, sorted.

    Returns: columns `HEADER`; each row has the place of its first use; lines only where the locator
        counts lines.
    """
    found: dict[tuple[str, ...], Row] = {}
    for name in tables.names():
        for passage, row in _passages(tables[name]):
            found.setdefault(passage, row)
    rows = [
        Row(_described(*key), row.path, row.number) for key, row in sorted(found.items(), key=_by_passage)
    ]
    return Table("evidence", HEADER, rows, PASSAGE)


def _by_passage(item: tuple[tuple[str, ...], Row]) -> tuple[str, ...]:
    return item[0]


def _passages(table: Table) -> list[tuple[tuple[str, ...], Row]]:
    """Return the passage of each row, empty for a table without passages."""
    if not set(PASSAGE) <= set(table.header):
        return []
    source, at, mode = table.positions(PASSAGE)
    return [((row.values[source], row.values[at], row.values[mode]), row) for row in table.rows]


def _described(source: str, at: str, mode: str) -> tuple[str, ...]:
    try:
        locator = parse_locator(at)
    except LocatorError:
        locator = Locator("whole")
    lines = (str(locator.first), str(locator.last)) if locator.kind == "line" else ("", "")
    return (source, at, mode, locator.fragment, locator.conforms_to, *lines)


def check_evidence(tables: Tables, report: Report) -> None:
    """Report unknown documents, impossible locators, and modes that do not fit their locator or document."""
    documents = _documents(tables)
    for name in tables.names():
        table = tables[name]
        schema = tables.resources[name].schema
        referred = any(key.fields == ("source",) for key in schema.foreign_keys)
        listed = any(field.name == "mode" and field.enum for field in schema.fields)
        verdicts: dict[tuple[str, ...], list[_Verdict]] = {}
        for passage, row in _passages(table):
            if passage not in verdicts:
                verdicts[passage] = _verdicts(passage, documents, referred=referred, listed=listed)
            for code, column, value, words in verdicts[passage]:
                report(problem(code, Where(row.path, row.number, column), value, **words))


_Verdict = tuple[str, str, str, dict[str, object]]


def _documents(tables: Tables) -> dict[str, _Document]:
    """Return the documents by key, with the lengths their rows give."""
    documents: dict[str, _Document] = {}
    if DOCUMENTS not in tables or "key" not in tables[DOCUMENTS].header:
        return documents
    for record in tables[DOCUMENTS].records():
        document = documents.setdefault(record["key"], _Document({}))
        for kind, (column, _) in _SIZES.items():
            text = record.get(column, "")
            if text.isascii() and text.isdigit():
                document.sizes[kind] = max(int(text), document.sizes.get(kind, 0))
    return documents


def _verdicts(
    passage: tuple[str, ...], documents: dict[str, _Document], *, referred: bool, listed: bool
) -> list[_Verdict]:
    """Judge one passage; empty cells, and what the schema `listed` or `referred`, are judged elsewhere."""
    source, at, mode = passage
    found: list[_Verdict] = []
    if mode and mode not in MODES and not listed:
        allowed = ", ".join(MODES)
        found.append(("not-in-enum", "mode", mode, {"allowed": allowed, "near": near(mode, MODES)}))
    document = documents.get(source)
    if document is None and source and not referred:
        found.append(("unknown-document", "source", source, {"near": near(source, documents)}))
    if not at:
        return found
    try:
        locator = parse_locator(at)
    except LocatorError as error:
        return [*found, ("invalid-locator", "at", at, {"reason": error.message})]
    return [
        *found,
        *_mode_verdicts(passage, locator, document),
        *_length_verdicts(passage, locator, document),
    ]


def _mode_verdicts(passage: tuple[str, ...], locator: Locator, document: _Document | None) -> list[_Verdict]:
    """A statement of the document layer needs a place in a document whose text was read."""
    source, at, mode = passage
    if mode not in MODES or mode == "reference":
        return []
    if locator.kind == "whole":
        return [("mode-needs-locator", "at", at, {"mode": mode})]
    if document is None or locator.kind in document.sizes or "line" in document.sizes:
        return []
    column = "page_count" if locator.kind == "page" else "line_count"
    return [("not-a-document-source", "source", source, {"mode": mode, "column": column})]


def _length_verdicts(
    passage: tuple[str, ...], locator: Locator, document: _Document | None
) -> list[_Verdict]:
    """A place must lie within the document, as far as the length of the document is known."""
    source, at, _ = passage
    limit = document.sizes.get(locator.kind) if document else None
    if limit is None or locator.last <= limit:
        return []
    words: dict[str, object] = {"limit": limit, "unit": _SIZES[locator.kind][1], "document": source}
    return [("locator-beyond-document", "at", at, words)]
