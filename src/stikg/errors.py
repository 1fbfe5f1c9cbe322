"""The one family of errors: who can put it right decides the class, the class decides the exit status.

```
StikgError ─┬─ UsageError (2)        the question or the flags; the person at the keyboard
            │   ├─ UnknownName       a name nothing in the graph carries
            │   ├─ AmbiguousName     a name that several things carry
            │   ├─ UnknownParameter  a query parameter that is not declared, or has a wrong value
            │   └─ OutputRefused     an output that would overwrite what STIKG did not make
            ├─ InputError (3)        what was given to read; who supplies the file or the service
            │   ├─ UnreadableFile    bytes that are not what they claim
            │   ├─ TableErrors       problems of tables, all of them together
            │   ├─ QueryRejected     SPARQL that cannot be parsed or exceeds a limit
            │   └─ EndpointError     a SPARQL service that refuses, hangs or answers nonsense
            ├─ OutputFailed (3)      a place that cannot be written
            ├─ DefinitionError (4)   ontology, mapping, shapes or query files; who maintains the model
            │   ├─ MappingError
            │   ├─ ShapesError
            │   └─ QueryFileError
            └─ MissingExtra (6)      an optional package that is not installed
```

Status 1 is a bug of ours, 5 is a report (data broke a shape) and no exception, 7 is `diff`, 130 an interrupt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

Language = Literal["en", "ja"]


class Message(NamedTuple):
    """One text for people, in both languages of the project."""

    en: str
    ja: str

    def in_language(self, language: str) -> str:
        """Return the text in `language` (`ja` or anything else for English)."""
        return self.ja if language == "ja" else self.en

    def __str__(self) -> str:
        return self.en


class Where(NamedTuple):
    """A place: a file, and inside it a row (1-based physical line) and a column name where they are known."""

    path: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        row = "" if self.row is None else f":{self.row}"
        column = "" if self.column is None else f" [{self.column}]"
        return f"{self.path}{row}{column}"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in the data: where, what was found, what was expected, what to do.

    `code` is a stable slug such as `missing-column`; `severity` is `error` or `warning`.
    """

    code: str
    where: Where
    found: str
    expected: Message
    remedy: Message
    severity: Literal["error", "warning"] = "error"

    def sort_key(self) -> tuple[str, int, str, str, str]:
        """Order problems by file, row, column, code, found."""
        return (self.where.path, self.where.row or 0, self.where.column or "", self.code, self.found)

    def text(self, language: str = "en") -> str:
        """Say the problem in one line."""
        if language == "ja":
            return (
                f"{self.where}: {self.code}: 「{self.found}」、正しくは{self.expected.ja}。→ {self.remedy.ja}"
            )
        said = f"{self.where}: {self.code}: found {self.found!r}, expected {self.expected.en}"
        return f"{said}. → {self.remedy.en}"


class StikgError(Exception):
    """Root of all errors of STIKG: what went wrong, where, why probably, what to do next."""

    exit_status: ClassVar[int] = 1
    code: ClassVar[str] = "stikg"

    def __init__(
        self,
        what: Message,
        remedy: Message,
        where: Where | None = None,
        why: Message | None = None,
    ) -> None:
        self.what = what
        self.remedy = remedy
        self.where = where
        self.why = why
        super().__init__(what.en)

    def text(self, language: str = "en") -> str:
        """Say the error in up to four lines: what, where, why probably, what to do."""
        labels = ("場所", "おそらく", "対処") if language == "ja" else ("where", "probably", "try")
        lines = [self.what.in_language(language)]
        if self.where is not None:
            lines.append(f"  {labels[0]}: {self.where}")
        if self.why is not None:
            lines.append(f"  {labels[1]}: {self.why.in_language(language)}")
        lines.append(f"  {labels[2]}: {self.remedy.in_language(language)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")


class UsageError(StikgError):
    """The question or the flags cannot be understood."""

    exit_status = 2
    code = "usage"


class UnknownName(UsageError):
    """A name was given that nothing in the graph carries; the nearest names are listed."""

    code = "unknown-name"


class AmbiguousName(UsageError):
    """A name was given that several things carry; they are listed."""

    code = "ambiguous-name"


class UnknownParameter(UsageError):
    """A query parameter is not declared, is missing, or has a value of the wrong type."""

    code = "unknown-parameter"


class OutputRefused(UsageError):
    """The output exists and was not made by STIKG; it is left alone."""

    code = "output-refused"


class InputError(StikgError):
    """What was given to read cannot be read."""

    exit_status = 3
    code = "input"


class UnreadableFile(InputError):
    """A file is missing, or its bytes are not what they claim to be."""

    code = "unreadable-file"


class TableErrors(InputError):
    """Tables have problems; all problems of all files are collected in `problems`."""

    code = "table-errors"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=Problem.sort_key)
        n = len(self.problems)
        super().__init__(
            Message(f"{n} problem(s) in the tables", f"表に{n}件の問題があります"),
            Message(
                "correct the cells named above, then run `stikg lint`",
                "上に示したセルを直し、`stikg lint` を実行してください",
            ),
        )

    def text(self, language: str = "en") -> str:
        """Say every problem on a line of its own, then the summary."""
        return "\n".join([*(p.text(language) for p in self.problems), super().text(language)])


class QueryRejected(InputError):
    """A SPARQL query cannot be parsed, or goes beyond a limit, or would reach outside."""

    code = "query-rejected"


class EndpointError(InputError):
    """A SPARQL endpoint refuses, does not answer in time, or answers something else than results."""

    code = "endpoint"


class OutputFailed(StikgError):
    """An output cannot be written; what was there before is still whole."""

    exit_status = 3
    code = "output-failed"


class DefinitionError(StikgError):
    """Ontology, mapping, shapes or query files are wrong."""

    exit_status = 4
    code = "definition"


class MappingError(DefinitionError):
    """`mapping.yml` uses something outside the documented YARRRML subset, or names a missing column."""

    code = "mapping"


class ShapesError(DefinitionError):
    """A shapes graph cannot be parsed, is empty, or targets nothing."""

    code = "shapes"


class QueryFileError(DefinitionError):
    """The header of a query file does not follow the form of `queries/README.md`."""

    code = "query-file"


class MissingExtra(StikgError):
    """An optional package is not installed; the message prints the line that installs it."""

    exit_status = 6
    code = "missing-extra"
