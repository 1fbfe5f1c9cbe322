"""`stikg build`: from tables to the graph, with its formats, report and manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from stikg.cli.common import common_flags
from stikg.cli.progress import progress
from stikg.cli.root import VERBS
from stikg.cli.session import Session
from stikg.cli.words import Spoken, flag
from stikg.errors import Message
from stikg.namespaces import BASE

if TYPE_CHECKING:
    from stikg.build import Build

BROKEN_SHAPES: Final = 5
SCHEMA_VERSION: Final = 1


@click.command(
    "build",
    cls=Spoken,
    summary=VERBS["build"],
    more=Message(
        "Writes graph.nq, graph.trig, graph.ttl, graph.jsonld, report and manifest.json beside and renames "
        "them into place; the same input gives the same bytes.",
        "graph.nq・graph.trig・graph.ttl・graph.jsonld・検証結果・manifest.json を作り、"
        "そろってから置き換えます。同じ入力からは同じバイト列ができます。",
    ),
    examples=[
        (
            "stikg build",
            Message("the data that came in the package, to build/", "同梱のデータから build/ に作る"),
        ),
        ("stikg build --data data -o out", Message("your own tables", "自分の表から作る")),
    ],
)
@flag(
    "--data",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    said=Message("Folder of datasets; may be repeated.", "データセットのフォルダー。繰り返し指定できる。"),
)
@flag(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    metavar="DIR",
    said=Message("Folder to write to.", "出力先のフォルダー。"),
)
@flag(
    "--base",
    default=BASE,
    show_default=True,
    metavar="IRI",
    said=Message("Where all IRIs of the graph begin.", "グラフのIRIの共通の始まり。"),
)
@flag("--no-validate", is_flag=True, said=Message("Do not check the shapes.", "シェイプで検証しない。"))
@flag(
    "--force",
    is_flag=True,
    said=Message("Overwrite files that STIKG did not make.", "STIKGが作ったのではないファイルも上書きする。"),
)
@common_flags
@click.pass_obj
def command(
    session: Session, folders: tuple[Path, ...], output: Path, base: str, *, no_validate: bool, force: bool
) -> int:
    """Build the graph."""
    from stikg.build import build

    with progress(session) as tell:
        built = build(
            list(folders) or None, output, base=base, validate=not no_validate, force=force, progress=tell
        )
    if session.json:
        session.write(_to_json(built))
    _say_findings(session, built)
    if built.output is not None:
        session.say(_done(built))
    if built.conforms:
        session.suggest(Message("next: stikg query", "次は: stikg query"))
        return 0
    if built.rejected is not None:
        session.say(_not_written(output, built.rejected))
    session.suggest(
        Message("the report names each record and its remedy", "各行と直し方は上の検証結果にあります")
    )
    return BROKEN_SHAPES


def _to_json(built: Build) -> str:
    """Return what was built, with stable keys."""
    document = {
        "kind": "build",
        "schema_version": SCHEMA_VERSION,
        "conforms": None if built.report is None else built.conforms,
        "output": None if built.output is None else str(built.output),
        "manifest": built.manifest,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _say_findings(session: Session, built: Build) -> None:
    """Say the warnings of the tables and the results of the shapes."""
    for problem in built.warnings:
        session.say(Message(problem.text("en"), problem.text("ja")))
    if built.report is not None and built.report.results:
        session.say(Message(built.report.to_text("en"), built.report.to_text("ja")))


def _done(built: Build) -> Message:
    """Say what was built."""
    counts = built.manifest["counts"]
    triples, passages = f"{counts['triples']:,}", f"{counts['graphs']:,}"
    return Message(
        f"built {built.output}/: {triples} triples from {passages} passages and definitions",
        f"{built.output}/ を作りました: {triples}トリプル、根拠箇所と定義{passages}件",
    )


def _not_written(output: Path, rejected: Path) -> Message:
    """Say that a graph which violates a shape left the output as it was."""
    return Message(
        f"not written: {output}/ is as it was; the report is in {rejected}/",
        f"書き出していません。{output}/ は元のままで、検証結果は {rejected}/ にあります",
    )
