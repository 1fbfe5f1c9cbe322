# Text where a thing belongs.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/budget/programme/sicorp/2021/draft> stikg:currency "JPY" .
  }
}
