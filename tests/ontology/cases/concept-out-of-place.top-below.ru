# A top concept below another.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/scheme/region> {
    <https://w3id.org/stikg/scheme/region/europe> skos:broader <https://w3id.org/stikg/scheme/region/africa> .
  }
}
