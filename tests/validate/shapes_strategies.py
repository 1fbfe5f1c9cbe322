"""Random graphs and random shapes, as N-Triples lines and Turtle text."""

from __future__ import annotations

from hypothesis import strategies as st

XSD = "http://www.w3.org/2001/XMLSchema#"
HEAD = """@prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
TYPED = {
    "integer": ["0", "1", "2", "-3", "01", "+1", " 1", "1_0", "x", "", "99999999999999999999"],
    "decimal": ["1", "1.0", "1.50", "1.5", "-0.5", "1.", ".5", "1e3", "NaN", "x"],
    "double": ["1", "1.5", "1e0", "INF", "NaN", "-INF", "x"],
    "boolean": ["true", "false", "1", "0", "TRUE", "x"],
    "date": ["2020-01-01", "2020-02-30", "2021-04-01", "2020-01-01Z", "2020-1-1", "x"],
    "dateTime": ["2020-01-01T00:00:00", "2020-01-01T00:00:00Z", "2020-01-01T01:00:00+09:00", "x"],
    "time": ["01:02:03", "01:02:03Z", "25:00:00"],
    "gYear": ["2020", "2021", "-0001", "x"],
    "gYearMonth": ["2020-01", "2020-13"],
    "duration": ["P1Y", "P12M", "PT1H", "x"],
    "anyURI": ["https://example.org/a", "not a uri"],
    "nonNegativeInteger": ["0", "5", "-1", "x"],
    "positiveInteger": ["0", "5", "-1"],
    "int": ["5", "3000000000"],
    "byte": ["5", "300"],
}
IRIS = [f"<https://example.org/{name}>" for name in "abcde"]
CLASSES = [f"<https://example.org/{name}>" for name in ("C", "D", "E")]
PREDICATES = [f"<https://example.org/{name}>" for name in "pqr"]
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"

typed = st.sampled_from(
    [f'"{lexical}"^^<{XSD}{name}>' for name, forms in TYPED.items() for lexical in forms]
    + ['"x"^^<https://example.org/type>', '"y"^^<https://example.org/type>']
)
texts = st.sampled_from(
    [
        '""',
        '"a"',
        '"ab"',
        '"b"',
        '"a\\nb"',
        '"事業"',
        '"a"@en',
        '"b"@en',
        '"a"@en-gb',
        '"事業"@ja',
        '"a"@ja-hrkt',
    ]
)
literals = texts | typed
subjects = st.sampled_from([*IRIS, "_:x", "_:y"])
terms = st.one_of(subjects, texts, texts, typed)


@st.composite
def graphs(draw: st.DrawFn) -> list[str]:
    """Draw the lines of a small graph."""
    triples = draw(st.lists(st.tuples(subjects, st.sampled_from(PREDICATES), terms), min_size=1, max_size=14))
    types = draw(st.lists(st.tuples(subjects, st.just(TYPE), st.sampled_from(CLASSES)), max_size=5))
    classes = st.sampled_from(CLASSES)
    below = draw(st.lists(st.tuples(classes, st.just(SUBCLASS), classes), max_size=2))
    return sorted({f"{s} {p} {o} .\n" for s, p, o in [*triples, *types, *below]})


properties = st.sampled_from(["ex:p", "ex:q", "ex:r"])


@st.composite
def paths(draw: st.DrawFn, depth: int = 2) -> str:
    """Draw a property path; never the inverse of a sequence, which pySHACL walks in the wrong order."""
    kind = draw(st.sampled_from(["iri", "iri", "inverse", "sequence", "alternative", "*", "+", "?"]))
    if depth == 0 or kind == "iri":
        return draw(properties)
    if kind == "inverse":
        return f"[ sh:inversePath {draw(properties)} ]"
    inner = draw(paths(depth - 1))
    if kind in {"sequence", "alternative"}:
        both = f"( {inner} {draw(paths(depth - 1))} )"
        return both if kind == "sequence" else f"[ sh:alternativePath {both} ]"
    name = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}[kind]
    return f"[ sh:{name} {inner} ]"


datatypes = st.sampled_from(
    [*(f"xsd:{name}" for name in TYPED), "xsd:string", "rdf:langString", "rdfs:Literal", "ex:type"]
)
counts = st.integers(0, 3)
shape_terms = st.sampled_from(IRIS) | literals
patterns = st.sampled_from(["^a", "b$", "^.b", "[0-9]+", "example", "^$", "事"])


def listed(items: list[str]) -> str:
    """Return a list in Turtle."""
    return f"( {' '.join(items)} )"


def extra(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    """Draw one statement of a shape."""
    return values.map(lambda value: f"sh:{name} {value}")


plain_constraints = st.one_of(
    extra("class", st.sampled_from(["ex:C", "ex:D"])),
    extra("datatype", datatypes),
    extra(
        "nodeKind",
        st.sampled_from(["sh:IRI", "sh:Literal", "sh:BlankNode", "sh:BlankNodeOrIRI", "sh:IRIOrLiteral"]),
    ),
    extra("minExclusive", typed),
    extra("minInclusive", typed),
    extra("maxExclusive", typed),
    extra("maxInclusive", literals),
    extra("minLength", counts),
    extra("maxLength", counts),
    st.builds('sh:pattern "{}"'.format, patterns),
    st.builds('sh:pattern "{}" ; sh:flags "i"'.format, patterns),
    extra(
        "languageIn", st.lists(st.sampled_from(['"en"', '"ja"', '"*"', '"en-GB"']), min_size=1).map(listed)
    ),
    extra("equals", properties),
    extra("disjoint", properties),
    extra("in", st.lists(shape_terms, min_size=1, max_size=4).map(listed)),
    extra("hasValue", shape_terms),
)
property_constraints = st.one_of(
    plain_constraints,
    extra("minCount", counts),
    extra("maxCount", counts),
    extra("uniqueLang", st.sampled_from(["true", "false"])),
    extra("lessThan", properties),
    extra("lessThanOrEquals", properties),
)
said = st.sampled_from(
    [
        "",
        'sh:message "wrong"@en, "誤り"@ja',
        'sh:message "untagged"',
        "sh:severity sh:Warning",
        "sh:severity sh:Info",
        "sh:severity ex:Severe",
        "sh:deactivated true",
    ]
)


def body(parts: list[str], annotation: str) -> str:
    """Join the statements of a shape; a parameter that may have one value only is said once."""
    chosen: dict[str, str] = {}
    for part in parts:
        chosen.setdefault(part.split(" ", 1)[0], part)
    return " ; ".join([part for part in (*chosen.values(), annotation) if part])


@st.composite
def node_bodies(draw: st.DrawFn, depth: int) -> str:
    """Draw the body of a node shape."""
    parts = draw(st.lists(plain_constraints, min_size=0 if depth else 1, max_size=2))
    if depth:
        parts += draw(st.lists(nested(depth - 1), max_size=2))
    return body(parts or ["sh:nodeKind sh:IRI"], draw(said))


@st.composite
def property_bodies(draw: st.DrawFn, depth: int) -> str:
    """Draw the body of a property shape."""
    parts = draw(st.lists(property_constraints, min_size=1, max_size=3))
    if depth:
        parts += draw(st.lists(nested(depth - 1), max_size=1))
        if draw(st.booleans()):
            counted = draw(st.sampled_from(["sh:qualifiedMinCount 1", "sh:qualifiedMaxCount 1"]))
            parts.append(f"sh:qualifiedValueShape {draw(any_shape(depth - 1))} ; {counted}")
            if draw(st.booleans()):
                parts.append("sh:qualifiedValueShapesDisjoint true")
    return f"sh:path {draw(paths())} ; {body(parts, draw(said))}"


@st.composite
def any_shape(draw: st.DrawFn, depth: int) -> str:
    """Draw a shape between brackets."""
    of_node = draw(st.booleans())
    return f"[ {draw(node_bodies(depth) if of_node else property_bodies(depth))} ]"


@st.composite
def nested(draw: st.DrawFn, depth: int) -> str:
    """Draw a constraint that refers to shapes."""
    kind = draw(st.sampled_from(["node", "property", "property", "not", "and", "or", "xone"]))
    if kind == "node":
        return f"sh:node [ {draw(node_bodies(depth))} ]"
    if kind == "property":
        children = [f"[ {draw(property_bodies(depth))} ]" for _ in range(draw(counts) or 1)]
        return f"sh:property {', '.join(children)}"
    if kind == "not":
        return f"sh:not {draw(any_shape(depth))}"
    members = [draw(any_shape(depth)) for _ in range(draw(counts) or 1)]
    return f"sh:{kind} {listed(members)}"


@st.composite
def any_body(draw: st.DrawFn) -> str:
    """Draw the body of a node or a property shape, two levels deep."""
    of_node = draw(st.booleans())
    return draw(node_bodies(2) if of_node else property_bodies(2))


targets = st.lists(
    st.sampled_from(
        [
            "sh:targetClass ex:C",
            "sh:targetClass ex:D",
            "sh:targetNode ex:a",
            'sh:targetNode "a"@en',
            "sh:targetNode ex:unheard",
            "sh:targetSubjectsOf ex:p",
            "sh:targetObjectsOf ex:q",
            "a rdfs:Class",
        ]
    ),
    min_size=1,
    max_size=3,
    unique=True,
)


@st.composite
def shapes(draw: st.DrawFn) -> str:
    """Draw a shapes graph in Turtle."""
    blocks = [
        f"ex:{name} {' ; '.join(draw(targets))} ; {draw(any_body())} ."
        for name in ("C", "S1", "S2")[: draw(st.integers(1, 3))]
    ]
    if draw(st.booleans()):
        ignored = draw(st.sampled_from(["", "; sh:ignoredProperties ( ex:r )"]))
        blocks.append(f"ex:K sh:targetClass ex:C ; sh:closed true {ignored} ; sh:property [ sh:path ex:p ] .")
    return HEAD + "\n".join(blocks)
