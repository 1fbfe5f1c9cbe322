# A value that nothing describes.
PREFIX dct: <http://purl.org/dc/terms/>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> dct:isPartOf <https://w3id.org/stikg/id/programme-group/nowhere> .
  }
}
