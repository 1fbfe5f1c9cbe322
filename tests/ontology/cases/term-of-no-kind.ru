# A term loses its type.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX stikg: <https://w3id.org/stikg/ontology#>

DELETE DATA {
  GRAPH <https://w3id.org/stikg/ontology> {
    stikg:remedy a owl:AnnotationProperty .
  }
}
