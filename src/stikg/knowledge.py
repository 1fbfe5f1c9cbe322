"""The graph as a person holds it in Python: ask, look up, save; every verb is one call."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg.errors import Language, Message, UsageError
from stikg.namespaces import BASE, ONTOLOGY, PREFIXES, rebase

if TYPE_CHECKING:
    import rdflib

    from stikg.graph import Graph
    from stikg.network import Network
    from stikg.query import Answer, LocalSource, Rows
    from stikg.validate import Report
    from stikg.why import Page

# What the first line counts, in the order of a reader's interest.
_COUNTED: Final[Sequence[tuple[str, Message]]] = (
    ("Programme", Message("programmes", "事業")),
    ("Agency", Message("agencies", "機関")),
    ("Country", Message("countries", "国")),
    ("PolicyDocument", Message("policy documents", "政策文書")),
    ("Project", Message("projects", "課題")),
    ("BudgetObservation", Message("budget figures", "予算額")),
    ("Evidence", Message("passages", "根拠箇所")),
)


def read_graph(path: Path) -> Graph:
    """Read a graph file; its base is in the `manifest.json` beside it, if `stikg build` made it.

    Raises:
        UnreadableFile: the file is missing, or is not what its suffix claims.
    """
    from stikg.graph import Graph

    return Graph.read(path, base=_base_beside(path))


def _base_beside(path: Path) -> str:
    """Return the base that the manifest beside a graph states, else the project's."""
    try:
        base = json.loads((path.parent / "manifest.json").read_bytes())["base"]
    except (OSError, ValueError, KeyError, TypeError):
        return BASE  # no manifest, or one of something else
    return base if isinstance(base, str) else BASE


class KnowledgeGraph:
    """A graph to ask: `kg.ask("tiers")`, `kg.sparql("SELECT …")`, `kg["SATREPS"]`.

    Example:
        >>> import stikg
        >>> kg = stikg.open()
        >>> kg.ask("tiers")[0].tier
        1
    """

    def __init__(
        self,
        graph: Graph,
        *,
        language: Language = "en",
        report: Report | None = None,
        seconds: float | None = None,
    ) -> None:
        """Hold a graph; with `seconds`, each query runs in a process of its own that is ended after them."""
        self.graph = graph
        self.seconds = seconds
        self.language = language
        self.report = report

    def query(self, question: str | Path, /, **values: object) -> Answer:
        """Ask a prepared question by name, a query file, or SPARQL; keyword arguments are its parameters.

        Raises:
            UnknownName, AmbiguousName, UnknownParameter: the name or a value does not fit.
            QueryRejected: the SPARQL cannot be run.
        """
        from stikg.query import ask, find_question

        return ask(self._source(), find_question(question), values, language=self.language)

    def ask(self, question: str | Path, /, **values: object) -> Rows:
        """Ask a question that answers with rows; see `query`."""
        from stikg.query import Rows

        answer = self.query(question, **values)
        if isinstance(answer, Rows):
            return answer
        raise UsageError(
            Message("this query does not answer with rows", "この質問の答えは表ではありません"),
            Message("use .query(…) or .sparql(…)", ".query(…) か .sparql(…) を使ってください"),
        )

    def sparql(self, text: str) -> Answer:
        """Ask SPARQL: rows for SELECT, True or False for ASK, triples for CONSTRUCT and DESCRIBE.

        Raises:
            QueryRejected: the SPARQL cannot be run.
        """
        from stikg.query import ask, parse_question

        return ask(self._source(), parse_question(text, "sparql", "sparql"), language=self.language)

    def questions(self, search: str = "") -> Rows:
        """Return the prepared questions (with certain words): group, name, title, parameters."""
        from stikg.query import list_questions

        return list_questions(search, self.language)

    def why(self, term: str, property: str | None = None) -> Page:  # noqa: A002
        """Return the page about one thing, each statement with its passages.

        Raises:
            UnknownName, AmbiguousName: the term names nothing, or several things.
        """
        from stikg.why import why

        return why(self.graph, term, property, self.language)

    def network(
        self,
        between: str = "agency-country",
        *,
        weight: str | None = None,
        modes: Iterable[str] = (),
        years: Iterable[int] = (),
        statuses: Iterable[str] = (),
    ) -> Network:
        """Return who is linked with whom, each link with its passages: `.save("net.html")`, `.to_networkx()`.

        Raises:
            UsageError: no such network or weight, or a weight that the documents do not give.
        """
        from stikg.network import Filters, network

        filters = Filters(frozenset(modes), frozenset(years), frozenset(statuses))
        return network(self._source(), between, weight=weight, filters=filters, language=self.language)

    def __getitem__(self, term: str) -> Page:
        return self.why(term)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graph as a `rdflib.Dataset`."""
        return self.graph.to_rdflib()

    def __len__(self) -> int:
        return len(self.graph)

    def __repr__(self) -> str:
        return " · ".join(self._counts())

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(count)}</li>" for count in self._counts())
        return f"<p><strong>STIKG</strong></p><ul>{items}</ul>"

    def _counts(self) -> list[str]:
        """Return what there is, and of which version the package is."""
        from stikg._version import __version__

        counted = [f"{self._count(name)} {said.in_language(self.language)}" for name, said in _COUNTED]
        return [*counted, f"{len(self.graph):,} triples", f"stikg {__version__}"]

    def _count(self, name: str) -> int:
        """Return how many things are of a class, or of a class below it."""
        answer = self.ask(
            "SELECT (COUNT(DISTINCT ?thing) AS ?count) "
            f"{{ ?thing a/<{PREFIXES['rdfs']}subClassOf>* <{rebase(ONTOLOGY, self.graph.base)}{name}> }}"
        )
        return int(str(answer[0]["count"]))

    def _source(self) -> LocalSource:
        """Return the graph as a source of answers."""
        from stikg.query import LocalSource

        return LocalSource(self.graph, seconds=self.seconds)
