"""Read the documented subset of YARRRML; everything outside it is refused with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stikg.errors import Message
from stikg.mapping import lines, terms
from stikg.mapping.lexical import RDF_TYPE
from stikg.mapping.lines import entries, items, line_of, refuse, string
from stikg.mapping.model import IriTerm, Mapping, PredicateObject, Term, TriplesMap
from stikg.mapping.terms import Vocabulary
from stikg.namespaces import BASE, PREFIXES, rebase

if TYPE_CHECKING:
    from pathlib import Path

    import yaml

_SOURCE: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)\.csv~csv")
_PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_KEYS: Final = ("sources", "s", "graphs", "po")
# Other spellings of YARRRML, for the hint; one form is enough for us.
_OTHER_SPELLINGS: Final = {
    "source": "sources",
    "subject": "s",
    "subjects": "s",
    "graph": "graphs",
    "g": "graphs",
    "predicateobject": "po",
    "predicateobjects": "po",
}
# Names that YARRRML processors take for keys wherever they stand (morph-kgc renames them).
_RESERVED: Final = frozenset(
    {
        "a",
        "author",
        "f",
        "fn",
        "g",
        "graph",
        "graphs",
        "i",
        "inversepredicate",
        "m",
        "mapping",
        "mappings",
        "o",
        "object",
        "objects",
        "p",
        "pm",
        "pms",
        "po",
        "predicate",
        "predicateobject",
        "predicateobjects",
        "predicates",
        "s",
        "sources",
        "subject",
        "subjects",
        "v",
    }
)


@dataclass(frozen=True)
class _Reader:
    path: str
    vocabulary: Vocabulary


def read_mapping(path: Path, base: str = BASE) -> Mapping:
    """Read a mapping file.

    Args:
        path: A file in the subset of YARRRML that docs/mapping.md describes.
        base: The base of all IRIs of the project; prefixes below the project's own base are moved below it.

    Raises:
        MappingError: The file cannot be read, or uses something outside the subset; names the line.
    """
    return parse_mapping(lines.read_text(path), str(path), base)


def parse_mapping(text: str, path: str = "mapping.yml", base: str = BASE) -> Mapping:
    """Parse the text of a mapping; `path` is for messages.

    Raises:
        MappingError: Something outside the subset; names the line.
    """
    root = lines.parse_yaml(text, path)
    top = entries(root, path, "the mapping file")
    _only(path, top, ("prefixes", "mappings"), {})
    prefixes = _prefixes(top["prefixes"][1], path, base) if "prefixes" in top else {}
    reader = _Reader(path, Vocabulary(path, prefixes, base))
    if "mappings" not in top:
        refuse(
            path,
            1,
            Message("there is no `mappings`", "`mappings` がありません"),
            Message("add `mappings:` with one entry per table", "`mappings:` を加えてください"),
        )
    maps = entries(top["mappings"][1], path, "mappings")
    return Mapping(path, tuple(_triples_map(reader, name, *nodes) for name, nodes in maps.items()))


def _only(
    path: str,
    found: dict[str, tuple[yaml.Node, yaml.Node]],
    known: tuple[str, ...],
    spellings: dict[str, str],
) -> None:
    for name, (key, _) in found.items():
        if name not in known:
            better = spellings.get(name)
            refuse(
                path,
                line_of(key),
                Message(
                    f"{name!r} is not a key of our subset of YARRRML",
                    f"{name!r} は本プロジェクトのYARRRMLサブセットのキーではありません",
                ),
                Message(
                    f"write `{better}`" if better else f"use only {', '.join(known)}",
                    f"`{better}` と書いてください" if better else f"{'、'.join(known)} だけを使ってください",
                ),
            )


def _prefixes(node: yaml.Node, path: str, base: str) -> dict[str, str]:
    found = {}
    for name, (key, value) in entries(node, path, "prefixes").items():
        iri = string(value, path)
        line = line_of(key)
        if not _PREFIX.fullmatch(name) or name in {"http", "https"}:
            refuse(
                path,
                line,
                Message(f"{name!r} cannot be a prefix", f"{name!r} は接頭辞にできません"),
                Message("use letters, digits, - and _", "英字・数字・-・_ を使ってください"),
            )
        terms.require_iri(path, line, iri)
        if PREFIXES.get(name, iri) != iri:
            refuse(
                path,
                line,
                Message(
                    f"the prefix {name!r} stands for <{PREFIXES[name]}> in this project, not <{iri}>",
                    f"接頭辞 {name!r} は <{PREFIXES[name]}> を指します(<{iri}> ではなく)",
                ),
                Message("use the same IRI or another prefix", "同じIRIにするか、別の接頭辞を使ってください"),
            )
        found[name] = rebase(iri, base)
    return found


def _triples_map(reader: _Reader, name: str, key: yaml.Node, node: yaml.Node) -> TriplesMap:
    path, line = reader.path, line_of(key)
    if name in _RESERVED:
        refuse(
            path,
            line,
            Message(
                f"{name!r} is a key of YARRRML and cannot name a mapping",
                f"{name!r} はYARRRMLのキーなのでマッピング名にできません",
            ),
            Message("choose another name", "別の名前にしてください"),
        )
    parts = entries(node, path, f"the mapping {name!r}")
    _only(path, parts, _KEYS, _OTHER_SPELLINGS)
    for needed in _KEYS:
        if needed not in parts:
            refuse(
                path,
                line,
                Message(
                    f"the mapping {name!r} has no `{needed}`",
                    f"マッピング {name!r} に `{needed}` がありません",
                ),
                Message(
                    f"add `{needed}:`; every triple stands in the graph of its evidence",
                    f"`{needed}:` を加えてください(すべてのトリプルは典拠のグラフに置きます)",
                ),
            )
    return TriplesMap(
        name,
        _sources(reader, parts["sources"][1]),
        _place(reader, parts["s"][1]),
        _place(reader, parts["graphs"][1]),
        tuple(_statement(reader, item) for item in items(parts["po"][1], path, "po")),
        line,
    )


def _sources(reader: _Reader, node: yaml.Node) -> tuple[str, ...]:
    tables = []
    for item in items(node, reader.path, "sources"):
        texts = [string(part, reader.path) for part in items(item, reader.path, "a source")]
        found = _SOURCE.fullmatch(texts[0]) if len(texts) == 1 else None
        if found is None or found[1] in tables:
            refuse(
                reader.path,
                line_of(item),
                Message(
                    f"{', '.join(texts)!r} is not a source, or stands twice",
                    f"{', '.join(texts)!r} はソースの形でないか、重複しています",
                ),
                Message(
                    "write `- [table.csv~csv]`, each table once",
                    "`- [表.csv~csv]` と、表ごとに一度だけ書いてください",
                ),
            )
        tables.append(found[1])
    return tuple(tables)


def _place(reader: _Reader, node: yaml.Node) -> IriTerm:
    text = string(node, reader.path)
    if "~" in text and text.endswith(("~iri", "~literal", "~blanknode")):
        refuse(
            reader.path,
            line_of(node),
            Message(
                f"subjects and graphs are IRIs; {text!r} must not end with ~…",
                f"主語とグラフは常にIRIです。{text!r} の末尾の ~… は書けません",
            ),
            Message("leave the suffix out", "末尾の指定を除いてください"),
        )
    return terms.iri_term(reader.vocabulary, line_of(node), text)


def _statement(reader: _Reader, node: yaml.Node) -> PredicateObject:
    path, line = reader.path, line_of(node)
    texts = [string(part, path) for part in items(node, path, "an entry of po")]
    if len(texts) not in {2, 3}:
        refuse(
            path,
            line,
            Message(
                f"an entry of po has {len(texts)} parts", f"poの項目が{len(texts)}個の部分からなっています"
            ),
            Message(
                "write [predicate, object] or [predicate, object, datatype or language~lang]",
                "[述語, 目的語] か [述語, 目的語, データ型または言語~lang] と書いてください",
            ),
        )
    predicate = RDF_TYPE if texts[0] == "a" else terms.constant_iri(reader.vocabulary, line, texts[0])
    return PredicateObject(predicate, _object(reader, line, texts), line)


def _object(reader: _Reader, line: int, texts: list[str]) -> Term:
    qualifier = texts[2] if len(texts) == 3 else None
    if texts[0] == "a":
        return terms.class_term(reader.vocabulary, line, texts[1], qualifier)
    return terms.object_term(reader.vocabulary, line, texts[1], qualifier)
