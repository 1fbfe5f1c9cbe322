"""What the terms of other vocabularies are called on a page; the ontology names only its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stikg.errors import Message
from stikg.namespaces import PREFIXES
from stikg.terms import Literal, expand

# Alphabetical by prefixed name.
_WORDS: Final[dict[str, Message]] = {
    "adms:Identifier": Message("identifier", "識別子"),
    "adms:identifier": Message("identifier", "識別子"),
    "dct:Location": Message("place", "場所"),
    "dct:conformsTo": Message("conforms to", "準拠"),
    "dct:date": Message("date", "日付"),
    "dct:description": Message("description", "説明"),
    "dct:hasPart": Message("has part", "含むもの"),
    "dct:isPartOf": Message("part of", "上位の区分"),
    "dct:issued": Message("issued", "発行日"),
    "dct:license": Message("licence", "ライセンス"),
    "dct:modified": Message("revised", "改定日"),
    "dct:publisher": Message("issued by", "発行主体"),
    "dct:references": Message("cites", "引用する文書"),
    "dct:subject": Message("about", "主題"),
    "dct:title": Message("title", "表題"),
    "dct:type": Message("type", "種別"),
    "foaf:Document": Message("document", "文書"),
    "foaf:Person": Message("person", "人"),
    "foaf:homepage": Message("home page", "ホームページ"),
    "foaf:page": Message("web page", "ウェブページ"),
    "frapo:Endeavour": Message("project", "課題"),
    "frapo:hasFundingAgency": Message("run by (funding agency)", "実施機関"),
    "frapo:hasOutput": Message("result", "成果"),
    "oa:FragmentSelector": Message("place in a document", "文書中の箇所"),
    "oa:SpecificResource": Message("part of a document", "文書の一部"),
    "oa:hasSelector": Message("place", "箇所"),
    "oa:hasSource": Message("document", "文書"),
    "org:Membership": Message("membership", "所属"),
    "org:Role": Message("role", "役職"),
    "org:classification": Message("kind of organisation", "組織の種別"),
    "org:member": Message("member", "所属する人"),
    "org:organization": Message("organisation", "所属先"),
    "org:role": Message("role", "役職"),
    "org:subOrganizationOf": Message("part of (organisation)", "上位の組織"),
    "org:unitOf": Message("unit of", "所属する組織"),
    "prov:Entity": Message("entity", "もの"),
    "prov:hadPrimarySource": Message("primary source", "原典"),
    "prov:wasQuotedFrom": Message("quoted from", "引用元"),
    "qb:DataSet": Message("data set", "データセット"),
    "qb:Observation": Message("observation", "観測値"),
    "qb:dataSet": Message("data set", "データセット"),
    "rdf:type": Message("kind", "種類"),
    "rdf:value": Message("value", "値"),
    "rdfs:comment": Message("comment", "コメント"),
    "rdfs:isDefinedBy": Message("defined by", "定義元"),
    "rdfs:label": Message("label", "ラベル"),
    "rdfs:subClassOf": Message("kind of", "上位のクラス"),
    "schema:Event": Message("event", "出来事"),
    "schema:MonetaryAmount": Message("amount of money", "金額"),
    "schema:QuantitativeValue": Message("quantity", "数量"),
    "schema:maxValue": Message("at most", "上限"),
    "schema:minValue": Message("at least", "下限"),
    "schema:value": Message("value", "値"),
    "skos:Collection": Message("collection", "集まり"),
    "skos:Concept": Message("concept", "概念"),
    "skos:ConceptScheme": Message("concept scheme", "概念体系"),
    "skos:altLabel": Message("other name", "別名"),
    "skos:broader": Message("broader", "上位概念"),
    "skos:closeMatch": Message("nearly the same as", "近いもの"),
    "skos:definition": Message("definition", "定義"),
    "skos:exactMatch": Message("the same as", "同じもの"),
    "skos:hiddenLabel": Message("misprint", "誤記"),
    "skos:inScheme": Message("in scheme", "概念体系"),
    "skos:member": Message("member", "構成員"),
    "skos:notation": Message("code", "コード"),
    "skos:note": Message("note", "注記"),
    "skos:prefLabel": Message("name", "名前"),
    "skos:scopeNote": Message("scope", "適用範囲"),
    "skos:topConceptOf": Message("top concept of", "最上位の概念"),
    "time:ProperInterval": Message("period", "期間"),
}
_BY_IRI: Final = {expand(name, PREFIXES): said for name, said in _WORDS.items()}


def with_words(labels: dict[str, list[Literal]], iris: Iterable[str]) -> dict[str, list[Literal]]:
    """Return the labels, and ours for the terms among `iris` that have none."""
    ours = {iri: _labels(_BY_IRI[iri]) for iri in iris if iri in _BY_IRI and iri not in labels}
    return {**ours, **labels}


def _labels(said: Message) -> list[Literal]:
    """Return a message as labels."""
    return [Literal(text, language=language) for language, text in said._asdict().items()]
