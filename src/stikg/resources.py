"""Where the ontology, the queries and the data that come with STIKG lie."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
_CHECKOUT = _PACKAGE.parent.parent


def _folder(name: str) -> Path:
    """Return the folder inside an installed wheel, or the top-level folder of a checkout."""
    bundled = _BUNDLED / name
    return bundled if bundled.is_dir() else _CHECKOUT / name


def ontology_dir() -> Path:
    """Return the folder with `stikg.ttl`, `vocab/`, `shapes/`, `checks/`, `mapping.yml`, `context.jsonld`."""
    return _folder("ontology")


def queries_dir() -> Path:
    """Return the folder with the prepared questions, one `.rq` file each."""
    return _folder("queries")


def data_dir() -> Path:
    """Return the folder whose subfolders are the bundled datasets."""
    return _folder("data")


def bundled_datasets() -> list[Path]:
    """Return the bundled dataset folders (those with a `datapackage.yaml`), sorted by name."""
    return sorted(path.parent for path in data_dir().glob("*/datapackage.yaml"))
