# Evidence without a selector.
PREFIX oa: <http://www.w3.org/ns/oa#>

DELETE WHERE {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> oa:hasSelector ?selector .
  }
}
