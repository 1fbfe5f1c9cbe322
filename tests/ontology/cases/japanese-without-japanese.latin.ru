# Latin letters tagged as Japanese.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> skos:altLabel "SICORP"@ja .
  }
}
