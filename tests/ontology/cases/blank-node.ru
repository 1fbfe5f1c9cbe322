# A thing without a name.
PREFIX dct: <http://purl.org/dc/terms/>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> dct:relation [] .
  }
}
