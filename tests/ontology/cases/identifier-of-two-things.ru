# One ROR id for two things.
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/registry/record-1/reference> {
    <https://w3id.org/stikg/id/identifier/organisation/mext/ror> a adms:Identifier ;
        stikg:identifies <https://w3id.org/stikg/id/organisation/mext> ;
        stikg:identifierScheme <https://w3id.org/stikg/scheme/identifier-scheme/ror> ;
        skos:notation "https://ror.org/00hhkn466" .
  }
}
