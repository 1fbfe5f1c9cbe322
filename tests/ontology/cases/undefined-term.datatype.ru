# A datatype that the ontology does not know.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/country/jp> skos:notation "392"^^stikg:iso3166Numeric .
  }
}
