"""The door to SHACL: validate a graph against shapes and report what breaks which rule."""

from __future__ import annotations

from stikg.validate.data import Data, GraphLike
from stikg.validate.report import Report, Result
from stikg.validate.validation import ENGINES, validate

__all__ = ["ENGINES", "Data", "GraphLike", "Report", "Result", "validate"]
