"""The fast lane gives the report of the reference, result by result."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from stikg.errors import ShapesError
from stikg.validate import Report, validate
from stikg.validate.validation import Engine
from tests.validate.shapes_strategies import graphs, shapes


def outcome(data: list[str], path: Path, engine: Engine) -> Report | ShapesError:
    """Return the report, or the error about the shapes."""
    try:
        return validate(data, [path], engine=engine, unmet="warning")
    except ShapesError as error:
        return error


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=graphs(), text=shapes())
def test_random_shapes_on_random_graphs_give_equal_reports(
    tmp_path_factory: pytest.TempPathFactory, data: list[str], text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "random-shapes.ttl"
    path.write_text(text, encoding="utf-8")
    reference = outcome(data, path, "pyshacl")
    if isinstance(reference, Report):
        assert outcome(data, path, "auto") == reference
