# A label for a term of FRAPO.
PREFIX frapo: <http://purl.org/cerif/frapo/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/ontology> {
    frapo:FundingProgramme rdfs:label "funding programme"@en .
  }
}
