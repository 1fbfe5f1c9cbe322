"""Small tables and mappings for the tests of emission."""

from __future__ import annotations

from collections.abc import Sequence

from stikg.emit import compile_mapping
from stikg.mapping import parse_mapping
from stikg.tables import Row, Table

PREFIXES = """prefixes:
  id: https://w3id.org/stikg/id/
  stikg: https://w3id.org/stikg/ontology#
  skos: http://www.w3.org/2004/02/skos/core#
  xsd: http://www.w3.org/2001/XMLSchema#
mappings:
"""
HEAD = """  things:
    sources: [[things.csv~csv]]
    s: id:thing/$(key)
    graphs: id:evidence/$(source)/$(at)/$(mode)
    po:
"""
SUBJECT = "https://w3id.org/stikg/id/thing/"
GRAPH = "https://w3id.org/stikg/id/evidence/paper/L1/stated"
PASSAGE = ("paper", "L1", "stated")


def table(columns: Sequence[str], *rows: Sequence[str], name: str = "things") -> Table:
    """Make a table with columns `key`, `columns` and the passage; each row is the key and the cells."""
    header = ("key", *columns, "source", "at", "mode")
    return Table(name, header, [Row((*row, *PASSAGE), "things.csv", n + 2) for n, row in enumerate(rows)])


def emitted(statements: str, things: Table) -> list[str]:
    """Emit `things` with these entries of `po` (YAML flow lists, one per line)."""
    po = "".join(f"      - {line}\n" for line in statements.strip().splitlines())
    mapping = parse_mapping(PREFIXES + HEAD + po)
    return list(compile_mapping(mapping, {things.name: things.header}).emit(things))


def objects(statement: str, *cells: str) -> list[str]:
    """Emit one thing per cell with one statement about the column `x`; return the objects as written."""
    things = table(["x"], *([f"k{n}", cell] for n, cell in enumerate(cells)))
    return [line.split("> ", 2)[2].removesuffix(f" <{GRAPH}> .\n") for line in emitted(statement, things)]
