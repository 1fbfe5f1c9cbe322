"""`stikg validate`: a graph against the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from stikg.cli.common import common_flags
from stikg.cli.graphs import BUILT_HERE
from stikg.cli.progress import progress
from stikg.cli.root import VERBS
from stikg.cli.session import Session
from stikg.cli.words import Spoken, flag, given
from stikg.errors import Message, UnreadableFile, Where

BROKEN_SHAPES: Final = 5


@click.command(
    "validate",
    cls=Spoken,
    summary=VERBS["validate"],
    more=Message("Without FILE: build/graph.nq here.", "FILE がなければ、ここの build/graph.nq を調べます。"),
    examples=[
        ("stikg validate", Message("the graph built here", "ここで作ったグラフを調べる")),
        (
            "stikg validate my.ttl --shapes my-shapes",
            Message("with shapes of your own", "自分のシェイプで調べる"),
        ),
    ],
)
@given(
    "files",
    nargs=-1,
    type=click.Path(path_type=Path),
    metavar="[FILE]…",
    said=Message("Graphs, checked together.", "グラフのファイル(まとめて調べる)。"),
)
@flag(
    "--shapes",
    "shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    said=Message("Shapes to check; may be repeated.", "シェイプのファイルかフォルダー。繰り返し指定できる。"),
)
@flag(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl"]),
    said=Message("Form of the report.", "検証結果の形式。"),
)
@common_flags
@click.pass_obj
def command(session: Session, files: tuple[Path, ...], shapes: tuple[Path, ...], form: str | None) -> int:
    """Check a graph."""
    from stikg.resources import ontology_dir
    from stikg.validate import validate

    with progress(session) as tell:
        tell(Message("checking the shapes", "シェイプを調べています"), 0, 1)
        report = validate(_data(list(files) or [_built_here()]), list(shapes) or [ontology_dir() / "shapes"])
    chosen = form or ("json" if session.json else "text")
    if chosen == "text":
        text = report.to_text(session.language)
    else:
        text = report.to_json() if chosen == "json" else report.to_turtle()
    session.write(text if text.endswith("\n") else text + "\n")
    return BROKEN_SHAPES if report.violations else 0


def _data(files: Sequence[Path]) -> Path | Iterable[str]:
    """Return one file as it is, several as the lines of all."""
    if len(files) == 1:
        return files[0]
    from stikg.graph import Graph

    return (line.decode() for path in files for line in Graph.read(path).lines())


def _built_here() -> Path:
    """Return the graph that `stikg build` left here.

    Raises:
        UnreadableFile: there is none.
    """
    if BUILT_HERE.is_file():
        return BUILT_HERE
    raise UnreadableFile(
        Message("there is no graph here to check", "ここには調べるグラフがありません"),
        Message(
            "run `stikg build`, or name a file", "`stikg build` を実行するか、ファイルを指定してください"
        ),
        Where(str(BUILT_HERE)),
    )
