# A budget figure without its amount.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

DELETE WHERE {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/budget/programme/sicorp/2021/draft> stikg:amount ?amount .
  }
}
