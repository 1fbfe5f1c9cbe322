"""The page `queries/README.md`: the catalogue of the prepared questions, and the form of their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from stikg.errors import Message
from stikg.query.catalogue import GROUPS, MARKER, TYPES, Parameter, Question

_NOTE: Final = "<!-- made by `python -m stikg.handbook`; do not edit -->"
_START: Final = """\
# Prepared questions 用意された質問

{note}

One file is one question in plain SPARQL 1.1: it runs alike with `stikg query NAME`, with rdflib, and at any
SPARQL service that holds the graph. Rows name the document and the line behind them, except where they count
or combine many.

1つのファイルが1つの質問です。SPARQL 1.1だけで書かれ、`stikg query 名前` でも、rdflibでも、
グラフを載せた任意のSPARQLサービスでも同じ答えになります。
数え上げや組合せの行を除き、各行に根拠の文書と行が付きます。

```
stikg query budget-of-programme --param programme=SICORP
stikg query who-works-with --param country=タイ --lang ja
```

Programmes, countries, bodies and so on may be named in either language, by acronym, code or IRI.
An empty value (`--param programme=`) switches a default off: all rows.

事業・国・機関などは、日本語・英語・略称・コード・IRIのどれでも指定できます。
値を空にすると（`--param programme=`）既定値が外れ、全行を返します。
"""
_KEYS: Final = (
    ("`title`, `summary`", "in `en` and `ja`", "日本語と英語"),
    ("`group`", ", ".join(f"`{letter}` {said.en}" for letter, said in GROUPS.items()), "質問の区分"),
    ("`question`", "number in the list of questions, or several", "質問一覧の番号（複数可）"),
    (
        "`parameters`",
        "by name: `type`, `label` in `en` and `ja`; `kind` of an entity, `scheme` of a concept, "
        "`default`, `required` where needed",
        "名前ごとに型・表示名。必要に応じて種類・既定値・必須",
    ),
    (
        "`columns`",
        "by name, in the order of SELECT: heading in `en` and `ja`, `unit` of figures, `lang` of names",
        "列ごとに見出し・単位・言語",
    ),
)
_FORM: Final = """\
- Types of parameters: {types}.
- The parameter `x` is the variable `?x`: its value is put as `VALUES ?x {{ … }}` at the line `{marker}`, the
  first one inside WHERE. A variable that only an OPTIONAL binds cannot be a parameter, since the value would
  bind it everywhere: compare it in a FILTER.
- The columns `x`, `x_ja`, `x_en` are one thing and its names; tables show the name in the reader's language.
- Labels of an optional thing are looked up inside its OPTIONAL: an unbound variable would match every label.
- ORDER BY ranks every row: dates of mixed types by `STR()`, optional texts by `COALESCE(STR(?x), "")`.
- The graph holds each statement in the named graph of its passage, and once in the default graph. Look
  passages up in a subselect of their own, and keep the triple patterns of a group connected: rdflib joins
  groups row by row, so that two patterns without a common variable take minutes.
"""


def catalogue_markdown(questions: Iterable[Question]) -> str:
    """Return the text of `queries/README.md` for the prepared questions."""
    known = sorted(questions, key=Question.sort_key)
    lines = _START.format(note=_NOTE).splitlines()
    for group, members in groupby(known, key=lambda question: question.group):
        lines += ["", *_section(group, list(members))]
    return "\n".join([*lines, "", *_form()]) + "\n"


def _form() -> Iterator[str]:
    """Yield the section on the form of a file."""
    yield "## Form of a file ファイルの書式"
    yield ""
    yield "The header is YAML on lines that begin with `#+`. ヘッダーは `#+` で始まる行に書くYAMLです。"
    yield ""
    yield "| key | meaning | 意味 |"
    yield "|---|---|---|"
    yield from (f"| {' | '.join(cells)} |" for cells in _KEYS)
    yield ""
    types = ", ".join(f"`{name}`" for name in TYPES)
    yield from _FORM.format(types=types, marker=MARKER).splitlines()


def _section(group: str, members: Iterable[Question]) -> Iterator[str]:
    """Yield the heading and the table of one group."""
    said = GROUPS.get(group, Message("Others", "その他"))
    yield " ".join(filter(None, ["##", group, *said]))
    yield ""
    yield "| | name | question | 質問 | parameters 引数 |"
    yield "|---:|---|---|---|---|"
    for question in members:
        numbers = ", ".join(map(str, question.numbers))
        parameters = "<br>".join(map(_parameter, question.parameters))
        cells = [_said(question.title.en, question.summary.en), _said(question.title.ja, question.summary.ja)]
        yield f"| {numbers} | [`{question.name}`]({question.name}.rq) | {' | '.join(cells)} | {parameters} |"


def _said(title: str, summary: str) -> str:
    """Return title and summary as one cell."""
    return f"**{_cell(title)}**<br>{_cell(summary)}"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _parameter(parameter: Parameter) -> str:
    """Return the name of a parameter, what it is, and its default."""
    label = f"{_cell(parameter.label.en)} {_cell(parameter.label.ja)}"
    if parameter.required:
        return f"`{parameter.name}` ({label}; required 必須)"
    default = "" if parameter.default is None else f" = `{parameter.default}`"
    return f"`{parameter.name}`{default} ({label})"
