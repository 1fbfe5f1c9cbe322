"""Files of a network: the suffix decides the format; the same network gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg._version import __version__
from stikg.errors import Message, UsageError
from stikg.files import write_file
from stikg.network.picture import coloured, layout, picture

if TYPE_CHECKING:
    from stikg.network.network import Network

MARK: Final = "made by stikg network"
_COMMENT: Final = f"<!-- {MARK} {__version__} -->"


def save(net: Network, path: Path, *, force: bool = False) -> Path:
    """Write a network in the format of the path's suffix, beside and renamed.

    Raises:
        UsageError: the suffix is of no format.
        OutputRefused, OutputFailed: the file is not ours to replace, or cannot be written.
    """
    write_file(path, render(net, format_of(path)), force=force, ours=lambda head: MARK.encode() in head)
    return path


def format_of(path: Path) -> str:
    """Return the format that a suffix stands for.

    Raises:
        UsageError: the suffix is of no format.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise UsageError(
            Message(f"no network format has the suffix “{path.suffix}”",
                    f"拡張子「{path.suffix}」のネットワーク形式はありません"),
            Message(f"use one of {known}", f"次のいずれかを使ってください: {known}"),
        )  # fmt: skip
    return form


def render(net: Network, form: str) -> str:
    """Return a network as the text of a format."""
    return FORMATS[form](net)


def _page(net: Network) -> str:
    from stikg.network.page import page

    return page(net)


def _svg(net: Network) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_COMMENT}\n{picture(net, standalone=True)}\n'


def _flat(net: Network) -> Any:  # noqa: ANN401  # networkx.Graph, which is imported late
    """Return the network with attributes that XML formats can hold: lists become text."""
    graph = net.to_networkx()
    for _, _, attributes in graph.edges(data=True):
        attributes["modes"] = " ".join(attributes["modes"])
        attributes["links"] = " ".join(attributes["links"])
        attributes["passages"] = json.dumps(attributes["passages"], ensure_ascii=False)
    return graph


def _marked(xml: str) -> str:
    """Return XML with its declaration and our mark before the root element."""
    body = re.sub(r"^<\?xml[^>]*\?>\s*", "", xml)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{_COMMENT}\n{body}\n"


def _graphml(net: Network) -> str:
    import networkx

    return _marked("\n".join(networkx.generate_graphml(_flat(net))))


def _gexf(net: Network) -> str:
    """Return GEXF 1.2 with places, colours and sizes, and without today's date."""
    import networkx

    graph = _flat(net)
    colours = coloured(net)
    for iri, place in layout(net).items():
        red, green, blue = (int(colours[iri][start : start + 2], 16) for start in (1, 3, 5))
        graph.nodes[iri]["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "position": {"x": round(place.x, 1), "y": round(-place.y, 1), "z": 0.0},
            "size": 10.0,
        }
    text = "\n".join(networkx.generate_gexf(graph))
    text = re.sub(r'(<meta lastmodifieddate=")[^"]*', r"\g<1>1970-01-01", text)
    return _marked(re.sub(r'(<graph\b[^>]*?) name="[^"]*"', r"\1", text))


def _json(net: Network) -> str:
    """Return node-link JSON as d3 reads it, edges under `edges`."""
    graph = net.to_networkx()
    document = {
        "generator": f"{MARK} {__version__}",
        "directed": False,
        "multigraph": False,
        "graph": graph.graph,
        "nodes": [{"id": iri, **attributes} for iri, attributes in graph.nodes(data=True)],
        "edges": [
            {"source": edge.source.iri, "target": edge.target.iri,
             **graph.edges[edge.source.iri, edge.target.iri]}
            for edge in net.edges
        ],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _csv(net: Network) -> str:
    """Return one line per edge."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    head = ["weight", "evidence", "programmes", "projects", "modes", "links", "passages"]
    ends = [f"{end}{part}" for end in ("source", "target") for part in ("", "_ja", "_en")]
    writer.writerow([*ends, *head])
    graph = _flat(net)
    for edge in net.edges:
        attributes = graph.edges[edge.source.iri, edge.target.iri]
        writer.writerow([*edge.source, *edge.target, *(attributes[name] for name in head)])
    return stream.getvalue()


FORMATS: Final[Mapping[str, Callable[[Network], str]]] = {
    "html": _page,
    "svg": _svg,
    "graphml": _graphml,
    "gexf": _gexf,
    "json": _json,
    "csv": _csv,
}
