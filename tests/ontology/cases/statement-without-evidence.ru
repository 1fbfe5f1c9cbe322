# A statement in no named graph.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
  <https://w3id.org/stikg/id/programme/sicorp> skos:altLabel "Said nowhere"@en .
}
