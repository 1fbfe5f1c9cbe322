"""Text on a terminal: it steers nothing, and columns line up."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.terminal import clip, pad, printable, width, wrap


@given(st.text())
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    assert not [one for one in printable(text) if unicodedata.category(one) == "Cc"]
    assert not {"\x1b", "\u202e", "\u2066"} & set(printable(text, layout=True))


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert printable("\x1b[31mred\x07\x7f\x9b") == "␛[31mred␇␡<U+009B>"
    assert printable("a\tb\nc", layout=True) == "a\tb\nc"


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("タイ", 4), ("ｱｲ", 2), ("e\u0301", 1), ("Ａ", 2)])
def test_wide_characters_take_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_padding_counts_columns_and_not_characters() -> None:
    assert pad("タイ", 6) == "タイ  "
    assert pad("12", 6, right=True) == "    12"


def test_a_cut_text_says_so() -> None:
    assert clip("国際共同研究", 7) == "国際共…"
    assert clip("short", 7) == "short"


@given(st.text(st.sampled_from("abcdef 国際、。共同研究ー")), st.integers(4, 20))
def test_wrapped_lines_fit_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    closing = set("、。ー")
    for line in lines:
        trimmed = line.rstrip("、。ー")  # closing marks hang over the end rather than begin a line
        assert width(trimmed) <= columns or set(line) <= closing


def test_latin_words_are_kept_whole() -> None:
    assert wrap("国際 collaboration programme", 14) == ["国際", "collaboration", "programme"]
