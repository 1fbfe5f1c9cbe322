"""Rules about identifiers: form, check digits, verification."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from stikg.errors import Message
from stikg.lint.rule import Finding, Rule, records, tables_with
from stikg.tables import Tables

_BASE32: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""The alphabet of Crockford: no i, l, o, u."""


def corporate_number_check_digit(base: str) -> int:
    """Return the first digit of a Corporate Number (法人番号), computed from the twelve behind it.

    Source: 法人番号の指定等に関する省令 (Ministry of Finance Ordinance 70 of 2014), article 2.
    """
    weighted = sum(int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(base)))
    return 9 - weighted % 9


def is_corporate_number(text: str) -> bool:
    """Tell whether `text` is thirteen digits that begin with the right check digit."""
    digits = re.fullmatch("[0-9]{13}", text) is not None
    return digits and int(text[0]) == corporate_number_check_digit(text[1:])


def is_ror(text: str) -> bool:
    """Tell whether `text` is a ROR id, as an IRI or bare, whose checksum (ISO 7064 mod 97-10) is right."""
    bare = text.removeprefix("https://ror.org/")
    if not re.fullmatch(f"0[{_BASE32}]{{6}}[0-9]{{2}}", bare):
        return False
    number = 0
    for sign in bare[:7]:
        number = number * 32 + _BASE32.index(sign)
    return 98 - number * 100 % 97 == int(bare[7:])


def _form(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


_SCHEMES: Final[dict[str, tuple[Callable[[str], bool], Message]]] = {
    "houjin-bangou": (
        is_corporate_number,
        Message("thirteen digits with the right check digit", "検査用数字の正しい13桁の数字"),
    ),
    "ror": (is_ror, Message("a ROR id with the right checksum", "チェックサムの正しいROR ID")),
    "wikidata": (
        _form(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?Q[1-9][0-9]*"),
        Message("a Wikidata item such as Q42", "Q42のようなWikidata項目"),
    ),
    "crossref-funder": (
        _form(r"(?:https?://doi\.org/)?(?:10\.13039/)?[0-9]{9,15}"),
        Message("a Crossref Funder ID such as 501100001700", "501100001700のようなCrossref Funder ID"),
    ),
    "doi": (
        _form(r"(?:https?://doi\.org/)?10\.[0-9]{4,9}/\S+"),
        Message("a DOI such as 10.1000/182", "10.1000/182のようなDOI"),
    ),
}
_COLUMNS: Final = {
    "houjin_bangou": "houjin-bangou",
    "corporate_number": "houjin-bangou",
    "ror": "ror",
    "wikidata": "wikidata",
    "funder_id": "crossref-funder",
}


def _forms(tables: Tables) -> Iterator[Finding]:
    """Check identifiers in columns of their own and in rows of scheme and value."""
    for table in tables_with(tables):
        own = {column: scheme for column, scheme in _COLUMNS.items() if column in table.header}
        pairs = {"scheme", "value"} <= set(table.header)
        for row, record in records(table) if own or pairs else ():
            cells = list(own.items())
            for column, scheme in [*cells, ("value", record["scheme"])] if pairs else cells:
                accepts, expected = _SCHEMES.get(scheme, (bool, Message("", "")))
                if record[column] and not accepts(record[column]):
                    yield Finding(row, column, record[column], expected)


def _verified(tables: Tables) -> Iterator[Finding]:
    """A verified identifier has a value and says how it was verified; an unverified one has no value."""
    for table in tables_with(tables, "scheme", "value", "status"):
        said = [column for column in table.header if column.startswith("verification")]
        for row, record in records(table):
            verified = record["status"] == "verified"
            if verified and not record["value"]:
                expected = Message("a value, because the status is verified", "値(状態がverifiedのため)")
                yield Finding(row, "value", "", expected)
            for column in said if verified else ():
                if not record[column]:
                    expected = Message("how and where it was verified", "確認の方法と場所")
                    yield Finding(row, column, "", expected)
            if record["status"] == "not-applicable" and record["value"]:
                expected = Message(
                    "no value, because the status is not-applicable", "空(状態がnot-applicableのため)"
                )
                yield Finding(row, "value", record["value"], expected)


IDENTIFIER_RULES: Final = (
    Rule(
        "identifier-form",
        Message(
            "identifiers have the form of their scheme, check digits included (法人番号, ROR)",
            "識別子は検査用数字を含めて体系の形に従う(法人番号、RORなど)",
        ),
        Message(
            "copy it again from where it was verified; never fill it from memory",
            "確認元から写し直してください(記憶で補わないこと)",
        ),
        _forms,
    ),
    Rule(
        "identifier-verification",
        Message(
            "a verified identifier has a value and says how it was verified",
            "確認済みの識別子には値と確認方法がある",
        ),
        Message("complete the row, or change its status", "行を補うか、状態を変えてください"),
        _verified,
    ),
)
