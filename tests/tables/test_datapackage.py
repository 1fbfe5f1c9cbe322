"""Descriptors are read strictly, safely, and are Frictionless Data Packages."""

# ruff: noqa: E501 - a case of a table reads best on one line

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from stikg.resources import bundled_datasets
from stikg.tables.safe_yaml import DescriptorError, parse_yaml
from tests.tables.dataset import codes_of, descriptor, problems_of, write_dataset

Change = Callable[[dict[str, Any]], object]


def _schema(document: dict[str, Any], table: int = 3) -> dict[str, Any]:
    found: dict[str, Any] = document["resources"][table]["schema"]
    return found


CHANGES: list[tuple[str, Change, str]] = [
    ("no name", lambda d: d.pop("name"), "invalid-descriptor"),
    ("a name with a blank", lambda d: d.update(name="Tiny set"), "invalid-descriptor"),
    ("no resources", lambda d: d.update(resources=[]), "invalid-descriptor"),
    ("resources that are no list", lambda d: d.update(resources="all"), "invalid-descriptor"),
    ("a path out of the dataset", lambda d: d["resources"][3].update(path="../x.csv"), "invalid-descriptor"),
    ("an absolute path", lambda d: d["resources"][3].update(path="/etc/x.csv"), "invalid-descriptor"),
    (
        "an address as path",
        lambda d: d["resources"][3].update(path="http://x.org/x.csv"),
        "invalid-descriptor",
    ),
    ("another encoding", lambda d: d["resources"][3].update(encoding="shift_jis"), "invalid-descriptor"),
    (
        "another delimiter",
        lambda d: d["resources"][3].update(dialect={"delimiter": ";"}),
        "invalid-descriptor",
    ),
    ("a schema elsewhere", lambda d: d["resources"][3].update(schema="schema.json"), "invalid-descriptor"),
    ("one resource twice", lambda d: d["resources"].append(d["resources"][3]), "invalid-descriptor"),
    ("a key that is no column", lambda d: d["resources"][3].update(key=["keys"]), "invalid-descriptor"),
    ("a misspelt word of a resource", lambda d: d["resources"][3].update(Schema={}), "unknown-property"),
    ("no fields", lambda d: _schema(d).update(fields=[]), "invalid-descriptor"),
    ("one column twice", lambda d: _schema(d)["fields"].append({"name": "key"}), "invalid-descriptor"),
    (
        "a type we do not read",
        lambda d: _schema(d)["fields"][2].update(type="datetime"),
        "invalid-descriptor",
    ),
    ("a format we do not read", lambda d: _schema(d)["fields"][2].update(format="any"), "invalid-descriptor"),
    (
        "a column name with a dollar",
        lambda d: _schema(d)["fields"][1].update(name="$(x)"),
        "invalid-descriptor",
    ),
    (
        "a misspelt word of a field",
        lambda d: _schema(d)["fields"][2].update(contraints={}),
        "unknown-property",
    ),
    (
        "a word of a schema that means nothing",
        lambda d: _schema(d).update(foreignkeys=[]),
        "unknown-property",
    ),
    ("no primary key", lambda d: _schema(d).pop("primaryKey"), "invalid-descriptor"),
    ("a primary key that is no column", lambda d: _schema(d).update(primaryKey=["id"]), "invalid-descriptor"),
    ("NA as missing value", lambda d: _schema(d).update(missingValues=["", "NA"]), "invalid-descriptor"),
    ("half a passage", lambda d: _schema(d)["fields"].pop(), "invalid-descriptor"),
    ("a foreign key to no table", lambda d: _refer(d, resource="towns"), "unknown-table"),
    ("a foreign key to no column", lambda d: _refer(d, fields="id"), "unknown-table"),
    ("a foreign key of unequal sides", lambda d: _refer(d, fields=["key", "at"]), "invalid-descriptor"),
    ("a constraint we do not know", lambda d: _constrain(d, length=3), "unknown-property"),
    ("a limit of another type", lambda d: _constrain(d, minimum="early"), "invalid-descriptor"),
    ("a pattern that is none", lambda d: _constrain(d, pattern="["), "invalid-descriptor"),
    ("a pattern that never ends", lambda d: _constrain(d, pattern="(a+)+"), "invalid-descriptor"),
    ("a flag that is text", lambda d: _constrain(d, required="yes"), "invalid-descriptor"),
    ("an empty list of values", lambda d: _constrain(d, enum=[]), "invalid-descriptor"),
    ("a length that is negative", lambda d: _constrain(d, minLength=-1), "invalid-descriptor"),
]


def _refer(document: dict[str, Any], **words: object) -> None:
    _schema(document)["foreignKeys"][0]["reference"].update(words)


def _constrain(document: dict[str, Any], **words: object) -> None:
    _schema(document)["fields"][2].setdefault("constraints", {}).update(words)


@pytest.mark.parametrize(("change", "code"), [case[1:] for case in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_wrong_descriptor_is_reported_with_its_line(tmp_path: Path, change: Change, code: str) -> None:
    document = descriptor()
    change(document)

    found = [p for p in problems_of(write_dataset(tmp_path, document)) if p.severity == "error"]

    assert code in [problem.code for problem in found]
    assert all(problem.where.row for problem in found)


def test_words_of_our_own_are_allowed_where_they_cannot_be_a_misspelling(tmp_path: Path) -> None:
    document = descriptor()
    document["title_ja"] = "小さなデータ"
    document["resources"][0]["description_ja"] = "文書"
    _schema(document)["fields"][1]["description_ja"] = "名称"

    assert codes_of(write_dataset(tmp_path, document)) == []


HOSTILE = [
    ("a Python object", "name: !!python/object/apply:os.system ['true']\n"),
    ("a standard tag", "name: !!str tiny\n"),
    ("an alias bomb", "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True))),
    ("a list inside itself", "a: &a [*a]\n"),
    ("an alias to nothing", "a: *b\n"),
    ("deep nesting", "a: " + "[" * 500 + "]" * 500 + "\n"),
    ("very deep nesting", "[" * 100_000),
    ("one key twice", "name: a\nname: b\n"),
    ("a merge key", "a: &a {x: 1}\nb: {<<: *a}\n"),
    ("a key that is a list", "[a, b]: 1\n"),
    ("two documents", "a: 1\n---\nb: 2\n"),
    ("a tab for indentation", "a:\n\tb: 1\n"),
    ("an open quotation mark", "a: 'b\n"),
    ("a control character", "a: \x01\n"),
    ("megabytes", "a: " + "x" * 3_000_000),
]  # fmt: skip


@pytest.mark.parametrize("text", [case[1] for case in HOSTILE], ids=[c[0] for c in HOSTILE])
def test_hostile_yaml_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    found = problems_of(write_dataset(tmp_path, text))

    assert [problem.code for problem in found] == ["invalid-yaml"]
    assert (found[0].where.row or 0) >= 1


def test_a_descriptor_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    (folder / "datapackage.yaml").write_bytes("name: 小".encode("cp932"))

    assert codes_of(folder) == ["invalid-yaml"]


def test_an_empty_descriptor_is_refused(tmp_path: Path) -> None:
    assert codes_of(write_dataset(tmp_path, "")) == ["invalid-descriptor"]


def test_country_codes_are_text_in_yaml_too() -> None:
    assert parse_yaml("[NO, NA, null, true, 1, 1.5, 2021-04-01, '1', on, y]") == [
        "NO", "NA", None, True, 1, 1.5, "2021-04-01", "1", "on", "y",
    ]  # fmt: skip


def test_aliases_may_save_repetition() -> None:
    assert parse_yaml("a: &x {k: [1]}\nb: *x\n") == {"a": {"k": [1]}, "b": {"k": [1]}}


@pytest.mark.parametrize("text", ["a: [1, {b: text}]\nc: {d: |\n    e\n  }\n", "- a\n- b: ~\n", "''", "x"])
def test_harmless_yaml_reads_as_with_pyyaml(text: str) -> None:
    try:
        expected = yaml.safe_load(text)
    except yaml.YAMLError:
        with pytest.raises(DescriptorError):
            parse_yaml(text)
    else:
        assert parse_yaml(text) == expected


FRICTIONLESS_TYPES = {
    "string": {"default", "email", "uri", "binary", "uuid"},
    **{kind: {"default"} for kind in ("integer", "number", "boolean", "date", "year", "yearmonth")},
}


def _frictionless_faults(package: dict[str, Any]) -> list[str]:
    """List what keeps a descriptor from being a Data Package (v1 profile `tabular-data-package`).

    Source: Frictionless Data Package, Tabular Data Resource, Table Schema (specs.frictionlessdata.io).
    """
    faults = [] if package.get("profile") in ("tabular-data-package", None) else ["profile"]
    names = [resource["name"] for resource in package["resources"]]
    faults += [] if len(set(names)) == len(names) else ["resource names"]
    for licence in package.get("licenses", []):
        faults += [] if {"name", "path"} & set(licence) else ["licence"]
    for resource in package["resources"]:
        faults += [f"{resource['name']}: {fault}" for fault in _schema_faults(resource["schema"])]
    return faults


def _schema_faults(schema: dict[str, Any]) -> list[str]:
    columns = [field["name"] for field in schema["fields"]]
    faults = [] if len(set(columns)) == len(columns) else ["columns"]
    for field in schema["fields"]:
        formats = FRICTIONLESS_TYPES.get(field.get("type", "string"), set())
        faults += [] if field.get("format", "default") in formats else [f"{field['name']}: type or format"]
    faults += [] if set(schema["primaryKey"]) <= set(columns) else ["primaryKey"]
    for key in schema.get("foreignKeys", []):
        own, target = key["fields"], key["reference"]["fields"]
        same = (isinstance(own, str) and isinstance(target, str)) or len(own) == len(target)
        faults += [] if same and "resource" in key["reference"] else ["foreignKeys"]
    faults += [] if schema.get("missingValues", [""]) == [""] else ["missingValues"]
    return faults


@pytest.mark.parametrize("folder", bundled_datasets(), ids=lambda folder: str(folder.name))
def test_the_bundled_descriptors_are_frictionless_data_packages(folder: Path) -> None:
    text = (folder / "datapackage.yaml").read_text(encoding="utf-8")

    assert _frictionless_faults(yaml.safe_load(text)) == []


def test_plain_yaml_readers_read_the_bundled_descriptors_as_we_do() -> None:
    for folder in bundled_datasets():
        text = (folder / "datapackage.yaml").read_text(encoding="utf-8")
        assert yaml.safe_load(text) == parse_yaml(text)


def test_the_check_of_descriptors_can_fail() -> None:
    document = descriptor()
    assert _frictionless_faults(document) == []
    _schema(document)["fields"][2]["type"] = "calendar"
    assert _frictionless_faults(document) == ["countries: joined: type or format"]
