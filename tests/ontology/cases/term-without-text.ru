# A term loses its English label.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

DELETE DATA {
  GRAPH <https://w3id.org/stikg/ontology> {
    stikg:Programme rdfs:label "programme"@en .
  }
}
