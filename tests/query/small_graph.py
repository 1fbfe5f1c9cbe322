"""A small graph with evidence: two programmes, an agency, two countries, a misprint and its correction."""

from __future__ import annotations

from stikg.graph import Graph
from stikg.namespaces import PREFIXES

PASSAGES = {
    "paper-45": "id:evidence/paper/L45/stated",
    "paper-12": "id:evidence/paper/L10-12/stated",
    "web": "id:evidence/web/record-jst/reference",
}
TRIPLES = """
paper-45 id:programme/sicorp a stikg:Programme
paper-45 id:programme/sicorp skos:prefLabel "戦略的国際共同研究プログラム"@ja
paper-45 id:programme/sicorp skos:prefLabel "Strategic International Collaborative Research Program"@en
paper-45 id:programme/sicorp skos:altLabel "SICORP"@en
paper-12 id:programme/sicorp skos:altLabel "SICORP"@en
web id:programme/sicorp frapo:hasFundingAgency id:organisation/jst
paper-45 id:programme/satreps a stikg:Programme
paper-45 id:programme/satreps skos:prefLabel "地球規模課題対応国際科学技術協力プログラム"@ja
paper-45 id:programme/satreps skos:altLabel "SATREPS"@en
paper-45 id:budget/programme/sicorp/2021/draft a stikg:BudgetObservation
paper-45 id:budget/programme/sicorp/2021/draft stikg:programmeDimension id:programme/sicorp
paper-45 id:budget/programme/sicorp/2021/draft stikg:amount "1078000000"^^xsd:decimal
paper-45 id:budget/programme/satreps/2021/draft stikg:programmeDimension id:programme/satreps
paper-45 id:budget/programme/satreps/2021/draft stikg:amount "1876000000"^^xsd:decimal
web id:organisation/jst a stikg:Agency
web id:organisation/jst skos:prefLabel "科学技術振興機構"@ja
web id:organisation/jst skos:prefLabel "Japan Science and Technology Agency"@en
web id:organisation/jst skos:altLabel "JST"@en
web id:country/th skos:prefLabel "タイ"@ja
web id:country/th skos:prefLabel "Thailand"@en
web id:country/th skos:notation "TH"^^stikg:iso3166Alpha2
web id:country/tl skos:prefLabel "東ティモール"@ja
web id:country/tl skos:prefLabel "Timor-Leste"@en
paper-12 id:country/us skos:prefLabel "米国"@ja
paper-12 id:country/us skos:hiddenLabel "米国的"@ja
web id:organisation/nus-a skos:altLabel "NUS"@en
web id:organisation/nus-b skos:altLabel "NUS"@en
paper-12 id:correction/of-us a stikg:Correction
paper-12 id:correction/of-us stikg:asWritten "米国的"
paper-12 id:correction/of-us stikg:asMeant "米国の"
paper-12 id:correction/of-us stikg:reason "the table beside it says so"@en
paper-12 id:correction/of-us stikg:reason "隣の表による"@ja
paper-12 id:correction/of-us stikg:correctionOf id:country/us
web id:document/paper skos:prefLabel "Budget paper"@en
web id:document/paper skos:prefLabel "予算資料"@ja
web scheme:assertion-mode/stated skos:prefLabel "stated"@en
web scheme:assertion-mode/stated skos:prefLabel "明記"@ja
web scheme:research-field/health skos:prefLabel "health"@en
web stikg:amount rdfs:label "amount"@en
web stikg:amount rdfs:label "金額"@ja
"""


def nquads() -> list[str]:
    """Return the graph as N-Quads lines."""
    return [_line(*row.split(" ", 3)) for row in TRIPLES.strip().splitlines()]


def _line(passage: str, subject: str, predicate: str, value: str) -> str:
    verb = PREFIXES["rdf"] + "type" if predicate == "a" else _iri(predicate)
    return f"<{_iri(subject)}> <{verb}> {_object(value)} <{_iri(PASSAGES[passage])}> .\n"


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _object(value: str) -> str:
    if not value.startswith('"'):
        return f"<{_iri(value)}>"
    text, typed, datatype = value.rpartition("^^")
    return f"{text}^^<{_iri(datatype)}>" if typed else value


def small_graph() -> Graph:
    """Return the graph."""
    return Graph.from_nquads(nquads())
