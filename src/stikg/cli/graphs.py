"""Which graph a question goes to: the named one, the one built here, or the one that came in the package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg.cli.progress import progress
from stikg.cli.session import Session
from stikg.errors import Message

if TYPE_CHECKING:
    from stikg.graph import Graph

BUILT_HERE: Final = Path("build/graph.nq")


def open_graph(session: Session, path: Path | None) -> Graph:
    """Return the graph of a file, else `build/graph.nq` below here, else the packaged data's, and say which.

    Raises:
        UnreadableFile: the file is missing, or is not what its suffix claims.
    """
    if path is None and BUILT_HERE.is_file():
        path = BUILT_HERE
    if path is not None:
        session.note(Message(f"graph: {path}", f"グラフ: {path}"))
        from stikg.knowledge import read_graph

        return read_graph(path)
    session.note(Message("graph: the data that came in the package", "グラフ: 同梱のデータ"))
    from stikg.build import build

    with progress(session) as tell:
        return build(None, None, validate=False, progress=tell).graph
