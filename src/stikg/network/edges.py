"""Edges: the rows of a named query, each one passage, gathered by the pair they link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from stikg.errors import Message, UsageError
from stikg.query import Row, Rows

BETWEEN: Final[dict[str, Message]] = {
    "agency-country": Message("Agencies and countries", "機関と国"),
    "programme-country": Message("Programmes and countries", "事業と国"),
    "agency-agency": Message("Agencies through shared programmes", "共通の事業で結ばれた機関"),
    "country-country": Message(
        "Countries through shared frameworks, calls and projects", "共通の枠組み・公募・課題で結ばれた国"
    ),
    "programme-document": Message("Programmes and policy documents", "事業と政策文書"),
    "person-organisation": Message("People and organisations", "人と機関"),
}
WEIGHTS: Final[dict[str, Message]] = {
    "programmes": Message("number of programmes behind the link", "つながりを成す事業の数"),
    "evidence": Message("number of passages behind the link", "つながりの根拠箇所の数"),
    "projects": Message("number of projects behind the link", "つながりを成す課題の数"),
}
LINKS: Final[dict[str, Message]] = {
    "participation": Message("participation", "参加"),
    "framework": Message("framework", "枠組み"),
    "fellowship": Message("fellow", "採用者"),
    "project": Message("project", "課題"),
    "call": Message("joint call", "共同公募"),
    "programme": Message("programme", "事業"),
    "reference": Message("reference", "言及"),
    "ground": Message("ground", "根拠となる記述"),
    "affiliation": Message("affiliation", "所属"),
}
MODES: Final[dict[str, Message]] = {
    "stated": Message("stated", "明記"),
    "implied": Message("implied", "含意"),
    "derived": Message("derived", "導出"),
    "reference": Message("reference source", "参照資料"),
}


class Name(NamedTuple):
    """A thing and its names: IRI, Japanese, English."""

    iri: str
    ja: str
    en: str


class Passage(NamedTuple):
    """One passage behind a link: what it says of the link, and where it stands."""

    link: str
    via: Name | None
    programme: Name | None
    project: str
    status: Name | None
    year: int | None
    mode: str
    evidence: str
    document: Name
    locator: str


@dataclass(frozen=True)
class Edge:
    """Two things and the passages that link them, in the order of the query."""

    source: Name
    target: Name
    passages: tuple[Passage, ...]

    def weight(self, counted: str) -> int:
        """Return how many different programmes, projects or passages stand behind the link."""
        if counted == "evidence":
            return len({one.evidence for one in self.passages})
        if counted == "projects":
            return len({one.project for one in self.passages if one.project})
        return len({one.programme.iri for one in self.passages if one.programme})


@dataclass(frozen=True)
class Filters:
    """Which passages count; an empty filter lets all pass."""

    modes: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    statuses: frozenset[str] = frozenset()

    def keeps(self, passage: Passage) -> bool:
        """Say whether a passage passes every filter; one without year or status fails a filter on it."""
        status = key(passage.status.iri) if passage.status else ""
        return (
            (not self.modes or passage.mode in self.modes)
            and (not self.years or passage.year in self.years)
            and (not self.statuses or status in self.statuses)
        )


def key(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rsplit("/", 1)[-1]


def kind(iri: str) -> str:
    """Return the kind of a thing, which is the part of its IRI before the last: `country`, `person`."""
    parts = iri.rsplit("/", 2)
    return parts[-2] if len(parts) == 3 else ""


def check_request(between: str, weight: str | None = None) -> str:
    """Return the weight of a network (its usual one for None); refuse what cannot be drawn.

    Raises:
        UsageError: no such network; no such weight; a weight that the documents do not give.
    """
    if between not in BETWEEN:
        raise _not_among("network", "ネットワーク", between, BETWEEN)
    if weight is None:  # affiliations stand mostly outside programmes
        return "evidence" if between == "person-organisation" else "programmes"
    if weight == "budget":
        raise UsageError(
            Message(
                "links cannot be weighed by budget: the documents give amounts per programme and year, "
                "none per country, body or pair, and dividing them would invent figures",
                "予算を辺の重みにはできません。文書にあるのは事業・年度ごとの額だけで、国・機関・組ごとの額は"
                "記載がなく、按分は数字を作ることになります",
            ),
            Message(
                "use --weight programmes, evidence or projects; amounts: stikg query budget-of-programme",
                "programmes・evidence・projects のいずれかを。額は stikg query budget-of-programme",
            ),
        )
    if weight not in WEIGHTS:
        raise _not_among("weight", "重み", weight, WEIGHTS)
    return weight


def _not_among(en: str, ja: str, given: str, known: Iterable[str]) -> UsageError:
    """Draw the error for a word that is not on a list."""
    names = ", ".join(known)
    return UsageError(
        Message(f"there is no {en} “{given}”", f"「{given}」という{ja}はありません"),
        Message(f"use one of {names}", f"次のいずれかを指定してください: {names}"),
    )


def gather(rows: Rows, filters: Filters) -> list[Edge]:
    """Return the edges of a network query, passages filtered, sorted by the IRIs of source and target."""
    found: dict[tuple[Name, Name], list[Passage]] = {}
    for row in rows:
        passage = _passage(row)
        if filters.keeps(passage):
            ends = (_name(row, "source"), _name(row, "target"))
            found.setdefault(ends, []).append(passage)
    return [Edge(*ends, tuple(found[ends])) for ends in sorted(found)]


def _passage(row: Row) -> Passage:
    """Return the passage of a row."""
    year = row["year"]
    return Passage(
        _text(row["link"]),
        _optional(row, "via"),
        _optional(row, "programme"),
        _text(row["project"]),
        _optional(row, "status"),
        None if year is None else int(str(year)),
        key(_text(row["mode"])),
        _text(row["evidence"]),
        _name(row, "document"),
        _text(row["locator"]),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _optional(row: Row, column: str) -> Name | None:
    """Return a thing of a row with its names, if there is one."""
    return None if row[column] is None else _name(row, column)


def _name(row: Row, column: str) -> Name:
    """Return a thing of a row with its names: a missing one is the other, or the end of its IRI."""
    iri, ja, en = (_text(row[name]) for name in (column, f"{column}_ja", f"{column}_en"))
    return Name(iri, ja or en or key(iri), en or ja or key(iri))


def sides(edges: Sequence[Edge]) -> tuple[list[Name], list[Name]]:
    """Return sources and targets, each once, sorted by IRI; a thing on both sides is a source."""
    sources = {edge.source for edge in edges}
    targets = {edge.target for edge in edges} - sources
    return sorted(sources), sorted(targets)
