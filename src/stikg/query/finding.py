"""Which question a person means: a prepared one by name, a file, or SPARQL itself."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from stikg.errors import Language, Message, UnknownName
from stikg.query.catalogue import Column, Question, catalogue, parse_question, read_question, search
from stikg.query.rows import Rows
from stikg.query.sparql import form_of
from stikg.resources import queries_dir
from stikg.terms import Literal


def find_question(wanted: str | Path) -> Question:
    """Return the prepared question of a name, the query of a file, or the query itself.

    Raises:
        UnknownName: it is none of these; the nearest names are said.
        UnreadableFile: it looks like a file and cannot be read.
        QueryFileError: its header does not follow the form.
    """
    if isinstance(wanted, str) and ("{" in wanted or (" " in wanted and form_of(wanted))):
        return parse_question(wanted, "sparql", "sparql")
    path = Path(wanted)
    prepared = queries_dir() / f"{path}.rq"
    if len(path.parts) == 1 and prepared.is_file():
        return read_question(prepared)
    if path.exists() or path.suffix or len(path.parts) > 1:
        return read_question(path)
    raise _unknown(str(wanted), sorted(one.stem for one in queries_dir().glob("*.rq")))


def _unknown(name: str, names: Sequence[str]) -> UnknownName:
    """Draw the error for a name of no question."""
    words = [one for one in names if name.casefold() in one]
    near = list(dict.fromkeys([*difflib.get_close_matches(name, names, n=3, cutoff=0.5), *words]))[:5]
    if near:
        remedy = Message(f"did you mean {', '.join(near)}?", f"もしかして: {'、'.join(near)}")
    else:
        remedy = Message("`stikg query` lists them all", "`stikg query` で一覧を見られます")
    return UnknownName(Message(f"there is no question “{name}”", f"「{name}」という質問はありません"), remedy)


def list_questions(wanted: str = "", language: Language = "en") -> Rows:
    """Return the prepared questions with every word of `wanted` as rows: group, name, title, parameters."""
    questions = search(catalogue(queries_dir()), wanted)
    columns = (
        Column("group", Message("group", "区分")),
        Column("name", Message("name", "質問名")),
        Column("title", Message("question", "質問")),
        Column("parameters", Message("parameters", "引数")),
    )
    records = tuple(
        tuple(
            Literal(text)
            for text in (
                one.group,
                one.name,
                one.title.in_language(language),
                " ".join(parameter.name for parameter in one.parameters),
            )
        )
        for one in questions
    )
    return Rows(tuple(column.name for column in columns), records, declared=columns, language=language)
