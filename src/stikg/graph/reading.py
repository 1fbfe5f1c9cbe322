"""Reading RDF of any origin into canonical N-Quads lines, within bounds and without reaching outside."""

from __future__ import annotations

import gzip
import io
import operator
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse, serialize

from stikg.errors import Message, UnreadableFile, Where
from stikg.graph.nesting import check_json_depth, check_triple_terms

SUFFIXES: Final = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
}
# A store takes some ten times the bytes of its N-Quads; 4 GiB is beyond what fits a large machine's memory.
MOST_BYTES: Final = 4 << 30
# N-Quads with long IRIs pack to about a fortieth; a bomb reaches a thousandth.
MOST_RATIO: Final = 250
_SMALL: Final = 64 << 20  # what unpacks to less than this is harmless at any ratio
_CHUNK: Final = 1 << 20
_PLACE: Final = re.compile(r"Parser error at line (\d+)(?: column (\d+)| between columns (\d+) and \d+)?:? ?")
_LABELLED: Final = frozenset({RdfFormat.N_QUADS, RdfFormat.N_TRIPLES})


def read_lines(path: Path) -> list[bytes]:
    """Read a file of RDF (`.nq .nt .trig .ttl .jsonld`, each also `.gz`).

    Returns: canonical N-Quads lines as UTF-8, sorted, each once.

    Raises:
        UnreadableFile: the file is missing, or its bytes are not what its suffix claims.
    """
    suffix, zipped = _suffix_of(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            data = _read_bounded(gzip.GzipFile(fileobj=file) if zipped else file, size, path, zipped=zipped)
    except (OSError, EOFError, zlib.error) as error:
        raise _no_file(path, error) from error
    return parse_lines(data, suffix, str(path))


def parse_turtle(data: bytes, name: str) -> list[bytes]:
    """Parse Turtle; see `parse_lines`."""
    return parse_lines(data, ".ttl", name)


def parse_lines(data: bytes, suffix: str, name: str) -> list[bytes]:
    """Parse bytes of RDF in the form of a suffix (`.nq .nt .trig .ttl .jsonld`); `name` is for errors.

    Returns: canonical N-Quads lines as UTF-8, sorted, each once.

    Raises:
        UnreadableFile: with the line, where the parser knows it.
    """
    rdf_format = SUFFIXES[suffix]
    data = _text_bytes(data, name)
    _check_nesting(data, rdf_format, name)
    try:
        quads = parse(data, format=rdf_format)
        named = quads if rdf_format in _LABELLED else _label_blank_nodes(quads)
        canonical = serialize(named, format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise _broken(name, error) from error
    except MemoryError as error:
        raise unreadable(
            name, None, Message("one term is longer than 16 MiB", "一つの項が16 MiBを超えています")
        ) from error
    lines = (canonical or b"").splitlines(keepends=True)  # of bytes: at line feeds alone, CR is escaped
    if canonical and b" <<( " in canonical:
        _check_terms(lines, name)
    lines.sort()
    rising = all(map(operator.lt, lines, islice(lines, 1, None)))
    return lines if rising else sorted(set(lines))


def _suffix_of(path: Path) -> tuple[str, bool]:
    """Return the suffix that says the form, and whether the file is packed.

    Raises:
        UnreadableFile: the suffix is none of ours.
    """
    zipped = path.suffix.lower() == ".gz"
    suffix = (Path(path.stem) if zipped else path).suffix.lower()
    if suffix not in SUFFIXES:
        listed = " ".join(SUFFIXES)
        raise UnreadableFile(
            Message(
                f"{path.name}: the suffix {suffix or '(none)'} is not one that STIKG reads",
                f"{path.name}: 拡張子「{suffix or 'なし'}」は読めません",
            ),
            Message(
                f"give one of {listed}, each also with .gz; convert RDF/XML first (`rapper -o ntriples`)",
                f"{listed}(.gz も可)を指定してください。RDF/XMLは先に変換してください(`rapper -o ntriples`)",
            ),
            Where(str(path)),
        )
    return suffix, zipped


def _read_bounded(stream: IO[bytes] | gzip.GzipFile, size: int, path: Path, *, zipped: bool) -> bytes:
    """Read a stream whole, unless it unpacks beyond the limits."""
    taken = io.BytesIO()
    while chunk := stream.read(_CHUNK):
        taken.write(chunk)
        length = taken.tell()
        if length > MOST_BYTES or (zipped and length > _SMALL and length > MOST_RATIO * size):
            raise unreadable(
                str(path),
                None,
                Message(
                    f"it holds more than {MOST_BYTES >> 30} GiB, or unpacks to {MOST_RATIO} times its size",
                    f"{MOST_BYTES >> 30} GiBを超えるか、展開すると{MOST_RATIO}倍を超えます",
                ),
                Message(
                    "load it into a SPARQL store and ask with --endpoint",
                    "SPARQLストアに読み込み、--endpoint で尋ねてください",
                ),
            )
    return taken.getvalue()


def _text_bytes(data: bytes, name: str) -> bytes:
    """Return the bytes without a byte order mark; refuse what is no text in UTF-8, or XML, or HTML."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise unreadable(name, 1, Message("the file is UTF-16", "UTF-16のファイルです"), _AS_UTF8)
    nul = data.find(b"\0")
    if nul >= 0:
        raise unreadable(
            name,
            data.count(b"\n", 0, nul) + 1,
            Message(
                "there is a NUL byte, as in no text file", "NULバイトがあり、テキストファイルではありません"
            ),
        )
    if re.match(rb"\s*<(?:\?xml|!DOCTYPE|!--|html\b|rdf:RDF\b)", data, re.IGNORECASE):
        raise unreadable(name, 1, Message("the file is XML or HTML", "XMLまたはHTMLのファイルです"), _AS_RDF)
    return data


_AS_UTF8: Final = Message("save it as UTF-8", "UTF-8で保存し直してください")
_AS_RDF: Final = Message(
    "give N-Quads, N-Triples, TriG, Turtle or JSON-LD; convert RDF/XML first (`rapper -o ntriples`)",
    "N-Quads、N-Triples、TriG、Turtle、JSON-LDのいずれかにしてください。"
    "RDF/XMLは先に変換してください(`rapper -o ntriples`)",
)


def _check_nesting(data: bytes, rdf_format: RdfFormat, name: str) -> None:
    """Refuse nesting that ends the process of the parser (measured: 5,000 objects, 100,000 triple terms)."""
    line = check_json_depth(data) if rdf_format == RdfFormat.JSON_LD else check_triple_terms(data)
    if line is not None:
        raise unreadable(name, line, Message("the nesting is too deep", "入れ子が深すぎます"), _SPLIT)


_SPLIT: Final = Message(
    "give each node an @id and write it flat", "各ノードに @id を付け、平らに書いてください"
)


def _label_blank_nodes(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Name blank nodes b0, b1 … in the order they come; the parser names them at random."""
    names: dict[str, BlankNode] = {}

    def named(node: object) -> object:
        if isinstance(node, BlankNode):
            return names.setdefault(node.value, BlankNode(f"b{len(names)}"))
        return node

    for quad in quads:
        if all(isinstance(term, NamedNode) for term in (quad.subject, quad.graph_name)) and not isinstance(
            quad.object, BlankNode
        ):
            yield quad
        else:
            yield Quad(named(quad.subject), quad.predicate, named(quad.object), named(quad.graph_name))  # type: ignore[arg-type]


def _check_terms(lines: list[bytes], name: str) -> None:
    """Refuse triple terms of RDF 1.2, which the rest of the way does not know."""
    for line in lines:
        if line.split(b" ", 2)[2].startswith(b"<<("):
            raise unreadable(
                name,
                None,
                Message("it has triple terms of RDF 1.2", "RDF 1.2の三つ組項があります"),
                Message(
                    "write RDF 1.1; named graphs carry the evidence",
                    "RDF 1.1で書いてください。根拠は名前付きグラフで表します",
                ),
            )


def _broken(name: str, error: SyntaxError) -> UnreadableFile:
    """Return the error for what the parser refuses, with its place."""
    said = str(error.msg)
    place = _PLACE.match(said)
    line = int(place[1]) if place else error.lineno
    reason = said[place.end() :] if place else said
    column = (place[2] or place[3]) if place else None
    if reason.startswith("line jumps") and line:  # said of the line after
        line, column = line - 1, None
    at = (f", column {column}", f"{column}文字目: ") if column else ("", "")
    if "LoadDocumentCallback" in reason or "remote context" in reason:
        return unreadable(
            name,
            line,
            Message(
                "its @context stands in another file or on the network",
                "@context が別のファイルか外部にあります",
            ),
            Message(
                "put the context into the file; STIKG fetches nothing",
                "コンテキストをファイルの中に書いてください。STIKGは外部から何も取得しません",
            ),
        )
    remedy = _AS_UTF8 if "UTF-8" in reason else Message("correct this place", "この箇所を直してください")
    return unreadable(name, line, Message(reason + at[0], at[1] + reason), remedy)


def unreadable(name: str, line: int | None, reason: Message, remedy: Message = _AS_RDF) -> UnreadableFile:
    """Return the error for bytes that are not what they claim."""
    place = "" if line is None else f":{line}"
    return UnreadableFile(
        Message(f"{name}{place}: {reason.en}", f"{name}{place}: {reason.ja}"), remedy, Where(name, line)
    )


def _no_file(path: Path, error: Exception) -> UnreadableFile:
    """Return the error for a file that is not there, may not be read, or is packed wrongly."""
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(
            Message(f"there is no file {path}", f"ファイル {path} がありません"),
            Message(
                "check the name, or run `stikg build`", "名前を確かめるか、`stikg build` を実行してください"
            ),
            Where(str(path)),
        )
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableFile(
        Message(f"{path} cannot be read ({reason})", f"{path} を読めません({reason})"),
        Message("check the file and your permission to read it", "ファイルと読み取り権限を確かめてください"),
        Where(str(path)),
    )
