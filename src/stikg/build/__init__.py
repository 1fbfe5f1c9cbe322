"""Building: from tables to the graph, its formats, its report and its manifest."""

from __future__ import annotations

from stikg.build.building import Build, Progress, build
from stikg.build.output import FILES, is_build

__all__ = ["FILES", "Build", "Progress", "build", "is_build"]
