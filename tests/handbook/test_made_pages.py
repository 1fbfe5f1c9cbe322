"""Pages that are made are current, and say what they are made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import StikgError
from stikg.handbook import PAGES, errors_markdown

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_made_page_is_current(name: str) -> None:
    made = PAGES[name](ROOT)
    kept = (ROOT / name).read_text(encoding="utf-8")
    assert made == kept, f"{name} is out of date: run `python -m stikg.handbook`"


def test_the_error_page_names_every_class_of_the_family() -> None:
    page = errors_markdown()
    family = [StikgError]
    for error in family:
        family += error.__subclasses__()
    ours = [error for error in family if error.__module__ == "stikg.errors"]
    assert len(ours) > 15
    assert [error.code for error in ours if f'id="{error.code}"' not in page] == []
