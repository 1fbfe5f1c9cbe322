"""Coverage: for each line of a document, what the graph says from it, or why it says nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stikg.errors import Message, Where
from stikg.errors import UnknownName as UnknownDocument
from stikg.namespaces import BASE, ID, ONTOLOGY, SCHEME

if TYPE_CHECKING:
    from stikg.graph import Graph
    from stikg.terms import Term

__all__ = ["Line", "coverage", "coverage_markdown"]

# Statements that describe the evidence itself, not what the passage says.
_ABOUT_EVIDENCE: Final = ("evidence/", "selector/")
_QUERY: Final = """
PREFIX stikg: <{ontology}>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?first ?last ?mode ?subject ?property ?value
WHERE {{
  ?evidence prov:wasQuotedFrom <{document}> ;
    stikg:firstLine ?first ; stikg:lastLine ?last ; stikg:assertionMode ?mode .
  GRAPH ?evidence {{ ?subject ?property ?value }}
}}
"""


@dataclass(frozen=True)
class Line:
    """One line of a document: what the graph says from it.

    `things` maps the key of a thing (`programme/sicorp`) to the local names of its properties, sorted;
    `modes` are the assertion modes; `reason` says why there is nothing where there is nothing.
    """

    number: int
    things: Mapping[str, tuple[str, ...]]
    modes: tuple[str, ...]
    reason: str = ""


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def coverage(graph: Graph, document: str, *, base: str = BASE) -> list[Line]:
    """List every line of a document with what the graph says from it.

    Args:
        graph: the graph with its evidence graphs.
        document: key of the document, such as `mext-fy2021-international`.
        base: base IRI of the data.

    Returns:
        One `Line` per line of the document, from 1 to its line count. Passages that span the whole
        document (its line count, for one) are left out: they would cover everything.

    Raises:
        UnknownName: the graph has no such document with a line count.
    """
    iri = ID.replace(BASE, base) + "document/" + document
    total = _line_count(graph, iri, base)
    things: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    modes: dict[int, set[str]] = defaultdict(set)
    reasons: dict[int, str] = {}
    for found in graph.query(_QUERY.format(ontology=ONTOLOGY.replace(BASE, base), document=iri)):
        first, last = _number(found[0]), _number(found[1])
        mode, subject, name, value = map(_text, found[2:])
        key = _key(subject, base)
        if key is None or key.startswith(_ABOUT_EVIDENCE) or (first == 1 and last == total):
            continue
        for number in range(first, last + 1):
            if not key.startswith("passage-note/"):
                things[number][key].add(_local(name))
                modes[number].add(_local(mode))
            elif "/passage-kind/" in value:
                reasons[number] = _local(value)
    return [
        Line(
            number,
            {key: tuple(sorted(properties)) for key, properties in sorted(things[number].items())},
            tuple(sorted(modes[number])),
            reasons.get(number, ""),
        )
        for number in range(1, total + 1)
    ]


def _key(iri: str, base: str) -> str | None:
    for namespace in (ID.replace(BASE, base), SCHEME.replace(BASE, base)):
        if iri.startswith(namespace):
            return iri.removeprefix(namespace)
    return None


def _line_count(graph: Graph, iri: str, base: str) -> int:
    found = list(
        graph.query(f"SELECT ?n WHERE {{ <{iri}> <{ONTOLOGY.replace(BASE, base)}lineCount> ?n }} ORDER BY ?n")
    )
    if not found:
        raise UnknownDocument(
            Message(
                "the graph has no document of that name with a line count",
                "その名前の文書（行数つき）がグラフにありません",
            ),
            Message(
                "see `stikg query documents` and `line_count` in documents.csv",
                "`stikg query documents` と documents.csv の line_count を見てください",
            ),
            Where(iri),
        )
    return _number(found[-1][0])


def _text(term: Term | None) -> str:
    """Return the IRI or the lexical form; a mandatory variable is always bound."""
    return "" if term is None else term.value


def _number(term: Term | None) -> int:
    return int(_text(term))


def coverage_markdown(lines: Iterable[Line], document: str) -> str:
    """Write the coverage of a document as a Markdown table; lines with neither facts nor reason stand out.

    Returns:
        A document in English and Japanese; runs of blank lines are one row.
    """
    rows = list(lines)
    with_facts = sum(bool(row.things) for row in rows)
    explained = sum(not row.things and bool(row.reason) for row in rows)
    missing = [row.number for row in rows if not row.things and not row.reason]
    head = [
        f"# Coverage of `{document}`",
        "",
        "<!-- made by `stikg coverage` -->",
        "",
        "Each line of the document, what the graph says from it, or why it says nothing.",
        "文書の各行について、グラフが述べること、または何も述べない理由を示す。",
        "",
        f"{len(rows)} lines: {with_facts} with facts, {explained} without for a stated reason, "
        f"**{len(missing)} unaccounted for**{': ' + ', '.join(map(str, missing)) if missing else ''}.",
        f"全{len(rows)}行：事実あり{with_facts}行、理由つきで事実なし{explained}行、未処理{len(missing)}行。",
        "",
        "| line 行 | mode 述べ方 | what the graph says グラフが述べること |",
        "|---:|---|---|",
    ]
    return "\n".join([*head, *_table(rows)]) + "\n"


def _table(rows: list[Line]) -> list[str]:
    out: list[str] = []
    start = 0
    while start < len(rows):
        row = rows[start]
        end = start
        while not row.things and row.reason and end + 1 < len(rows) and _same_reason(rows[end + 1], row):
            end += 1
        label = str(row.number) if end == start else f"{row.number}–{rows[end].number}"
        out.append(f"| {label} | {', '.join(row.modes)} | {_says(row)} |")
        start = end + 1
    return out


def _same_reason(row: Line, other: Line) -> bool:
    return not row.things and row.reason == other.reason


def _says(row: Line) -> str:
    if not row.things:
        return f"*{row.reason}*" if row.reason else "**nothing なし**"
    return "; ".join(f"{key} ({', '.join(properties)})" for key, properties in row.things.items())
