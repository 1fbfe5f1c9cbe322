"""The JSON-LD context: made from the ontology and the prefixes, so that JSON keys read as plain words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from stikg.errors import DefinitionError, Message, Where
from stikg.files import write_file
from stikg.graph.lines import cut_graph, cut_triple, read_term
from stikg.graph.reading import read_lines
from stikg.namespaces import BASE, ONTOLOGY, PREFIXES, rebase
from stikg.resources import ontology_dir
from stikg.terms import Iri, shorten

Context = dict[str, Any]

FILE: Final = "context.jsonld"
_RDF, _RDFS, _OWL, _XSD = (PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd"))
# Terms of others that the data uses and the ontology does not declare again.
_TEXTS: Final = (
    "dct:description", "dct:title", "rdfs:label", "skos:altLabel", "skos:definition", "skos:hiddenLabel",
    "skos:note", "skos:prefLabel", "skos:scopeNote",
)  # fmt: skip
_LINKS: Final = (
    "adms:identifier", "dct:conformsTo", "dct:hasPart", "dct:isPartOf", "dct:license", "dct:publisher",
    "dct:type", "foaf:homepage", "foaf:page", "frapo:hasFundingAgency", "oa:hasSelector",
    "org:classification", "org:memberOf", "org:organization", "org:subOrganizationOf", "org:unitOf",
    "prov:hadPrimarySource", "prov:wasDerivedFrom", "prov:wasQuotedFrom", "qb:component", "qb:dataSet",
    "qb:structure", "rdfs:domain", "rdfs:isDefinedBy", "rdfs:range", "rdfs:subClassOf",
    "rdfs:subPropertyOf", "skos:broader", "skos:closeMatch", "skos:exactMatch", "skos:inScheme",
    "skos:member", "skos:topConceptOf",
)  # fmt: skip
_COMMAND: Final = "python -m stikg.handbook"


def make_context(ontology: Path | None = None) -> str:
    """Return the text of `ontology/context.jsonld`: prefixes, and one term for each property.

    A property with language-tagged values is a language map (`{"ja": …, "en": …}`), one that leads to
    things takes IRIs as strings, one with a datatype takes its lexical form as a string.

    Raises:
        UnreadableFile: the ontology cannot be read.
    """
    path = ontology or ontology_dir() / "stikg.ttl"
    terms: Context = dict(sorted(PREFIXES.items()))
    for name in _TEXTS:
        terms[name] = {"@id": name, "@container": "@language"}
    for name in _LINKS:
        terms[name] = {"@id": name, "@type": "@id"}
    for iri, form in sorted(_properties(read_lines(path)).items()):
        key = iri.removeprefix(ONTOLOGY)
        name = shorten(iri)
        terms[name if key in PREFIXES or not key.isidentifier() else key] = {"@id": name, **form}
    return json.dumps({"@context": {"@version": 1.1, **terms}}, ensure_ascii=False, indent=2) + "\n"


def write_context(path: Path | None = None) -> Path:
    """Write `ontology/context.jsonld` anew from the ontology.

    Raises:
        OutputFailed: the file cannot be written.
    """
    target = path or ontology_dir() / FILE
    write_file(target, make_context(), force=True)
    return target


def read_context(base: str = BASE) -> Context:
    """Read the context that comes with STIKG.

    Raises:
        DefinitionError: it is missing or no JSON.
    """
    path = ontology_dir() / FILE
    try:
        found: Context = json.loads(rebase(path.read_text(encoding="utf-8"), base))["@context"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DefinitionError(
            Message(
                f"the JSON-LD context cannot be read ({error})", f"JSON-LDのコンテキストを読めません({error})"
            ),
            Message(f"make it anew: {_COMMAND}", f"作り直してください: {_COMMAND}"),
            Where(str(path)),
        ) from error
    return found


def _properties(lines: Iterable[bytes]) -> dict[str, dict[str, str]]:
    """Return the properties that the ontology declares in its own namespace, with the form of values."""
    types: dict[str, set[str]] = {}
    ranges: dict[str, str] = {}
    for line in lines:
        subject, predicate, value = map(read_term, cut_triple(cut_graph(line)[0]))
        if not (isinstance(subject, Iri) and isinstance(value, Iri) and subject.value.startswith(ONTOLOGY)):
            continue
        if predicate == Iri(_RDF + "type"):
            types.setdefault(subject.value, set()).add(value.value)
        elif predicate == Iri(_RDFS + "range"):
            ranges[subject.value] = value.value
    return {
        iri: form for iri, kinds in types.items() if (form := _form(kinds, ranges.get(iri, ""))) is not None
    }


def _form(kinds: set[str], found: str) -> dict[str, str] | None:
    """Return how the values of a property are written, or None if it is no property."""
    if _OWL + "ObjectProperty" in kinds:
        return {"@type": "@id"}
    if not kinds & {_OWL + "DatatypeProperty", _OWL + "AnnotationProperty", _RDF + "Property"}:
        return None
    if found == _RDF + "langString":
        return {"@container": "@language"}
    plain = found in {"", _XSD + "string"} or not found.startswith(_XSD)
    return {} if plain else {"@type": shorten(found)}


def forms_of(context: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return for each property IRI its key, and `@language`, `@id`, a datatype IRI, or nothing."""
    prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str)}

    def expand(name: str) -> str:
        prefix, colon, local = name.partition(":")
        return prefixes.get(prefix, prefix + colon) + local

    return {
        expand(term["@id"]): (key, term.get("@container") or _expanded(term.get("@type", ""), expand))
        for key, term in context.items()
        if isinstance(term, dict)
    }


def _expanded(kind: str, expand: Any) -> str:  # noqa: ANN401
    """Return a keyword as it is, a datatype in full."""
    return kind if kind in {"", "@id"} else str(expand(kind))
