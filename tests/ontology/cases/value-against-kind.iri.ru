# A thing where text belongs.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/ontology> {
    stikg:noted a owl:DatatypeProperty ;
        rdfs:label "noted"@en, "注記"@ja ;
        skos:definition "A note."@en, "注記。"@ja ;
        rdfs:isDefinedBy <https://w3id.org/stikg/ontology> .
  }
} ;
INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> stikg:noted <https://www.jst.go.jp/> .
  }
}
