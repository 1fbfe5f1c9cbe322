"""The example of docs/mapping.md is a mapping."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stikg.mapping import parse_mapping
from stikg.mapping.lexical import DATATYPES

PAGE = Path(__file__).parents[2] / "docs" / "mapping.md"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="docs/ is not part of the installed package")


def test_the_documented_example_is_read() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    (rule,) = parse_mapping(example).triples_maps
    assert len(rule.statements) == 8


def test_every_datatype_that_is_checked_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [form.name for form in DATATYPES.values() if form.name not in page] == []
