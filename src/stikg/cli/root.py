"""The verbs, what each is for, and the help that introduces them."""

from __future__ import annotations

from typing import Any, Final

import click

from stikg._version import __version__
from stikg.cli.common import common_flags
from stikg.cli.words import Root, flag
from stikg.errors import Message

VERBS: Final[dict[str, Message]] = {
    "build": Message(
        "Build the graph from tables, with report and manifest.",
        "表からグラフを作り、検証結果と目録を添える。",
    ),
    "lint": Message("Check the tables and every data rule.", "表とすべてのデータ規則を調べる。"),
    "validate": Message("Check a graph against the shapes.", "グラフをシェイプで検証する。"),
    "query": Message("Ask a prepared question, or your own SPARQL.", "用意された質問やSPARQLで尋ねる。"),
    "why": Message(
        "Show one thing on one page, with its passages.",
        "ある物事の記述と根拠箇所を1ページで示す。",
    ),
    "network": Message(
        "Draw who is linked with whom, each link with its passages.",
        "誰と誰が結ばれているかを、根拠とともに図やファイルにする。",
    ),
    "coverage": Message(
        "Account for every line of a document.",
        "文書のすべての行について、取った事実を示す。",
    ),
}

_SUMMARY: Final = Message(
    "STIKG: what governments publish about international science, technology and innovation programmes, "
    "as a knowledge graph in which every statement leads back to its passage.",
    "STIKG: 政府が公表する国際的な科学技術・イノベーション事業の資料を、"
    "すべての記述から根拠箇所へ戻れる知識グラフにします。",
)
_MORE: Final = Message(
    "Works offline and in an empty folder, with the data that came in the package.\n"
    'Completion: eval "$(_STIKG_COMPLETE=bash_source stikg)" in ~/.bashrc (or zsh_source; '
    "fish: _STIKG_COMPLETE=fish_source stikg | source).\n"
    "Exit status: 0 done · 1 our bug · 2 the question or the flags · 3 the input cannot be read · "
    "4 ontology, mapping, shapes or query files · 5 the data broke a shape · 6 an extra is missing · "
    "130 interrupted.",
    "オフラインで、空のフォルダーでも、同梱のデータで動きます。\n"
    '補完: ~/.bashrc に eval "$(_STIKG_COMPLETE=bash_source stikg)"(zsh は zsh_source、'
    "fish は _STIKG_COMPLETE=fish_source stikg | source)。\n"
    "終了コード: 0 完了 · 1 STIKGの不具合 · 2 質問や指定の誤り · 3 入力が読めない · "
    "4 オントロジー・マッピング・シェイプ・質問ファイルの誤り · 5 データがシェイプに違反 · "
    "6 追加パッケージがない · 130 中断。",
)


def _show_version(context: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401
    """Print the version and stop."""
    del parameter
    if value and not context.resilient_parsing:
        click.echo(f"stikg {__version__}")
        context.exit()


@click.command(
    "stikg",
    cls=Root,
    verbs=VERBS,
    summary=_SUMMARY,
    more=_MORE,
    examples=[
        ("stikg query", Message("list the questions", "質問の一覧を見る")),
        ("stikg query budget-of-programme --param programme=SATREPS", Message("ask one", "尋ねる")),
        (
            "stikg why タイ",
            Message("everything about Thailand, with its passages", "タイについての記述と根拠を見る"),
        ),
    ],
    subcommand_metavar="VERB …",
    no_args_is_help=False,
    invoke_without_command=True,
)
@flag(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    said=Message("Show the version and exit.", "版を表示して終了する。"),
)
@common_flags
@click.pass_context
def root(context: click.Context) -> None:
    """Show the help where no verb is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
