"""Writes tiny datasets for tests: valid by default, one thing changed at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from stikg.errors import Problem
from stikg.tables import Tables, read_datasets

MODES = ["stated", "implied", "derived", "reference"]

DOCUMENTS = """\
key,title_ja,line_count,source,at,mode
paper,予算資料,100,register,record-paper,reference
register,台帳,,register,whole,reference
"""
PROGRAMMES = """\
key,name_ja,name_en,part_of,since,source,at,mode
exchange,交流事業,Exchange,joint,2010,paper,L12,stated
joint,共同研究事業,Joint Research,,2008,paper,L10-11,stated
joint,共同研究事業,,,,paper,L20,implied
"""
BUDGETS = """\
programme,fiscal_year,amount,printed,unit_yen,published,portion,final,phase,source,at,mode
exchange,2021,38000000,38百万円,1000000,2021-01,,true,draft,paper,L31,stated
joint,2021,1078000000,"1,078百万円",1000000,2021-01,8.1,false,draft,paper,L30,stated
"""
COUNTRIES = """\
key,name_ja,joined,source,at,mode
NA,ナミビア,2020-02-29,register,record-na,reference
NO,ノルウェー,,register,record-no,reference
"""

_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"


def column(name: str, kind: str = "string", *, single: bool = False, **constraints: object) -> dict[str, Any]:
    """Describe a column."""
    described: dict[str, Any] = {"name": name, "type": kind}
    if constraints:
        described["constraints"] = constraints
    if single:
        described["single"] = True
    return described


def passage() -> list[dict[str, Any]]:
    """Describe the three columns of evidence."""
    return [
        column("source", required=True),
        column("at", required=True),
        column("mode", required=True, enum=MODES),
    ]


def foreign_key(fields: str | list[str], resource: str, target: str | list[str]) -> dict[str, Any]:
    """Describe a foreign key."""
    return {"fields": fields, "reference": {"resource": resource, "fields": target}}


def resource(
    name: str, columns: list[dict[str, Any]], key: list[str], foreign: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Describe a table whose rows name their passage."""
    keys = [*(foreign or []), foreign_key("source", "documents", "key")]
    schema = {
        "fields": [*columns, *passage()],
        "primaryKey": [*key, "source", "at", "mode"],
        "foreignKeys": keys,
        "missingValues": [""],
    }
    return {"name": name, "path": f"{name}.csv", "key": key, "schema": schema}


def descriptor() -> dict[str, Any]:
    """Describe the tiny dataset."""
    slug = column("key", required=True, pattern=_SLUG)
    documents = [slug, column("title_ja", minLength=2), column("line_count", "integer", minimum=1)]
    programmes = [
        slug,
        column("name_ja", single=True),
        column("name_en", single=True, maxLength=40),
        column("part_of"),
        column("since", "year", single=True, minimum=1900, maximum=2100),
    ]
    budgets = [
        column("programme", required=True),
        column("fiscal_year", "year", required=True),
        column("amount", "integer", required=True, minimum=0),
        column("printed"),
        column("unit_yen", "integer"),
        column("published", "yearmonth"),
        column("portion", "number", minimum=0, maximum=100),
        column("final", "boolean"),
        column("phase", enum=["draft", "initial"]),
    ]
    countries = [column("key", required=True), column("name_ja", unique=True), column("joined", "date")]
    return {
        "name": "tiny",
        "profile": "tabular-data-package",
        "resources": [
            resource("documents", documents, ["key"]),
            resource("programmes", programmes, ["key"], [foreign_key("part_of", "programmes", "key")]),
            resource(
                "budgets",
                budgets,
                ["programme", "fiscal_year"],
                [foreign_key("programme", "programmes", "key")],
            ),
            resource("countries", countries, ["key"]),
        ],
    }


def write_dataset(
    folder: Path, described: dict[str, Any] | str | None = None, **files: str | bytes | None
) -> Path:
    """Write the tiny dataset; `files` replace a table (None: leave it out), `described` the descriptor."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, str | bytes | None] = {
        "documents": DOCUMENTS,
        "programmes": PROGRAMMES,
        "budgets": BUDGETS,
        "countries": COUNTRIES,
        **files,
    }
    given = descriptor() if described is None else described
    text = given if isinstance(given, str) else yaml.safe_dump(given, allow_unicode=True, sort_keys=False)
    (folder / "datapackage.yaml").write_text(text, encoding="utf-8")
    for name, content in tables.items():
        if content is not None:
            raw = content.encode("utf-8") if isinstance(content, str) else content
            (folder / f"{name}.csv").write_bytes(raw)
    return folder


def problems_of(*folders: Path) -> list[Problem]:
    """Read datasets and return everything that was reported."""
    found: list[Problem] = []
    read_datasets(list(folders), report=found.append)
    return found


def codes_of(*folders: Path) -> list[str]:
    """Read datasets and return the codes of everything that was reported."""
    return [problem.code for problem in problems_of(*folders)]


def tables_of(*folders: Path) -> Tables:
    """Read valid datasets."""
    return read_datasets(list(folders))
