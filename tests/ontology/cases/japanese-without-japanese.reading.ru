# A reading with kanji.
PREFIX stikg: <https://w3id.org/stikg/ontology#>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> stikg:reading "せんりゃく的"@ja-Hrkt .
  }
}
