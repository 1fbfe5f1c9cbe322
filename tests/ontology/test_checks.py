"""The checks answer nothing on what is right, and each answers what it is there for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from stikg.emit import emit_all
from stikg.mapping import read_mapping
from stikg.namespaces import PREFIXES
from stikg.resources import data_dir, ontology_dir
from stikg.tables import evidence_table, read_datasets
from tests.ontology.stores import CASES, CHECKS, answers, header, model, store, valid

MODEL = model()
VALID = [*MODEL, *valid()]


@cache
def bare() -> pyoxigraph.Store:
    return store(MODEL)


@cache
def small() -> pyoxigraph.Store:
    return store(VALID)


@cache
def bundled() -> pyoxigraph.Store:
    tables = read_datasets([data_dir()])
    lines = emit_all(
        read_mapping(ontology_dir() / "mapping.yml"),
        [*(tables[name] for name in tables.names()), evidence_table(tables)],
    )
    made = pyoxigraph.parse("".join(lines), format=pyoxigraph.RdfFormat.N_QUADS)
    return store([*MODEL, *made])


@cache
def broken_everywhere() -> pyoxigraph.Store:
    """Return a store to which every case was applied, one after the other."""
    return store(VALID, *(case.read_text(encoding="utf-8") for case in CASES))


@cache
def broken_everywhere_in_rdflib() -> rdflib.Dataset:
    dumped = broken_everywhere().dump(format=pyoxigraph.RdfFormat.N_QUADS)
    return rdflib.Dataset().parse(data=dumped, format="nquads")


def test_there_are_checks_and_cases() -> None:
    assert len(CHECKS) >= 29
    assert len(CASES) >= 47


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_a_check_says_in_two_languages_what_is_wrong_and_what_to_do(check: Path) -> None:
    said = header(check)
    assert set(said) == {"title", "remedy"}
    for text in said.values():
        assert set(text) == {"en", "ja"}
        assert all(isinstance(words, str) and words for words in text.values())


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_a_check_declares_the_prefixes_of_the_project_in_order(check: Path) -> None:
    declared = [
        line.split()[1:] for line in check.read_text("utf-8").splitlines() if line.startswith("PREFIX ")
    ]
    assert declared == sorted(declared)
    assert all(iri == f"<{PREFIXES[name.rstrip(':')]}>" for name, iri in declared)


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_the_ontology_and_the_vocabularies_pass(check: Path) -> None:
    assert answers(bare(), check) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_a_small_valid_graph_passes(check: Path) -> None:
    assert answers(small(), check) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_the_bundled_data_pass(check: Path) -> None:
    assert answers(bundled(), check) == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_case_breaks_its_check_and_no_other(case: Path) -> None:
    broken = store(VALID, case.read_text(encoding="utf-8"))
    assert {check.stem for check in CHECKS if answers(broken, check)} == {case.stem.partition(".")[0]}


def test_every_check_has_a_case() -> None:
    assert {case.stem.partition(".")[0] for case in CASES} == {check.stem for check in CHECKS}


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib 7.6 warns about itself
@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_two_engines_give_the_same_answers(check: Path) -> None:
    found = {row[0] for row in answers(broken_everywhere(), check)}
    asked = broken_everywhere_in_rdflib().query(check.read_text(encoding="utf-8"))
    again = {"" if row[0] is None else row[0].n3() for row in asked}  # type: ignore[index]
    assert again
    if check.stem != "blank-node":
        assert again == found
