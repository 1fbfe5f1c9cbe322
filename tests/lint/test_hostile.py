"""Whatever bytes stand in a dataset, lint answers with problems and never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stikg.lint import lint
from tests.tables.dataset import write_dataset

_PIECES = st.binary(max_size=4) | st.sampled_from(
    [b'"', b",", b"\n", b"\r", b"\0", b"\x1b$B", b"&a", b"*a", b"{", b"["]
)


@pytest.mark.parametrize("name", ["datapackage.yaml", "countries.csv", "budgets.csv", "documents.csv"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), _PIECES), min_size=1, max_size=5),
    fix=st.booleans(),
)
def test_damaged_bytes_become_problems(
    tmp_path: Path, name: str, cuts: list[tuple[float, int, bytes]], fix: bool
) -> None:
    folder = write_dataset(tmp_path)
    raw = bytearray((folder / name).read_bytes())
    for place, length, piece in cuts:
        at = int(place * len(raw))
        raw[at : at + length] = piece
    (folder / name).write_bytes(raw)

    report = lint([folder], fix=fix)

    assert all(problem.text(language) for problem in report.problems for language in ("en", "ja"))
