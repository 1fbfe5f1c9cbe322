# One home page for two things.
PREFIX foaf: <http://xmlns.com/foaf/0.1/>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/registry/record-1/reference> {
    <https://w3id.org/stikg/id/organisation/mext> foaf:homepage <https://www.jsps.go.jp/> .
  }
}
