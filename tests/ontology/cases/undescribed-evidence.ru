# A named graph that is no evidence.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L7/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> skos:altLabel "SICORP"@en .
  }
}
