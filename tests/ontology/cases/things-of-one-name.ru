# Two countries of one name.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/registry/record-1/reference> {
    <https://w3id.org/stikg/id/country/nihon> a stikg:Country ;
        skos:prefLabel "Japan"@en .
  }
}
