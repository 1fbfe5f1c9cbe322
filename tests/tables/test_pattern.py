"""Patterns are accepted only when matching them takes time linear in the cell."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stikg.tables.pattern import PatternError, check_pattern, compile_pattern

SAFE = [
    "[a-z0-9]+(-[a-z0-9]+)*",
    "^[a-z0-9]+(?:[-._][a-z0-9]+)*$",
    "[0-9]{13}",
    "[0-9]{4}-[0-9]{2}",
    r"https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}",
    r"Q[1-9]\d*",
    "L[1-9][0-9]*(-[1-9][0-9]*)?|p[1-9][0-9]*|whole",
    "(JP|JA)",
    "(19|20)[0-9]{2}",
    "[^/]+/.+",
    r"https?://\S+",
    ".{1,200}",
    "a{2,}",
    "(ab?)*",
    "[]a-]+",
    "[^]a]+",
    "",
    r"10\.[0-9]{4,9}/\S+",
]
UNSAFE = [
    "(a+)+",
    "(a*)*",
    "(a|a)*",
    "(a|ab)*c*b*",
    "(a|aa)+",
    ".*foo",
    ".+/.+",
    "a*a*",
    "(a?){50}a{50}",
    "(.*,){20}",
    "([a-z]+[a-z0-9]*)+",
    r"\w+\d+",
    "(a|a)" * 30,
    "x{1000}{1000}",
    "((((a{30}){30}){30}){30})",
]
OUTSIDE = [r"(a)\1", "(?=a)b", "(?i)a", "a+?", "a++", "[", "(", "*", r"\bword\b", "a^b", "a" * 600]


@pytest.mark.parametrize("pattern", SAFE)
def test_a_linear_pattern_is_accepted(pattern: str) -> None:
    check_pattern(pattern)


@pytest.mark.parametrize("pattern", UNSAFE)
def test_a_pattern_that_may_run_away_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        check_pattern(pattern)


@pytest.mark.parametrize("pattern", OUTSIDE)
def test_a_pattern_outside_the_subset_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        check_pattern(pattern)


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert not compile_pattern(r"\d+").fullmatch("１２")


_ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "c", r"\d"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}"])).map(
            lambda p: f"({p[0]}){p[1]}"
        ),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(_PATTERNS, st.sampled_from("abc1"))
def test_whatever_is_accepted_fails_fast_on_long_cells(pattern: str, sign: str) -> None:
    try:
        compiled = compile_pattern(pattern)
    except PatternError:
        return
    begun = time.process_time()

    compiled.fullmatch(sign * 2000 + "\n")

    assert time.process_time() - begun < 0.5
