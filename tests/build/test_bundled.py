"""The data that comes with STIKG builds, conforms, and reads the same everywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from stikg.build import FILES, Build, build
from stikg.graph import Graph
from tests.build.small import contents, is_whole


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build(None, tmp_path_factory.mktemp("bundled") / "out")


def folder_of(built: Build) -> Path:
    assert built.output is not None, built.report and built.report.to_text()
    return built.output


def test_it_conforms(built: Build) -> None:
    assert built.report is not None
    assert built.report.conforms, built.report.to_text()
    assert set(contents(folder_of(built))) == set(FILES)
    assert is_whole(folder_of(built))


def test_a_second_build_elsewhere_gives_the_same_bytes(built: Build, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from stikg.build import build; build(None, Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "11", "LC_ALL": "ja_JP.UTF-8", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", code, tmp_path / "out"], env=environment, cwd=tmp_path, check=True)
    assert contents(tmp_path / "out") == contents(folder_of(built))


def test_every_triple_has_evidence_or_belongs_to_the_model(built: Build) -> None:
    graph = built.graph
    assert not list(
        graph.query(
            "SELECT ?g { GRAPH ?g { ?s ?p ?o } "
            "FILTER NOT EXISTS { ?g a stikg:Evidence } "
            'FILTER (!CONTAINS(STR(?g), "/ontology") && !CONTAINS(STR(?g), "/scheme/")) } LIMIT 1'
        )
    )
    assert sum(graph.graphs().values()) == sum(1 for _ in graph.lines())


def test_all_forms_hold_the_same(built: Build) -> None:
    read = {name: Graph.read(folder_of(built) / name) for name in FILES if name.startswith("graph.")}
    assert read["graph.nq"] == read["graph.trig"] == built.graph
    assert read["graph.ttl"] == read["graph.jsonld"]
    assert set(built.graph.ntriples()) <= set(read["graph.ttl"].ntriples())


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib of itself
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_rdflib_reads_the_same_number_of_triples(built: Build) -> None:
    folder = folder_of(built)
    wanted = len(Graph.read(folder / "graph.ttl"))
    assert len(rdflib.Graph().parse(folder / "graph.ttl")) == wanted
    assert len(rdflib.Graph().parse(folder / "graph.jsonld", format="json-ld")) == wanted
    assert len(rdflib.Graph().parse(folder / "report.ttl")) > 0


@pytest.mark.foreign
@pytest.mark.parametrize("program", ["rapper", "serdi"])
def test_foreign_parsers_read_the_same_number_of_triples(built: Build, program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed (Debian: raptor2-utils, serdi)")
    path = folder_of(built) / "graph.ttl"
    flags = ["-q", "-i", "turtle", "-o", "ntriples"] if program == "rapper" else ["-o", "ntriples"]
    done = subprocess.run([program, *flags, path], capture_output=True, check=True)
    assert done.stderr == b""
    assert len(set(done.stdout.splitlines())) == len(Graph.read(path))


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_rdflib_and_the_store_agree_on_a_question(built: Build) -> None:
    text = "SELECT (SUM(?a) AS ?sum) { ?b stikg:amount ?a ; qb:dataSet ?d }"
    [(ours,)] = built.graph.query(text)
    assert ours is not None
    [theirs] = built.graph.to_rdflib().query(text)
    assert str(theirs[0]) == ours.value  # type: ignore[index]
