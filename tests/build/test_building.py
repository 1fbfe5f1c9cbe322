"""A build: tables in, a whole folder out, or the old one as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stikg.build import FILES, build, building
from stikg.errors import (
    DefinitionError,
    InputError,
    Message,
    OutputFailed,
    OutputRefused,
    ShapesError,
    StikgError,
    TableErrors,
)
from stikg.namespaces import BASE
from tests.build.small import contents, country, is_whole, write_dataset, write_ontology

GRAPHS = {"graph.nq", "graph.trig", "graph.ttl", "graph.jsonld"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_dataset(tmp_path / "data", [country("aa"), country("bb")])


@pytest.fixture
def ontology(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_ontology(tmp_path / "ontology")
    monkeypatch.setattr(building, "ontology_dir", lambda: folder)
    return folder


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_build_writes_a_whole_folder(data: Path, ontology: Path, tmp_path: Path) -> None:
    built = build(data, tmp_path / "out")
    assert set(contents(tmp_path / "out")) == set(FILES)
    assert is_whole(tmp_path / "out")
    assert (built.output, built.rejected, built.conforms) == (tmp_path / "out", None, True)
    assert built.manifest == json.loads((tmp_path / "out" / "manifest.json").read_bytes())


def test_the_manifest_counts_and_names_the_versions(data: Path, tmp_path: Path) -> None:
    other = write_dataset(tmp_path / "other", [country("cc")], name="another", version="2026.11")
    manifest = build([data, other], validate=False).manifest
    assert manifest["datasets"] == [
        {"name": "another", "version": "2026.11"},
        {"name": "small", "version": "1"},
    ]
    assert manifest["ontology"]["iri"].startswith(BASE + "ontology/")
    assert (manifest["generator"], manifest["conforms"]) == ("stikg", None)
    counts = manifest["counts"]
    assert counts["classes"]["stikg:Country"] == 3
    assert counts["graph"][f"{BASE}id/evidence/register/record-cc/reference"] > 0
    assert counts["graphs"] == len(counts["graph"])
    assert counts["quads"] == sum(counts["graph"].values())


def test_the_counts_are_those_of_the_graph(data: Path) -> None:
    built = build(data, validate=False)
    [(triples,)] = built.graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    [(quads,)] = built.graph.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert triples is not None
    assert quads is not None
    counts = built.manifest["counts"]
    assert (counts["triples"], counts["quads"]) == (int(triples.value), int(quads.value))
    for name, count in counts["classes"].items():
        [(found,)] = built.graph.query(f"SELECT (COUNT(*) AS ?n) {{ ?s a {name} }}")
        assert found is not None
        assert int(found.value) == count


def test_ontology_and_vocabularies_stand_in_their_own_graphs(data: Path) -> None:
    graphs = build(data, validate=False).graph.graphs()
    assert graphs[BASE + "ontology"] > 100
    assert graphs[BASE + "scheme/budget-phase"] > 10


def test_without_output_nothing_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    build(data, validate=False)
    assert list((tmp_path / "empty").iterdir()) == []


def test_without_validation_there_is_no_report(data: Path, tmp_path: Path) -> None:
    built = build(data, tmp_path / "out", validate=False)
    assert set(contents(tmp_path / "out")) == {*GRAPHS, "manifest.json"}
    assert built.report is None
    assert built.conforms


def test_each_step_is_told(data: Path, ontology: Path, tmp_path: Path) -> None:
    told: list[tuple[Message, int, int]] = []
    build(data, tmp_path / "out", progress=lambda step, done, steps: told.append((step, done, steps)))
    assert [done for _, done, _ in told] == list(range(6))
    assert {steps for _, _, steps in told} == {6}
    assert told[0][0] == Message("reading the tables", "表を読んでいます")


VARIANTS = [
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "ja_JP.UTF-8", "TZ": "Asia/Tokyo"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "PYTHONOPTIMIZE": "1"},
]  # fmt: skip


def test_the_bytes_do_not_depend_on_seed_locale_zone_or_order(data: Path, tmp_path: Path) -> None:
    other = write_dataset(tmp_path / "other", [country("cc"), country("dd")], name="another")
    code = (
        "import sys; from pathlib import Path; from stikg.build import build\n"
        "build([Path(one) for one in sys.argv[2:]], Path(sys.argv[1]), validate=False)\n"
    )
    found = []
    for number, variant in enumerate(VARIANTS):
        folders = [data, other] if number % 2 else [other, data]
        out = tmp_path / f"out{number}"
        environment = {**os.environ, **variant}
        subprocess.run([sys.executable, "-c", code, out, *folders], env=environment, check=True)
        found.append(contents(out))
    assert all(one == found[0] for one in found)


def test_a_file_of_the_user_in_the_folder_stays(data: Path, tmp_path: Path) -> None:
    build(data, tmp_path / "out", validate=False)
    (tmp_path / "out" / "net.html").write_bytes(b"drawn")
    build(data, tmp_path / "out", validate=False)
    assert (tmp_path / "out" / "net.html").read_bytes() == b"drawn"


def test_a_folder_that_stikg_did_not_make_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text('{"generator": "webpack"}', encoding="utf-8")
    with pytest.raises(OutputRefused):
        build(tmp_path / "no-such-data", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["manifest.json"]


def test_force_takes_the_folder(data: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_bytes(b"years")
    build(data, tmp_path / "out", validate=False, force=True)
    assert set(contents(tmp_path / "out")) == {*GRAPHS, "manifest.json", "thesis.tex"}


def test_a_place_that_cannot_be_written_fails_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputFailed):
        build(tmp_path / "no-such-data", tmp_path / "file" / "out")


def test_wrong_tables_leave_the_old_folder(data: Path, tmp_path: Path) -> None:
    build(data, tmp_path / "out", validate=False)
    before = contents(tmp_path / "out")
    write_dataset(data, [country("cc", source="nowhere", at="L99999999999")])
    with pytest.raises(TableErrors):
        build(data, tmp_path / "out", validate=False)
    assert contents(tmp_path / "out") == before
    assert hidden(tmp_path) == []


def test_contradictions_are_kept_and_told(tmp_path: Path) -> None:
    rows = [country("aa"), country("aa", name_en="Another", at="record-again")]
    built = build(write_dataset(tmp_path / "data", rows), validate=False)
    assert {problem.severity for problem in built.warnings} == {"warning"}
    assert built.graph.ask('ASK { ?c skos:prefLabel "Another"@en , "Country aa"@en }')


def test_a_graph_that_violates_a_shape_does_not_replace_the_last_good_one(
    data: Path, ontology: Path, tmp_path: Path
) -> None:
    build(data, tmp_path / "out")
    before = contents(tmp_path / "out")
    write_dataset(data, [country("aa"), country("bb", name_en="")])
    built = build(data, tmp_path / "out")
    assert not built.conforms
    assert (built.output, built.rejected) == (None, tmp_path / "out.rejected")
    assert contents(tmp_path / "out") == before
    assert set(contents(tmp_path / "out.rejected")) == {"report.json", "report.ttl", "manifest.json"}
    assert is_whole(tmp_path / "out.rejected")
    report = json.loads((tmp_path / "out.rejected" / "report.json").read_bytes())
    assert report["results"][0]["focus_node"] == f"{BASE}id/country/bb"
    assert report["results"][0]["evidence"] == [f"{BASE}id/evidence/register/record-bb/reference"]


def test_the_next_good_build_removes_the_rejected_report(data: Path, ontology: Path, tmp_path: Path) -> None:
    write_dataset(data, [country("aa", name_en="")])
    for _ in range(2):
        assert build(data, tmp_path / "out").rejected == tmp_path / "out.rejected"
    write_dataset(data, [country("aa")])
    assert build(data, tmp_path / "out").conforms
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "ontology", "out"]


def test_force_writes_a_graph_that_violates_a_shape(data: Path, ontology: Path, tmp_path: Path) -> None:
    write_dataset(data, [country("aa", name_en="")])
    built = build(data, tmp_path / "out", force=True)
    assert (built.conforms, built.output) == (False, tmp_path / "out")
    assert set(contents(tmp_path / "out")) == set(FILES)
    assert built.manifest["conforms"] is False


def test_a_warning_does_not_reject(data: Path, ontology: Path, tmp_path: Path) -> None:
    shapes = ontology / "shapes" / "country.ttl"
    text = shapes.read_text(encoding="utf-8").replace(
        "sh:minCount 2", "sh:minCount 2 ; sh:severity sh:Warning"
    )
    shapes.write_text(text, encoding="utf-8")
    write_dataset(data, [country("aa", name_en="")])
    built = build(data, tmp_path / "out")
    assert built.report is not None
    assert (built.conforms, built.output, len(built.report.warnings)) == (True, tmp_path / "out", 1)


def test_a_check_that_finds_a_thing_of_the_data_blames_the_data(
    data: Path, ontology: Path, tmp_path: Path
) -> None:
    write_dataset(data, [country("aa"), country("bb", name_en="", name_ja="")])
    with pytest.raises(InputError, match=r"no-name \(No name\): id:country/bb") as caught:
        build(data, tmp_path / "out")
    assert "名称を付けてください" in caught.value.text("ja")
    assert not (tmp_path / "out").exists()


def test_a_check_that_finds_a_term_blames_the_model(data: Path, ontology: Path) -> None:
    text = "SELECT ?term { ?term a owl:Class }"
    (ontology / "checks" / "no-class.rq").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"no-class .*stikg:Affiliation.*\(\+\d+\)"):
        build(data)


@pytest.mark.parametrize("text", ["SELECT ?x {", "#+ title: {en\nSELECT ?x {} LIMIT 0", "ASK {}"])
def test_a_broken_check_blames_the_model(data: Path, ontology: Path, text: str) -> None:
    (ontology / "checks" / "broken.rq").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        build(data)
    assert "broken.rq" in caught.value.text()


@pytest.mark.parametrize(
    ("name", "text", "error", "said"),
    [
        ("vocab/x.ttl", "<http://e/a> <http://e/b> [] .", DefinitionError, "x.ttl has a blank node"),
        ("vocab/x.ttl", "<http://e/a>\n<http://e/b>", DefinitionError, "x.ttl:2"),
        ("stikg.ttl", "not Turtle", DefinitionError, "stikg.ttl:1"),
        ("mapping.yml", "mappings: [", StikgError, "mapping.yml"),
        ("shapes/country.ttl", "not Turtle", ShapesError, "country.ttl"),
    ],
)
def test_a_broken_definition_is_named_and_leaves_the_old_folder(
    data: Path, ontology: Path, tmp_path: Path, name: str, text: str, error: type[StikgError], said: str
) -> None:
    build(data, tmp_path / "out")
    before = contents(tmp_path / "out")
    (ontology / name).write_text(text, encoding="utf-8")
    with pytest.raises(error) as caught:
        build(data, tmp_path / "out")
    assert (caught.value.exit_status, said in caught.value.text()) == (4, True), caught.value.text()
    assert contents(tmp_path / "out") == before


def test_a_missing_ontology_is_named(data: Path, ontology: Path) -> None:
    (ontology / "stikg.ttl").unlink()
    with pytest.raises(DefinitionError, match=r"stikg\.ttl cannot be read"):
        build(data)


def test_another_base_moves_every_iri_of_the_project(data: Path, ontology: Path, tmp_path: Path) -> None:
    base = "https://example.org/kg/"
    built = build(data, tmp_path / "out", base=base)
    assert built.conforms
    assert built.graph.ask(f"ASK {{ <{base}id/country/aa> a stikg:Country }}")
    for name in sorted(GRAPHS):
        assert BASE.encode() not in (tmp_path / "out" / name).read_bytes(), name
    assert built.manifest["base"] == base
    assert built.manifest["counts"]["classes"]["stikg:Country"] == 2


@pytest.mark.parametrize(
    "base", ["", "kg", "https://example.org/kg", "https://example.org/a b/", "urn:x:", "https://e/?/"]
)
def test_a_base_that_cannot_stand_before_a_path_is_refused(data: Path, base: str) -> None:
    with pytest.raises(InputError, match="cannot be the base"):
        build(data, base=base)
