"""The pages that are made from the project's own definitions, and the command that renews them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from stikg.errors import Language, Message, StikgError

__all__ = ["PAGES", "dictionary_markdown", "errors_markdown", "made_pages"]

_NOTE: Final = "<!-- made by `python -m stikg.handbook`; do not edit -->"
_STATUS: Final = {
    0: Message("done", "完了"),
    1: Message("a bug of ours; please report it", "STIKGの不具合。報告してください"),
    2: Message("the question or the flags", "質問や指定の誤り"),
    3: Message(
        "what was given cannot be read, or the output cannot be written",
        "入力が読めない、または出力が書けない",
    ),
    4: Message(
        "ontology, mapping, shapes or query files are wrong",
        "オントロジー・マッピング・シェイプ・質問ファイルの誤り",
    ),
    5: Message(
        "the data broke a shape (a report, not an error)", "データがシェイプに違反（エラーではなく報告）"
    ),
    6: Message("an optional package is not installed", "追加パッケージがない"),
    130: Message("interrupted", "中断"),
}


def _family(root: type[StikgError]) -> Iterator[type[StikgError]]:
    """Yield the error classes, parents before children, siblings in the order they are written."""
    yield root
    for child in root.__subclasses__():
        if child.__module__ == "stikg.errors":
            yield from _family(child)


def errors_markdown() -> str:
    """Write the page of exit statuses, error classes, and codes of problems in tables.

    Returns:
        `docs/errors.md`, in English and Japanese; every code is an anchor.
    """
    from stikg.lint import RULES
    from stikg.tables import KINDS

    lines = [
        "# Errors and exit statuses エラーと終了コード",
        "",
        _NOTE,
        "",
        "| status | en | ja |",
        "|---:|---|---|",
    ]
    lines += [f"| {status} | {said.en} | {said.ja} |" for status, said in sorted(_STATUS.items())]
    lines += ["", "## Error classes", "", "The class says who can put it right.", ""]
    for error in _family(StikgError):
        first = (error.__doc__ or "").strip().splitlines()[0]
        lines.append(
            f'- <a id="{error.code}"></a>`{error.code}` ({error.__name__}, {error.exit_status}): {first}'
        )
    lines += [
        "",
        "## Problems in tables 表の問題",
        "",
        "| code | expected | what to do | 正しい形 | 対処 |",
        "|---|---|---|---|---|",
    ]
    for code, kind in sorted(KINDS.items()):
        cells = [kind.expected.en, kind.remedy.en, kind.expected.ja, kind.remedy.ja]
        lines.append(f'| <a id="{code}"></a>`{code}` | ' + " | ".join(map(_cell, cells)) + " |")
    lines += [
        "",
        "## Rules of the data データの規則 (`stikg lint`)",
        "",
        "| code | rule | what to do | 規則 | 対処 |",
        "|---|---|---|---|---|",
    ]
    for rule in sorted(RULES, key=lambda rule: rule.code):
        cells = [rule.description.en, rule.remedy.en, rule.description.ja, rule.remedy.ja]
        lines.append(f'| <a id="{rule.code}"></a>`{rule.code}` | ' + " | ".join(map(_cell, cells)) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def dictionary_markdown(datasets: list[Path]) -> str:
    """Write the dictionary of all tables and columns from their descriptors.

    Args:
        datasets: dataset folders, each with a `datapackage.yaml`.

    Returns:
        `data/README.md`: one section a table, in English and Japanese.
    """
    described: dict[str, tuple[dict[str, Any], list[str]]] = {}
    lines = [
        "# The data データ",
        "",
        _NOTE,
        "",
        "A dataset is a folder of CSV tables described by `datapackage.yaml`. "
        "One row is what one passage says about one thing; `source`, `at` and `mode` name the passage. "
        "Empty means that the passage does not say it.",
        "",
        "データセットは、`datapackage.yaml` で記述したCSV表のフォルダーです。"
        "1行は、1つの箇所が1つのものについて述べることを表し、"
        "`source`・`at`・`mode` がその箇所を示します。空欄は「その箇所は述べていない」ことを意味します。",
        "",
        "## Datasets",
        "",
    ]
    for folder in datasets:
        package = _descriptor(folder)
        lines.append(
            f"- [`{package['name']}/`]({package['name']}/): {package['title']}. {package['title_ja']}。"
        )
        for resource in package["resources"]:
            described.setdefault(resource["name"], (resource, []))[1].append(package["name"])
    lines += [
        "",
        "Every table ends with `source` (document), `at` (place: `L45`, `L107-110`, `c12-34`, `p3`; `whole` "
        "or `record-…` for outside sources) and `mode` (`stated`, `implied`, `derived`, `reference`); "
        "they are not repeated below.",
        "",
    ]
    for name, (resource, found) in sorted(described.items()):
        lines += [f"## {name}", "", f"{resource['description']}. {resource['description_ja']}。", ""]
        lines += [
            f"In: {', '.join(f'`{x}`' for x in found)}. Key: {', '.join(f'`{x}`' for x in resource['key'])}.",
            "",
        ]
        lines += ["| column | type | meaning | 意味 |", "|---|---|---|---|"]
        lines += [
            _column(field)
            for field in resource["schema"]["fields"]
            if field["name"] not in ("source", "at", "mode")
        ]
        lines.append("")
    return "\n".join(lines)


def _descriptor(folder: Path) -> dict[str, Any]:
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((folder / "datapackage.yaml").read_text(encoding="utf-8"))
    return loaded


def _column(field: dict[str, Any]) -> str:
    values = field.get("constraints", {}).get("enum", [])
    kind = field["type"] + (": " + ", ".join(map(str, values)) if values else "")
    meaning = f"{_cell(field['description'])} | {_cell(field['description_ja'])}"
    return f"| `{field['name']}` | {_cell(kind)} | {meaning} |"


def _queries(root: Path) -> str:
    from stikg.query import catalogue
    from stikg.query.readme import catalogue_markdown

    return catalogue_markdown(catalogue(root / "queries"))


def _context(root: Path) -> str:
    from stikg.graph import make_context

    return make_context(root / "ontology" / "stikg.ttl")


def _coverage(root: Path) -> str:
    from stikg.build import build
    from stikg.coverage import coverage, coverage_markdown

    graph = build([root / "data"], None, validate=False).graph
    document = "mext-fy2021-international"
    return coverage_markdown(coverage(graph, document), document)


def _picture(root: Path, language: Language) -> str:
    from stikg.build import build
    from stikg.knowledge import KnowledgeGraph
    from stikg.network.writing import render

    graph = build([root / "data"], None, validate=False).graph
    return render(KnowledgeGraph(graph, language=language).network(), "svg")


def _dictionary(root: Path) -> str:
    return dictionary_markdown(sorted(path.parent for path in (root / "data").glob("*/datapackage.yaml")))


PAGES: Final[dict[str, Callable[[Path], str]]] = {
    "data/README.md": _dictionary,
    "docs/agency-country.ja.svg": lambda root: _picture(root, "ja"),
    "docs/agency-country.svg": lambda root: _picture(root, "en"),
    "docs/coverage.md": _coverage,
    "docs/errors.md": lambda _: errors_markdown(),
    "ontology/context.jsonld": _context,
    "queries/README.md": _queries,
}
"""Path of each made page, from the root of the project, and the function that makes it."""


def made_pages(root: Path) -> dict[str, str]:
    """Make every page that is made, as text by path from the root of the project."""
    return {name: make(root) for name, make in PAGES.items()}
