"""The W3C test cases of SHACL Core and SHACL-SPARQL, with each engine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNNER = ROOT.parent / "shared" / "checks" / "shacl_suite.py"
MANIFEST = ROOT.parent / "shared" / "suites" / "shacl" / "manifest.ttl"

# The one case that pySHACL 0.40 does not pass: it knows no $shapesGraph.
UNSUPPORTED = {"pre-binding/shapesGraph-001"}
# Cases with constraint components that the shapes graph defines; the fast lane leaves them to the reference.
OWN_COMPONENTS = {
    "component/optional-001",
    "component/propertyValidator-select-001",
    "component/validator-001",
}


@pytest.mark.skipif(not RUNNER.exists(), reason="the W3C suite (../shared) is not here")
@pytest.mark.parametrize(
    ("engine", "failing"),
    [("pyshacl", UNSUPPORTED), ("auto", UNSUPPORTED), ("fast", UNSUPPORTED | OWN_COMPONENTS)],
)
def test_all_cases_pass_but_the_ones_named(tmp_path: Path, engine: str, failing: set[str]) -> None:
    told = tmp_path / "cases.json"
    command = [sys.executable, str(RUNNER), str(MANIFEST), "--callable", f"tests.validate.w3c:{engine}"]
    done = subprocess.run(
        [*command, "--quiet", "--json", str(told)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    cases = json.loads(told.read_text(encoding="utf-8"))["cases"]
    assert len(cases) == 120, done.stdout
    assert {name for _, name, verdict, _ in cases if verdict != "full"} == failing, done.stdout
