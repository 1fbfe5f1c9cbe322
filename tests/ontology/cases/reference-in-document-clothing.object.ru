# The paper is made to say who runs a programme, and never names the body.
PREFIX frapo: <http://purl.org/cerif/frapo/>

INSERT DATA {
  GRAPH <https://w3id.org/stikg/id/evidence/paper/L1-2/stated> {
    <https://w3id.org/stikg/id/programme/sicorp> frapo:hasFundingAgency <https://w3id.org/stikg/id/organisation/jsps> .
  }
}
