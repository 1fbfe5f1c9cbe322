"""The flags that every verb has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from stikg.cli.session import Session
from stikg.cli.words import flag
from stikg.errors import Message


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401
    """Keep a flag in the session; one that is not given says nothing against one given before the verb."""
    session = context.find_object(Session)
    if session is not None and parameter.name is not None and value:
        setattr(session, parameter.name, value)


_FLAGS: Final = (
    flag("--json", is_flag=True, expose_value=False, callback=_remember,
         said=Message("One JSON document on stdout, with a schema version.",
                      "標準出力にJSON文書を1つ書く(スキーマの版つき)。")),
    flag("--lang", "language", type=click.Choice(["ja", "en"]), expose_value=False, callback=_remember,
         said=Message("Language of all words (from the locale if not given).",
                      "表示言語(指定がなければロケールに従う)。")),
    flag("--quiet", is_flag=True, expose_value=False, callback=_remember,
         said=Message("Say nothing but errors.", "エラー以外は何も言わない。")),
    flag("-v", "--verbose", is_flag=True, expose_value=False, callback=_remember,
         said=Message("Say more: which graph, which values.", "どのグラフを使ったかなど、詳しく言う。")),
    flag("--debug", is_flag=True, expose_value=False, callback=_remember,
         said=Message("Show the traceback of an error.", "エラーのトレースバックを表示する。")),
)  # fmt: skip


def common_flags(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the flags that every verb has, after its own."""
    for add in reversed(_FLAGS):
        function = add(function)
    return function
