"""The namespaces of STIKG and of the vocabularies it reuses; prefixes come from here and nowhere else."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/stikg/"
ONTOLOGY: Final = BASE + "ontology#"
ONTOLOGY_GRAPH: Final = BASE + "ontology"
ID: Final = BASE + "id/"
SCHEME: Final = BASE + "scheme/"
SHAPES: Final = BASE + "shapes#"
EVIDENCE: Final = ID + "evidence/"

PREFIXES: Final[dict[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "id": ID,
    "oa": "http://www.w3.org/ns/oa#",
    "obeu-dim": "http://data.openbudgets.eu/ontology/dsd/dimension/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "scheme": SCHEME,
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "stikg": ONTOLOGY,
    "stikg-sh": SHAPES,
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def rebase(text: str, base: str) -> str:
    """Return `text` with every IRI below the project's base moved below `base`."""
    return text if base == BASE else text.replace(BASE, base)


def prefix_header() -> str:
    """Return the SPARQL `PREFIX` lines of all prefixes, sorted."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))
