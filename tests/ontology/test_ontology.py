"""The ontology holds exactly the terms in use, reuses others with care, and is written in one style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
import yaml
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from stikg.namespaces import ONTOLOGY, ONTOLOGY_GRAPH, PREFIXES, SCHEME
from stikg.resources import data_dir, ontology_dir
from tests.ontology.stores import ONTOLOGY_FILE, VOCABULARIES

FILES = (ONTOLOGY_FILE, *VOCABULARIES)
OWL = PREFIXES["owl"]
RDFS = PREFIXES["rdfs"]
# What the words of ontology.md call traps: their meaning is near, their place in a hierarchy is not.
ONLY_CLOSE = (
    "http://schema.org/FundingScheme",
    "http://schema.org/FundingAgency",
    "http://purl.org/cerif/frapo/Output",  # a subclass of frapo:Equipment
    "http://purl.org/cerif/frapo/Fellowship",  # the stipend
    "http://data.openbudgets.eu/ontology/dsd/dimension/fiscalYear",  # ranges over a British calendar
    "http://data.openbudgets.eu/ontology/dsd/dimension/programmeClassification",  # abstract, of concepts
)


def triples(path: Path) -> Iterator[Triple]:
    return (quad.triple for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE))


def defined() -> set[str]:
    return {
        triple.subject.value.removeprefix(ONTOLOGY)
        for triple in triples(ONTOLOGY_FILE)
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(ONTOLOGY)
    }


def mapped() -> set[str]:
    """Return the terms of `mapping.yml`; `stikg:$(class)` stands for the classes that the tables allow."""
    text = (ontology_dir() / "mapping.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"\bstikg:([A-Za-z][A-Za-z0-9]*)", text))
    return named | (allowed_classes() if "stikg:$(class)" in text else set())


def allowed_classes() -> set[str]:
    found = set[str]()
    for path in data_dir().glob("*/datapackage.yaml"):
        package = yaml.safe_load(path.read_text(encoding="utf-8"))
        for resource in package["resources"]:
            for field in resource["schema"]["fields"]:
                if field["name"] == "class":
                    found |= set(field["constraints"]["enum"])
    return found


def shaped() -> set[str]:
    files = (ontology_dir() / "shapes").glob("*.ttl")
    terms = "".join(path.read_text(encoding="utf-8") for path in files)
    return set(re.findall(r"\bstikg:([A-Za-z][A-Za-z0-9]*)", terms))


def test_every_term_of_the_mapping_is_defined() -> None:
    assert mapped() - defined() == set()


def test_every_term_of_the_shapes_is_defined() -> None:
    assert shaped() - defined() == set()


def test_no_term_is_defined_that_nothing_uses() -> None:
    assert defined() - mapped() - shaped() == set()


def test_every_scheme_of_the_mapping_has_its_file() -> None:
    text = (ontology_dir() / "mapping.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"\bscheme:([a-z-]+)/", text))
    assert used - {path.stem for path in VOCABULARIES} == set()


def test_every_scheme_with_a_file_is_used_by_the_mapping() -> None:
    text = (ontology_dir() / "mapping.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"\bscheme:([a-z-]+)/", text))
    assert {path.stem for path in VOCABULARIES} - used - {"cubes"} == set()


@pytest.mark.parametrize("path", VOCABULARIES, ids=lambda path: path.stem)
def test_a_vocabulary_speaks_of_its_own_scheme_only(path: Path) -> None:
    scheme = SCHEME + path.stem
    subjects = {str(triple.subject.value) for triple in triples(path)}  # type: ignore[union-attr]
    assert all(subject == scheme or subject.startswith(scheme + "/") for subject in subjects)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_there_are_no_blank_nodes(path: Path) -> None:
    assert not any(
        isinstance(node, BlankNode) for triple in triples(path) for node in (triple.subject, triple.object)
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_declares_the_prefixes_it_uses_sorted_and_as_the_project_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    declared = re.findall(r"(?m)^@prefix ([a-z-]+): <([^>]+)> \.$", text)
    assert declared == [(name, PREFIXES[name]) for name, _ in sorted(declared)]
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>|(?m:^#.*$)', "", text)
    assert {name for name, _ in declared} == set(re.findall(r"(?<![\w-])([a-z][a-z-]*):", bare))


def test_the_terms_stand_in_the_order_of_their_names() -> None:
    text = ONTOLOGY_FILE.read_text(encoding="utf-8")
    sections = re.split(r"(?m)^# .*$", text)[1:]
    assert len(sections) == 3
    for section in sections:
        names = re.findall(r"(?m)^stikg:(\w+) a ", section)
        assert names == sorted(names, key=str.lower)


def test_nothing_is_a_kind_of_what_only_looks_alike() -> None:
    above = {RDFS + "subClassOf", RDFS + "subPropertyOf", OWL + "equivalentClass", OWL + "equivalentProperty"}
    found = {
        triple.object.value
        for triple in triples(ONTOLOGY_FILE)
        if triple.predicate.value in above and isinstance(triple.object, NamedNode)
    }
    assert found.isdisjoint(ONLY_CLOSE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_imported_or_the_same_as_something_else(path: Path) -> None:
    used = {triple.predicate.value for triple in triples(path)}
    assert used.isdisjoint({OWL + "imports", OWL + "sameAs"})


def test_the_version_iri_ends_in_the_version() -> None:
    header = {
        triple.predicate.value: triple.object
        for triple in triples(ONTOLOGY_FILE)
        if triple.subject == NamedNode(ONTOLOGY_GRAPH)
    }
    version, iri = header[OWL + "versionInfo"], header[OWL + "versionIRI"]
    assert isinstance(version, Literal)
    assert isinstance(iri, NamedNode)
    assert iri.value == f"{ONTOLOGY_GRAPH}/{version.value}"


def test_programmes_and_groups_of_programmes_exclude_each_other() -> None:
    apart = NamedNode(OWL + "disjointWith")
    pair = {NamedNode(ONTOLOGY + "Programme"), NamedNode(ONTOLOGY + "ProgrammeGroup")}
    assert {t.subject for t in triples(ONTOLOGY_FILE) if t.predicate == apart and t.object in pair} == pair
