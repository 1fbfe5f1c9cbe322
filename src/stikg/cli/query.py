"""`stikg query`: ask a prepared question, or SPARQL of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from stikg.cli.common import common_flags
from stikg.cli.graphs import open_graph
from stikg.cli.root import VERBS
from stikg.cli.session import Session
from stikg.cli.words import Spoken, flag, given
from stikg.errors import Message, UnknownParameter, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stikg.query import Answer, Bound, Question, Source

_FORMATS: Final = ("table", "csv", "tsv", "json", "md", "ttl")


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of the questions, and files."""
    from click.shell_completion import CompletionItem

    from stikg.resources import queries_dir

    del context, parameter
    names = sorted(path.stem for path in queries_dir().glob("*.rq") if path.stem.startswith(incomplete))
    return [CompletionItem(name) for name in names] or [CompletionItem(incomplete, type="file")]


@click.command(
    "query",
    cls=Spoken,
    summary=VERBS["query"],
    more=Message(
        "Without a name: the list. A value names its thing in Japanese or English, by acronym, ISO code, "
        "key or IRI; an empty value (--param programme=) asks for all.",
        "名前がなければ質問の一覧を出します。引数の値は、日本語名・英語名・略称・ISOコード・キー・IRIの"
        "いずれでも指定でき、空の値(--param programme=)はすべてを意味します。",
    ),
    examples=[
        ("stikg query --search country", Message("find a question", "質問を探す")),
        (
            "stikg query partners-of-programme --param programme=SICORP",
            Message("ask it", "尋ねる"),
        ),
        ("stikg query tiers -o tiers.csv", Message("save the answer", "答えを保存する")),
        (
            "stikg query my.rq --endpoint http://localhost:7878/query",
            Message("ask a service", "サービスに尋ねる"),
        ),
    ],
)
@given(
    "name",
    required=False,
    metavar="[NAME|FILE|-]",
    shell_complete=_complete,
    said=Message(
        "A question, a file with SPARQL, or - for stdin.", "質問名、SPARQLのファイル、- は標準入力。"
    ),
)
@flag(
    "--param",
    "-p",
    "pairs",
    multiple=True,
    metavar="KEY=VALUE",
    said=Message("Value of a parameter; may be repeated.", "引数の値。繰り返し指定できる。"),
)
@flag(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    said=Message(
        "Form of the answer (terminal: table; pipe: tsv; CONSTRUCT: ttl).",
        "答えの形式(端末: table、パイプ: tsv、CONSTRUCT: ttl)。",
    ),
)
@flag(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Message("Write to a file; its suffix decides the form.", "ファイルに書く。形式は拡張子で決まる。"),
)
@flag("--force", is_flag=True, said=Message("Overwrite that file.", "そのファイルを上書きする。"))
@flag(
    "--graph",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Message("Graph to ask (.nq, .trig, .ttl, .nt, .jsonld).", "尋ねるグラフのファイル。"),
)
@flag(
    "--endpoint",
    metavar="URL",
    said=Message(
        "SPARQL 1.1 service to ask; load graph.nq there, and graph.ttl as default graph.",
        "尋ねるSPARQL 1.1サービス。graph.nq と、既定グラフに graph.ttl を読み込んでおく。",
    ),
)
@flag(
    "--timeout",
    type=click.FloatRange(min=0.1, max=86_400),
    default=60,
    show_default=True,
    metavar="SECONDS",
    said=Message("Longest time for an answer.", "答えを待つ秒数の上限。"),
)
@flag("--list", "listed", is_flag=True, said=Message("List the questions.", "質問の一覧を出す。"))
@flag(
    "--search", metavar="WORDS", said=Message("List the questions with these words.", "語を含む質問を探す。")
)
@flag(
    "--sparql",
    "show",
    is_flag=True,
    said=Message("Print the SPARQL instead of asking it.", "尋ねずにSPARQLを表示する。"),
)
@common_flags
@click.pass_obj
def command(session: Session, /, name: str | None, **options: Any) -> None:  # noqa: ANN401
    """List the questions, or ask one."""
    from stikg.cli.listing import write_list

    if name is None or options["listed"] or options["search"]:
        write_list(session, options["search"] or "", options["form"])
        return
    question = _question(name)
    source = _source(session, options)
    text, bound = _prepared(session, source, question, _values(options["pairs"]))
    if options["show"]:
        session.write(text if text.endswith("\n") else text + "\n")
        return
    from stikg.cli.progress import progress
    from stikg.query import run

    with progress(session) as tell:
        tell(question.title, 0, 1)
        answer = run(source, question, text, bound, session.language)
    _deliver(session, question, answer, options)


def _question(name: str) -> Question:
    """Return what is to be asked: SPARQL from stdin, or what the name means."""
    from stikg.query import find_question, parse_question

    return parse_question(_stdin(), "-", "-") if name == "-" else find_question(name)


def _stdin() -> str:
    """Read a query from stdin.

    Raises:
        UnreadableFile: it is too large, or not UTF-8.
    """
    from stikg.query.catalogue import decode_query

    return decode_query(sys.stdin.buffer, "-")


def _values(pairs: tuple[str, ...]) -> dict[str, object]:
    """Take KEY=VALUE apart.

    Raises:
        UnknownParameter: there is no `=`, or a key is given twice.
    """
    values: dict[str, object] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key in values:
            raise UnknownParameter(
                Message(f"--param {pair}: expected KEY=VALUE, each key once",
                        f"--param {pair}: KEY=VALUE の形で、キーは1回ずつ指定します"),
                Message("for example --param programme=SICORP", "例: --param programme=SICORP"),
            )  # fmt: skip
        values[key] = value
    return values


def _source(session: Session, options: dict[str, Any]) -> Source:
    """Return where to ask."""
    from stikg.query import EndpointSource, LocalSource

    if options["endpoint"] and options["graph"]:
        raise UsageError(
            Message("--graph and --endpoint exclude each other", "--graph と --endpoint は同時に使えません"),
            Message("give only one of them", "どちらか一方を指定してください"),
        )
    if options["endpoint"]:
        return EndpointSource(options["endpoint"], seconds=options["timeout"])
    graph = open_graph(session, options["graph"])
    return LocalSource(graph, seconds=options["timeout"])


def _prepared(
    session: Session, source: Source, question: Question, values: dict[str, object]
) -> tuple[str, list[Bound]]:
    """Bind the values and say which things they were taken for."""
    from stikg.query import prepare

    text, bound = prepare(source, question, values, language=session.language)
    for one in bound:
        label = one.parameter.label
        if one.default:
            change = f"--param {one.parameter.name}=…"
            session.say(Message(f"{label.en}: {one.label} (default; {change} changes it)",
                                f"{label.ja}: {one.label}(既定値。{change} で変更)"))  # fmt: skip
        else:
            session.say(Message(f"{label.en}: {one.label}", f"{label.ja}: {one.label}"))
    return text, bound


def _deliver(session: Session, question: Question, answer: Answer, options: dict[str, Any]) -> None:
    """Write the answer to stdout or a file, then say what there is to do next."""
    from stikg.files import write_file
    from stikg.query import Rows, Triples, format_of, render

    output, form = options["output"], options["form"]
    if output == Path("-"):
        output = None
    usual = "ttl" if isinstance(answer, Triples) else "table" if session.on_terminal else "tsv"
    chosen = form or ("json" if session.json else None) or (format_of(output) if output else usual)
    colour = session.colour and output is None
    text = render(answer, chosen, language=session.language, columns=session.columns, colour=colour)
    if output is not None:
        write_file(output, text, force=options["force"])
        session.say(Message(f"written: {output}", f"書き込みました: {output}"))
        return
    session.write(text, safe=chosen == "table")
    if isinstance(answer, Rows):
        _afterwards(session, question, answer)


def _afterwards(session: Session, question: Question, rows: Any) -> None:  # noqa: ANN401
    """Say that nothing was found, or suggest a next step."""
    if not rows:
        session.say(Message("no rows", "該当する行はありません"))
    free = [
        one for one in question.parameters if one.name not in {bound.parameter.name for bound in rows.bound}
    ]
    if free:
        said = [f"--param {one.name}=…" for one in free]
        session.suggest(Message(f"narrow it: {' '.join(said)}", f"絞り込む: {' '.join(said)}"))
    elif question.prepared:
        session.suggest(
            Message(f"save it: stikg query {question.name} … -o {question.name}.csv",
                    f"保存する: stikg query {question.name} … -o {question.name}.csv")
        )  # fmt: skip
