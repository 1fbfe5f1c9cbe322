"""build, lint, validate and why for real, in an empty folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from stikg.resources import bundled_datasets
from tests.cli.calling import call


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the data that came in the package, once."""
    folder = tmp_path_factory.mktemp("built") / "build"
    done = call("build", "-o", folder)
    assert done.status == 0, done.err
    return folder


def test_build_works_in_an_empty_folder_and_says_what_it_made(built: Path) -> None:
    assert {"graph.nq", "graph.ttl", "manifest.json", "report.json"} <= {one.name for one in built.iterdir()}
    again = call("build", "-o", built, "--json")
    assert again.status == 0
    document = json.loads(again.out)
    assert (document["kind"], document["schema_version"]) == ("build", 1)
    assert document["conforms"] is True
    assert "built" in again.err


def test_build_leaves_a_folder_that_is_not_ours(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "thesis.txt").write_text("years of work")
    done = call("build", "-o", "mine", "--no-validate")
    assert done.status == 2
    assert (folder / "mine" / "thesis.txt").read_text() == "years of work"


def test_build_says_every_problem_of_the_tables(folder: Path) -> None:
    for dataset in bundled_datasets():
        shutil.copytree(dataset, folder / "data" / dataset.name)
    path = folder / "data" / "mext-fy2021" / "budgets.csv"
    path.write_text(path.read_text().replace("1078000000", "many", 1))
    for arguments in (["build", "--data", "data"], ["lint"]):
        done = call(*arguments)
        assert done.status == 3
        assert "budgets.csv" in done.out + done.err
        assert "many" in done.out + done.err
    assert not (folder / "build").exists()


def test_lint_finds_nothing_in_the_data_of_the_package() -> None:
    done = call("lint")
    assert (done.status, done.out) == (0, "")
    document = json.loads(call("lint", "--json").out)
    assert document["ok"] is True
    assert document["problems"] == []


def test_lint_as_json_names_the_place(folder: Path) -> None:
    document = json.loads(call("lint", "none", "--json").out)
    assert document["ok"] is False
    assert set(document["problems"][0]) == {
        "code", "severity", "path", "row", "column", "found", "expected", "remedy",
    }  # fmt: skip


def test_lint_fix_writes_the_canonical_form_back(folder: Path) -> None:
    for dataset in bundled_datasets():
        shutil.copytree(dataset, folder / "data" / dataset.name)
    path = folder / "data" / "reference" / "countries.csv"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"\n", b"\r\n"))
    assert call("lint").status == 3
    done = call("lint", "--fix")
    assert done.status == 0, done.out
    assert path.read_bytes() == right
    assert "countries.csv" in done.err


def test_validate_takes_the_graph_that_was_built_here(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.parent)
    done = call("validate")
    assert done.status == 0, done.out
    assert done.out.startswith("Conforms")
    assert json.loads(call("validate", "--json").out)["conforms"] is True
    assert "sh:conforms" in call("validate", "--format", "ttl").out


def test_several_graphs_are_validated_together(built: Path) -> None:
    assert call("validate", built / "graph.nq", built / "graph.ttl").status == 0


def test_without_a_graph_here_the_data_of_the_package_is_asked() -> None:
    done = call("query", "ASK { ?x a stikg:Agency }", "-v")
    assert (done.status, done.out) == (0, "true\n")
    assert "package" in done.err


@pytest.mark.parametrize("name", ["タイ", "Thailand", "TH", "tha", "id:country/th"])
def test_why_finds_a_thing_by_any_name(built: Path, name: str) -> None:
    done = call("why", name, "--graph", built / "graph.nq")
    assert done.status == 0
    assert done.out.startswith("Thailand")


def test_why_as_json_has_a_schema(built: Path) -> None:
    document = json.loads(call("why", "ボラン", "--graph", built / "graph.nq", "--json").out)
    assert (document["kind"], document["schema_version"]) == ("page", 1)
    assert document["iri"].endswith("country/pl")
    assert any(one["written"] == "ボラン" for one in document["corrections"])


def test_why_at_a_terminal_suggests_a_next_step(built: Path) -> None:
    done = call("why", "SICORP", "--graph", built / "graph.nq", terminal=True)
    assert "\x1b[1m" in done.out
    assert done.err.startswith("→ ")


def test_a_graph_below_another_base_answers_the_prepared_questions(folder: Path) -> None:
    assert call("build", "--base", "https://example.org/sti/", "--no-validate").status == 0
    done = call("query", "budget-of-programme", "-p", "programme=SICORP")
    assert done.status == 0
    assert "1078000000" in done.out
    assert "https://example.org/sti/id/programme/sicorp" in done.out
