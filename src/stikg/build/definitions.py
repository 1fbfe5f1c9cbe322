"""What the model says of itself: the ontology and the vocabularies as lines of their own named graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from stikg.errors import DefinitionError, Message, UnreadableFile, Where
from stikg.graph import parse_turtle
from stikg.graph.lines import cut_graph, cut_triple
from stikg.namespaces import BASE, ONTOLOGY_GRAPH, SCHEME, rebase


def read_definitions(folder: Path, base: str = BASE) -> list[str]:
    """Read `stikg.ttl` and `vocab/*.ttl` below the ontology folder.

    Returns: N-Quads lines; the ontology stands in the graph `…/ontology`, a vocabulary in `…/scheme/<file>`.

    Raises:
        DefinitionError: a file is missing or no Turtle, or has blank nodes.
    """
    files = [(folder / "stikg.ttl", ONTOLOGY_GRAPH)]
    files += [(path, SCHEME + path.stem) for path in sorted((folder / "vocab").glob("*.ttl"))]
    return [line for path, graph in files for line in _read_into(path, rebase(graph, base), base)]


def _read_into(path: Path, graph: str, base: str) -> Iterator[str]:
    """Yield the triples of one file as quads of a graph."""
    end = f" <{graph}> .\n".encode()
    for line in _check_names(_parse(path, base), path):
        yield (cut_graph(line)[0] + end).decode()


def _parse(path: Path, base: str) -> list[bytes]:
    """Parse one Turtle file, its IRIs moved below `base`.

    Raises:
        DefinitionError: with the line.
    """
    try:
        text = rebase(path.read_text(encoding="utf-8"), base)
        return parse_turtle(text.encode(), str(path))
    except UnreadableFile as error:
        raise DefinitionError(error.what, error.remedy, error.where) from error
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable_definition(path, error) from error


def unreadable_definition(path: Path, error: Exception) -> DefinitionError:
    """Draw the error for a file of the model that cannot be read."""
    return DefinitionError(
        Message(f"{path} cannot be read ({error})", f"{path} を読めません({error})"),
        Message("install STIKG again, or restore the file", "STIKGを入れ直すか、ファイルを戻してください"),
        Where(str(path)),
    )


def _check_names(lines: Iterable[bytes], path: Path) -> Iterator[bytes]:
    """Yield the lines as long as everything in them has a name.

    Raises:
        DefinitionError: a blank node.
    """
    for line in lines:
        subject, predicate, value = cut_triple(cut_graph(line)[0])
        if subject.startswith(b"_:") or value.startswith(b"_:"):
            node = (
                predicate + b" " + value if value.startswith(b"_:") else subject + b" " + predicate
            ).decode()
            raise DefinitionError(
                Message(
                    f"{path.name} has a blank node at: {node}", f"{path.name} に空白ノードがあります: {node}"
                ),
                Message(
                    "give it an IRI; without blank nodes two builds compare byte by byte",
                    "IRIを付けてください。空白ノードがなければ二つのビルドをバイト単位で比べられます",
                ),
                Where(str(path)),
            )
        yield line
