"""A table on the terminal keeps numbers whole and says once what all rows share."""

from __future__ import annotations

from stikg.query.formats import table
from stikg.query.rows import Rows
from stikg.terms import Iri, Literal, Term

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
EVIDENCE = "https://w3id.org/stikg/id/evidence/paper/"


def rows(columns: tuple[str, ...], *records: tuple[Term | None, ...]) -> Rows:
    """Return rows as a query would give them."""
    return Rows(columns=columns, records=records)


def test_a_number_is_never_broken_over_lines() -> None:
    found = rows(
        ("what", "amount"),
        *((Literal("a long description " * 5), Literal("3227000000", datatype=INTEGER)) for _ in range(2)),
    )
    assert "3,227,000,000" in table(found, "en", 30) or "3227000000" in table(found, "en", 30)


def test_a_value_that_all_rows_share_is_said_once_below_a_table_that_is_too_wide() -> None:
    shared = Literal("the title of one and the same paper")
    found = rows(("what", "paper"), (Literal("x" * 30), shared), (Literal("y" * 30), shared))
    text = table(found, "en", 40)
    assert text.count("the title of one and the same paper") == 1
    assert text.endswith("paper: the title of one and the same paper\n")


def test_a_table_that_fits_lifts_nothing() -> None:
    shared = Literal("one same value")
    text = table(rows(("a", "b"), (Literal("x"), shared), (Literal("y"), shared)), "en", 80)
    assert text.count("one same value") == 2


def test_passages_of_one_document_are_shown_by_place_and_mode() -> None:
    found = rows(
        ("what", "passage"),
        (Literal("x" * 30), Iri(EVIDENCE + "L1/stated")),
        (Literal("y" * 30), Iri(EVIDENCE + "L2/implied")),
    )
    text = table(found, "en", 50)
    assert "L1/stated" in text
    assert text.endswith("passage: id:evidence/paper/…\n")


def test_one_row_that_is_too_wide_is_written_line_by_line() -> None:
    text = table(rows(("what", "paper", "none"), (Literal("x" * 30), Literal("word " * 9), None)), "en", 40)
    assert text == f"what   {'x' * 30}\npaper  word word word word word word\n       word word word\n"
