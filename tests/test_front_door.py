"""`import stikg`: ten lines in a notebook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import stikg
from stikg.errors import UnknownName, UsageError
from stikg.knowledge import KnowledgeGraph
from stikg.query import Rows


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return stikg.open()


def test_a_graph_introduces_itself(kg: KnowledgeGraph) -> None:
    assert "programmes · " in repr(kg)
    assert stikg.__version__ in repr(kg)
    assert "<li>" in kg._repr_html_()
    assert not repr(kg).startswith("0 ")


def test_a_question_gives_typed_rows(kg: KnowledgeGraph) -> None:
    rows = kg.ask("budget-of-programme", programme="SICORP", fiscal_year=2021)
    assert isinstance(rows, Rows)
    assert [int(str(row["amount"])) for row in rows] == [1_078_000_000]
    assert kg.ask("budget-of-programme", programme="ｓｉｃｏｒｐ", fiscal_year="令和3年度")[0] == rows[0]


def test_the_questions_are_a_table(kg: KnowledgeGraph) -> None:
    assert "tiers" in kg.questions().column("name")
    assert len(kg.questions("予算")) < len(kg.questions())


def test_sparql_gives_rows_or_truth(kg: KnowledgeGraph) -> None:
    assert kg.sparql("ASK { ?x a stikg:Agency }") is True
    with pytest.raises(UsageError):
        kg.ask("ASK {}")


def test_a_thing_is_looked_up_by_any_name(kg: KnowledgeGraph) -> None:
    assert kg["タイ"].iri == kg.why("Thailand").iri
    with pytest.raises(UnknownName):
        kg["Atlantis"]


def test_rdflib_gets_the_same_triples(kg: KnowledgeGraph) -> None:
    dataset = kg.to_rdflib()
    assert len({(s, p, o) for s, p, o, _ in dataset.quads()}) == len(kg)


def test_building_stays_a_verb_after_the_room_is_imported(tmp_path: Path) -> None:
    import importlib

    importlib.import_module("stikg.build")
    built = stikg.build(output=tmp_path / "build", validate=False)
    assert callable(stikg.build)
    assert len(stikg.open(tmp_path / "build" / "graph.nq")) == len(built)


def test_importing_stikg_imports_no_engine() -> None:
    code = "import sys, stikg; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"rdflib", "pyshacl", "networkx", "duckdb", "pandas", "pyoxigraph"} & set(done.stdout.split())
