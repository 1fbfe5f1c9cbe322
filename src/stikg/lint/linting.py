"""Runs the reader, the form check and every data rule over datasets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stikg.errors import Problem
from stikg.lint.figures import FIGURE_RULES
from stikg.lint.form import form_problems, write_canonical
from stikg.lint.identifiers import IDENTIFIER_RULES
from stikg.lint.periods import PERIOD_RULES
from stikg.lint.rule import Rule
from stikg.lint.spellings import SPELLING_RULES
from stikg.tables import FORM, Tables, read_datasets

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((*FIGURE_RULES, *SPELLING_RULES, *IDENTIFIER_RULES, *PERIOD_RULES), key=lambda rule: rule.code)
)
"""Every data rule, by code."""


@dataclass(frozen=True, slots=True)
class LintReport:
    """What lint found and did; problems and warnings are sorted by file, row and column."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    fixed: tuple[Path, ...]
    files: int
    rows: int

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; warnings are allowed."""
        return not self.problems


def lint(paths: Sequence[Path], *, fix: bool = False) -> LintReport:
    """Check datasets against the reader, the canonical form and every data rule.

    Args:
        paths: dataset folders, or folders of datasets.
        fix: first write files in canonical form (order, quotes, line ends, NFC, blanks); values never
            change, and a file that cannot be read whole is left alone.

    Raises:
        OutputFailed: a file cannot be written back.
    """
    fixed: list[Path] = []
    if fix:
        fixed = write_canonical(read_datasets(paths, report=lambda _: None).files)
    found: list[Problem] = []
    tables = read_datasets(paths, report=found.append)
    found.extend(_form_problems(tables, found))
    found.extend(problem for rule in RULES for problem in rule.problems(tables))
    found.sort(key=Problem.sort_key)
    return LintReport(
        tuple(problem for problem in found if problem.severity == "error"),
        tuple(problem for problem in found if problem.severity == "warning"),
        tuple(fixed),
        len(tables.files),
        sum(len(file.table) for file in tables.files),
    )


def _form_problems(tables: Tables, found: list[Problem]) -> list[Problem]:
    """Return the files out of form, but those whose form the reader has already named."""
    named = {problem.where.path for problem in found if problem.code in FORM}
    return [problem for problem in form_problems(tables) if problem.where.path not in named]
