# Two concepts above each other.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/scheme/region> {
    <https://w3id.org/stikg/scheme/region/east-asia> skos:broader <https://w3id.org/stikg/scheme/region/southeast-asia> .
    <https://w3id.org/stikg/scheme/region/southeast-asia> skos:broader <https://w3id.org/stikg/scheme/region/east-asia> .
  }
}
