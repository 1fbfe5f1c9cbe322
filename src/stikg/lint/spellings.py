"""Rules about names and texts: scripts, misprints, corrections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from stikg.errors import Message
from stikg.lint.rule import Finding, Rule, records, tables_with
from stikg.tables import Table, Tables

JAPANESE: Final = re.compile(
    "[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆〇ー\U00020000-\U0003ffff]"
)
"""Hiragana, katakana and kanji, with the extension planes that Japanese names use."""
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_NAMES: Final = ("name", "alt", "hidden", "title", "label", "caption", "place", "theme")
"""Columns that hold a name; other English columns are prose, which may quote Japanese words."""
_PREFERRED: Final = ("name", "title", "label")


def _japanese(tables: Tables) -> Iterator[Finding]:
    expected = Message("kana or kanji in a Japanese column", "日本語の列には仮名か漢字")
    for table in tables_with(tables):
        for at, column in enumerate(table.header):
            for row in table.rows if column.endswith("_ja") else ():
                if row.values[at] and not JAPANESE.search(row.values[at]):
                    yield Finding(row, column, row.values[at], expected)


def _english(tables: Tables) -> Iterator[Finding]:
    for table in tables_with(tables):
        for at, column in enumerate(table.header):
            for row in table.rows if column.endswith("_en") else ():
                expected = _not_english(column.removesuffix("_en"), row.values[at])
                if expected:
                    yield Finding(row, column, row.values[at], expected)


def _not_english(stem: str, text: str) -> Message | None:
    """A name is free of kana and kanji; prose has more Latin letters than them."""
    japanese = len(JAPANESE.findall(text))
    if stem in _NAMES:
        name = Message("no kana or kanji in an English name", "英語の名称には仮名・漢字なし")
        return name if japanese else None
    prose = Message("English prose, which may quote a Japanese word", "英語の文(日本語の語の引用は可)")
    return prose if text and japanese >= len(_LATIN.findall(text)) else None


def _hidden(tables: Tables) -> Iterator[Finding]:
    """A misprint that is the preferred name would hide nothing."""
    for table in tables_with(tables, "kind", "key"):
        hidden = [name for name in table.header if name.startswith("hidden")]
        preferred = _preferred(tables) if hidden else {}
        for row, record in records(table):
            names = preferred.get((record["kind"], record["key"]), set())
            for column in hidden:
                if record[column] and record[column] in names:
                    expected = Message("a spelling other than the preferred name", "優先名とは異なる表記")
                    yield Finding(row, column, record[column], expected)


def _preferred(tables: Tables) -> dict[tuple[str, str], set[str]]:
    """Return the preferred names of each thing, in both languages, by kind and key."""
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for table in tables_with(tables, "key"):
        columns = [name for name in table.header if name.rpartition("_")[0] in _PREFERRED]
        for _, record in records(table):
            for kind in _kinds(table):
                names[kind, record["key"]].update(record[column] for column in columns)
    return names


def _kinds(table: Table) -> tuple[str, ...]:
    """Return the kinds a table may hold: `country_groups` holds things of kind `country-group`."""
    name = table.name.replace("_", "-")
    return (name.removesuffix("s"), name.removesuffix("ies") + "y" if name.endswith("ies") else name)


def _corrections(tables: Tables) -> Iterator[Finding]:
    for table in tables_with(tables, "written", "meant"):
        for row, record in records(table):
            if record["written"] == record["meant"] != "":
                expected = Message("something else than was written", "原文表記とは異なる表記")
                yield Finding(row, "meant", record["meant"], expected)


SPELLING_RULES: Final = (
    Rule(
        "japanese-script",
        Message(
            "columns whose name ends with _ja contain kana or kanji", "名前が_jaで終わる列は仮名か漢字を含む"
        ),
        Message(
            "write the Japanese form, or move the text to the column it belongs to (acronym, …_en)",
            "日本語で書くか、該当する列(acronymや…_en)に移してください",
        ),
        _japanese,
    ),
    Rule(
        "english-script",
        Message(
            "English names contain no kana or kanji, English prose has more Latin letters than them",
            "英語の名称は仮名・漢字を含まず、英語の文はラテン文字が主である",
        ),
        Message("write the English form, or leave the cell empty", "英語で書くか、空にしてください"),
        _english,
    ),
    Rule(
        "hidden-is-preferred",
        Message(
            "a hidden spelling (a misprint) is never the preferred name of the same thing",
            "隠れた表記(誤記)は同じものの優先名と一致しない",
        ),
        Message(
            "remove the hidden spelling, or correct the name", "隠れた表記を削除するか、名称を直してください"
        ),
        _hidden,
    ),
    Rule(
        "correction-changes-nothing",
        Message("a correction means something else than was written", "訂正は原文表記と異なる"),
        Message("correct the row or remove it", "行を直すか、削除してください"),
        _corrections,
    ),
)
