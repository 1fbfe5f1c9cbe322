"""The folder of a build: its files, and where a graph goes that breaks a shape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg.build.manifest import Manifest, is_manifest, to_json, with_files
from stikg.files import NewFolder, replace_folder
from stikg.graph import Format, Graph

if TYPE_CHECKING:
    from stikg.validate import Report

MANIFEST: Final = "manifest.json"
GRAPHS: Final[dict[str, Format]] = {
    "graph.nq": "nquads",
    "graph.trig": "trig",
    "graph.ttl": "turtle",
    "graph.jsonld": "jsonld",
}
REPORTS: Final = ("report.json", "report.ttl")
FILES: Final = (*GRAPHS, *REPORTS, MANIFEST)


def is_build(folder: Path) -> bool:
    """Say whether STIKG made the folder: it has a manifest of ours."""
    return is_manifest(folder / MANIFEST)


def rejected_folder(output: Path) -> Path:
    """Return where the report of a graph goes that breaks a shape: beside the last good one."""
    return output.parent / f"{output.name}.rejected"  # a root has no name to change


class Output:
    """The two places of a build: the folder itself, and the one for a rejected graph's report."""

    def __init__(self, path: Path, stack: ExitStack, *, force: bool) -> None:
        self.path = path
        self.rejected = rejected_folder(path.resolve())
        self._force = force
        self._stack = stack
        self._folder = self._open(path)

    def _open(self, path: Path) -> NewFolder:
        """Lock and prepare a folder."""
        return self._stack.enter_context(replace_folder(path, FILES, ours=is_build, force=self._force))

    def write(self, graph: Graph, report: Report | None, manifest: Manifest) -> Manifest:
        """Write graph, report and manifest, and put the folder in place.

        Returns: the manifest with its files.

        Raises:
            OutputFailed: the disk does not take it; what was there is whole.
        """
        files = {name: b"".join(graph.serialise(form)) for name, form in GRAPHS.items()}
        done = self._commit(self._folder, {**files, **_reports(report)}, manifest)
        self._remove_rejected()
        return done

    def reject(self, report: Report, manifest: Manifest) -> Manifest:
        """Write the report of a graph that breaks a shape beside the last good graph, which stays.

        Raises:
            OutputRefused, OutputFailed: as for the folder itself.
        """
        return self._commit(self._open(self.rejected), _reports(report), manifest)

    def _commit(self, folder: NewFolder, files: dict[str, bytes], manifest: Manifest) -> Manifest:
        """Write files and manifest, and put them in place."""
        done = with_files(manifest, files)
        for name, content in {**files, MANIFEST: to_json(done)}.items():
            folder.write(name, content)
        folder.commit()
        return done

    def _remove_rejected(self) -> None:
        """Remove the report of a former, rejected graph."""
        if is_build(self.rejected):
            for name in FILES:
                (self.rejected / name).unlink(missing_ok=True)
            if not any(self.rejected.iterdir()):
                self.rejected.rmdir()


@contextmanager
def open_output(path: Path, *, force: bool) -> Iterator[Output]:
    """Hold the output folder while a build runs, so that what cannot be written is known before the work.

    Raises:
        OutputRefused: something is there that STIKG did not make.
        OutputFailed: the place cannot be written, or another build is writing there.
    """
    with ExitStack() as stack:
        yield Output(path, stack, force=force)


def _reports(report: Report | None) -> dict[str, bytes]:
    """Return the files of a report."""
    if report is None:
        return {}
    texts = {"report.json": report.to_json(), "report.ttl": report.to_turtle()}
    return {name: (text if text.endswith("\n") else text + "\n").encode() for name, text in texts.items()}
