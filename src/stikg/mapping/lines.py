"""YAML of a narrow kind, read into nodes that know their line: strings, lists and mappings, nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from stikg.errors import MappingError, Message, Where

if TYPE_CHECKING:
    from pathlib import Path

    import yaml

# The bundled mapping has 33 kB; a YAML parser needs about a hundred times the size of its text in memory.
MAX_BYTES: Final = 2_000_000
# A mapping is five levels deep; the composer of YAML recurses, so foreign depth is stopped before it.
MAX_DEPTH: Final = 12


def refuse(path: str, line: int | None, what: Message, remedy: Message) -> NoReturn:
    """Raise a `MappingError` at `line` of `path`."""
    raise MappingError(what, remedy, Where(path, line))


def line_of(node: yaml.Node) -> int:
    """Return the 1-based line on which `node` begins."""
    return int(node.start_mark.line) + 1


def read_text(path: Path) -> str:
    """Read a mapping file as UTF-8.

    Raises:
        MappingError: The file is missing, too large, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        refuse(
            str(path),
            None,
            Message(
                f"the mapping cannot be read: {error.strerror}", f"マッピングを読めません: {error.strerror}"
            ),
            Message("give the path of a mapping.yml", "mapping.yml のパスを指定してください"),
        )
    if len(data) > MAX_BYTES:
        refuse(
            str(path),
            None,
            Message(
                f"the mapping is larger than {MAX_BYTES} bytes",
                f"マッピングが{MAX_BYTES}バイトを超えています",
            ),
            Message(
                "split it, or see whether it is the right file", "分割するか、ファイルを確かめてください"
            ),
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse(
            str(path),
            data.count(b"\n", 0, error.start) + 1,
            Message("the mapping is not UTF-8", "マッピングがUTF-8ではありません"),
            Message("save the file as UTF-8", "UTF-8で保存し直してください"),
        )


def parse_yaml(text: str, path: str) -> yaml.Node:
    """Parse `text` to a node tree; nothing is constructed, so no tag can run code.

    Raises:
        MappingError: It is not YAML, is empty, or is nested too deeply.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                break
        else:
            node: yaml.Node | None = yaml.compose(text, Loader=loader)
            if node is not None:
                return node
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = re.sub(r"\s+", " ", str(getattr(error, "problem", None) or error))
        refuse(
            path,
            None if mark is None else mark.line + 1,
            Message(f"this is not YAML: {problem}", f"YAMLとして読めません: {problem}"),
            Message(
                "correct the indentation, quotes or brackets here", "字下げ・引用符・括弧を直してください"
            ),
        )
    refuse(
        path,
        1,
        Message("the mapping is empty or nested too deeply", "マッピングが空か、入れ子が深すぎます"),
        Message("follow the form of docs/mapping.md", "docs/mapping.md の形に従ってください"),
    )


def entries(node: yaml.Node, path: str, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Return the entries of a mapping node as name → (key node, value node), each name once."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        refuse(
            path,
            line_of(node),
            Message(
                f"{what} must be a mapping (name: value)", f"{what} は「名前: 値」の形でなければなりません"
            ),
            Message("write one `name: value` per line", "1行に1つ「名前: 値」を書いてください"),
        )
    found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        name = string(key, path)
        if name in found:
            refuse(
                path,
                line_of(key),
                Message(f"{name!r} stands twice in {what}", f"{what} に {name!r} が二度あります"),
                Message("keep one of them", "どちらか一つにしてください"),
            )
        found[name] = (key, value)
    return found


def items(node: yaml.Node, path: str, what: str) -> list[yaml.Node]:
    """Return the items of a list node that is not empty."""
    import yaml

    if not isinstance(node, yaml.SequenceNode) or not node.value:
        refuse(
            path,
            line_of(node),
            Message(
                f"{what} must be a list that is not empty", f"{what} は空でないリストでなければなりません"
            ),
            Message(
                "write `- item` lines or `[item, item]`", "「- 項目」の行か「[項目, 項目]」で書いてください"
            ),
        )
    return list(node.value)


def string(node: yaml.Node, path: str) -> str:
    """Return the text of a string node; YAML's numbers, dates, true/false and null are refused unquoted."""
    import yaml

    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
        return str(node.value)
    shown = node.value if isinstance(node, yaml.ScalarNode) else "a list or a mapping"
    refuse(
        path,
        line_of(node),
        Message(f"a string must stand here, not {shown}", f"ここには文字列が必要です({shown} ではなく)"),
        Message(
            'put numbers, dates, true/false in quotes: "8"',
            '数・日付・真偽値は "8" のように引用符で囲んでください',
        ),
    )
