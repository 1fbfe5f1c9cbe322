"""STIKG: a knowledge graph of international science, technology and innovation programmes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from stikg._version import __version__
from stikg.errors import Language
from stikg.namespaces import BASE

if TYPE_CHECKING:
    from stikg.knowledge import KnowledgeGraph

__all__ = ["__version__", "build", "open"]


def build(
    data: str | Path | Sequence[str | Path] | None = None,
    output: str | Path | None = None,
    *,
    base: str = BASE,
    validate: bool = True,
    force: bool = False,
    language: Language = "en",
) -> KnowledgeGraph:
    """Build the graph from folders of datasets (the data of the package if none is given).

    Args:
        output: a folder to write the graph to, in all its formats; nothing is written without one.
        validate: check the shapes; the report is in `.report`.

    Raises:
        TableErrors: the tables have problems, all of them together.
    """
    from stikg.build import build as build_graph
    from stikg.knowledge import KnowledgeGraph

    folders = [data] if isinstance(data, str | Path) else data
    built = build_graph(
        None if folders is None else [Path(folder) for folder in folders],
        None if output is None else Path(output),
        base=base,
        validate=validate,
        force=force,
    )
    return KnowledgeGraph(built.graph, language=language, report=built.report)


def open(  # noqa: A001
    path: str | Path | None = None, *, language: Language = "en", seconds: float | None = None
) -> KnowledgeGraph:
    """Open a graph file, or the graph of the data that came in the package.

    Args:
        language: of labels, headings and pages.
        seconds: longest time for a query; each then runs in a process of its own (not on Windows).

    Raises:
        UnreadableFile: the file is missing, or is not what its suffix claims.
    """
    from stikg.knowledge import KnowledgeGraph, read_graph

    graph = build(validate=False).graph if path is None else read_graph(Path(path))
    return KnowledgeGraph(graph, language=language, seconds=seconds)


class _FrontDoor(ModuleType):
    """This module, in which `build` stays the verb when the room of the same name is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "build" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _FrontDoor
