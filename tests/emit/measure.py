"""Measure emission: `python -m tests.emit.measure [ROWS]` prints triples, bytes, seconds, memory.

Nothing is asserted here: `test_measure.py` checks that the lines are right.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from stikg.emit import Emitter, compile_mapping
from stikg.mapping import parse_mapping
from stikg.tables import Row, Table

MAPPING = """prefixes:
  id: https://w3id.org/stikg/id/
  stikg: https://w3id.org/stikg/ontology#
  skos: http://www.w3.org/2004/02/skos/core#
  foaf: http://xmlns.com/foaf/0.1/
  xsd: http://www.w3.org/2001/XMLSchema#
mappings:
  projects:
    sources: [[projects.csv~csv]]
    s: id:project/$(key)
    graphs: id:evidence/$(source)/$(at)/$(mode)
    po:
      - [a, stikg:Project]
      - [skos:prefLabel, $(name_ja), ja~lang]
      - [skos:prefLabel, $(name_en), en~lang]
      - [skos:altLabel, $(acronym)]
      - [stikg:underProgramme, id:programme/$(programme)~iri]
      - [stikg:begins, $(begin), xsd:date]
      - [stikg:westernYear, $(year), xsd:gYear]
      - [stikg:amount, $(amount), xsd:integer]
      - [stikg:share, $(share), xsd:decimal]
      - [foaf:homepage, $(homepage)~iri]
"""
HEADER = (
    "key", "name_ja", "name_en", "acronym", "programme", "begin", "year", "amount", "share",
    "homepage", "source", "at", "mode",
)  # fmt: skip
# Rows held at a time: enough to make the cost of a table negligible, small enough to keep memory flat.
CHUNK = 10_000


def emitter() -> Emitter:
    """Compile the mapping of the measurement."""
    return compile_mapping(parse_mapping(MAPPING), {"projects": HEADER})


def project(n: int) -> Row:
    """Return the n-th synthetic row; two of its ten cells are sometimes empty."""
    begin = date(2000, 1, 1) + timedelta(days=n % 7300)
    return Row(
        (
            f"project-{n}", f"国際共同研究課題の第{n}番の名称", f"International joint research no. {n}",
            f"P{n}" if n % 3 else "", f"programme-{n % 50}", str(begin), str(begin.year),
            str(n * 1000 + 1), f"{n % 100}.{n % 9 + 1}", f"https://example.org/projects/{n}" if n % 2 else "",
            "mext-fy2021", f"L{n % 370 + 1}", "stated",
        ),
        "projects.csv",
        n + 2,
    )  # fmt: skip


def chunks(rows: int) -> Iterator[Table]:
    """Yield the table in pieces."""
    for start in range(0, rows, CHUNK):
        yield Table("projects", HEADER, [project(n) for n in range(start, min(rows, start + CHUNK))])


def main(rows: int) -> None:
    """Emit `rows` rows into a file and say what it took."""
    compiled = emitter()
    seconds = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quads.nq"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for table in chunks(rows):  # making the rows is not counted
                start = time.process_time()
                file.writelines(compiled.blocks(table))
                seconds += time.process_time() - start
        with path.open("rb") as written:
            triples = sum(1 for _ in written)
        size = path.stat().st_size
        start = time.perf_counter()
        shutil.copyfile(path, path.with_suffix(".copy"))
        copied = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = seconds / triples * 1e6
    print(f"{triples} triples, {size / 1e6:.0f} MB: {seconds:.2f} s of one core, {each:.2f} s per million")
    print(f"copying the bytes: {copied:.2f} s; peak memory: {peak:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 110_000)
