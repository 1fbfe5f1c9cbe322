"""Another RML engine, morph-kgc, runs the same mapping over the same tables and makes the same quads."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import pytest

from stikg.emit import emit_all
from stikg.mapping import parse_mapping, read_mapping
from stikg.resources import data_dir, ontology_dir
from stikg.tables import Row, Table, evidence_table, read_datasets

pytestmark = pytest.mark.foreign

MORPH = "morph-kgc==2.10.0"
PYTHON = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
# With `na_values` empty only the empty cell is null, as in RML: `NA` is Namibia.
CONFIGURATION = """[CONFIGURATION]
na_values=
output_file=quads.nq
output_format=N-QUADS
number_of_processes=1
logging_level=ERROR
[MAPPING]
mappings=mapping.yml
"""
NASTY = """prefixes:
  id: https://w3id.org/stikg/id/
  stikg: https://w3id.org/stikg/ontology#
  skos: http://www.w3.org/2004/02/skos/core#
  xsd: http://www.w3.org/2001/XMLSchema#
mappings:
  things:
    sources: [[things.csv~csv], [more-things.csv~csv]]
    s: id:thing/$(key)
    graphs: id:evidence/$(source)/$(at)/$(mode)
    po:
      - [a, stikg:Thing]
      - [a, stikg:$(class)~iri]
      - [skos:prefLabel, $(name), ja~lang]
      - [stikg:reading, $(name), ja-Hrkt~lang]
      - [skos:altLabel, $(name)]
      - [skos:note, $(name) / $(year), en~lang]
      - [skos:note, $(name) $(name)~literal]
      - [skos:example, constant text]
      - [stikg:status, stikg:current~iri]
      - [stikg:factor, "8", xsd:integer]
      - [stikg:code, $(key), stikg:code]
      - [stikg:year, $(year), xsd:gYear]
      - [stikg:yearOf, id:year/$(year)/$(key)~iri]
      - [stikg:share, $(share), xsd:decimal]
      - [stikg:page, $(page)~iri]
      - [stikg:address, $(page), xsd:anyURI]
  pages:
    sources: [[things.csv~csv]]
    s: $(page)
    graphs: id:evidence/$(source)/$(at)/$(mode)
    po:
      - [stikg:pageOf, id:thing/$(key)~iri]
"""
HEADER = ("key", "class", "name", "year", "share", "page", "source", "at", "mode")
ROWS = (
    ("plain", "Agency", "科学技術", "2021", "8.1", "https://example.org/a?b=c&d#e", "paper", "L1", "stated"),
    ("NA", "", "NA", "", "0", "", "paper", "L2", "stated"),
    ("null", "NaN", "N/A", "2020", "-0.5", "https://example.org/%E6%97%A5", "paper", "c1-2", "implied"),
    ("a b", "Agency", 'say "国"', "", "", "", "paper", "p3", "derived"),
    ("100%", "", "back\\slash", "", "", "", "paper", "L1", "stated"),
    ("a/b", "", "two\nlines\r\nand\ttab", "", "", "", "paper", "L1", "stated"),
    ("a%2Fb", "", "{braces} $(key) ~iri", "", "", "", "paper", "L107-110", "stated"),
    ("x'y(z)*", "", "<b>&amp;</b>", "", "", "", "paper", "L1", "stated"),
    ("dots.in-it_~", "", " ", "", "", "", "paper", "L1", "stated"),
    ("q?#[]@!$&+,;=:", "", "𠮷\u3000\u2028\u0085", "", "", "", "paper", "L1", "stated"),
)


def _works(python: Path) -> bool:
    """Say whether this Python has morph-kgc."""
    command = [str(python), "-c", "import morph_kgc"]
    return python.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="session")
def morph_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Python that has morph-kgc, in an environment of its own (it needs another pyoxigraph).

    STIKG_MORPH_VENV may name an environment that has it; otherwise one is made, which takes the network.
    """
    given = os.environ.get("STIKG_MORPH_VENV")
    if given and _works(Path(given, PYTHON)):
        return Path(given, PYTHON)
    folder = tmp_path_factory.mktemp("morph")
    python = folder / PYTHON
    try:
        venv.create(folder, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "--retries", "1", "--timeout", "20", MORPH],
            capture_output=True, text=True, check=True, timeout=600,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        reason = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1]
        pytest.skip(f"{MORPH} cannot be installed: {reason}")
    return python


def morph_quads(python: Path, folder: Path, mapping: str, tables: Iterable[Table]) -> set[pyoxigraph.Quad]:
    """Run morph-kgc over the tables, written as CSV, and parse what it makes."""
    (folder / "mapping.yml").write_text(mapping, encoding="utf-8")
    (folder / "conf.ini").write_text(CONFIGURATION, encoding="utf-8")
    for table in tables:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.header)
            writer.writerows(row.values for row in table.rows)
    run = subprocess.run(
        [python, "-m", "morph_kgc", "conf.ini"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return parsed((folder / "quads.nq").read_bytes())


def parsed(nquads: bytes) -> set[pyoxigraph.Quad]:
    """Parse N-Quads; language tags come out in lower case on both sides."""
    return set(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))


def our_quads(mapping: str, tables: Iterable[Table]) -> set[pyoxigraph.Quad]:
    return parsed("".join(emit_all(parse_mapping(mapping), tables)).encode())


def nasty_tables() -> list[Table]:
    rows = [Row(values, "things.csv", number) for number, values in enumerate(ROWS, 2)]
    return [Table("things", HEADER, rows), Table("more-things", HEADER, rows[:1])]


@pytest.fixture(scope="session")
def bundled() -> tuple[str, list[Table]]:
    """Return the bundled mapping and tables, those of one name put together, with the derived evidence."""
    path = ontology_dir() / "mapping.yml"
    folders = sorted(folder.parent for folder in data_dir().glob("*/datapackage.yaml"))
    tables = read_datasets(folders)
    wanted = set(read_mapping(path).tables())
    listed = [*(tables[name] for name in tables.names()), evidence_table(tables)]
    assert wanted == {table.name for table in listed}
    return path.read_text(encoding="utf-8"), listed


@pytest.fixture(scope="session")
def bundled_by_morph(
    morph_python: Path, tmp_path_factory: pytest.TempPathFactory, bundled: tuple[str, list[Table]]
) -> set[pyoxigraph.Quad]:
    return morph_quads(morph_python, tmp_path_factory.mktemp("bundled"), *bundled)


def test_the_bundled_mapping_makes_the_same_quads_in_morph_kgc(
    bundled: tuple[str, list[Table]], bundled_by_morph: set[pyoxigraph.Quad]
) -> None:
    ours = our_quads(*bundled)
    assert ours == bundled_by_morph
    assert len(ours) > 1000


def test_a_changed_rule_makes_the_comparison_fail(
    bundled: tuple[str, list[Table]], bundled_by_morph: set[pyoxigraph.Quad]
) -> None:
    mapping, tables = bundled
    changed = mapping.replace("skos:prefLabel, $(name_en), en~lang", "skos:prefLabel, $(name_ja), en~lang", 1)
    assert changed != mapping
    assert our_quads(changed, tables) != bundled_by_morph


def test_quotes_newlines_percent_signs_and_empty_cells_come_out_equal(
    morph_python: Path, tmp_path: Path
) -> None:
    theirs = morph_quads(morph_python, tmp_path, NASTY, nasty_tables())
    assert our_quads(NASTY, nasty_tables()) == theirs


def test_japanese_keys_differ_by_percent_encoding_only(morph_python: Path, tmp_path: Path) -> None:
    """morph-kgc 2.10 encodes all of `iunreserved` that is not ASCII, against R2RML §7.3; we keep it."""
    row = Row(("日本 国", "", "日本", "", "", "", "paper", "L1", "stated"), "things.csv", 2)
    tables = [Table("things", HEADER, [row]), Table("more-things", HEADER, [])]
    theirs = {str(quad) for quad in morph_quads(morph_python, tmp_path, NASTY, tables)}
    ours = {str(quad).replace("日本%20国", "%E6%97%A5%E6%9C%AC%20%E5%9B%BD")
            for quad in our_quads(NASTY, tables)}  # fmt: skip
    assert ours == theirs
