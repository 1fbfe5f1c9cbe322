"""The fast lane gives the report of the reference, result by result."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from stikg.errors import ShapesError
from stikg.resources import ontology_dir
from stikg.validate import Report, validate
from stikg.validate.validation import Engine
from tests.validate.shapes_strategies import graphs, shapes
from tests.validate.synthetic import SHAPES, Records


def outcome(data: list[str], path: Path, engine: Engine) -> Report | ShapesError:
    """Return the report, or the error about the shapes."""
    try:
        return validate(data, [path], engine=engine, unmet="warning")
    except ShapesError as error:
        return error


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=graphs(), text=shapes())
def test_random_shapes_on_random_graphs_give_equal_reports(
    tmp_path_factory: pytest.TempPathFactory, data: list[str], text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "random-shapes.ttl"
    path.write_text(text, encoding="utf-8")
    reference = outcome(data, path, "pyshacl")
    if isinstance(reference, Report):
        assert outcome(data, path, "auto") == reference


SHARED = Path(__file__).resolve().parents[3] / "shared"
DCAT = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:c> a dcat:Catalog ; dct:title "x"@en, 5 ; dcat:dataset <urn:d>, <urn:e>, "text" ; dct:publisher <urn:p> ;
    dct:issued "2020"^^xsd:gYear, "x"^^xsd:date .
<urn:d> a dcat:Dataset ; dct:title "d" ; dcat:distribution <urn:f>, [ a dcat:Distribution ] ;
    dcat:contactPoint _:k ; dct:temporal [ a dct:PeriodOfTime ; dcat:endDate "q" ;
        dcat:startDate "2020-01-01"^^xsd:date, "2021-01-01T00:00:00"^^xsd:dateTime ] .
<urn:f> a dcat:Distribution ; dcat:accessURL "u", <urn:u> ; dct:rights <urn:r> ;
    dcat:byteSize "12"^^xsd:decimal, "-1"^^xsd:nonNegativeInteger .
<urn:p> a foaf:Agent .
<urn:s> a dcat:DataService ; dcat:endpointURL <urn:z>, 7 .
"""


@pytest.mark.skipif(not SHARED.exists(), reason="the DCAT-AP shapes (../shared) are not here")
@pytest.mark.parametrize("name", ["dcat-ap-3.0.0-shacl.ttl", "dcat-ap-3.0.1-shapes.ttl"])
def test_the_shapes_of_dcat_ap_give_equal_reports(tmp_path: Path, name: str) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(DCAT, encoding="utf-8")
    shapes = [SHARED / "suites" / "dcat-ap" / name]
    reports = [validate(data, shapes, engine=engine, unmet="warning") for engine in ("fast", "pyshacl")]
    assert reports[0] == reports[1]
    assert len(reports[0].results) > 10


def neighbourhood(lines: list[str], start: str, most: int) -> list[str]:
    """Return the lines about `start` and about what is near it, up to `most` subjects."""
    by_subject: dict[str, list[str]] = {}
    for line in lines:
        by_subject.setdefault(line.split(" ", 1)[0], []).append(line)
    near, waiting = {start: None}, [start]
    while waiting and len(near) < most:
        node = waiting.pop(0)
        linked = [line.split(" ")[2] for line in by_subject.get(node, ())]
        linked += [line.split(" ", 1)[0] for line in lines if line.split(" ")[2] == node][:10]
        for term in linked:
            if term in by_subject and term not in near and len(near) < most:
                near[term] = None
                waiting.append(term)
    return [line for node in near for line in by_subject[node]]


def mutated(lines: list[str], seed: int) -> list[str]:
    """Return the lines with some taken out, some with another value, some said of another subject."""
    random = Random(seed)
    changed = list(lines)
    for _ in range(len(lines) // 15):
        at = random.randrange(len(changed))
        subject, predicate, value = changed[at].split(" ", 2)
        alike = [line.split(" ", 2)[2] for line in lines if line.split(" ", 2)[1] == predicate]
        other = random.choice(lines).split(" ", 1)[0]
        changed[at : at + 1] = random.choice(
            [
                [],
                [f"{subject} {predicate} {random.choice(alike)}"],
                [f"{subject} {predicate} {value}", f"{subject} {predicate} {random.choice(alike)}"],
                [f"{subject} {predicate} {value}", f"{other} {predicate} {value}"],
            ]
        )
    return sorted(set(changed))


@pytest.fixture(scope="module")
def bundled() -> list[str]:
    """The triples of the bundled graph."""
    from stikg.build import build

    return list(build(None, None, validate=False).graph.ntriples())


@pytest.mark.parametrize("seed", [1, 2])
def test_our_shapes_on_mutated_records_give_equal_reports(bundled: list[str], seed: int) -> None:
    some = neighbourhood(bundled, "<https://w3id.org/stikg/id/programme/sicorp>", 30)
    data = mutated(some, seed)
    shapes = [ontology_dir() / "shapes"]
    fast = validate(data, shapes, engine="fast", unmet="warning")
    assert len(fast.results) > 10
    assert fast == validate(data, shapes, engine="pyshacl", unmet="warning")


def test_our_shapes_are_covered_by_the_fast_lane(bundled: list[str]) -> None:
    report = validate(bundled, [ontology_dir() / "shapes"], engine="auto")
    assert dict(report.engines)["pyshacl"] == 0


def test_synthetic_records_give_equal_reports(tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    data.write_text("".join(Records(800, seed=5).lines()), encoding="utf-8")
    fast = validate(data, [SHAPES], engine="fast", unmet="warning")
    assert fast == validate(data, [SHAPES], engine="pyshacl", unmet="warning")
    assert fast.results
