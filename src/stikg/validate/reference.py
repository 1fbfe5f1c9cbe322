"""The reference lane: pySHACL on rdflib, which defines the right report."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from stikg.errors import Message, ShapesError
from stikg.validate.annotations import Text, texts
from stikg.validate.data import Triple
from stikg.validate.ntriples import SH, XSD_STRING, literal, parse_literal, plain, sh, string_of, unescape
from stikg.validate.report import Result
from stikg.validate.results import ResultMaker
from stikg.validate.shapes import Shapes

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

# pySHACL's own limit is 15 shapes deep; a shapes graph of ours may nest deeper.
_DEPTH: Final = 64
_PLACEHOLDER: Final = re.compile(r"\{[?$]\w+\}")
_GENERIC: Final = "Parameterised SHACL Query generated constraint validation reports."


class Names:
    """rdflib nodes for N-Triples text, and back."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._texts: dict[Node, str] = {}

    def node(self, text: str) -> Node:
        """Return the rdflib node of a term; literals keep their lexical form."""
        node = self._nodes.get(text)
        if node is None:
            node = self._nodes[text] = _make_node(text)
            self._texts.setdefault(node, text)
        return node

    def text(self, node: Node) -> str:
        """Return the N-Triples text of a node."""
        return self._texts.get(node) or _text_of(node)


def _make_node(text: str) -> Node:
    """Make an rdflib node."""
    from rdflib import BNode, Literal, URIRef

    if text[0] == "<":
        return URIRef(unescape(text[1:-1]))
    if text[0] == "_":
        return BNode(text[2:])
    lexical, datatype, language = parse_literal(text)
    if language is not None:
        return Literal(lexical, lang=language)
    return Literal(lexical, datatype=None if text[-1] == '"' else URIRef(datatype), normalize=False)


def _text_of(node: Node) -> str:
    """Write a node that came from neither data nor shapes, such as one that SPARQL computed."""
    from rdflib import BNode, Literal

    if isinstance(node, Literal):
        language = None if node.language is None else node.language.lower()
        return literal(str(node), str(node.datatype or XSD_STRING), language)
    return f"_:{node}" if isinstance(node, BNode) else f"<{node}>"


def validate_by_pyshacl(triples: Iterable[Triple], shapes: Shapes) -> list[Result]:
    """Validate with pySHACL: no inference, no imports, no JavaScript, no rules.

    Not to be run in several threads at once: pySHACL changes how rdflib reads literals while it works.

    Raises:
        ShapesError: pySHACL cannot make sense of the shapes.
    """
    import pyshacl

    names = Names()
    with _quietly():
        data, shapes_graph = _graph(triples, names), _shapes_graph(shapes)
        for prefix, namespace in declared_prefixes(shapes):
            data.bind(prefix, namespace, override=False)
        try:
            _, report, said = pyshacl.validate(
                data,
                shacl_graph=shapes_graph,
                inference="none",
                advanced=False,
                do_owl_imports=False,
                max_validation_depth=_DEPTH,
            )
        except Exception as error:  # whatever foreign shapes make pySHACL, rdflib or their parsers raise
            raise _rejected(str(error) or type(error).__name__) from error
    if isinstance(report, Exception):
        raise _rejected(str(said))
    return list(_Reader(report, shapes, names).results())


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the warnings and log lines of rdflib and pySHACL about data from the terminal."""
    loggers = [logging.getLogger(name) for name in ("rdflib", "rdflib.term", "pyshacl", "pyshacl-validate")]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def _rejected(reason: str) -> ShapesError:
    """Return the error for shapes that the reference validator refuses."""
    first = reason.strip().splitlines()[0] if reason.strip() else "no reason given"
    return ShapesError(
        Message(f"the shapes cannot be used: {first}", f"シェイプを使えません：{first}"),
        Message("correct the shape that is named", "示されたシェイプを直してください"),
    )


def _graph(triples: Iterable[Triple], names: Names) -> Graph:
    """Fill an rdflib graph."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    node = names.node
    for subject, predicate, value in triples:
        graph.add((node(subject), node(predicate), node(value)))
    return graph


def _shapes_graph(shapes: Shapes) -> Graph:
    """Fill the shapes graph; in it only `true` is true, as pySHACL reads shapes files.

    It has terms of its own, because rdflib fixes the value of a literal when it is made.
    """
    from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch

    rdflib_bool_patch()
    try:
        return _graph(shapes.triples, Names())
    finally:
        rdflib_bool_unpatch()


def declared_prefixes(shapes: Shapes) -> Iterator[tuple[str, str]]:
    """Yield every prefix that the shapes graph declares, with its namespace.

    pySHACL does not follow `owl:imports` from `sh:prefixes`, but finds the prefixes of the data graph.
    """
    for declaration in shapes.subjects(sh("prefix")):
        prefix, namespace = (
            shapes.value(declaration, sh("prefix")),
            shapes.value(declaration, sh("namespace")),
        )
        if prefix and namespace:
            yield string_of(prefix), string_of(namespace)


class _Reader:
    """Reads pySHACL's report."""

    def __init__(self, report: Graph, shapes: Shapes, names: Names) -> None:
        self._report = report
        self._shapes = shapes
        self._names = names
        self._maker = ResultMaker(shapes)

    def results(self) -> Iterator[Result]:
        """Yield the results that stand directly below the report."""
        from rdflib import URIRef

        inside = set(self._report.objects(None, URIRef(SH + "detail")))
        for node in self._report.objects(None, URIRef(SH + "result")):
            if node not in inside:
                yield self._result(node)

    def _result(self, node: Node) -> Result:
        """Make a result of one node."""
        from rdflib import URIRef

        shape, component = (
            self._one(node, "sourceShape") or "",
            self._one(node, "sourceConstraintComponent") or "",
        )
        constraint = self._one(node, "sourceConstraint")
        said = self._said(node, "resultMessage")
        inner = self._report.objects(node, URIRef(SH + "detail"))
        return self._maker.make(
            shape,
            plain(component),
            focus=self._one(node, "focusNode") or "",
            path_node=self._one(node, "resultPath"),
            value=self._one(node, "value"),
            severity=self._one(node, "resultSeverity"),
            messages=_messages(said, self._shapes, shape, constraint, plain(component)),
            source_constraint=constraint,
            details=tuple(sorted(map(self._result, inner), key=Result.sort_key)),
        )

    def _said(self, node: Node, name: str) -> list[str]:
        """Return the objects of a SHACL property, sorted."""
        from rdflib import URIRef

        return sorted(self._names.text(value) for value in self._report.objects(node, URIRef(SH + name)))

    def _one(self, node: Node, name: str) -> str | None:
        """Return the object of a SHACL property."""
        return next(iter(self._said(node, name)), None)


def _messages(
    said: list[str], shapes: Shapes, shape: str, constraint: str | None, component: str
) -> list[Text]:
    """Return the messages of a result with their language tags.

    pySHACL drops the language tag where it fills in variables, and makes up a text of its own where the shape
    has none: the tag is found again through the text that was filled in, the made-up text is left out.
    """
    own = texts(shapes, shape, sh("message"))
    templates = [*own, *(texts(shapes, constraint, sh("message")) if constraint else ())]
    messages: list[Text] = []
    for text in said:
        lexical, _, language = parse_literal(text)
        template = _template(lexical, language, templates)
        if template is not None:
            messages.append((lexical, template[1]))
        elif not component.startswith(SH) and lexical != _GENERIC:
            messages.append((lexical, language))
    return messages


def _template(text: str, language: str | None, templates: list[Text]) -> Text | None:
    """Return the template that the text was made of; of several the one with the most fixed characters."""
    fitting = [
        template
        for template in templates
        if (template[1] == language or language is None)
        and re.fullmatch(
            ".*".join(re.escape(part) for part in _PLACEHOLDER.split(template[0])), text, re.DOTALL
        )
    ]
    return max(fitting, key=lambda template: len(_PLACEHOLDER.sub("", template[0])), default=None)


def _pattern(template: str) -> re.Pattern[str]:
    """Return what matches every text that a message template can become."""
    return re.compile(".*".join(re.escape(part) for part in _PLACEHOLDER.split(template)), re.DOTALL)
