"""The rules of the data, each a small named function; `lint` runs them all and repairs form."""

from stikg.lint.linting import RULES, LintReport, lint
from stikg.lint.rule import Finding, Rule

__all__ = ["RULES", "Finding", "LintReport", "Rule", "lint"]
