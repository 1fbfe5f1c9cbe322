# A document that began in a fiscal year.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/document/paper> stikg:sinceFiscalYear <https://w3id.org/stikg/id/fiscal-year/2021> .
  }
}
