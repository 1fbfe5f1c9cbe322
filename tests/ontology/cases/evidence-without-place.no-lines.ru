# Evidence with lines that are not numbered.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

DELETE WHERE {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> stikg:firstLine ?line .
  }
}
