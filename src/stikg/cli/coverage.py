"""`stikg coverage`: what the graph says from each line of a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from stikg.cli.common import common_flags
from stikg.cli.graphs import open_graph
from stikg.cli.root import VERBS
from stikg.cli.session import Session
from stikg.cli.words import Spoken, flag, given
from stikg.errors import Message

SCHEMA_VERSION: Final = 1


@click.command(
    "coverage",
    cls=Spoken,
    summary=VERBS["coverage"],
    more=Message(
        "A Markdown table on stdout: each line, and what the graph says from it or why it says nothing.",
        "各行について、グラフが述べること、または述べない理由をMarkdownの表で出力します。",
    ),
    examples=[
        (
            "stikg coverage mext-fy2021-international",
            Message("every line of the FY2021 paper", "令和3年度の資料の全行"),
        ),
    ],
)
@given("document", said=Message("Key of the document in documents.csv.", "documents.csv の文書のキー。"))
@flag(
    "--graph",
    type=click.Path(path_type=Path),
    said=Message("Graph to ask (.nq, .trig, .ttl, .nt, .jsonld; also .gz).", "尋ねるグラフのファイル。"),
)
@common_flags
@click.pass_obj
def command(session: Session, document: str, graph: Path | None) -> None:
    """Account for the lines of a document."""
    from stikg.coverage import coverage, coverage_markdown

    lines = coverage(open_graph(session, graph), document)
    if session.json:
        found = [
            {"line": line.number, "things": line.things, "modes": line.modes, "reason": line.reason or None}
            for line in lines
        ]
        content = {"kind": "coverage", "schema_version": SCHEMA_VERSION, "document": document, "lines": found}
        session.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        return
    session.write(coverage_markdown(lines, document))
