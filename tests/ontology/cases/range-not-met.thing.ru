# A programme that began in a ministry.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> stikg:sinceFiscalYear <https://w3id.org/stikg/id/organisation/mext> .
  }
}
