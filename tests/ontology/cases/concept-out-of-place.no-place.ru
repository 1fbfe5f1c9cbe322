# A concept that is neither at the top nor below another.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA {
  GRAPH <https://w3id.org/stikg/scheme/region> {
    <https://w3id.org/stikg/scheme/region/europe> skos:topConceptOf <https://w3id.org/stikg/scheme/region> .
  }
}
