"""The list of prepared questions, and the question that a name means."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg.cli.session import Session
from stikg.errors import Message, UnknownName
from stikg.terminal import pad, printable, width, wrap

if TYPE_CHECKING:
    from stikg.query import Question

SCHEMA: Final = "https://w3id.org/stikg/schema/questions/1"


def find_question(name: str) -> Question:
    """Return the prepared question of a name, else the query of a file.

    Raises:
        UnknownName: it is neither; the nearest names are said.
        UnreadableFile: it looks like a file and cannot be read.
    """
    from stikg.query import read_question
    from stikg.resources import queries_dir

    prepared = queries_dir() / f"{name}.rq"
    if prepared.parent == queries_dir() and prepared.is_file():
        return read_question(prepared)
    path = Path(name)
    if path.exists() or path.suffix or len(path.parts) > 1:
        return read_question(path)
    raise _unknown(name, sorted(one.stem for one in queries_dir().glob("*.rq")))


def _unknown(name: str, names: Sequence[str]) -> UnknownName:
    """Draw the error for a name of no question."""
    words = [one for one in names if name.casefold() in one]
    near = list(dict.fromkeys([*difflib.get_close_matches(name, names, n=3, cutoff=0.5), *words]))[:5]
    if near:
        remedy = Message(f"did you mean {', '.join(near)}?", f"もしかして: {'、'.join(near)}")
    else:
        remedy = Message("`stikg query` lists them all", "`stikg query` で一覧を見られます")
    return UnknownName(Message(f"there is no question “{name}”", f"「{name}」という質問はありません"), remedy)


def list_questions(session: Session, wanted: str) -> None:
    """Write the list of questions, grouped, perhaps only those with certain words."""
    from stikg.query import catalogue, search
    from stikg.resources import queries_dir

    questions = search(catalogue(queries_dir()), wanted)
    if session.json:
        session.write(_to_json(questions))
    elif session.on_terminal:
        session.write(_to_text(questions, session), safe=True)
    else:
        session.write(_to_tsv(questions, session))
    if not questions:
        session.say(Message(f"no question has “{wanted}”", f"「{wanted}」を含む質問はありません"))
    elif questions:
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


def _to_tsv(questions: Sequence[Question], session: Session) -> str:
    """Return the list for programs, with a header line."""
    rows = [("group", "name", "title", "parameters")]
    for one in questions:
        names = " ".join(parameter.name for parameter in one.parameters)
        rows.append((one.group, one.name, session.text(one.title).replace("\t", " "), names))
    return "".join("\t".join(row) + "\n" for row in rows)


def _to_json(questions: Sequence[Question]) -> str:
    """Return the list with everything that the headers declare."""
    document = {
        "schema": SCHEMA,
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
