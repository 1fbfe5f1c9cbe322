"""The mapping file: what is read, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import MappingError
from stikg.mapping import IriTerm, LiteralTerm, Mapping, Reference, parse_mapping, read_mapping
from stikg.resources import ontology_dir

HEAD = """prefixes:
  id: https://w3id.org/stikg/id/
  stikg: https://w3id.org/stikg/ontology#
  xsd: http://www.w3.org/2001/XMLSchema#
mappings:
  things:
    sources: [[things.csv~csv]]
    s: id:thing/$(key)
    graphs: id:evidence/$(source)
    po:
      - [a, stikg:Thing]
"""
LAST = 12  # the line after HEAD


def read(*statements: str) -> Mapping:
    return parse_mapping(HEAD + "".join(f"      - {statement}\n" for statement in statements))


def refusal(text: str) -> MappingError:
    with pytest.raises(MappingError) as caught:
        parse_mapping(text)
    return caught.value


def line_of(error: MappingError) -> int | None:
    assert error.where is not None
    return error.where.row


def test_a_mapping_becomes_triples_maps_with_tables_and_terms() -> None:
    (rule,) = read("[stikg:name, $(name), ja-Hrkt~lang]").triples_maps
    assert (rule.name, rule.tables, rule.line) == ("things", ("things",), 6)
    assert rule.subject.template.parts == ("https://w3id.org/stikg/id/thing/", Reference("key"))
    name = rule.statements[1]
    assert name.predicate == "https://w3id.org/stikg/ontology#name"
    assert name.line == LAST
    assert isinstance(name.object, LiteralTerm)
    assert (name.object.language, name.object.datatype) == ("ja-hrkt", None)


def test_a_class_is_an_iri_with_and_without_the_suffix() -> None:
    (rule,) = read("[a, stikg:Other~iri]", "[a, stikg:$(class)~iri]").triples_maps
    assert all(isinstance(statement.object, IriTerm) for statement in rule.statements)
    assert rule.statements[2].object.template.columns == ("class",)


def test_a_string_datatype_is_the_same_as_none() -> None:
    (rule,) = read("[stikg:x, $(x), xsd:string]", "[stikg:x, $(x)]").triples_maps
    first, second = (statement.object for statement in rule.statements[1:])
    assert isinstance(first, LiteralTerm)
    assert isinstance(second, LiteralTerm)
    assert first.datatype is second.datatype is None


def test_another_base_moves_prefixes_and_whole_iris() -> None:
    text = HEAD + "      - [stikg:x, https://w3id.org/stikg/scheme/a/b~iri]\n"
    (rule,) = parse_mapping(text, base="https://example.org/kg/").triples_maps
    assert rule.subject.template.parts[0] == "https://example.org/kg/id/thing/"
    assert rule.statements[1].predicate == "https://example.org/kg/ontology#x"
    assert rule.statements[1].object.template.constant == "https://example.org/kg/scheme/a/b"


def test_anchors_of_yaml_may_share_statements_between_mappings() -> None:
    text = (
        HEAD.replace("po:", "po: &all")
        + """  more:
    sources: [[more.csv~csv], [others.csv~csv]]
    s: id:more/$(key)
    graphs: id:evidence/$(source)
    po: *all
"""
    )
    mapping = parse_mapping(text)
    assert mapping.tables() == ("more", "others", "things")
    assert mapping.triples_maps[0].statements == mapping.triples_maps[1].statements
    assert [rule.name for rule in mapping.of_table("others")] == ["more"]


def test_the_bundled_mapping_is_read_whole() -> None:
    mapping = read_mapping(ontology_dir() / "mapping.yml")
    assert len(mapping.triples_maps) > 40
    assert "evidence" in mapping.tables()


@pytest.mark.parametrize(
    "statement",
    [
        "[stikg:x, id:y/$(y)]",  # morph-kgc makes an IRI, YARRRML a literal
        "[stikg:x, stikg:Current]",
        "[stikg:x, 'http://example.org/']",
        "[stikg:x, 'foaf:name', en~lang]",  # a prefix that morph-kgc declares by itself
        "[stikg:x, $(a) $(b)]",
        "[stikg:x, $(a)~blanknode]",
        "[stikg:x, '']",
        "[a, stikg:$(class)]",
        "[a, stikg:Thing, en~lang]",
        "[stikg:x, $(a)~iri, en~lang]",
        "[stikg:x, $(a)~literal, en~lang]",
        "[stikg:x, '{a}', en~lang]",
        "[stikg:x, $(a, en~lang]",
        "[stikg:x, $(a), english_~lang]",
        "[stikg:x, $(a), xsd:hexBinary]",
        "[stikg:x, $(a), rdf:langString]",
        "[stikg:x, $(y)-$(m), xsd:gYearMonth]",
        '[stikg:x, "08", xsd:integer]',
        "[stikg:x, 8, xsd:integer]",
        "[stikg:x, true]",
        "[stikg:x, 2020-01-01]",
        "[stikg:x, null]",
        "[stikg:$(p), $(a)]",
        "[nowhere:x, $(a)]",
        "[stikg:x, nowhere:y~iri]",
        "[stikg:x, 'id:with blank'~iri]",
        "[stikg:x, id:$(a)-$(b)~iri]",
        "[stikg:x, id:$(a)$(b)~iri]",
        "[stikg:x, id:$(a)/id:b~iri]",
        "[stikg:x, [$(a), $(b)]]",
        "[[stikg:x, stikg:y], $(a)]",
        "{p: stikg:x, o: $(a)}",
        "[stikg:x]",
        "[stikg:x, $(a), en~lang, more]",
        "stikg:x",
    ],
)
def test_a_statement_that_engines_read_differently_is_refused_with_its_line(statement: str) -> None:
    error = refusal(HEAD + f"      - {statement}\n")
    assert line_of(error) == LAST


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("prefixes:", "prefix:", 1),
        ("mappings:", "mapping:", 5),
        ("    sources: [[things.csv~csv]]\n", "", 6),
        ("    graphs: id:evidence/$(source)\n", "", 6),
        ("s: id:thing", "subject: id:thing", 8),
        ("[[things.csv~csv]]", "things", 7),
        ("[[things.csv~csv]]", "[things.csv~csv]", 7),
        ("[[things.csv~csv]]", "[[things.json~jsonpath, $]]", 7),
        ("[[things.csv~csv]]", "[[../things.csv~csv]]", 7),
        ("[[things.csv~csv]]", "[[things.csv~csv], [things.csv~csv]]", 7),
        ("[[things.csv~csv]]", "[]", 7),
        ("  things:", "  s:", 6),
        ("id:thing/$(key)", "id:thing/$(key)~iri", 8),
        ("id:thing/$(key)", "key/$(key)", 8),
        ("id:evidence/$(source)", "id:evidence/$(source)~iri", 9),
        ("id: https://w3id.org/stikg/id/", "id: https://example.org/", 2),
        ("id: https://w3id.org/stikg/id/", "id: not an iri", 2),
        ("  id: https://w3id.org/stikg/id/", "  http: https://w3id.org/stikg/id/", 2),
        ("prefixes:\n", "prefixes:\n  id: https://w3id.org/stikg/id/\n", 3),
        ("    po:\n", "    condition: {}\n    po:\n", 10),
        ("    po:\n", "    <<: {}\n    po:\n", 10),
        ("prefixes:\n", "prefixes: !!python/object:os.system {}\nx:\n", 2),
    ],
)
def test_a_key_outside_the_subset_is_refused_with_its_line(before: str, after: str, line: int) -> None:
    assert before in HEAD
    assert line_of(refusal(HEAD.replace(before, after, 1))) == line


def test_a_python_tag_is_never_run() -> None:
    error = refusal(HEAD + '      - [stikg:x, !!python/object/apply:os.system ["exit 1"]]\n')
    assert line_of(error) == LAST


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "a: [\n", "[" * 100_000, "a\n", "- a\n", "prefixes: {}\n"]
)
def test_what_is_no_mapping_is_refused(text: str) -> None:
    refusal(text)


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n"
        for n in range(1, 30)
    )
    assert line_of(refusal(bomb)) == 1


def test_an_unreadable_file_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"cannot be read"):
        read_mapping(tmp_path / "none.yml")
    (tmp_path / "latin.yml").write_bytes(b"prefixes:\n  \xe9: x\n")
    with pytest.raises(MappingError, match=r"UTF-8") as caught:
        read_mapping(tmp_path / "latin.yml")
    assert line_of(caught.value) == 2


def test_a_refusal_speaks_both_languages() -> None:
    error = refusal(HEAD.replace("graphs:", "graph:", 1))
    assert "`graphs`" in error.text("en")
    assert "`graphs`" in error.text("ja")
    assert "場所" in error.text("ja")
