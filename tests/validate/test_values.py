"""Literals are judged by value as the reference judges them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stikg.validate.ntriples import literal
from stikg.validate.reference import Names
from stikg.validate.values import comparison, datatype_test, has_datatype, range_test
from tests.validate.shapes_strategies import TYPED, XSD

kinds = st.sampled_from(sorted(TYPED))
characters = st.text("0123456789+-.eE:TZP YMD_aIN", max_size=12)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str) | st.integers().map(str)
days = st.dates().map(str)


def is_well_formed_for_rdflib(lexical: str, kind: str) -> bool:
    """Ask rdflib and Python's types directly, as pySHACL does."""
    from pyshacl.constraints.core.value_constraints import DatatypeConstraintComponent
    from rdflib import Literal

    with Quiet():
        node = Names().node(literal(lexical, XSD + kind))
        assert isinstance(node, Literal)
        checker = DatatypeConstraintComponent._assert_actual_datatype
        return node.ill_typed is not True and bool(checker(None, node, node.datatype))


class Quiet:
    """Keep rdflib's complaints about literals out of the tests."""

    def __enter__(self) -> None:
        import logging
        import warnings

        logging.getLogger("rdflib.term").disabled = True
        self._caught = warnings.catch_warnings()
        self._caught.__enter__()
        warnings.simplefilter("ignore")

    def __exit__(self, *_: object) -> None:
        import logging

        self._caught.__exit__(None, None, None)
        logging.getLogger("rdflib.term").disabled = False


@settings(max_examples=200, deadline=None)
@given(kind=kinds, lexical=characters | numbers | days)
def test_a_literal_is_well_formed_exactly_when_the_reference_says_so(kind: str, lexical: str) -> None:
    term = literal(lexical, XSD + kind)
    expected = is_well_formed_for_rdflib(lexical, kind)
    assert has_datatype(term, XSD + kind) is expected
    assert datatype_test(XSD + kind)(term) is expected


@settings(max_examples=200, deadline=None)
@given(
    left=st.tuples(st.sampled_from(["integer", "decimal", "double", "date"]), numbers | days | characters),
    right=st.tuples(st.sampled_from(["integer", "decimal", "double", "date"]), numbers | days),
)
def test_ranges_are_those_of_the_reference(left: tuple[str, str], right: tuple[str, str]) -> None:
    from pyshacl.rdfutil.compare import compare_literal

    term, bound = (literal(text, XSD + kind) for kind, text in (left, right))
    names = Names()
    with Quiet():
        try:
            expected = compare_literal(names.node(term), names.node(bound)) <= 0
        except (TypeError, NotImplementedError, ArithmeticError):
            expected = False
    assert range_test(bound, lambda sign: sign <= 0)(term) is expected


@pytest.mark.parametrize(
    ("left", "right", "less", "less_or_equal"),
    [
        ('"1"^^<int>', '"1.0"^^<dec>', False, True),
        ('"2020-01-31"^^<date>', '"2020-02-01"^^<date>', True, True),
        ('"a"@en', '"b"@ja', True, True),
        ("<https://example.org/a>", '"z"', True, True),
        ('"a"', '"1"^^<int>', False, False),
        # Where pySHACL stops with an error, the standard's answer is given.
        ("_:x", '"1"^^<int>', False, False),
        ('"NaN"^^<dec>', '"1"^^<int>', False, False),
        ('"2021"^^<year>', '"2020"^^<year>', False, False),
        ('"2020"^^<year>', '"2020"^^<year>', False, True),
        ('"2020-04"^^<month>', '"2021-03"^^<month>', True, True),
    ],
)
def test_pairs_of_values_are_ordered(left: str, right: str, less: bool, less_or_equal: bool) -> None:
    short = {"int": "integer", "dec": "decimal", "date": "date", "year": "gYear", "month": "gYearMonth"}
    for name, full in short.items():
        left, right = (term.replace(f"<{name}>", f"<{XSD}{full}>") for term in (left, right))
    assert comparison(or_equal=False)(left, right) is less
    assert comparison(or_equal=True)(left, right) is less_or_equal


def test_clean_values_do_not_load_rdflib() -> None:
    import subprocess
    import sys

    code = (
        "import sys\n"
        "from stikg.validate.values import has_datatype, range_test\n"
        f"X = {XSD!r}\n"
        "assert has_datatype(f'\"2020-12-31\"^^<{X}date>', X + 'date')\n"
        "assert has_datatype('\"JP\"^^<https://example.org/code>', 'https://example.org/code')\n"
        "assert range_test(f'\"0\"^^<{X}integer>', lambda sign: sign >= 0)(f'\"1.5\"^^<{X}decimal>')\n"
        "assert 'rdflib' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
