"""Whatever a cell holds: literals come back as they were, keys make legal and distinct IRIs."""

from __future__ import annotations

from urllib.parse import unquote

import pyoxigraph
from hypothesis import example, given
from hypothesis import strategies as st

from stikg.mapping.lexical import is_iri
from tests.emit.tables_of import SUBJECT, emitted, table

CELLS = st.text(min_size=1, max_size=30)
KEYS = CELLS.filter(lambda key: key not in {".", ".."})


def quads(lines: list[str]) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse("".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS))


@given(CELLS)
@example('\x00\x01\x08\t\n\x0b\x0c\r\x1f"\\\x7f\x80\x85\u2028\ufeff\ufffe\uffff\U0001fffe𠮷')
@example("\\u0041")
def test_any_text_comes_back_and_is_written_as_oxigraph_writes_it(text: str) -> None:
    (line,) = emitted("[stikg:x, $(x), ja~lang]", table(["x"], ["k", text]))
    (quad,) = quads([line])
    assert isinstance(quad.object, pyoxigraph.Literal)
    assert quad.object.value == text
    assert f"{quad} .\n" == line


@given(KEYS)
@example("a\ufffd")
@example("葛\U000e0100")
@example("日本 国/𠮷%\ue000\u200e\u0000")
def test_any_key_makes_a_legal_iri_that_decodes_to_the_key(key: str) -> None:
    (line,) = emitted("[a, stikg:Thing]", table([], [key]))
    (quad,) = quads([line])
    assert isinstance(quad.subject, pyoxigraph.NamedNode)
    assert is_iri(quad.subject.value)
    assert unquote(quad.subject.value.removeprefix(SUBJECT), errors="strict") == key
    assert f"{quad} .\n" == line


@given(st.lists(st.tuples(KEYS, KEYS), min_size=2, max_size=6, unique=True))
@example([("a/b", "c"), ("a", "b/c")])
@example([("a", "b%2Fc"), ("a", "b/c")])
@example([("a%", "b"), ("a", "%b")])
def test_distinct_keys_of_two_columns_give_distinct_iris(keys: list[tuple[str, str]]) -> None:
    lines = emitted("[stikg:x, id:pair/$(key)/$(x)~iri]", table(["x"], *keys))
    assert len({quad.object for quad in quads(lines)}) == len(keys)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_the_fast_and_the_careful_way_write_the_same(cells: list[str]) -> None:
    """A cell with a tab sends its whole row the careful way; the other cells must not change."""
    columns = [f"x{n}" for n in range(len(cells))]
    statements = "\n".join(f"[stikg:x, $({column})]" for column in columns)
    fast = emitted(statements, table([*columns, "y"], ["k", *cells, ""]))
    careful = emitted(statements + "\n[stikg:y, $(y)]", table([*columns, "y"], ["k", *cells, "\t"]))
    assert careful[:-1] == fast
