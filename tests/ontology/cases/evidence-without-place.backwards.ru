# Evidence that ends before it begins.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

DELETE DATA { GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> { <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> stikg:lastLine 2 } } ;
INSERT DATA { GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> { <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> stikg:lastLine 0 } }
