"""`stikg why`: one thing on one page."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.common import common_flags
from stikg.cli.graphs import open_graph
from stikg.cli.root import VERBS
from stikg.cli.session import Session
from stikg.cli.words import Spoken, flag, given
from stikg.errors import Message


@click.command(
    "why",
    cls=Spoken,
    summary=VERBS["why"],
    more=Message(
        "Names take Japanese, English, an acronym, an ISO code, a printed misprint or an IRI.",
        "日本語名・英語名・略称・ISOコード・誤記・IRIのいずれでも指定できます。",
    ),
    examples=[
        ("stikg why SICORP", Message("everything about SICORP", "SICORPについての全記述")),
        ("stikg why タイ", Message("everything about Thailand", "タイについての全記述")),
        ("stikg why JST altLabel", Message("only its other names", "別名だけ")),
    ],
)
@given("term", said=Message("What to show.", "調べる物事。"))
@given(
    "property",
    required=False,
    said=Message("Only this property: its label or name.", "この項目だけ(項目名)。"),
)
@flag(
    "--graph",
    type=click.Path(path_type=Path),
    said=Message("Graph to ask (.nq, .trig, .ttl, .nt, .jsonld; also .gz).", "尋ねるグラフのファイル。"),
)
@common_flags
@click.pass_obj
def command(session: Session, term: str, property: str | None, graph: Path | None) -> None:  # noqa: A002
    """Show one thing."""
    from stikg.why import why

    page = why(open_graph(session, graph), term, property, session.language)
    if session.json:
        session.write(page.to_json())
        return
    session.write(page.to_text(colour=session.colour, columns=session.columns), safe=True)
    if property is None and page.statements:
        label = page.label(page.statements[0].property)
        session.suggest(
            Message(
                f"only one property: stikg why {term} “{label}”",
                f"1項目だけ見る: stikg why {term} 「{label}」",
            )
        )
