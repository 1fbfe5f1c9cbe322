"""The graph: quads to bytes and back, the embedded store, the one door to pyoxigraph."""

from __future__ import annotations

from stikg.graph.context import make_context, read_context
from stikg.graph.graph import FORMATS, Format, Graph
from stikg.graph.guard import check_query
from stikg.graph.reading import SUFFIXES, parse_lines, parse_turtle, read_lines
from stikg.graph.rows import Quad, Rows, Triple

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Format",
    "Graph",
    "Quad",
    "Rows",
    "Triple",
    "check_query",
    "make_context",
    "parse_lines",
    "parse_turtle",
    "read_context",
    "read_lines",
]
