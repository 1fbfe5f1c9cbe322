"""The generated text: only numbered names and quoted constants, whatever stands in the mapping."""

from __future__ import annotations

import ast
import json

from hypothesis import example, given
from hypothesis import strategies as st

from stikg.emit import compile_mapping
from stikg.emit.source import quoted
from stikg.mapping import parse_mapping
from tests.emit.tables_of import HEAD, PREFIXES, emitted, table


@given(st.text())
@example("x\"}{exit()}'#\\")
@example('\\N{DIGIT ONE} {x} "" \' \n \x00 \ud800 日本')
def test_a_quoted_constant_evaluates_to_itself(text: str) -> None:
    tree = ast.parse(f'f"{quoted(text)}"', mode="eval")
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FormattedValue | ast.Call | ast.Name)]
    assert eval(compile(tree, "test", "eval")) == text


def test_hostile_constants_and_columns_stay_data() -> None:
    column, constant = "x\"]'#;import os", ' """\'\\ # \n'
    literal = json.dumps(f"$({column}){constant}")
    (line,) = emitted(f"[stikg:x, {literal}, en~lang]", table([column], ["k", "a"]))
    assert ' "a \\"\\"\\"\'\\\\ # \\n"@en <' in line


def test_the_text_names_no_column_and_calls_only_its_arguments() -> None:
    mapping = parse_mapping(PREFIXES + HEAD + "      - [stikg:x, $(secret_name), en~lang]\n")
    header = ("key", "secret_name", "source", "at", "mode")
    text = compile_mapping(mapping, {"things": header}).source("things")
    assert "secret_name" not in text
    called = {node.func.id for node in ast.walk(ast.parse(text))
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert called == {"is_plain", "is_exotic", "careful"}
