"""An empty folder to work in, an English locale, and a small graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.query.small_graph import small_graph


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, in English, without colour settings of the caller."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def graph(folder: Path) -> Path:
    """Write the small graph to a file."""
    path = folder / "small.nq"
    small_graph().write(path)
    return path
