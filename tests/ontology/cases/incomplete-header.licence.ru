# An ontology without a licence.
PREFIX dct: <http://purl.org/dc/terms/>

DELETE WHERE {
  GRAPH <https://w3id.org/stikg/ontology> {
    <https://w3id.org/stikg/ontology> dct:license ?licence .
  }
}
