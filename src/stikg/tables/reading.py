"""Reads datasets: every file whole, every problem of every file in one report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stikg.errors import Problem, TableErrors, Where
from stikg.tables.datapackage import DESCRIPTOR, read_dataset
from stikg.tables.evidence import check_evidence
from stikg.tables.keys import check_keys
from stikg.tables.problems import Bounded, Report, problem
from stikg.tables.records import TableReader
from stikg.tables.schema import Dataset, Resource
from stikg.tables.table import Row, Table, TableFile, Tables


def read_datasets(paths: Sequence[Path], report: Report | None = None) -> Tables:
    """Read datasets together; tables of one name become one table.

    Args:
        paths: dataset folders, their `datapackage.yaml`, or folders of datasets, in any order.
        report: receives every problem and warning; nothing is raised then. What could be read is
            returned, cells in canonical form.

    Returns: the tables, with warnings; rows in the order of dataset name, file and line.

    Raises:
        TableErrors: all problems of all files, unless `report` is given.
    """
    problems: list[Problem] = []
    bounded = Bounded(problems.append)
    tables = _read(find_datasets(paths, bounded), bounded)
    check_keys(tables, bounded)
    check_evidence(tables, bounded)
    bounded.close()
    problems.sort(key=Problem.sort_key)
    errors = [found for found in problems if found.severity == "error"]
    if errors and report is None:
        raise TableErrors(errors)
    if report is not None:
        for found in problems:
            report(found)
    warnings = tuple(found for found in problems if found.severity == "warning")
    return Tables(tables.tables, tables.resources, tables.files, warnings)


def find_datasets(paths: Sequence[Path], report: Report) -> list[Path]:
    """Return the dataset folders that `paths` name, each once; report a path that names none."""
    found: dict[Path, Path] = {}
    for path in paths:
        folders = _folders(path)
        if not folders:
            report(problem("no-dataset", Where(path.as_posix()), path.name or str(path)))
        for folder in folders:
            found.setdefault(folder.resolve(), folder)
    return list(found.values())


def _folders(path: Path) -> list[Path]:
    if path.name == DESCRIPTOR and path.is_file():
        return [path.parent]
    if (path / DESCRIPTOR).is_file():
        return [path]
    return sorted(inner.parent for inner in path.glob(f"*/{DESCRIPTOR}") if inner.is_file())


def _read(folders: list[Path], report: Report) -> Tables:
    datasets = [found for folder in folders if (found := read_dataset(folder, report)) is not None]
    datasets.sort(key=lambda dataset: (dataset.name, dataset.folder.as_posix()))
    _check_names(datasets, report)
    resources = _resources(datasets, report)
    _check_references(resources, report)
    files = [_read_file(dataset, resource, report) for dataset in datasets for resource in dataset.resources]
    for dataset in datasets:
        _check_undeclared(dataset, report)
    return Tables(_joined(files, resources), resources, tuple(files))


def _check_names(datasets: list[Dataset], report: Report) -> None:
    first: dict[str, Dataset] = {}
    for dataset in datasets:
        earlier = first.setdefault(dataset.name, dataset)
        if earlier is not dataset:
            where = Where((dataset.folder / DESCRIPTOR).as_posix(), 1)
            report(problem("duplicate-dataset", where, dataset.name, other=earlier.folder.as_posix()))


def _resources(datasets: list[Dataset], report: Report) -> dict[str, Resource]:
    """Return one resource per table name; report another schema under the same name."""
    found: dict[str, Resource] = {}
    for dataset in datasets:
        for resource in dataset.resources:
            first = found.setdefault(resource.name, resource)
            if first.schema != resource.schema:
                where = Where(resource.descriptor, resource.line)
                words = {"other": first.descriptor, "difference": _difference(first, resource)}
                report(problem("schema-differs", where, resource.name, **words))
    return found


def _difference(one: Resource, other: Resource) -> str:
    """Name the parts in which two schemas differ."""
    if one.schema.header != other.schema.header:
        return "columns"
    differing = [a.name for a, b in zip(one.schema.fields, other.schema.fields, strict=True) if a != b]
    parts = ("primary_key", "key", "foreign_keys", "unique_keys")
    return ", ".join([*differing, *(p for p in parts if getattr(one.schema, p) != getattr(other.schema, p))])


def _check_references(resources: dict[str, Resource], report: Report) -> None:
    """Report foreign keys to a table or columns that no dataset has."""
    for name, resource in resources.items():
        for key in resource.schema.foreign_keys:
            target = resources.get(key.resource or name)
            where = Where(resource.descriptor, resource.line)
            if target is None:
                tables = ", ".join(sorted(resources))
                report(problem("unknown-table", where, key.resource, table=name, allowed=tables))
            elif not set(key.reference) <= set(target.schema.header):
                found = ", ".join(key.reference)
                allowed = ", ".join(target.schema.header)
                report(problem("unknown-table", where, found, table=name, allowed=allowed))


def _read_file(dataset: Dataset, resource: Resource, report: Report) -> TableFile:
    path = dataset.folder / resource.path
    reader = TableReader(path, resource, report)
    rows = list(reader.rows()) if _is_inside(path, dataset, report) else []
    complete = reader.complete and path.is_file()
    return TableFile(path, resource, _table(resource, rows), complete)


def _is_inside(path: Path, dataset: Dataset, report: Report) -> bool:
    """Refuse what is no regular file of the dataset: a device, or a link that leads outside."""
    where = Where(path.as_posix())
    if not path.is_file():
        reason = "not a regular file" if path.exists() else "no such file"
        report(problem("unreadable-file", where, path.name, reason=reason))
        return False
    if not path.resolve().is_relative_to(dataset.folder.resolve()):
        report(problem("unreadable-file", where, path.name, reason="a link out of the dataset"))
        return False
    return True


def _table(resource: Resource, rows: list[Row]) -> Table:
    return Table(resource.name, resource.schema.header, rows, resource.schema.primary_key)


def _joined(files: list[TableFile], resources: dict[str, Resource]) -> dict[str, Table]:
    """Return one table per name; rows of a file with another schema are left out (that is reported)."""
    rows: dict[str, list[Row]] = {name: [] for name in resources}
    for file in files:
        if file.resource.schema.header == resources[file.resource.name].schema.header:
            rows[file.resource.name].extend(file.table.rows)
    return {name: _table(resources[name], rows[name]) for name in sorted(rows)}


def _check_undeclared(dataset: Dataset, report: Report) -> None:
    """Warn of tables in the folder that the descriptor does not name: they would be skipped in silence."""
    declared = {resource.path for resource in dataset.resources}
    for path in sorted(dataset.folder.rglob("*.csv")):
        if path.relative_to(dataset.folder).as_posix() not in declared:
            report(problem("undeclared-file", Where(path.as_posix()), path.name))
