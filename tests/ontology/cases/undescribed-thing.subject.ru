# A thing without a class.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/satreps> skos:prefLabel "地球規模課題対応国際科学技術協力プログラム"@ja .
  }
}
