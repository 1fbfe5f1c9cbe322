# The paper is made to speak of a body that it never names.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/organisation/jsps> stikg:country <https://w3id.org/stikg/id/country/jp> .
  }
}
