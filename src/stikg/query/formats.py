"""Answers as text: table, CSV, TSV, JSON, Markdown, Turtle, HTML."""

from __future__ import annotations

import csv as csv_writer
import html as html_text
import io
import json as json_text
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from stikg.errors import Language, Message, UsageError
from stikg.files import write_file
from stikg.query.results import bindings
from stikg.query.rows import Answer, Rows, Triples
from stikg.query.turtle import ntriples, turtle
from stikg.query.view import view
from stikg.terminal import pad, printable, width, wrap
from stikg.terms import Iri, Literal, Term, is_number, shorten, to_json

FORMATS: Final = ("table", "csv", "tsv", "json", "md", "ttl")
SUFFIXES: Final[Mapping[str, str]] = {
    ".csv": "csv", ".tsv": "tsv", ".json": "json", ".srj": "json", ".md": "md", ".ttl": "ttl", ".nt": "nt",
    ".txt": "table",
}  # fmt: skip
SCHEMA_VERSION: Final = 1

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
# A spreadsheet takes a cell that begins so for a formula (tab and CR: OWASP, CSV Injection).
_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_TSV_ESCAPES: Final = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_TSV_SPECIAL: Final = re.compile(r"[\\\x00-\x1f\x7f-\x9f]")
_GROUPED_FROM: Final = 10_000  # digits are grouped from here on, so years and line numbers stay whole
_FEW: Final = 1  # rows; more of them are compared, and so stand in columns
_NARROWEST: Final = 8  # columns; a table in a narrow window wraps no tighter


def render(
    answer: Answer, form: str, *, language: Language = "en", columns: int = 100, colour: bool = False
) -> str:
    """Return the answer as text in one of `FORMATS` (or `nt`), ending in a newline.

    Raises:
        UsageError: triples were asked for as a table, or rows as Turtle.
    """
    if isinstance(answer, Triples):
        if form not in {"ttl", "nt"}:
            raise _unfit(form, "triples (CONSTRUCT, DESCRIBE)", "トリプル(CONSTRUCT・DESCRIBE)", "ttl")
        return turtle(answer.records) if form == "ttl" else ntriples(answer.records)
    if form in {"ttl", "nt"}:
        raise _unfit(form, "rows (SELECT, ASK)", "表(SELECT・ASK)", "table, csv, tsv, json, md")
    if isinstance(answer, bool):
        return _boolean(answer, form, language)
    if form == "table":
        return table(answer, language, columns, colour=colour)
    return _WRITERS[form](answer, language)


def _unfit(form: str, en: str, ja: str, fitting: str) -> UsageError:
    """Draw the error for a format that the answer cannot take."""
    return UsageError(
        Message(f"this query answers with {en}, which do not fit the format {form}",
                f"この質問の答えは{ja}なので、形式 {form} にはできません"),
        Message(f"use --format {fitting}", f"--format {fitting} を使ってください"),
    )  # fmt: skip


def _boolean(answer: bool, form: str, language: Language) -> str:
    """Return the answer to an ASK."""
    if form == "json":
        document = {"kind": "answer", "schema_version": SCHEMA_VERSION, "head": {}, "boolean": answer}
        return json_text.dumps(document, indent=2) + "\n"
    if form == "table" and language == "ja":
        return "はい\n" if answer else "いいえ\n"
    if form == "table":
        return "yes\n" if answer else "no\n"
    return "true\n" if answer else "false\n"


def plain(term: Term | None) -> str:
    """Return a term as machines read it: IRIs in full, lexical forms as they are, nothing for unbound."""
    if term is None:
        return ""
    return term.value if isinstance(term, Iri | Literal) else f"_:{term.value}"


def shown(term: Term | None) -> str:
    """Return a term as people read it: IRIs short, digits of large numbers grouped, no control characters."""
    if isinstance(term, Iri):
        return printable(shorten(term.value))
    if isinstance(term, Literal) and is_number(term) and re.fullmatch(r"-?\d{1,60}(\.\d+)?", term.value):
        whole, point, rest = term.value.partition(".")
        return f"{int(whole):,}{point}{rest}" if abs(int(whole)) >= _GROUPED_FROM else term.value
    return printable(plain(term))


def table(rows: Rows, language: Language, columns: int, *, colour: bool = False) -> str:
    """Return a table, at most `columns` wide where its numbers allow.

    Long cells wrap; numbers stand on the right and are never broken. Where the table is too wide, what
    all rows of a column share (one value, or the beginning of their IRIs) is said once below the table;
    an answer of one row is then written line by line instead.
    """
    rows = view(rows, language)
    cells = [[shown(term) for term in record] for record in rows.records]
    headings = [printable(heading) for heading in rows.headings(language)]
    right = [_is_numeric(rows, index) for index in range(len(headings))]
    notes: list[str] = []
    if sum(_natural(headings, cells)) + 2 * (len(headings) - 1) > columns:
        if 0 < len(cells) <= _FEW:
            return _line_by_line(headings, cells, columns, colour=colour)
        headings, cells, right, notes = _lift_shared(headings, cells, right)
    least = [
        max((width(record[index]) for record in cells), default=0) if numeric else _NARROWEST
        for index, numeric in enumerate(right)
    ]
    widths = _fit(_natural(headings, cells), least, columns)
    head = _table_row(headings, widths, right)
    if colour:
        head = [f"\x1b[1m{line.rstrip()}\x1b[0m" for line in head]
    rule = "  ".join("-" * each for each in widths)
    lines = [*head, rule, *(line for record in cells for line in _table_row(record, widths, right)), *notes]
    return "".join(line.rstrip() + "\n" for line in lines)


def _line_by_line(
    headings: Sequence[str], cells: Sequence[Sequence[str]], columns: int, *, colour: bool
) -> str:
    """Return each row as a block of lines with heading and value; empty values are left out."""
    indent = max(map(width, headings)) + 2
    blocks = []
    for record in cells:
        lines = []
        for heading, cell in zip(headings, record, strict=True):
            first, *rest = wrap(cell, max(_NARROWEST, columns - indent))
            named = pad(heading, indent)
            if first:
                lines.append((f"\x1b[1m{named}\x1b[0m" if colour else named) + first)
                lines += [" " * indent + line for line in rest]
        blocks.append("".join(line + "\n" for line in lines))
    return "\n".join(blocks)


def _natural(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column would like to be."""
    return [max(map(width, column)) for column in zip(headings, *cells, strict=True)]


def _lift_shared(
    headings: list[str], cells: list[list[str]], right: list[bool]
) -> tuple[list[str], list[list[str]], list[bool], list[str]]:
    """Take out of the columns what all rows share; return the rest and the notes that say it."""
    notes: list[str] = []
    kept: list[int] = []
    for index, heading in enumerate(headings):
        there = [record[index] for record in cells if record[index]]
        shared = "" if right[index] else _shared(there)
        if len(cells) > 1 and there == [shared] * len(cells):
            notes.append(f"{heading}: {shared}")
            continue
        kept.append(index)
        if shared.endswith("/"):
            notes.append(f"{heading}: {shared}…")
            for record in cells:
                record[index] = record[index].removeprefix(shared)
    if notes and kept:
        notes.insert(0, "")
        return (
            [headings[index] for index in kept],
            [[record[index] for index in kept] for record in cells],
            [right[index] for index in kept],
            notes,
        )
    return headings, cells, right, []


def _shared(there: Sequence[str]) -> str:
    """Return the document that all cells are passages of, else the one long value that all cells have."""
    if not there:
        return ""
    document = "/".join(there[0].split("/")[:2]) + "/"
    if document.startswith("id:evidence/") and all(cell.startswith(document) for cell in there):
        return document
    return there[0] if len(set(there)) == 1 and width(there[0]) > _NARROWEST else ""


def _is_numeric(rows: Rows, index: int) -> bool:
    """Say whether all values of a column that are there are numbers."""
    there = [record[index] for record in rows.records if record[index] is not None]
    return bool(there) and all(map(is_number, there))


def _fit(natural: Sequence[int], least: Sequence[int], columns: int) -> list[int]:
    """Share the width out: no number is broken, narrow columns keep theirs, wide ones share the rest."""
    least = [min(few, whole) for few, whole in zip(least, natural, strict=True)]
    room = columns - 2 * (len(natural) - 1) - sum(least)
    widths = list(least)
    wanting = sorted(range(len(natural)), key=lambda index: natural[index] - least[index])
    for position, index in enumerate(wanting):
        more = min(natural[index] - least[index], max(0, room // (len(wanting) - position)))
        widths[index] += more
        room -= more
    return [max(1, each) for each in widths]


def _table_row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    """Return the lines of one row, wrapped cell by cell."""
    wrapped = [wrap(cell, each) for cell, each in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped), default=0)
    return [
        "  ".join(
            pad(lines[index] if index < len(lines) else "", each, right=to_right)
            for lines, each, to_right in zip(wrapped, widths, right, strict=True)
        )
        for index in range(height)
    ]


def csv(rows: Rows, language: Language = "en") -> str:
    """Return CSV with CRLF; cells that a spreadsheet would take for a formula get an apostrophe.

    Source: RFC 4180.
    """
    del language  # names of columns are for programs, in any language
    out = io.StringIO()
    writer = csv_writer.writer(out, lineterminator="\r\n")
    writer.writerow([_defused(name) for name in rows.columns])
    writer.writerows([_defused(plain(term)) for term in record] for record in rows.records)
    return out.getvalue()


def _defused(cell: str) -> str:
    """Put an apostrophe before a cell that begins like a formula and is no number."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def tsv(rows: Rows, language: Language = "en") -> str:
    r"""Return one line per row, cells parted by tabs; tab, newline, backslash are written `\t`, `\n`, `\\`.

    This is plain TSV for cut, awk and sort: values without quotes or angle brackets, not SPARQL 1.1 TSV.
    """
    del language
    lines = [rows.columns, *([plain(term) for term in record] for record in rows.records)]
    return "".join("\t".join(map(_tsv_cell, line)) + "\n" for line in lines)


def _tsv_cell(cell: str) -> str:
    """Escape what would end a cell or a line, and every control character."""
    return _TSV_SPECIAL.sub(lambda match: _TSV_ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", cell)


def json(rows: Rows, language: Language = "en") -> str:
    """Return SPARQL 1.1 Query Results JSON with `schema`, and what the question says of itself beside it."""
    document = {
        "kind": "answer",
        "schema_version": SCHEMA_VERSION,
        "question": rows.name or None,
        "parameters": {one.parameter.name: to_json(one.term) for one in rows.bound},
        "head": {"vars": list(rows.columns)},
        "headings": dict(zip(rows.columns, rows.headings(language), strict=True)),
        "results": {"bindings": bindings(rows)},
    }
    return json_text.dumps(document, ensure_ascii=False, indent=2) + "\n"


def markdown(rows: Rows, language: Language = "en") -> str:
    """Return a Markdown table (GitHub's form), numbers on the right."""
    rows = view(rows, language)
    right = [_is_numeric(rows, index) for index in range(len(rows.columns))]
    lines = [
        rows.headings(language),
        ["---:" if to_right else "---" for to_right in right],
        *([shown(term) for term in record] for record in rows.records),
    ]
    return "".join(
        f"| {' | '.join(cells if number == 1 else map(_markdown_cell, cells))} |\n"
        for number, cells in enumerate(lines)
    )


def _markdown_cell(cell: str) -> str:
    """Escape what Markdown or HTML would read as its own."""
    escaped = re.sub(r"([\\`*_\[\]|])", r"\\\1", printable(cell))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def html(rows: Rows, language: Language = "en") -> str:
    """Return an HTML table, everything escaped; IRIs are links where they are http or https."""
    rows = view(rows, language)
    head = "".join(f"<th>{html_text.escape(heading)}</th>" for heading in rows.headings(language))
    body = "".join(f"<tr>{''.join(_html_cell(term) for term in record)}</tr>\n" for record in rows.records)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _html_cell(term: Term | None) -> str:
    """Return one cell."""
    text = html_text.escape(shown(term))
    if isinstance(term, Iri) and term.value.startswith(("http://", "https://")):
        return f'<td><a href="{html_text.escape(term.value)}">{text}</a></td>'
    return f'<td style="text-align: right">{text}</td>' if is_number(term) else f"<td>{text}</td>"


def save(answer: Answer, path: Path, *, force: bool = False) -> Path:
    """Write an answer in the format of the path's suffix, beside and renamed.

    Raises:
        UsageError: the suffix is of no format.
        OutputRefused, OutputFailed: the file is not ours to replace, or cannot be written.
    """
    form = format_of(path)
    write_file(path, render(answer, form, columns=120), force=force)
    return path


def format_of(path: Path) -> str:
    """Return the format that a suffix stands for.

    Raises:
        UsageError: the suffix is of no format.
    """
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        known = ", ".join(sorted(SUFFIXES))
        raise UsageError(
            Message(
                f"no format has the suffix “{path.suffix}”", f"拡張子「{path.suffix}」の形式はありません"
            ),
            Message(f"use one of {known}", f"次のいずれかを使ってください: {known}"),
        )
    return form


_WRITERS: Final[Mapping[str, Callable[[Rows, Language], str]]] = {
    "csv": csv, "tsv": tsv, "json": json, "md": markdown,
}  # fmt: skip
