"""Read the term maps of YARRRML: templates, IRIs, literals; ambiguous spellings are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stikg.errors import Message
from stikg.mapping.lexical import DATATYPES, RDF, XSD, is_iri, is_language_tag
from stikg.mapping.lines import refuse
from stikg.mapping.model import IriTerm, LiteralTerm, Reference, Template
from stikg.namespaces import rebase

_REFERENCE: Final = re.compile(r"\$\(([^(){}$~\\]+)\)")
_PREFIXED: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):")
# Characters that a percent-encoded cell never contains, so that they part two cells for certain.
_PARTING: Final = re.compile(r"[:/?#\[\]@!$&'()*+,;=]")
# Constants of these spellings are IRIs for morph-kgc and literals for the YARRRML specification.
_LOOKS_LIKE_IRI: Final = ("http", "ftp")
# Prefixes that morph-kgc declares by itself: a constant text that begins with one would be expanded.
_FOREIGN_PREFIXES: Final = frozenset(
    {
        "as",
        "cc",
        "csvw",
        "ctag",
        "dc",
        "dc11",
        "dcat",
        "dcterms",
        "dqv",
        "duv",
        "fno",
        "foaf",
        "gr",
        "grddl",
        "ical",
        "jsonld",
        "ldp",
        "ma",
        "oa",
        "odrl",
        "og",
        "org",
        "owl",
        "prov",
        "qb",
        "rdf",
        "rdfa",
        "rdfs",
        "rev",
        "rif",
        "rml",
        "rr",
        "schema",
        "sd",
        "sioc",
        "skos",
        "skosxl",
        "sosa",
        "ssn",
        "time",
        "v",
        "vcard",
        "void",
        "wdr",
        "wdrs",
        "xhv",
        "xml",
        "xsd",
    }
)


@dataclass(frozen=True)
class Vocabulary:
    """The prefixes of a mapping file, already below the base that is asked for."""

    path: str
    prefixes: dict[str, str]
    base: str


def require_iri(path: str, line: int, iri: str) -> str:
    """Return `iri` if it is an absolute IRI.

    Raises:
        MappingError: It is not.
    """
    if not is_iri(iri):
        refuse(
            path,
            line,
            Message(f"{iri!r} is not an absolute IRI", f"{iri!r} は絶対IRIではありません"),
            Message(
                "write a declared prefix and a name, or a whole http(s) IRI",
                "宣言済みの接頭辞と名前か、http(s)のIRI全体を書いてください",
            ),
        )
    return iri


def parse_template(vocabulary: Vocabulary, line: int, text: str) -> Template:
    """Split `text` into constant parts and references.

    Raises:
        MappingError: A reference is not closed, or braces stand in the text (RML reads them as references).
    """
    parts: list[str | Reference] = []
    end = 0
    for found in _REFERENCE.finditer(text):
        if found.start() > end:
            parts.append(text[end : found.start()])
        parts.append(Reference(found[1]))
        end = found.end()
    if end < len(text):
        parts.append(text[end:])
    constant = "".join(part for part in parts if isinstance(part, str))
    if "$(" in constant or "{" in constant or "}" in constant:
        refuse(
            vocabulary.path,
            line,
            Message(
                f"{text!r} has a reference that is not well formed, or braces",
                f"{text!r} には正しくない参照か波括弧があります",
            ),
            Message(
                "write references as $(column); braces cannot be used",
                "参照は $(列名) と書き、波括弧は使わないでください",
            ),
        )
    return Template(tuple(parts), line)


def expand(vocabulary: Vocabulary, line: int, text: str) -> str:
    """Return `text` with its prefix replaced by the IRI it stands for."""
    found = _PREFIXED.match(text)
    name = found[1] if found else ""
    if name in {"http", "https"}:
        return rebase(text, vocabulary.base)
    if name not in vocabulary.prefixes or f"{name}:" in text[len(name) + 1 :]:
        known = ", ".join(sorted(vocabulary.prefixes)) or "none"
        refuse(
            vocabulary.path,
            line,
            Message(
                f"{text!r} does not begin with a declared prefix (or repeats it)",
                f"{text!r} は宣言済みの接頭辞で始まっていない(または繰り返している)",
            ),
            Message(
                f"declare the prefix under `prefixes`, or use one of: {known}",
                f"`prefixes` で宣言するか、次のどれかを使ってください: {known}",
            ),
        )
    return vocabulary.prefixes[name] + text[len(name) + 1 :]


def constant_iri(vocabulary: Vocabulary, line: int, text: str) -> str:
    """Return the IRI that a prefixed name or a whole IRI without references stands for."""
    template = parse_template(vocabulary, line, text)
    if template.columns:
        refuse(
            vocabulary.path,
            line,
            Message(
                f"a predicate must be constant, not {text!r}", f"述語は定数でなければなりません: {text!r}"
            ),
            Message("write one line per predicate", "述語ごとに1行を書いてください"),
        )
    return require_iri(vocabulary.path, line, expand(vocabulary, line, text))


def iri_term(vocabulary: Vocabulary, line: int, text: str) -> IriTerm:
    """Read an IRI: `$(column)` verbatim, or a template of a prefix or http(s) IRI with references.

    Raises:
        MappingError: No legal IRI can come of it, or two different rows could give the same IRI.
    """
    template = parse_template(vocabulary, line, text)
    if template.single is not None:
        return IriTerm(template)
    template = parse_template(vocabulary, line, expand(vocabulary, line, text))
    sample = "".join(part if isinstance(part, str) else "x" for part in template.parts)
    require_iri(vocabulary.path, line, sample)
    _require_injective(vocabulary, line, template, text)
    return IriTerm(template)


def _require_injective(vocabulary: Vocabulary, line: int, template: Template, text: str) -> None:
    between: list[str] | None = None
    for part in template.parts:
        if isinstance(part, str):
            if between is not None:
                between.append(part)
            continue
        if between is not None and not _PARTING.search("".join(between)):
            refuse(
                vocabulary.path,
                line,
                Message(
                    f"two cells could run together in {text!r}, so that different keys give one IRI",
                    f"{text!r} では二つのセルがつながり、異なるキーが同じIRIになり得ます",
                ),
                Message(
                    "part references in an IRI by / (not by - _ . ~)",
                    "IRIの中の参照は / で区切ってください(- _ . ~ は不可)",
                ),
            )
        between = []


def class_term(vocabulary: Vocabulary, line: int, text: str, qualifier: str | None) -> IriTerm:
    """Read the object of `a`: a class, with or without ~iri if it is constant."""
    if qualifier is not None:
        refuse(
            vocabulary.path,
            line,
            Message("a class has no datatype or language", "クラスにデータ型や言語は付けられません"),
            Message("leave the third part out", "三つ目の部分を除いてください"),
        )
    bare = text.removesuffix("~iri")
    if bare == text and "$(" in text:
        _refuse_ambiguous(vocabulary, line, text)
    return iri_term(vocabulary, line, bare)


def object_term(vocabulary: Vocabulary, line: int, text: str, qualifier: str | None) -> IriTerm | LiteralTerm:
    """Read an object: `…~iri` is an IRI, everything else a literal.

    Raises:
        MappingError: Engines would differ about what it is, or its datatype does not admit it.
    """
    if text.endswith("~iri"):
        if qualifier is not None:
            refuse(
                vocabulary.path,
                line,
                Message("an IRI has no datatype or language", "IRIにデータ型や言語は付けられません"),
                Message("leave the third part or ~iri out", "三つ目の部分か ~iri を除いてください"),
            )
        return iri_term(vocabulary, line, text.removesuffix("~iri"))
    stated = text.endswith("~literal")
    bare = text.removesuffix("~literal")
    template = parse_template(vocabulary, line, bare)
    if not bare or "~" in bare or (stated and qualifier is not None):
        _refuse_ambiguous(vocabulary, line, text)
    _require_literal(vocabulary, line, template, text, stated or qualifier is not None)
    return _literal(vocabulary, line, template, qualifier)


def _require_literal(vocabulary: Vocabulary, line: int, template: Template, text: str, plain: bool) -> None:
    """Refuse what morph-kgc would take for an IRI or expand as a prefixed name."""
    if template.single is not None:
        return
    start = template.parts[0]
    found = _PREFIXED.match(start) if isinstance(start, str) else None
    expanded = found is not None and (found[1] in vocabulary.prefixes or found[1] in _FOREIGN_PREFIXES)
    looks = isinstance(start, str) and start.startswith(_LOOKS_LIKE_IRI)
    if expanded or (not plain and (looks or template.columns)):
        _refuse_ambiguous(vocabulary, line, text)


def _refuse_ambiguous(vocabulary: Vocabulary, line: int, text: str) -> None:
    refuse(
        vocabulary.path,
        line,
        Message(
            f"engines differ on whether {text!r} is an IRI or a literal",
            f"{text!r} がIRIかリテラルかは処理系によって異なります",
        ),
        Message(
            "add ~iri for an IRI; for a literal add a datatype, a language or ~literal",
            "IRIなら ~iri を、リテラルならデータ型・言語・~literal を付けてください",
        ),
    )


def _literal(vocabulary: Vocabulary, line: int, template: Template, qualifier: str | None) -> LiteralTerm:
    if qualifier is None:
        return LiteralTerm(template)
    if qualifier.endswith("~lang"):
        tag = qualifier.removesuffix("~lang")
        if not is_language_tag(tag):
            refuse(
                vocabulary.path,
                line,
                Message(f"{tag!r} is not a language tag", f"{tag!r} は言語タグではありません"),
                Message(
                    "write ja~lang, en~lang, ja-Hrkt~lang",
                    "ja~lang、en~lang、ja-Hrkt~lang のように書いてください",
                ),
            )
        return LiteralTerm(template, language=tag.lower())
    datatype = constant_iri(vocabulary, line, qualifier)
    if datatype == XSD + "string":
        return LiteralTerm(template)
    _require_datatype(vocabulary, line, template, datatype)
    return LiteralTerm(template, datatype=datatype)


def _require_datatype(vocabulary: Vocabulary, line: int, template: Template, datatype: str) -> None:
    form = DATATYPES.get(datatype)
    if form is None:
        if datatype.startswith((XSD, RDF)):
            names = ", ".join(known.name for known in DATATYPES.values())
            refuse(
                vocabulary.path,
                line,
                Message(f"we do not check <{datatype}>", f"<{datatype}> は検査できません"),
                Message(f"use xsd: string, {names}", f"xsd: string、{names} のどれかを使ってください"),
            )
        return
    constant = template.constant
    if (constant is None and template.single is None) or (
        constant is not None and not form.accepts(constant)
    ):
        refuse(
            vocabulary.path,
            line,
            Message(
                f"xsd:{form.name} takes one whole cell or {form.expected.en}",
                f"xsd:{form.name} の値は一つのセル全体か{form.expected.ja}です",
            ),
            Message("make the value in the table", "値は表の側で作ってください"),
        )
