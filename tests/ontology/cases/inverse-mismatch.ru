# An inverse of things that do not match.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/ontology> {
    stikg:operatesThrough owl:inverseOf stikg:memberCountry .
  }
}
