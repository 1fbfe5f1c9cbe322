# A concept that its scheme does not have.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> stikg:field <https://w3id.org/stikg/scheme/research-field/astrology> .
  }
}
