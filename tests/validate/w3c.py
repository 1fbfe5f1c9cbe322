"""What the runner of the W3C suite calls: one function per engine."""

from __future__ import annotations

from pathlib import Path

import rdflib

from stikg.validate import validate
from stikg.validate.validation import Engine


def _judge(data: Path, shapes: Path, engine: Engine) -> tuple[bool, rdflib.Graph]:
    """Return conforms and the report as a graph."""
    report = validate(Path(data), [Path(shapes)], engine=engine, unmet="warning")
    return report.conforms, rdflib.Graph().parse(data=report.to_turtle(), format="turtle")


def auto(data: Path, shapes: Path) -> tuple[bool, rdflib.Graph]:
    """Judge by the fast lane, and by the reference what it does not cover."""
    return _judge(data, shapes, "auto")


def fast(data: Path, shapes: Path) -> tuple[bool, rdflib.Graph]:
    """Judge by the fast lane alone."""
    return _judge(data, shapes, "fast")


def pyshacl(data: Path, shapes: Path) -> tuple[bool, rdflib.Graph]:
    """Judge by the reference alone."""
    return _judge(data, shapes, "pyshacl")
