"""Where a statement stands: evidence graphs as passages, and the corrections that touch them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote

from stikg.errors import Message
from stikg.names import Select
from stikg.namespaces import BASE, ONTOLOGY
from stikg.terms import Iri, Literal, Term, pick

_EVIDENCE: Final = re.compile(r"(?P<base>.*/)id/evidence/(?P<source>[^/]+)/(?P<at>[^/]+)/(?P<mode>[^/]+)")
_LINES: Final = re.compile(r"L(\d{1,9})(?:-(\d{1,9}))?")
_SAID: Final[Sequence[tuple[re.Pattern[str], Message]]] = (
    (re.compile(r"L(\d+)"), Message("line {0}", "{0}行目")),
    (re.compile(r"L(\d+)-(\d+)"), Message("lines {0}–{1}", "{0}〜{1}行目")),
    (re.compile(r"c(\d+)-(\d+)"), Message("characters {0}–{1}", "{0}〜{1}文字目")),
    (re.compile(r"p(\d+)"), Message("page {0}", "{0}ページ")),
    (re.compile(r"whole"), Message("as a whole", "全体")),
    (re.compile(r"record-(.+)"), Message("record {0}", "レコード {0}")),
)


class Passage(NamedTuple):
    """A named graph as evidence: document key, locator and mode; all empty where it is no evidence graph."""

    graph: str
    source: str = ""
    at: str = ""
    mode: str = ""
    base: str = BASE

    @property
    def document(self) -> str:
        """The IRI of the document, or of the graph where it is no evidence graph."""
        return f"{self.base}id/document/{self.source}" if self.source else self.graph

    @property
    def mode_iri(self) -> str:
        """The IRI of the assertion mode's concept."""
        return f"{self.base}scheme/assertion-mode/{self.mode}"

    @property
    def lines(self) -> tuple[int, int] | None:
        """The first and last line (1-based, inclusive), where lines are known."""
        match = _LINES.fullmatch(self.at)
        return (int(match[1]), int(match[2] or match[1])) if match else None

    def place(self, language: str) -> str:
        """Say the locator in words."""
        for form, said in _SAID:
            if match := form.fullmatch(self.at):
                return said.in_language(language).format(*match.groups())
        return self.at


class Correction(NamedTuple):
    """A misprint: as written, as meant, why (by language), where, and the thing it is about."""

    iri: str
    written: str
    meant: str
    reasons: tuple[Literal, ...]
    passage: Passage
    thing: str | None = None

    def reason(self, language: str) -> str:
        """Say why it is taken for a misprint."""
        return pick(self.reasons, language) or ""

    def touches(self, passages: Iterable[Passage]) -> bool:
        """Say whether the misprint stands in one of the passages."""
        return any(_overlap(self.passage, passage) for passage in passages)


def parse_passage(graph: str) -> Passage:
    """Read the IRI of a named graph."""
    match = _EVIDENCE.fullmatch(graph)
    if match is None:
        return Passage(graph)
    return Passage(
        graph, unquote(match["source"]), unquote(match["at"]), unquote(match["mode"]), match["base"]
    )


def _overlap(one: Passage, other: Passage) -> bool:
    """Say whether two passages of one document share a line, or are the same place."""
    if not one.source or one.source != other.source:
        return False
    if one.lines is None or other.lines is None:
        return one.at == other.at
    return one.lines[0] <= other.lines[1] and other.lines[0] <= one.lines[1]


def read_corrections(select: Select, ontology: str = ONTOLOGY) -> list[Correction]:
    """Return every correction of the graph, sorted by document, line and text."""
    rows = select(
        "SELECT ?correction ?property ?value ?graph WHERE { GRAPH ?graph { "
        f"?correction a <{ontology}Correction> ; ?property ?value }} }}"
    )
    found: dict[tuple[str, str], dict[str, list[Term]]] = {}
    for correction, named, value, graph in rows:
        if isinstance(correction, Iri) and isinstance(named, Iri) and isinstance(graph, Iri) and value:
            about = found.setdefault((correction.value, graph.value), {})
            about.setdefault(named.value.removeprefix(ontology), []).append(value)
    corrections = [_correction(iri, graph, about) for (iri, graph), about in found.items()]
    return sorted(corrections, key=lambda one: (one.passage.source, one.passage.lines or (0, 0), one.written))


def _correction(iri: str, graph: str, about: dict[str, list[Term]]) -> Correction:
    """Read one correction from its properties."""
    reasons = [term for term in about.get("reason", []) if isinstance(term, Literal)]
    things = about.get("correctionOf")
    return Correction(
        iri,
        about["asWritten"][0].value if "asWritten" in about else "",
        about["asMeant"][0].value if "asMeant" in about else "",
        tuple(sorted(reasons, key=lambda reason: reason.language or "")),
        parse_passage(graph),
        things[0].value if things else None,
    )
