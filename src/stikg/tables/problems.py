"""What can be wrong with a table: one entry per code, in both languages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from stikg.errors import Message, Problem, Where

Report = Callable[[Problem], None]

SHOWN: Final = 120
"""Characters of a found value that a message shows: enough to recognise a cell, too few to flood."""

LONGEST: Final = 400
"""Characters of a word in a message, such as a list of columns."""

PER_FILE: Final = 1000
"""Problems of one file that are shown singly; a file that has more is one mistake, not a thousand."""


class Kind(NamedTuple):
    """One kind of problem: what is expected and what to do, with `{words}` to fill in."""

    expected: Message
    remedy: Message
    severity: Literal["error", "warning"] = "error"


KINDS: Final[dict[str, Kind]] = {
    # -- datasets and their descriptors ---------------------------------------------------------
    "no-dataset": Kind(
        Message(
            "a dataset: a folder with datapackage.yaml", "データセット(datapackage.yamlのあるフォルダー)"
        ),
        Message(
            "name a folder that holds datapackage.yaml", "datapackage.yamlのあるフォルダーを指定してください"
        ),
    ),
    "unreadable-file": Kind(
        Message("a file that can be read ({reason})", "読み取れるファイル({reason})"),
        Message("put the file there or make it readable", "ファイルを置くか、読み取り権限を与えてください"),
    ),
    "invalid-yaml": Kind(
        Message(
            "YAML without tags or endless aliases ({reason})", "タグや際限のない参照を含まないYAML({reason})"
        ),
        Message("correct the line named", "示された行を直してください"),
    ),
    "invalid-descriptor": Kind(
        Message("{expected}", "{expected}"),
        Message("correct datapackage.yaml", "datapackage.yamlを直してください"),
    ),
    "unknown-property": Kind(
        Message("one of: {allowed}", "次のいずれか: {allowed}"),
        Message("correct the spelling, or remove the property", "綴りを直すか、その項目を削除してください"),
    ),
    "schema-differs": Kind(
        Message("the same schema as in {other} ({difference})", "{other}と同じスキーマ(相違: {difference})"),
        Message(
            "give the table one schema in every dataset", "全データセットで同じ表は同じスキーマにしてください"
        ),
    ),
    "duplicate-dataset": Kind(
        Message(
            "a name no other dataset has (also {other})", "他のデータセットと重複しない名前(重複: {other})"
        ),
        Message("rename one of the two datasets", "どちらかのデータセットの名前を変えてください"),
    ),
    "undeclared-file": Kind(
        Message("a file that datapackage.yaml describes", "datapackage.yamlに記述のあるファイル"),
        Message(
            "describe it there or move it away; it is not read",
            "記述を加えるか移動してください(読み込まれません)",
        ),
        "warning",
    ),
    "too-many-problems": Kind(
        Message("a file with fewer than {limit} problems", "問題が{limit}件未満のファイル"),
        Message("correct those shown first, then run again", "まず表示された問題を直し、再実行してください"),
    ),
    # -- bytes and lines ------------------------------------------------------------------------
    "not-utf-8": Kind(
        Message(
            "UTF-8 from the first byte to the last (first wrong byte at offset {offset}; {reason})",
            "全体がUTF-8(最初の不正なバイトは先頭から{offset}バイト目(0起算)、{reason})",
        ),
        Message("{remedy}", "{remedy}"),
    ),
    "byte-order-mark": Kind(
        Message("UTF-8 without byte order mark", "BOMなしのUTF-8"),
        Message("run `stikg lint --fix`", "`stikg lint --fix` を実行してください"),
    ),
    "carriage-return": Kind(
        Message("lines that end with LF alone", "行末はLFのみ"),
        Message("run `stikg lint --fix`", "`stikg lint --fix` を実行してください"),
    ),
    "line-too-long": Kind(
        Message("lines of at most {limit} characters", "1行{limit}文字以内"),
        Message("check that this file is a table", "このファイルが表であるか確認してください"),
    ),
    "empty-file": Kind(
        Message("a header: {header}", "見出し行: {header}"),
        Message("write the header as the first line", "1行目に見出しを書いてください"),
    ),
    "broken-quoting": Kind(
        Message(
            "quotation marks in pairs around whole cells, doubled inside them ({reason})",
            "引用符はセル全体を囲む対とし、内側では二重にする({reason})",
        ),
        Message(
            "correct the quotation marks of the row that begins here",
            "ここから始まる行の引用符を直してください",
        ),
    ),
    "row-width": Kind(
        Message("{width} cells, one per column", "列と同数の{width}個のセル"),
        Message(
            "quote a cell that contains a comma; add or remove cells",
            "コンマを含むセルは引用符で囲み、セルの過不足を直してください",
        ),
    ),
    "blank-row": Kind(
        Message("a row with values", "値のある行"),
        Message("run `stikg lint --fix`, which removes it", "`stikg lint --fix` で削除できます"),
    ),
    "cell-too-long": Kind(
        Message("at most {limit} characters in a cell", "1セル{limit}文字以内"),
        Message("shorten the text", "短くしてください"),
    ),
    # -- header ---------------------------------------------------------------------------------
    "missing-column": Kind(
        Message("the column “{column}” as number {position}", "{position}番目に列「{column}」"),
        Message("add the column, or correct its name", "列を加えるか、列名を直してください"),
    ),
    "extra-column": Kind(
        Message("only the columns {header}", "列は{header}のみ"),
        Message(
            "remove the column, or describe it in datapackage.yaml",
            "列を削除するか、datapackage.yamlに記述してください",
        ),
    ),
    "too-many-columns": Kind(
        Message("{width} columns: {header}", "{width}列: {header}"),
        Message("remove the columns that are too many", "余分な列を削除してください"),
    ),
    "misordered-columns": Kind(
        Message("the order {header}", "列順は{header}"),
        Message("run `stikg lint --fix`", "`stikg lint --fix` を実行してください"),
    ),
    "duplicate-column": Kind(
        Message("each column once", "列名の重複なし"),
        Message("remove or rename one of them", "一方を削除するか、名前を変えてください"),
    ),
    # -- cells ----------------------------------------------------------------------------------
    "control-character": Kind(
        Message(
            "text without control or invisible characters ({character})",
            "制御文字や不可視文字のない文字列({character})",
        ),
        Message("remove the character", "その文字を削除してください"),
    ),
    "not-nfc": Kind(
        Message("composed characters (Unicode NFC): “{value}”", "合成済みの文字(Unicode NFC): 「{value}」"),
        Message("run `stikg lint --fix`", "`stikg lint --fix` を実行してください"),
    ),
    "blanks-around": Kind(
        Message("no blanks around a cell: “{value}”", "セルの前後に空白なし: 「{value}」"),
        Message("run `stikg lint --fix`", "`stikg lint --fix` を実行してください"),
    ),
    "required": Kind(
        Message("a value", "値"),
        Message("fill in the cell", "セルに値を入れてください"),
    ),
    "wrong-type": Kind(
        Message("{expected}", "{expected}"),
        Message("{remedy}", "{remedy}"),
    ),
    "not-in-enum": Kind(
        Message("one of: {allowed}", "次のいずれか: {allowed}"),
        Message("choose one of these{near}", "この中から選んでください{near}"),
    ),
    "pattern": Kind(
        Message("text of the form {pattern}", "{pattern}の形の文字列"),
        Message("correct the value", "値を直してください"),
    ),
    "minimum": Kind(
        Message("at least {limit}", "{limit}以上"),
        Message("correct the value", "値を直してください"),
    ),
    "maximum": Kind(
        Message("at most {limit}", "{limit}以下"),
        Message("correct the value", "値を直してください"),
    ),
    "min-length": Kind(
        Message("at least {limit} characters", "{limit}文字以上"),
        Message("correct the value", "値を直してください"),
    ),
    "max-length": Kind(
        Message("at most {limit} characters", "{limit}文字以下"),
        Message("correct the value", "値を直してください"),
    ),
    # -- keys -----------------------------------------------------------------------------------
    "empty-key": Kind(
        Message("a value in at least one column of the key", "キーの列の少なくとも1つに値"),
        Message("say what the row is about", "何についての行かを記入してください"),
    ),
    "duplicate-key": Kind(
        Message(
            "one row per key and passage (the first is {first})",
            "1つの箇所に同じキーは1行(最初の行: {first})",
        ),
        Message("merge the two rows, or correct the key", "2行を1行にまとめるか、キーを直してください"),
    ),
    "not-unique": Kind(
        Message("a value no other row has (the first is {first})", "他の行と重複しない値(最初の行: {first})"),
        Message("correct one of the two", "どちらかを直してください"),
    ),
    "unknown-reference": Kind(
        Message("a row of table {table} with this {fields}", "表{table}の{fields}にある値"),
        Message("correct the value or add the row{near}", "値を直すか、その行を加えてください{near}"),
    ),
    "unknown-table": Kind(
        Message(
            "foreign keys of {table} to one of: {allowed}",
            "表{table}の外部キーの参照先は次のいずれか: {allowed}",
        ),
        Message(
            "correct the foreign key, or read the dataset that has it as well",
            "外部キーを直すか、参照先のデータセットも読み込んでください",
        ),
    ),
    "contradiction": Kind(
        Message("one value for {key}; {first} says “{value}”", "{key}の値は1つ({first}では「{value}」)"),
        Message(
            "check both passages; both rows are kept",
            "両方の箇所を確かめてください(どちらの行も残ります)",
        ),
        "warning",
    ),
    # -- evidence -------------------------------------------------------------------------------
    "invalid-locator": Kind(
        Message(
            "a locator: L45, L107-110, c1234-1266, p3, whole or record-<slug> ({reason})",
            "箇所の指定: L45、L107-110、c1234-1266、p3、whole、record-<slug>({reason})",
        ),
        Message("correct the locator", "箇所の指定を直してください"),
    ),
    "locator-beyond-document": Kind(
        Message("a place within the {limit} {unit} of {document}", "{document}の範囲内({limit}{unit}まで)"),
        Message("correct the locator", "箇所の指定を直してください"),
    ),
    "mode-needs-locator": Kind(
        Message(
            "a place in the text (L…, c… or p…), because the mode is {mode}",
            "本文中の箇所(L…、c…、p…)(態様が{mode}のため)",
        ),
        Message(
            "give the lines, or use the mode reference",
            "行を示すか、態様をreferenceにしてください",
        ),
    ),
    "not-a-document-source": Kind(
        Message(
            "a document whose text was read (with {column}), because the mode is {mode}",
            "本文を読んだ文書({column}のあるもの)(態様が{mode}のため)",
        ),
        Message(
            "use the mode reference, or give the document its {column}",
            "態様をreferenceにするか、文書に{column}を記入してください",
        ),
    ),
    "unknown-document": Kind(
        Message("the key of a document of table documents", "表documentsにある文書のキー"),
        Message("correct the key or add the document{near}", "キーを直すか、文書を加えてください{near}"),
    ),
}

FORM: Final = frozenset(
    {"byte-order-mark", "carriage-return", "blank-row", "misordered-columns", "not-nfc", "blanks-around"}
)
"""Codes of the problems that `stikg lint --fix` puts right without touching a value."""


def problem(code: str, where: Where, found: str, **words: object) -> Problem:
    """Make the problem `code` found at `where`, its texts filled with `words`."""
    kind = KINDS[code]
    said = {word: _said(value) for word, value in words.items()}
    return Problem(
        code,
        where,
        shown(found),
        _filled(kind.expected, said),
        _filled(kind.remedy, said),
        kind.severity,
    )


def _said(value: object) -> Message:
    if isinstance(value, Message):
        return Message(shown(value.en, LONGEST), shown(value.ja, LONGEST))
    text = shown(str(value), LONGEST)
    return Message(text, text)


def _filled(text: Message, words: dict[str, Message]) -> Message:
    english = {word: value.en for word, value in words.items()}
    japanese = {word: value.ja for word, value in words.items()}
    return Message(text.en.format(**english), text.ja.format(**japanese))


def shown(text: str, limit: int = SHOWN) -> str:
    """Return `text` fit for a message: no control or format characters, at most `limit` characters."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    if cut.isascii() and cut.isprintable():
        return cut
    return "".join(_visible(character) for character in cut)


def _visible(character: str) -> str:
    if character == "\u3000" or unicodedata.category(character)[0] not in "CZ" or character == " ":
        return character
    return character.encode("unicode_escape").decode("ascii") if character != "\n" else "\\n"


class Bounded:
    """Hand problems on to `report`, at most `PER_FILE` of each file, and count the rest."""

    def __init__(self, report: Report, limit: int = PER_FILE) -> None:
        self._report = report
        self._limit = limit
        self._seen: Counter[str] = Counter()

    def __call__(self, found: Problem) -> None:
        """Hand `found` on, unless its file has had its share."""
        path = found.where.path
        self._seen[path] += 1
        if self._seen[path] <= self._limit:
            self._report(found)

    def close(self) -> None:
        """Say for each file how many problems were not shown singly."""
        for path, count in sorted(self._seen.items()):
            if count > self._limit:
                self._report(
                    problem(
                        "too-many-problems", Where(path), f"{count - self._limit} more", limit=self._limit
                    )
                )
