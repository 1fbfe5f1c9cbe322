"""The bundled graph, the prepared questions, and answers in the short form of expected rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

import yaml

import stikg
from stikg.graph import Graph
from stikg.namespaces import BASE
from stikg.query import LocalSource, Question, Rows, catalogue, prepare
from stikg.resources import queries_dir
from stikg.terms import Iri, Literal, Term, is_number

EXPECTED: Final = Path(__file__).parent / "expected"
# Questions that need a value, and one that serves when any will do.
NEEDED: Final[dict[str, dict[str, object]]] = {
    "everything-about": {"thing": "SATREPS"},
    "names": {"thing": "SATREPS"},
    "passages-of": {"thing": "SATREPS"},
}

_KEY: Final = re.compile(re.escape(BASE) + r"(?:id/[^/]+|scheme/[^/]+|ontology#)/?")


@dataclass(frozen=True)
class Case:
    """A question put to the bundled graph, and the rows that the paper makes us expect."""

    question: str
    number: int
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    parameters: dict[str, object] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    ordered: bool = False
    contains: bool = False

    def __str__(self) -> str:
        return f"{self.question}-{self.number}"


@cache
def graph() -> Graph:
    """Build the graph of the bundled data, once."""
    return stikg.build(validate=False).graph


@cache
def questions() -> dict[str, Question]:
    """Read all prepared questions."""
    return {question.name: question for question in catalogue(queries_dir())}


def texts() -> list[tuple[str, str]]:
    """Return each question as SPARQL, without values where it can be, and with those of each case."""
    cases = [(case.question, case.parameters) for case in read_cases() if case.parameters]
    bare = [(name, NEEDED.get(name, {})) for name in questions()]
    return [(name, text(name, values)) for name, values in [*bare, *cases]]


def text(name: str, values: dict[str, object]) -> str:
    """Return the SPARQL of a question with its values in it."""
    return prepare(LocalSource(graph()), questions()[name], values)[0]


def answer(sparql: str) -> Rows:
    """Ask Oxigraph."""
    rows = LocalSource(graph()).answer(sparql)
    assert isinstance(rows, Rows)
    return rows


@cache
def read_cases() -> list[Case]:
    """Read all expected answers."""
    return [case for path in sorted(EXPECTED.glob("*.yml")) for case in _read(path)]


def _read(path: Path) -> list[Case]:
    return [
        Case(
            path.stem,
            number,
            tuple(given.pop("columns")),
            [tuple(map(_cell, row)) for row in given.pop("rows")],
            parameters=given.pop("parameters", {}),
            lines=tuple(given.pop("lines", ())),
            sources=tuple(given.pop("sources", ())),
            **given,
        )
        for number, given in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


def _cell(value: object) -> str:
    """Return the text of a cell of an expected row."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(str(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def short(term: Term | None) -> str:
    """Return a term in the short form: keys for our IRIs, local names for those of others, plain numbers."""
    if term is None:
        return ""
    if isinstance(term, Iri):
        return _KEY.sub("", term.value) if _KEY.match(term.value) else re.split(r"[#/]", term.value)[-1]
    year = isinstance(term, Literal) and term.datatype.endswith("#gYear")
    return _number(term.value) if is_number(term) or year else term.value


def _number(text: str) -> str:
    return f"{Decimal(text).normalize():f}"


def column(rows: Rows, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return some columns of an answer in the short form."""
    places = [rows.columns.index(name) for name in names]
    return [tuple(short(record[place]) for place in places) for record in rows.records]
