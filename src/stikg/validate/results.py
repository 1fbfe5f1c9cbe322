"""Making results: what an engine found, joined with what the shape says to people."""

from __future__ import annotations

from collections.abc import Iterable

from stikg.errors import Message
from stikg.validate.annotations import Text, annotate, message_of, severity_name, text_order
from stikg.validate.ntriples import plain
from stikg.validate.paths import IllFormed, path_turtle, read_path
from stikg.validate.report import Result
from stikg.validate.shapes import Shapes
from stikg.validate.wording import default_messages


def make_result(
    shapes: Shapes,
    shape: str,
    component: str,
    *,
    focus: str,
    path_node: str | None,
    value: str | None,
    messages: Iterable[Text] = (),
    severity: str | None = None,
    source_constraint: str | None = None,
    details: tuple[Result, ...] = (),
) -> Result:
    """Make a result, with what the shape says to people; both lanes make theirs here.

    Args:
        component: full IRI, bare.
        focus, path_node, value: N-Triples text; `path_node` is a node of the shapes graph.
        messages: the texts of the result; without any, the wording of the project is used.
    """
    annotation = annotate(shapes, shape)
    found = tuple(sorted(set(messages), key=text_order)) or default_messages(shapes, shape, component)
    message = message_of(found)
    return Result(
        focus_node=plain(focus),
        path=None if path_node is None else path_text(shapes, path_node),
        value=None if value is None else plain(value),
        component=component,
        source_shape=plain(shape),
        severity=severity_name(plain(severity)) if severity else annotation.severity,
        message=message or Message("", ""),
        rule=annotation.rule,
        title=annotation.title,
        remedy=annotation.remedy,
        messages=found,
        source_constraint=None if source_constraint is None else plain(source_constraint),
        details=details,
        path_turtle=None if path_node is None else path_turtle(shapes, path_node),
    )


def path_text(shapes: Shapes, node: str) -> str:
    """Return a predicate as a bare IRI, any other path in SPARQL syntax."""
    try:
        path = read_path(shapes, node)
    except IllFormed:
        return plain(node)
    return plain(path.iri) if path.is_predicate else path.sparql()
