# Two classes above each other.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/ontology> {
    stikg:Programme rdfs:subClassOf stikg:FellowshipProgramme .
  }
}
