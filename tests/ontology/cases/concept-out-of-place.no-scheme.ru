# A concept of no scheme.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA {
  GRAPH <https://w3id.org/stikg/scheme/region> {
    <https://w3id.org/stikg/scheme/region/europe> skos:inScheme <https://w3id.org/stikg/scheme/region> .
  }
}
