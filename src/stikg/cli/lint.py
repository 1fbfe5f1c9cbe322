"""`stikg lint`: the tables and every data rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from stikg.cli.common import common_flags
from stikg.cli.root import VERBS
from stikg.cli.session import Session
from stikg.cli.words import Spoken, flag, given
from stikg.errors import InputError, Message, Problem

if TYPE_CHECKING:
    from stikg.lint import LintReport

SCHEMA_VERSION: Final = 1


@click.command(
    "lint",
    cls=Spoken,
    summary=VERBS["lint"],
    more=Message(
        "Without DIR: the folder data/ here, else the data that came in the package.",
        "DIR がなければ、ここの data/、それもなければ同梱のデータを調べます。",
    ),
    examples=[
        ("stikg lint", Message("check all tables", "すべての表を調べる")),
        (
            "stikg lint --fix data/reference",
            Message("also write them in canonical form", "正規の形に書き直す"),
        ),
    ],
)
@given(
    "folders",
    nargs=-1,
    type=click.Path(path_type=Path),
    metavar="[DIR]…",
    said=Message("Folders of datasets.", "データセットのフォルダー。"),
)
@flag(
    "--fix",
    is_flag=True,
    said=Message(
        "Write the tables in canonical form; no value changes.", "表を正規の形に書き直す(値は変えない)。"
    ),
)
@common_flags
@click.pass_obj
def command(session: Session, folders: tuple[Path, ...], fix: bool) -> int:
    """Check tables."""
    from stikg.lint import lint

    report = lint(list(folders) or default_folders(), fix=fix)
    if session.json:
        session.write(_to_json(report))
    else:
        lines = [problem.text(session.language) for problem in (*report.problems, *report.warnings)]
        session.write("".join(line + "\n" for line in lines))
    for path in report.fixed:
        session.say(Message(f"written in canonical form: {path}", f"正規の形に書き直しました: {path}"))
    session.say(
        Message(
            f"{report.files} files, {report.rows} rows: {len(report.problems)} problem(s), "
            f"{len(report.warnings)} warning(s)",
            f"{report.files}ファイル・{report.rows}行: 問題{len(report.problems)}件、"
            f"警告{len(report.warnings)}件",
        )
    )
    if report.ok:
        session.suggest(Message("next: stikg build", "次は: stikg build"))
        return 0
    session.suggest(Message("correct the cells named above; --fix repairs only form",
                            "上のセルを直してください。--fix が直すのは形だけです"))  # fmt: skip
    return InputError.exit_status


def default_folders() -> list[Path]:
    """Return the folder of datasets here, else the bundled datasets."""
    from stikg.resources import bundled_datasets

    here = Path("data")
    return [here] if any(here.glob("*/datapackage.yaml")) else bundled_datasets()


def _to_json(report: LintReport) -> str:
    """Return the report with stable keys."""
    document = {
        "kind": "lint",
        "schema_version": SCHEMA_VERSION,
        "ok": report.ok,
        "files": report.files,
        "rows": report.rows,
        "problems": [_problem(one) for one in report.problems],
        "warnings": [_problem(one) for one in report.warnings],
        "fixed": [str(path) for path in report.fixed],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _problem(problem: Problem) -> dict[str, object]:
    """Return one problem; messages by language."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "path": problem.where.path,
        "row": problem.where.row,
        "column": problem.where.column,
        "found": problem.found,
        "expected": problem.expected._asdict(),
        "remedy": problem.remedy._asdict(),
    }
