"""The floors of the package are a contract."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINTER = Path(sys.executable).with_name("lint-imports")


@pytest.mark.skipif(
    not LINTER.exists() and shutil.which("lint-imports") is None, reason="import-linter is not installed"
)
def test_modules_import_only_from_the_floors_below() -> None:
    command = str(LINTER) if LINTER.exists() else "lint-imports"
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
