"""The checks of `ontology/checks/`: queries that must answer nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from stikg.build.definitions import unreadable_definition
from stikg.errors import DefinitionError, InputError, Message, QueryRejected, Where
from stikg.graph import Graph
from stikg.namespaces import ID, rebase
from stikg.terms import Iri, Literal, Term, shorten

_SHOWN = 5  # answers of each check; the rest is counted


class Finding(NamedTuple):
    """A check that answers: what it is about, what to do, and its answers as text, sorted.

    `in_data` is true where every answer begins with a thing of the data, so that a table is to be corrected.
    """

    name: str
    title: Message
    remedy: Message
    answers: tuple[str, ...]
    path: str
    in_data: bool


def run_checks(graph: Graph, folder: Path) -> list[Finding]:
    """Ask every check of a folder and return those that answer, in the order of their names.

    Raises:
        DefinitionError: a check cannot be read or asked.
    """
    found = (_run(graph, path) for path in sorted(folder.glob("*.rq")))
    return [finding for finding in found if finding.answers]


def require_nothing(findings: list[Finding]) -> None:
    """Refuse a graph in which a check finds something.

    Raises:
        InputError: the data is to be corrected; every finding, with its first answers.
        DefinitionError: the model is.
    """
    if not findings:
        return
    error = InputError if all(one.in_data for one in findings) else DefinitionError
    raise error(
        Message(
            "\n".join(
                [
                    f"{len(findings)} check(s) of the graph found something",
                    *(_said(one, "en") for one in findings),
                ]
            ),
            "\n".join(
                [f"グラフの検査{len(findings)}件に該当がありました", *(_said(one, "ja") for one in findings)]
            ),
        ),
        findings[0].remedy,
        Where(findings[0].path),
    )


def _said(finding: Finding, language: str) -> str:
    """Say a finding in one line."""
    shown = "; ".join(finding.answers[:_SHOWN])
    more = len(finding.answers) - _SHOWN
    rest = f" (+{more})" if more > 0 else ""
    return f"  {finding.name} ({finding.title.in_language(language)}): {shown}{rest}"


def _run(graph: Graph, path: Path) -> Finding:
    """Ask one check."""
    try:
        text = rebase(path.read_text(encoding="utf-8"), graph.base)
        rows = list(graph.query(text))
    except QueryRejected as error:
        raise DefinitionError(
            error.what, error.remedy, Where(str(path), error.where and error.where.row)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable_definition(path, error) from error
    header = _header(text, path)
    return Finding(
        path.stem,
        _message(header.get("title"), Message(path.stem, path.stem)),
        _message(
            header.get("remedy"), Message("correct the model or the data", "モデルかデータを直してください")
        ),
        tuple(sorted(" ".join(map(_shown, row)) for row in rows)),
        str(path),
        all(isinstance(row[0], Iri) and row[0].value.startswith(rebase(ID, graph.base)) for row in rows),
    )


def _header(text: str, path: Path) -> dict[str, Any]:
    """Read the `#+` lines of a check.

    Raises:
        DefinitionError: they are no YAML.
    """
    import yaml

    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        found = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        raise DefinitionError(
            Message(
                f"the header of {path.name} is no YAML: {error}",
                f"{path.name} の見出しがYAMLではありません: {error}",
            ),
            Message('write: #+ title: {en: "…", ja: "…"}', '#+ title: {en: "…", ja: "…"} と書いてください'),
            Where(str(path)),
        ) from error
    return found if isinstance(found, dict) else {}


def _message(found: object, default: Message) -> Message:
    """Return a text in both languages."""
    if isinstance(found, dict) and isinstance(found.get("en"), str) and isinstance(found.get("ja"), str):
        return Message(found["en"], found["ja"])
    return default


def _shown(term: Term | None) -> str:
    """Return a term as people read it."""
    if term is None:
        return "-"
    if isinstance(term, Iri):
        return shorten(term.value)
    return f'"{term.value}"' + (f"@{term.language}" if isinstance(term, Literal) and term.language else "")
