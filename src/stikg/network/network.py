"""A network: made from a graph by a named query, shown, saved, or handed to networkx."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import Language, Message
from stikg.network.edges import BETWEEN, WEIGHTS, Edge, Filters, Name, check_request, gather, kind, sides
from stikg.query import Rows, Source, ask, find_question, select

if TYPE_CHECKING:
    import networkx

_ONE_MODE: Final = frozenset({"agency-agency", "country-country"})
_SHORT: Final = (
    "SELECT ?thing (MIN(STR(?name)) AS ?short) WHERE { "
    "?thing <http://www.w3.org/2004/02/skos/core#altLabel> ?name "
    'FILTER(REGEX(STR(?name), "^[A-Z][A-Za-z-]{1,9}$") && REGEX(STR(?name), "[A-Z].*[A-Z]")) } '
    "GROUP BY ?thing"
)


@dataclass(frozen=True, repr=False)
class Network:
    """Edges with their passages, and what was asked for; `short` holds acronyms by IRI."""

    between: str
    weight: str
    edges: tuple[Edge, ...]
    short: dict[str, str]
    language: Language = "en"

    @property
    def two_mode(self) -> bool:
        """Say whether the two ends of a link are things of two kinds."""
        return self.between not in _ONE_MODE

    @property
    def title(self) -> Message:
        """Return what the network is of."""
        return BETWEEN[self.between]

    @property
    def counted(self) -> Message:
        """Return what the weight of a link counts."""
        return WEIGHTS[self.weight]

    def nodes(self) -> tuple[list[Name], list[Name]]:
        """Return sources and targets; a network of one kind has sources only."""
        sources, targets = sides(self.edges)
        return (sources, targets) if self.two_mode else (sorted({*sources, *targets}), [])

    def to_networkx(self) -> networkx.Graph[str]:
        """Return a `networkx.Graph`; nodes are IRIs, the sides stand in `bipartite`, edges keep passages."""
        import networkx

        graph: Any = networkx.Graph(**self.described())
        for side, names in enumerate(self.nodes()):
            for name in names:
                graph.add_node(name.iri, **self._node(name, side))
        for edge in self.edges:
            graph.add_edge(edge.source.iri, edge.target.iri, **self._edge(edge))
        made: networkx.Graph[str] = graph
        return made

    def described(self) -> dict[str, str]:
        """Return what the network is of, what its weight counts, and by which query it was made."""
        projection = "" if self.two_mode else f"; a projection: {self.title.en}"
        return {
            "title": self.title.en,
            "title_ja": self.title.ja,
            "between": self.between,
            "weight": self.weight,
            "weight_counts": self.counted.en + projection,
            "query": f"queries/network-{self.between}.rq",
        }

    def _node(self, name: Name, side: int) -> dict[str, object]:
        """Return the attributes of a node."""
        attributes: dict[str, object] = {
            "label": name.en,
            "label_ja": name.ja,
            "short": self.short.get(name.iri, ""),
            "kind": kind(name.iri),
        }
        return {**attributes, "bipartite": side} if self.two_mode else attributes

    def _edge(self, edge: Edge) -> dict[str, object]:
        """Return the attributes of an edge: weight, counts, and every passage."""
        passages = edge.passages
        return {
            "weight": edge.weight(self.weight),
            "evidence": edge.weight("evidence"),
            "programmes": edge.weight("programmes"),
            "projects": edge.weight("projects"),
            "modes": sorted({one.mode for one in passages}),
            "links": sorted({one.link for one in passages}),
            "passages": sorted({(one.document.iri, one.locator) for one in passages}),
        }

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the network; the suffix (html, svg, graphml, gexf, json, csv) decides the format.

        Raises:
            UsageError: the suffix is of no format.
            OutputRefused, OutputFailed: the file is not ours to replace, or cannot be written.
        """
        from stikg.network.writing import save

        return save(self, Path(path), force=force)

    def summary(self, language: str) -> str:
        """Say in one line what the network is of, and how large."""
        count = sum(map(len, self.nodes()))
        sizes = Message(f"{count} nodes · {len(self.edges)} links", f"点{count}・辺{len(self.edges)}")
        return f"{self.title.in_language(language)}: {sizes.in_language(language)}"

    def __repr__(self) -> str:
        return self.summary("en")

    def _repr_html_(self) -> str:
        from stikg.network.page import page

        return (
            f'<iframe srcdoc="{html.escape(page(self))}" sandbox="allow-scripts" width="100%" height="720" '
            f'title="{html.escape(self.title.in_language(self.language))}"></iframe>'
        )


def network(
    source: Source,
    between: str = "agency-country",
    *,
    weight: str | None = None,
    filters: Filters | None = None,
    language: Language = "en",
) -> Network:
    """Make a network by the query `network-…` of its name; links of weight 0 are left out.

    Raises:
        UsageError: no such network or weight, or a weight that the documents do not give.
    """
    weight = check_request(between, weight)
    rows = ask(source, find_question(f"network-{between}"), {}, language=language)
    assert isinstance(rows, Rows)  # noqa: S101  # the network queries are SELECT
    edges = gather(rows, filters or Filters())
    short = {str(thing.value): str(name.value) for thing, name in select(source, _SHORT) if thing and name}
    return Network(between, weight, tuple(edge for edge in edges if edge.weight(weight)), short, language)
