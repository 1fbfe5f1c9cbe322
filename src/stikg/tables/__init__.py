"""Strict reading and canonical writing of datasets: CSV tables described by `datapackage.yaml`."""

from stikg.tables.canonical import canonical_csv, write_table, write_whole
from stikg.tables.evidence import DOCUMENTS, MODES, evidence_table
from stikg.tables.locators import Locator, LocatorError, parse_locator
from stikg.tables.problems import FORM, KINDS, Kind, Report, shown
from stikg.tables.reading import find_datasets, read_datasets
from stikg.tables.records import TableReader
from stikg.tables.schema import PASSAGE, Dataset, Field, ForeignKey, Resource, Schema
from stikg.tables.table import Row, Table, TableFile, Tables

__all__ = [
    "DOCUMENTS",
    "FORM",
    "KINDS",
    "MODES",
    "PASSAGE",
    "Dataset",
    "Field",
    "ForeignKey",
    "Kind",
    "Locator",
    "LocatorError",
    "Report",
    "Resource",
    "Row",
    "Schema",
    "Table",
    "TableFile",
    "TableReader",
    "Tables",
    "canonical_csv",
    "evidence_table",
    "find_datasets",
    "parse_locator",
    "read_datasets",
    "shown",
    "write_table",
    "write_whole",
]
