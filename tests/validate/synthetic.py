"""Synthetic records of any size, with one fault in a thousand; run it to time an engine.

python -m tests.validate.synthetic 100000 fast
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final, cast

from stikg.namespaces import ID, ONTOLOGY
from stikg.validate import validate
from stikg.validate.validation import Engine

SHAPES: Final = Path(__file__).parent / "cases" / "synthetic-shapes.ttl"
TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL: Final = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
FAULT: Final = 0.001
STATUS: Final = ("planned", "current", "past")


class Records:
    """Makes the lines of records about countries, agencies, programmes, budgets, projects and people."""

    def __init__(self, triples: int, seed: int = 7) -> None:
        self.random = Random(seed)
        self.triples = triples
        self.countries = min(250, max(5, triples // 400))
        self.agencies = max(3, triples // 20_000)
        self.programmes = max(3, triples // 10_000)

    def lines(self) -> list[str]:
        """Return about as many distinct lines as asked for, sorted."""
        found: set[str] = set()
        subclass = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
        found.add(f"<{ONTOLOGY}JointProject> {subclass} <{ONTOLOGY}Project> .\n")
        for make, n in (
            (self.country, self.countries),
            (self.agency, self.agencies),
            (self.programme, self.programmes),
        ):
            for i in range(n):
                found.update(make(i))
        i = 0
        while len(found) < self.triples:
            found.update(self.project(i))
            i += 1
        return sorted(found)

    def fault(self) -> bool:
        """Say whether something goes wrong here."""
        return self.random.random() < FAULT

    def country(self, i: int) -> Iterator[str]:
        """Yield a country."""
        node = f"country/{i}"
        yield from record(node, "Country")
        yield from self.names(node, f"国{i}", f"Country {i}")
        yield said(
            node, "isoCode", '"x"' if self.fault() else f'"{chr(65 + i // 26 % 26)}{chr(65 + i % 26)}"'
        )

    def agency(self, i: int) -> Iterator[str]:
        """Yield an agency."""
        node = f"agency/{i}"
        yield from record(node, "Agency")
        yield from self.names(node, f"機関{i}", f"Agency {i}")
        yield said(node, "homeCountry", f"<{ID}country/{i % self.countries}>")

    def programme(self, i: int) -> Iterator[str]:
        """Yield a programme and its budgets."""
        node, since = f"programme/{i}", 2000 + i % 20
        yield from record(node, "Programme")
        yield from self.names(node, f"事業{i}", f"Programme {i}")
        yield said(node, "agency", f"<{ID}agency/{i % self.agencies}>")
        if not self.fault():
            yield said(node, "since", typed(since, "gYear"))
        for year in range(since, 2024):
            budget = f"budget/{i}-{year}"
            yield from record(budget, "BudgetObservation")
            yield said(budget, "programme", f"<{ID}{node}>")
            yield said(budget, "year", typed(year, "gYear"))
            yield said(budget, "amount", typed(self.random.randrange(1, 9000) * 1_000_000, "decimal"))
            yield said(budget, "unit", typed(1_000_000, "decimal"))
            if self.fault():
                yield said(budget, "amount", typed("x", "decimal"))

    def project(self, i: int) -> Iterator[str]:
        """Yield a project with three participations, its leader and its outcome."""
        node, person, outcome, random = f"project/{i}", f"person/{i}", f"outcome/{i}", self.random
        year = random.randrange(2000, 2020)
        yield from record(node, "Project" if i % 5 else "JointProject")
        yield from self.names(node, f"課題{i}", f"Project {i}")
        wrong = f"<{ID}agency/0>" if self.fault() else f"<{ID}programme/{random.randrange(self.programmes)}>"
        yield said(node, "underProgramme", wrong)
        yield said(node, "begin", typed(f"{year}-04-01", "date"))
        last = year - 1 if self.fault() else year + random.randrange(1, 5)
        yield said(node, "end", typed(f"{last}-03-31", "date"))
        yield said(node, "leader", f"<{ID}{person}>")
        for k in range(3):
            yield from self.participation(f"participation/{i}-{k}", node)
        yield from record(person, "Researcher")
        yield from self.names(person, f"氏名{i}", f"Name {i}")
        yield said(person, "affiliation", f"<{ID}agency/{i % self.agencies}>")
        yield said(person, "email", '"none"' if self.fault() else f'"a{i}@example.org"')
        yield from record(outcome, "Outcome")
        yield said(outcome, "ofProject", f"<{ID}{node}>")
        yield said(outcome, "title", f'"成果{i}"@ja')
        yield said(outcome, "doi", f'"10.1234/{i}"')

    def participation(self, node: str, project: str) -> Iterator[str]:
        """Yield a country's part in a project."""
        random = self.random
        yield from record(node, "Participation")
        yield said(node, "inProject", f"<{ID}{project}>")
        yield said(node, "country", f"<{ID}country/{random.randrange(self.countries)}>")
        yield said(node, "status", f"<{ID}status/{'none' if self.fault() else random.choice(STATUS)}>")
        yield said(node, "share", typed(101 if self.fault() else random.randrange(1000) / 10, "decimal"))

    def names(self, node: str, japanese: str, english: str) -> Iterator[str]:
        """Yield names in both languages, now and then one too many."""
        yield f'<{ID}{node}> {LABEL} "{japanese}"@ja .\n'
        yield f'<{ID}{node}> {LABEL} "{english}"@en .\n'
        if self.fault():
            yield f'<{ID}{node}> {LABEL} "{english} again"@en .\n'


def record(node: str, class_: str) -> Iterator[str]:
    """Yield the line that says what something is."""
    yield f"<{ID}{node}> {TYPE} <{ONTOLOGY}{class_}> .\n"


def said(node: str, name: str, value: str) -> str:
    """Return one line."""
    return f"<{ID}{node}> <{ONTOLOGY}{name}> {value} .\n"


def typed(value: object, datatype: str) -> str:
    """Return a literal."""
    return f'"{value}"^^<{XSD}{datatype}>'


def main(triples: int, engine: str, show: Callable[[str], object] = print) -> None:
    """Time one engine on so many triples."""
    import resource

    with TemporaryDirectory() as folder:
        data = Path(folder) / "data.nt"
        with data.open("w", encoding="utf-8") as file:
            file.writelines(Records(triples).lines())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        wall, cpu = time.perf_counter(), time.process_time()
        report = validate(data, [SHAPES], engine=cast("Engine", engine), unmet="warning")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    show(f"{engine} {triples} triples: {wall:.2f} s wall, {cpu:.2f} s CPU, {len(report.results)} results")
    show(f"peak memory {peak} MB (making the data took {before} MB)")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
