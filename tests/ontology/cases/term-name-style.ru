# A property with an underscore.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/ontology> {
    stikg:start_year a owl:DatatypeProperty ;
        rdfs:label "start year"@en, "開始の年"@ja ;
        skos:definition "Year of start."@en, "始まる年。"@ja ;
        rdfs:isDefinedBy <https://w3id.org/stikg/ontology> .
  }
}
