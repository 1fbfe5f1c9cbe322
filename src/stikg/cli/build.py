"""`stikg build`: from tables to the graph, with its formats, report and manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from stikg.cli.common import common_flags
from stikg.cli.progress import progress
from stikg.cli.root import VERBS
from stikg.cli.session import Session
from stikg.cli.words import Spoken, flag
from stikg.errors import Message
from stikg.namespaces import BASE

BROKEN_SHAPES: Final = 5
SCHEMA: Final = "https://w3id.org/stikg/schema/build/1"


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
    report = built.report
    conforms = built.conforms
    if session.json:
        document = {
            "schema": SCHEMA,
            "conforms": None if report is None else conforms,
            "manifest": built.manifest,
        }
        session.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    if report is not None and report.results and not session.quiet:
        text = report.to_text(session.language)
        session.say(Message(text, text))
    if not conforms and not force:
        session.say(
            Message(
                f"not written: {output}/ is as it was; the report is in {output}.rejected/",
                f"書き出していません。{output}/ は元のままで、検証結果は {output}.rejected/ にあります",
            )
        )
    else:
        session.say(_done(output, len(built.graph)))
    if not conforms:
        session.suggest(
            Message("the report names each record and its remedy", "各行と直し方は上の検証結果にあります")
        )
        return BROKEN_SHAPES
    session.suggest(Message("next: stikg query", "次は: stikg query"))
    return 0


def _done(output: Path, quads: int) -> Message:
    """Say what was built."""
    return Message(f"built {output}/: {quads:,} quads", f"{output}/ に {quads:,} 件のクワッドを作りました")
