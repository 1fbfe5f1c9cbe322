"""Rows become N-Quads lines: nulls, literals, IRIs, several mappings and tables."""

from __future__ import annotations

import pickle

import pytest

from stikg.emit import compile_mapping, emit_all
from stikg.errors import MappingError
from stikg.mapping import parse_mapping
from stikg.tables import Row, Table
from tests.emit.tables_of import GRAPH, HEAD, PREFIXES, SUBJECT, emitted, objects, table


def test_a_row_becomes_one_line_per_statement() -> None:
    lines = emitted("[a, stikg:Thing]\n[skos:prefLabel, $(name), ja~lang]", table(["name"], ["k", "科学"]))
    assert lines == [
        f"<{SUBJECT}k> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        f"<https://w3id.org/stikg/ontology#Thing> <{GRAPH}> .\n",
        f'<{SUBJECT}k> <http://www.w3.org/2004/02/skos/core#prefLabel> "科学"@ja <{GRAPH}> .\n',
    ]


def test_an_empty_cell_makes_no_triple() -> None:
    assert objects("[stikg:x, $(x)]", "") == []
    assert objects("[stikg:x, id:a/$(x)~iri]", "") == []
    assert objects("[stikg:x, $(x)~iri]", "") == []
    assert objects("[stikg:x, $(key) $(x), en~lang]", "") == []


def test_an_empty_subject_or_graph_column_makes_no_triple() -> None:
    things = table(["x"], ["", "a"])
    assert emitted("[stikg:x, $(x)]", things) == []
    nowhere = Table("things", things.header, [Row(("k", "a", "", "L1", "stated"), "things.csv", 2)])
    assert emitted("[stikg:x, $(x)]", nowhere) == []


def test_words_that_look_like_null_are_text() -> None:
    assert objects("[stikg:x, $(x)]", "NA", "null", "None", "NaN", "0") == [
        '"NA"', '"null"', '"None"', '"NaN"', '"0"',
    ]  # fmt: skip


def test_literals_carry_their_datatype_or_lower_case_language() -> None:
    assert objects("[stikg:x, $(x), xsd:gYear]", "2021") == [
        '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    ]
    assert objects("[stikg:x, $(x), ja-Hrkt~lang]", "かな") == ['"かな"@ja-hrkt']
    assert objects("[stikg:x, $(x), stikg:code]", "a") == ['"a"^^<https://w3id.org/stikg/ontology#code>']


def test_constants_need_no_cell() -> None:
    assert objects('[stikg:x, "8", xsd:integer]', "") == ['"8"^^<http://www.w3.org/2001/XMLSchema#integer>']
    assert objects("[stikg:x, stikg:now~iri]", "") == ["<https://w3id.org/stikg/ontology#now>"]


def test_literals_are_escaped_as_canonical_n_quads_are() -> None:
    assert objects("[stikg:x, $(x)]", 'a"b\\c\nd\re\tf\bg\fh\x00i\x7fj') == [
        '"a\\"b\\\\c\\nd\\re\\tf\\bg\\fh\\u0000i\\u007Fj"'
    ]
    assert objects("[stikg:x, $(x)]", "\u2028\u0085𠮷\ufffe") == ['"\u2028\u0085𠮷\\uFFFE"']


def test_keys_are_percent_encoded_but_japanese_stays_readable() -> None:
    assert objects("[stikg:x, id:$(x)~iri]", "a b/c%日本\u3000\ue000") == [
        "<https://w3id.org/stikg/id/a%20b%2Fc%25日本\u3000%EE%80%80>"
    ]


def test_a_whole_iri_is_taken_as_it_stands() -> None:
    address = "https://example.org/%E6%97%A5/日本?a=b#c"
    assert objects("[stikg:x, $(x)~iri]", address) == [f"<{address}>"]


def test_one_column_may_stand_as_key_text_and_number() -> None:
    lines = emitted(
        "[stikg:x, $(x)]\n[stikg:y, id:$(x)~iri]\n[stikg:z, $(x), xsd:gYear]", table(["x"], ["k", "2021"])
    )
    assert sorted(line.split("> ", 2)[2].split(" <")[0] for line in lines) == [
        '"2021"', '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>', "<https://w3id.org/stikg/id/2021>",
    ]  # fmt: skip


def test_a_row_that_needs_care_and_one_that_does_not_come_out_alike() -> None:
    statements = "[stikg:x, $(x)]\n[stikg:y, id:$(y)~iri]\n[stikg:z, $(z), xsd:date]"
    plain = emitted(statements, table(["x", "y", "z"], ["k", "a", "b", "2020-02-28"]))
    careful = emitted(statements, table(["x", "y", "z"], ["k", "a", "b", "2020-02-29"]))
    assert [line.replace("29", "28") for line in careful] == plain


def test_two_mappings_of_one_table_have_their_own_subjects() -> None:
    text = (
        PREFIXES
        + HEAD
        + """      - [stikg:part, id:part/$(part)~iri]
  parts:
    sources: [[things.csv~csv], [others.csv~csv]]
    s: id:part/$(part)
    graphs: id:evidence/$(source)/$(at)/$(mode)
    po:
      - [stikg:of, id:thing/$(key)~iri]
"""
    )
    mapping = parse_mapping(text)
    things, others = table(["part"], ["k", "p"], ["l", ""]), table(["part"], ["m", "q"], name="others")
    lines = list(emit_all(mapping, [things, others]))
    assert [line.split("> <")[0].rsplit("/", 1)[1] for line in lines] == ["k", "p", "q"]


def test_every_line_ends_with_its_newline_and_blocks_hold_the_same_lines() -> None:
    things = table(["x"], ["k", "a\u2028b"], ["l", ""])
    mapping = parse_mapping(PREFIXES + HEAD + "      - [a, stikg:T]\n      - [stikg:x, $(x)]\n")
    emitter = compile_mapping(mapping, {"things": things.header})
    lines = list(emitter.emit(things))
    assert len(lines) == 3
    assert all(line.endswith(" .\n") and line.count("\n") == 1 for line in lines)
    assert "".join(emitter.blocks(things)) == "".join(lines)


def test_columns_may_stand_in_another_order_than_compiled() -> None:
    mapping = parse_mapping(PREFIXES + HEAD + "      - [stikg:x, $(x)]\n")
    emitter = compile_mapping(mapping, {"things": ("key", "x", "source", "at", "mode")})
    turned = Table("things", ("mode", "at", "source", "x", "key"),
                   [Row(("stated", "L1", "paper", "a", "k"), "things.csv", 2)])  # fmt: skip
    assert list(emitter.emit(turned)) == emitted("[stikg:x, $(x)]", table(["x"], ["k", "a"]))


def test_an_emitter_can_be_sent_to_another_process() -> None:
    things = table(["x"], ["k", "a"])
    mapping = parse_mapping(PREFIXES + HEAD + "      - [stikg:x, $(x)]\n")
    emitter = compile_mapping(mapping, {"things": things.header})
    copy = pickle.loads(pickle.dumps(emitter))
    assert list(copy.emit(things)) == list(emitter.emit(things))


def test_a_missing_column_is_reported_with_its_line_and_the_nearest_one() -> None:
    mapping = parse_mapping(PREFIXES + HEAD + "      - [a, stikg:T]\n      - [stikg:x, $(nme), en~lang]\n")
    with pytest.raises(MappingError, match="nearest column is 'name'") as caught:
        compile_mapping(mapping, {"things": ("key", "name", "source", "at", "mode")})
    assert caught.value.where is not None
    assert caught.value.where.row == 13


def test_a_table_without_a_mapping_is_reported() -> None:
    mapping = parse_mapping(PREFIXES + HEAD + "      - [a, stikg:T]\n")
    with pytest.raises(MappingError, match="no mapping reads the table 'others'"):
        list(emit_all(mapping, [table([], name="others")]))
