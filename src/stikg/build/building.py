"""The build from end to end: read, emit, define, load, check, validate, write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg.build.checks import require_nothing, run_checks
from stikg.build.definitions import read_definitions
from stikg.build.manifest import Manifest, dataset_versions, make_manifest
from stikg.build.output import Output, open_output
from stikg.emit import emit_all
from stikg.errors import InputError, Message, Problem
from stikg.graph import Graph
from stikg.mapping import read_mapping
from stikg.namespaces import BASE
from stikg.resources import bundled_datasets, ontology_dir
from stikg.tables import Tables, evidence_table, read_datasets

if TYPE_CHECKING:
    from stikg.validate import Report

Progress = Callable[[Message, int, int], None]
"""Say what is being done now, how many steps are done, and how many there are."""

_STEPS: Final = (
    Message("reading the tables", "表を読んでいます"),
    Message("making quads", "クワッドを作っています"),
    Message("putting the graph together", "グラフを組み立てています"),
    Message("asking the checks", "検査しています"),
    Message("validating against the shapes", "シェイプで検証しています"),
    Message("writing the files", "ファイルを書いています"),
)


@dataclass(frozen=True)
class Build:
    """What a build made.

    Attributes:
        report: None where it was not validated.
        manifest: as in `manifest.json`; `files` only where files were written.
        output: the folder with the graph, None where none was asked for or the graph was rejected.
        rejected: the folder with the report of a graph that breaks a shape.
        warnings: contradictions and the like in the tables; every row is in the graph.
    """

    graph: Graph
    report: Report | None
    manifest: Manifest
    output: Path | None = None
    rejected: Path | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def conforms(self) -> bool:
        """Say whether no shape is violated; warnings do not count, and an unvalidated graph passes."""
        return self.report is None or not self.report.violations


def build(
    data: Sequence[Path] | Path | None = None,
    output: Path | None = None,
    *,
    base: str = BASE,
    validate: bool = True,
    force: bool = False,
    progress: Progress | None = None,
) -> Build:
    """Build the graph of some datasets, and write it as a whole folder.

    The same input gives the same bytes. A graph that violates a shape is not written: the last good one
    stays, and the report goes to `<output>.rejected/`.

    Args:
        data: folders with datasets; the data that came with STIKG if None.
        output: the folder to write; nothing is written if None.
        base: where the project's IRIs begin.
        validate: ask the checks and validate against the shapes.
        force: take a folder that STIKG did not make, and write a graph that violates a shape.
        progress: told about each step.

    Raises:
        TableErrors: all problems of all tables.
        InputError: `base` is no IRI that can be a base, or a check finds something in the data.
        MappingError, ShapesError, DefinitionError: mapping, shapes, ontology or checks are wrong.
        OutputRefused, OutputFailed: the output is not ours, or cannot be written.
    """
    _check_base(base)
    tell = _teller(progress)
    with nullcontext() if output is None else open_output(Path(output), force=force) as place:
        next(tell)
        tables = read_datasets(_folders(data))
        next(tell)
        lines = _emit(tables, base)
        next(tell)
        graph = Graph.from_nquads([*lines, *read_definitions(ontology_dir(), base)], base=base)
        next(tell)
        if validate:
            require_nothing(run_checks(graph, ontology_dir() / "checks"))
        next(tell)
        report = _validate(graph) if validate else None
        next(tell)
        conforms = None if report is None else not report.violations
        manifest = make_manifest(graph, dataset_versions(tables), conforms)
        built = Build(graph, report, manifest, warnings=tables.warnings)
        return built if place is None else _write(built, place, force=force)


def _teller(progress: Progress | None) -> Iterator[None]:
    """Tell the next step each time it is asked."""
    for done, step in enumerate(_STEPS):
        if progress is not None:
            progress(step, done, len(_STEPS))
        yield


def _folders(data: Sequence[Path] | Path | None) -> list[Path]:
    """Return the folders to read."""
    if data is None:
        return bundled_datasets()
    return [Path(data)] if isinstance(data, Path | str) else [Path(folder) for folder in data]


def _emit(tables: Tables, base: str) -> Iterator[str]:
    """Yield the lines of all tables, and of the passages they name."""
    mapping = read_mapping(ontology_dir() / "mapping.yml", base)
    return emit_all(mapping, [*(tables[name] for name in tables.names()), evidence_table(tables)])


def _validate(graph: Graph) -> Report:
    """Validate against the shapes that come with STIKG."""
    from stikg.validate import validate

    return validate(graph, [ontology_dir() / "shapes"], base=graph.base)


def _write(built: Build, place: Output, *, force: bool) -> Build:
    """Write the folder, or only the report of a graph that violates a shape."""
    if built.report is not None and not built.conforms and not force:
        manifest = place.reject(built.report, built.manifest)
        return Build(built.graph, built.report, manifest, rejected=place.rejected, warnings=built.warnings)
    manifest = place.write(built.graph, built.report, built.manifest)
    return Build(built.graph, built.report, manifest, output=place.path, warnings=built.warnings)


def _check_base(base: str) -> None:
    """Refuse a base that cannot stand before a path.

    Raises:
        InputError: it is no absolute IRI that ends in `/`.
    """
    from stikg.terms import is_iri

    if not (is_iri(base) and "://" in base and base.endswith("/") and not set(base) & set("?#$()")):
        raise InputError(
            Message(f"{base} cannot be the base of IRIs", f"{base} はIRIの始まりに使えません"),
            Message("give an absolute IRI that ends in /, such as https://example.org/stikg/",
                    "https://example.org/stikg/ のように / で終わる絶対IRIを指定してください"),
        )  # fmt: skip
