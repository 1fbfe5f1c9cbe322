"""`stikg network`: who is linked with whom, as page, picture and files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stikg.cli.common import common_flags
from stikg.cli.graphs import open_graph
from stikg.cli.root import VERBS
from stikg.cli.session import Session
from stikg.cli.words import Spoken, flag
from stikg.errors import Message, UsageError

if TYPE_CHECKING:
    from stikg.network import Filters, Network


@click.command(
    "network",
    cls=Spoken,
    summary=VERBS["network"],
    more=Message(
        "Networks: agency-country, programme-country, agency-agency, country-country, programme-document, "
        "person-organisation. The suffix decides the format: .html .svg .graphml .gexf .json .csv; "
        "without -o: CSV on stdout.",
        "ネットワーク: agency-country(機関と国)、programme-country(事業と国)、agency-agency(機関どうし)、"
        "country-country(国どうし)、programme-document(事業と文書)、person-organisation(人と機関)。"
        "形式は拡張子で決まります: .html .svg .graphml .gexf .json .csv。"
        "-o がなければCSVを標準出力に書きます。",
    ),
    examples=[
        ("stikg network -o net.html", Message("a page that works offline", "オフラインで動くページ")),
        ("stikg network --between country-country -o net.gexf", Message("for Gephi", "Gephi用")),
        ("stikg network --status realised -o net.svg", Message("a picture for a report", "報告書用の図")),
    ],
)
@flag(
    "--between",
    default="agency-country",
    show_default=True,
    said=Message("Which things are linked.", "何と何を結ぶか。"),
)
@flag(
    "--weight",
    said=Message(
        "What the weight of a link counts: programmes, evidence, projects.",
        "辺の重みが数えるもの: programmes(事業)・evidence(根拠)・projects(課題)。",
    ),
)
@flag(
    "--mode",
    "modes",
    said=Message(
        "Only passages of these modes (stated,implied,…).", "この様態の根拠だけ(stated,implied,…)。"
    ),
)
@flag("--year", "years", said=Message("Only passages about these years.", "この年についての根拠だけ。"))
@flag(
    "--status",
    "statuses",
    said=Message(
        "Only links of this status (realised,planned,current).",
        "この状況のつながりだけ(realised,planned,current)。",
    ),
)
@flag(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    said=Message("File to write; may be given several times.", "書き出すファイル(複数可)。"),
)
@flag(
    "--force",
    is_flag=True,
    said=Message("Overwrite files that STIKG did not make.", "STIKGが作ったものでないファイルも上書きする。"),
)
@flag(
    "--graph",
    type=click.Path(path_type=Path),
    said=Message("Graph to ask (.nq, .trig, .ttl, .nt, .jsonld; also .gz).", "尋ねるグラフのファイル。"),
)
@common_flags
@click.pass_obj
def command(session: Session, /, outputs: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401
    """Make a network and write it."""
    from stikg.network import check_request
    from stikg.network.writing import format_of, render

    for path in outputs:
        format_of(path)  # a wrong suffix is said before the work
    check_request(options["between"], options["weight"])
    net = _made(session, options)
    if not net.edges:
        session.say(Message("no link fits these filters", "条件に合うつながりはありません"))
    for path in outputs:
        net.save(path, force=options["force"])
        session.say(Message(f"wrote {path}: {net!r}", f"{path} に書きました: {net.summary('ja')}"))
    if session.json:
        session.write(_document(net, outputs))
    elif not outputs:
        session.write(render(net, "csv"))
        session.suggest(
            Message("a page: stikg network -o net.html", "ページにする: stikg network -o net.html")
        )


def _made(session: Session, options: dict[str, Any]) -> Network:
    """Make the network that the flags ask for."""
    from stikg.network import network
    from stikg.query import LocalSource

    filters = _filters(options)
    source = LocalSource(open_graph(session, options["graph"]))
    return network(
        source, options["between"], weight=options["weight"], filters=filters, language=session.language
    )


def _filters(options: dict[str, Any]) -> Filters:
    """Return what the flags leave.

    Raises:
        UsageError: a year is no number, or a mode is not one.
    """
    from stikg.network import Filters
    from stikg.network.edges import MODES

    modes, years, statuses = (_words(options[name]) for name in ("modes", "years", "statuses"))
    if strange := sorted(modes - set(MODES)):
        raise _wrong("--mode", strange[0], ", ".join(MODES))
    if strange := sorted(year for year in years if not (year.isascii() and year.isdigit())):
        raise _wrong("--year", strange[0], "2020")
    return Filters(modes, frozenset(map(int, years)), statuses)


def _words(given: str | None) -> frozenset[str]:
    """Return the words between commas."""
    return frozenset(word.strip() for word in (given or "").split(",") if word.strip())


def _wrong(name: str, given: str, known: str) -> UsageError:
    """Draw the error for a value that a flag does not take."""
    return UsageError(
        Message(f"{name} does not take “{given}”", f"{name} に「{given}」は指定できません"),
        Message(f"use {known}", f"次のように指定してください: {known}"),
    )


def _document(net: Network, outputs: tuple[Path, ...]) -> str:
    """Return the JSON document: what was made, and the network itself where no file was asked for."""
    from stikg.network.writing import render

    document: dict[str, object] = {
        "schema": "https://w3id.org/stikg/schema/network/1",
        **net.described(),
        "links": len(net.edges),
        "files": [str(path) for path in outputs],
    }
    if not outputs:
        document["network"] = json.loads(render(net, "json"))
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
