"""The JSON-LD context is made from the ontology, and the made file is up to date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stikg.errors import DefinitionError
from stikg.graph import context
from stikg.graph.context import make_context, read_context, write_context
from stikg.resources import ontology_dir

ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix stikg: <https://w3id.org/stikg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
stikg:amount a owl:DatatypeProperty ; rdfs:range xsd:decimal .
stikg:name a owl:DatatypeProperty ; rdfs:range rdf:langString .
stikg:place a owl:DatatypeProperty ; rdfs:range xsd:string .
stikg:country a owl:ObjectProperty ; rdfs:range stikg:Country .
stikg:time a owl:ObjectProperty .
stikg:Country a owl:Class .
"""


def test_the_made_file_is_up_to_date() -> None:
    """Else run `python -m stikg.handbook`."""
    assert (ontology_dir() / "context.jsonld").read_text(encoding="utf-8") == make_context()


def test_each_property_takes_the_form_of_its_range(tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(ONTOLOGY, encoding="utf-8")
    terms = json.loads(make_context(tmp_path / "o.ttl"))["@context"]
    assert terms["amount"] == {"@id": "stikg:amount", "@type": "xsd:decimal"}
    assert terms["name"] == {"@id": "stikg:name", "@container": "@language"}
    assert terms["place"] == {"@id": "stikg:place"}
    assert terms["country"] == {"@id": "stikg:country", "@type": "@id"}
    assert "Country" not in terms


def test_a_property_named_like_a_prefix_keeps_its_prefix(tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(ONTOLOGY, encoding="utf-8")
    terms = json.loads(make_context(tmp_path / "o.ttl"))["@context"]
    assert terms["time"] == "http://www.w3.org/2006/time#"
    assert terms["stikg:time"] == {"@id": "stikg:time", "@type": "@id"}


def test_it_is_written_where_asked(tmp_path: Path) -> None:
    assert write_context(tmp_path / "c.jsonld").read_text(encoding="utf-8") == make_context()


def test_it_follows_the_base() -> None:
    assert read_context("https://example.org/kg/")["stikg"] == "https://example.org/kg/ontology#"


@pytest.mark.parametrize("text", ["", "[]", "{}", "{"])
def test_a_broken_context_says_how_to_make_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "context.jsonld").write_text(text, encoding="utf-8")
    monkeypatch.setattr(context, "ontology_dir", lambda: tmp_path)
    with pytest.raises(DefinitionError, match=r"python -m stikg\.handbook"):
        read_context()
