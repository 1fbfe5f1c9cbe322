# A concept loses its labels.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE {
  GRAPH <https://w3id.org/stikg/scheme/budget-phase> {
    <https://w3id.org/stikg/scheme/budget-phase/draft> skos:prefLabel ?label .
  }
}
