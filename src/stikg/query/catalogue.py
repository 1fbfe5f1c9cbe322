"""Prepared questions: what the `#+` header of a query file says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from stikg.errors import Message, QueryFileError, UnreadableFile, Where

GROUPS: Final[dict[str, Message]] = {
    "A": Message("Budget", "予算"),
    "B": Message("Programmes and agencies", "事業・機関"),
    "C": Message("Partner countries and frameworks", "相手国・枠組み"),
    "D": Message("Strategies and diplomacy", "戦略・外交"),
    "E": Message("Projects, people, statistics", "課題・人・統計"),
    "F": Message("Trust and maintenance", "信頼性・保守"),
}
TYPES: Final = ("entity", "concept", "iri", "string", "integer", "decimal", "date", "year")
MARKER: Final = "# @values"

_HEADER_LINE: Final = re.compile(r"^#\+ ?(.*)$")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_MARKER_LINE: Final = re.compile(r"^[ \t]*# @values[ \t]*$", re.MULTILINE)
_MOST_BYTES: Final = 1_000_000  # the longest prepared question has some 4 kB
_HEADER_KEYS: Final = frozenset({"title", "summary", "group", "question", "parameters", "columns"})
_PARAMETER_KEYS: Final = frozenset({"type", "kind", "scheme", "default", "required", "label"})


@dataclass(frozen=True)
class Parameter:
    """A declared parameter `name` stands for the SPARQL variable `?name`.

    `kinds` are namespaces below the project's base, such as `id/programme/`; empty for any.
    """

    name: str
    type: str
    label: Message
    kinds: tuple[str, ...] = ()
    default: str | None = None
    required: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the answer: its heading, the unit of its figures (`JPY`, `%`), its language if it has one.

    The columns `x`, `x_ja` and `x_en` are one thing and its names.
    """

    name: str
    heading: Message
    unit: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Question:
    """A query file: its SPARQL text, and what its header declares (nothing, for a file without one)."""

    name: str
    text: str
    title: Message
    summary: Message
    group: str = ""
    numbers: tuple[int, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = field(default=())
    prepared: bool = True

    def sort_key(self) -> tuple[str, int, str]:
        """Order questions by group, number, name; those without a group come last."""
        return (self.group or "~", self.numbers[0] if self.numbers else 10_000, self.name)


def catalogue(folder: Path) -> list[Question]:
    """Read every `*.rq` of a folder as a prepared question, sorted by group, number and name.

    Raises:
        QueryFileError: a header does not follow the form.
    """
    return sorted((read_question(path) for path in folder.glob("*.rq")), key=Question.sort_key)


def search(questions: Iterable[Question], wanted: str) -> list[Question]:
    """Return the questions whose name, title or summary holds every word of `wanted`, in either language."""
    words = wanted.casefold().split()
    return [question for question in questions if all(word in _searched(question) for word in words)]


def _searched(question: Question) -> str:
    """Return all text of a question that a search looks at."""
    group = GROUPS.get(question.group, Message("", ""))
    return " ".join([question.name, *question.title, *question.summary, *group]).casefold()


def read_question(path: Path) -> Question:
    """Read a query file; its name is the file's name without `.rq`.

    Raises:
        UnreadableFile: no such file, too large, or not UTF-8.
        QueryFileError: the header does not follow the form.
    """
    return parse_question(read_text(path), path.stem, str(path))


def read_text(path: Path) -> str:
    """Read a query file as UTF-8 text of bounded size.

    Raises:
        UnreadableFile: no such file, too large, or not UTF-8.
    """
    try:
        with path.open("rb") as stream:
            return decode_query(stream, str(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _unreadable(
            str(path), f"the query file cannot be read ({reason})", f"クエリファイルを読めません({reason})"
        ) from error


def decode_query(stream: IO[bytes], path: str) -> str:
    """Read UTF-8 text of bounded size from an open stream.

    Raises:
        UnreadableFile: too large, or not UTF-8.
    """
    data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise _unreadable(path, "the query is larger than 1 MB", "クエリが1MBを超えています")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise _unreadable(path, "the query is not UTF-8", "クエリがUTF-8ではありません", row) from error


def _unreadable(path: str, en: str, ja: str, row: int | None = None) -> UnreadableFile:
    """Draw the error for a file that cannot be read."""
    return UnreadableFile(
        Message(en, ja),
        Message(
            "name a UTF-8 text file with one SPARQL query", "SPARQLを1つ含むUTF-8のファイルを指定してください"
        ),
        Where(path, row),
    )


def parse_question(text: str, name: str, path: str) -> Question:
    """Parse the text of a query file.

    Raises:
        QueryFileError: the header does not follow the form, or the marker is missing or doubled.
    """
    lines = [match[1] for match in map(_HEADER_LINE.match, text.splitlines()) if match]
    if not lines:
        return Question(name, text, Message(name, name), Message("", ""), prepared=False)
    header = _parse_yaml("\n".join(lines), path)
    _only(header, _HEADER_KEYS, path, "header")
    parameters = tuple(
        _parameter(key, value, path) for key, value in _mapping(header, "parameters", path).items()
    )
    markers = len(_MARKER_LINE.findall(text))
    if parameters and markers != 1:
        raise _wrong(path, f"the marker line `{MARKER}` stands {markers} times, but parameters need it once",
                     f"引数があるとき、目印の行 `{MARKER}` は1回必要ですが、{markers}回あります")  # fmt: skip
    return Question(
        name,
        text,
        _message(header, "title", path),
        _message(header, "summary", path),
        _group(header.get("group"), path),
        _numbers(header.get("question"), path),
        parameters,
        tuple(_column(key, value, path) for key, value in _mapping(header, "columns", path).items()),
    )


def _parse_yaml(text: str, path: str) -> dict[str, Any]:
    """Read the header as YAML without tags, alias bombs or doubled keys."""
    from stikg.tables.safe_yaml import DescriptorError, parse_yaml  # PyYAML: only prepared questions need it

    try:
        header = parse_yaml(text)
    except DescriptorError as error:
        reason, row = error.reason, error.line
        raise _wrong(
            path, f"the header is not plain YAML ({reason})", f"ヘッダーをYAMLとして読めません({reason})", row
        ) from error
    if not isinstance(header, dict):
        raise _wrong(path, "the header is no YAML mapping", "ヘッダーがYAMLのマッピングではありません")
    return header


def _wrong(path: str, en: str, ja: str, row: int | None = None) -> QueryFileError:
    """Draw the error for a wrong header."""
    return QueryFileError(
        Message(en, ja),
        Message("compare with the form in queries/README.md", "queries/README.md の書式と見比べてください"),
        Where(path, row),
    )


def _only(given: Mapping[str, Any], allowed: frozenset[str], path: str, place: str) -> None:
    """Refuse keys that mean nothing."""
    if strange := sorted(str(key) for key in given if key not in allowed):
        names = ", ".join(strange)
        raise _wrong(path, f"{place}: unknown key {names}", f"{place}: 知らない項目 {names}")


def _mapping(header: Mapping[str, Any], key: str, path: str) -> dict[str, Any]:
    """Return a mapping from variable names, empty where the header has none."""
    value = header.get(key) or {}
    if not isinstance(value, dict) or not all(_NAME.fullmatch(str(name)) for name in value):
        raise _wrong(path, f"{key}: expected names of variables", f"{key}: 変数名が必要です")
    return value


def _message(given: Mapping[str, Any], key: str, path: str) -> Message:
    """Return the text in both languages."""
    value = given.get(key)
    if not isinstance(value, dict) or not all(isinstance(value.get(tag), str) for tag in ("en", "ja")):
        raise _wrong(path, f"{key}: expected text in en and ja", f"{key}: en と ja の文が必要です")
    return Message(value["en"], value["ja"])


def _group(value: object, path: str) -> str:
    """Return the group's letter."""
    if value not in GROUPS:
        raise _wrong(
            path, f"group: expected one of {', '.join(GROUPS)}", f"group: {'・'.join(GROUPS)}のいずれか"
        )
    return str(value)


def _numbers(value: object, path: str) -> tuple[int, ...]:
    """Return the numbers of the questions that a file answers (one, several or none)."""
    numbers: Sequence[object] = [] if value is None else value if isinstance(value, list) else [value]
    if not all(type(number) is int for number in numbers):
        raise _wrong(path, "question: expected a number", "question: 番号が必要です")
    return tuple(number for number in numbers if isinstance(number, int))


def _parameter(name: str, given: object, path: str) -> Parameter:
    """Read the declaration of one parameter."""
    if not isinstance(given, dict) or given.get("type") not in TYPES:
        raise _wrong(path, f"{name}: type must be one of {', '.join(TYPES)}",
                     f"{name}: type は {'・'.join(TYPES)} のいずれか")  # fmt: skip
    _only(given, _PARAMETER_KEYS, path, name)
    default = given.get("default")
    return Parameter(
        name,
        given["type"],
        _message(given, "label", path) if "label" in given else Message(name, name),
        _kinds(given),
        None if default is None else str(default),
        bool(given.get("required", False)),
    )


def _kinds(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the namespaces, below the base, in which values of a parameter stand."""
    if given["type"] == "concept":
        schemes = given.get("scheme", given.get("kind", []))
        return tuple(f"scheme/{name}/" for name in ([schemes] if isinstance(schemes, str) else schemes))
    kinds = given.get("kind", [])
    return tuple(f"id/{name}/" for name in ([kinds] if isinstance(kinds, str) else kinds))


def _column(name: str, given: object, path: str) -> Column:
    """Read the declaration of one column."""
    if not isinstance(given, dict):
        raise _wrong(path, f"{name}: expected en, ja and perhaps unit", f"{name}: en・ja・(unit)が必要です")
    _only(given, frozenset({"en", "ja", "unit", "lang"}), path, name)
    heading = _message({"label": given}, "label", path)
    unit, language = given.get("unit"), given.get("lang")
    return Column(name, heading, unit and str(unit), language and str(language))
