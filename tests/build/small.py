"""A dataset of two tables, made from the descriptor of the reference layer, that builds in a moment."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

import yaml

from stikg.resources import data_dir, ontology_dir

TABLES = ("documents", "countries")
DOCUMENT = {
    "key": "register", "class": "ReferenceSource", "kind": "web-page",
    "title_ja": "台帳", "title_en": "Register",
    "source": "register", "at": "record-register", "mode": "reference",
}  # fmt: skip
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix stikg: <https://w3id.org/stikg/ontology#> .
@prefix stikg-sh: <https://w3id.org/stikg/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
stikg-sh:Country a sh:NodeShape ; sh:targetClass stikg:Country ; sh:property stikg-sh:Country-label .
stikg-sh:Country-label a sh:PropertyShape ; sh:path skos:prefLabel ; sh:minCount 2 ;
    sh:message "A country has a name in each language."@en , "国には両言語の名称が必要です。"@ja .
"""
CHECK = """#+ title: {en: "No name", ja: "名称なし"}
#+ remedy: {en: "Give it a name.", ja: "名称を付けてください。"}
SELECT ?thing { ?thing a stikg:Country FILTER NOT EXISTS { ?thing skos:prefLabel ?name } }
"""


def country(key: str, **cells: str) -> dict[str, str]:
    """Return the row of a country."""
    return {
        "key": key, "name_ja": f"国{key}", "name_en": f"Country {key}",
        "source": "register", "at": f"record-{key}", "mode": "reference", **cells,
    }  # fmt: skip


def write_dataset(
    folder: Path, countries: list[dict[str, str]], *, name: str = "small", version: str = "1"
) -> Path:
    """Write the dataset and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = [one for one in _reference()["resources"] if one["name"] in TABLES]
    for one in resources:
        one["schema"].pop("foreignKeys", None)
    rows = {"documents": [DOCUMENT] if name == "small" else [], "countries": countries}
    for one in resources:
        header = [field["name"] for field in one["schema"]["fields"]]
        text = io.StringIO()
        writer = csv.DictWriter(text, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows[one["name"]], key=lambda row: row["key"]))
        (folder / one["path"]).write_text(text.getvalue(), encoding="utf-8")
    described = {"name": name, "version": version, "profile": "tabular-data-package", "resources": resources}
    text_of = yaml.safe_dump(described, allow_unicode=True, sort_keys=False)
    (folder / "datapackage.yaml").write_text(text_of, encoding="utf-8")
    return folder


def write_ontology(folder: Path) -> Path:
    """Write an ontology folder with the real ontology and mapping, one shape and one check."""
    for part in ("vocab", "shapes", "checks"):
        (folder / part).mkdir(parents=True)
    for name in ("stikg.ttl", "mapping.yml", "context.jsonld"):
        shutil.copyfile(ontology_dir() / name, folder / name)
    (folder / "shapes" / "country.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "checks" / "no-name.rq").write_text(CHECK, encoding="utf-8")
    return folder


def _reference() -> Any:  # noqa: ANN401
    return yaml.safe_load((data_dir() / "reference" / "datapackage.yaml").read_text(encoding="utf-8"))


def contents(folder: Path) -> dict[str, str]:
    """Return the sha256 of each file of a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def is_whole(folder: Path) -> bool:
    """Say whether every file of a build is there as its manifest says."""
    files = json.loads((folder / "manifest.json").read_bytes())["files"]
    found = contents(folder)
    return {name: said["sha256"] for name, said in files.items()} == {
        name: digest for name, digest in found.items() if name != "manifest.json"
    }
