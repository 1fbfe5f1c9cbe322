# An ontology without a Japanese title.
PREFIX dct: <http://purl.org/dc/terms/>

DELETE {
  GRAPH <https://w3id.org/stikg/ontology> { <https://w3id.org/stikg/ontology> dct:title ?title }
}
WHERE {
  GRAPH <https://w3id.org/stikg/ontology> { <https://w3id.org/stikg/ontology> dct:title ?title }
  FILTER (LANG(?title) = "ja")
}
