"""The list of prepared questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from stikg.cli.session import Session
from stikg.errors import Message
from stikg.terminal import pad, printable, width, wrap

if TYPE_CHECKING:
    from stikg.query import Question

SCHEMA_VERSION: Final = 1


def write_list(session: Session, wanted: str, form: str | None) -> None:
    """Write the list of questions, grouped, perhaps only those with certain words."""
    from stikg.query import catalogue, list_questions, render, search
    from stikg.resources import queries_dir

    questions = search(catalogue(queries_dir()), wanted)
    if session.json or form == "json":
        session.write(_to_json(questions))
    elif session.on_terminal and form is None:
        session.write(_to_text(questions, session), safe=True)
    else:
        rows = list_questions(wanted, session.language)
        session.write(render(rows, form or "tsv", language=session.language, columns=session.columns))
    if not questions:
        session.say(Message(f"no question has “{wanted}”", f"「{wanted}」を含む質問はありません"))
    else:
        session.suggest(
            Message(f"ask one: stikg query {questions[0].name}", f"尋ねる: stikg query {questions[0].name}")
        )


def _to_text(questions: Sequence[Question], session: Session) -> str:
    """Return the list for people."""
    from stikg.query import GROUPS

    indent = max((width(one.name) for one in questions), default=0) + 4
    lines: list[str] = []
    for group, members in groupby(questions, key=lambda one: one.group):
        heading = f"{group}. {session.text(GROUPS.get(group, Message('', '')))}"
        lines += ["", f"\x1b[1m{heading}\x1b[0m" if session.colour else heading]
        for one in members:
            parameters = "".join(f" [{parameter.name}]" for parameter in one.parameters)
            said = wrap(printable(session.text(one.title) + parameters), session.columns - indent)
            lines.append(f"  {pad(one.name, indent - 2)}{said[0]}")
            lines += [" " * indent + line for line in said[1:]]
    return "\n".join(lines[1:]) + "\n" if lines else ""


def _to_json(questions: Sequence[Question]) -> str:
    """Return the list with everything that the headers declare."""
    document = {
        "kind": "questions",
        "schema_version": SCHEMA_VERSION,
        "questions": [
            {
                "name": one.name,
                "group": one.group,
                "numbers": list(one.numbers),
                "title": one.title._asdict(),
                "summary": one.summary._asdict(),
                "parameters": [
                    {
                        "name": parameter.name,
                        "type": parameter.type,
                        "label": parameter.label._asdict(),
                        "default": parameter.default,
                        "required": parameter.required,
                    }
                    for parameter in one.parameters
                ],
                "columns": [
                    {"name": column.name, "heading": column.heading._asdict(), "unit": column.unit}
                    for column in one.columns
                ],
            }
            for one in questions
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
