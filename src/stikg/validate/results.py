"""Making results: what an engine found, joined with what the shape says to people."""

from __future__ import annotations

from collections.abc import Iterable

from stikg.errors import Message
from stikg.validate.annotations import Annotation, Text, annotate, message_of, severity_name, text_order
from stikg.validate.constraints import Finding
from stikg.validate.ntriples import plain
from stikg.validate.paths import IllFormed, path_turtle, read_path
from stikg.validate.report import Result
from stikg.validate.shapes import Shapes
from stikg.validate.wording import default_messages


class ResultMaker:
    """Makes the results of one validation; both lanes make theirs here."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._annotations: dict[str, Annotation] = {}
        self._paths: dict[str, tuple[str, str]] = {}
        self._messages: dict[tuple[str, str, tuple[Text, ...]], tuple[tuple[Text, ...], Message]] = {}

    def of_finding(self, finding: Finding) -> Result:
        """Make a result of what the fast lane found."""
        messages = finding.messages or self._annotation(finding.shape).messages
        return self.make(
            finding.shape,
            finding.component,
            focus=finding.focus,
            path_node=finding.path,
            value=finding.value,
            messages=messages,
            source_constraint=finding.source_constraint,
            details=tuple(sorted(map(self.of_finding, finding.details), key=Result.sort_key)),
        )

    def make(
        self,
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
        """Make a result.

        Args:
            component: full IRI, bare.
            focus, path_node, value: N-Triples text; `path_node` is a predicate or a node of the shapes graph.
            messages: the texts of the result; without any, the wording of the project is used.
        """
        annotation = self._annotation(shape)
        path, turtle = (None, None) if path_node is None else self._path(path_node)
        found, message = self._said(shape, component, tuple(messages))
        return Result(
            focus_node=plain(focus),
            path=path,
            value=None if value is None else plain(value),
            component=component,
            source_shape=plain(shape),
            severity=severity_name(plain(severity)) if severity else annotation.severity,
            message=message,
            rule=annotation.rule,
            title=annotation.title,
            remedy=annotation.remedy,
            messages=found,
            source_constraint=None if source_constraint is None else plain(source_constraint),
            details=details,
            path_turtle=turtle,
        )

    def _annotation(self, shape: str) -> Annotation:
        """Return what the shape says to people."""
        found = self._annotations.get(shape)
        if found is None:
            found = self._annotations[shape] = annotate(self._shapes, shape)
        return found

    def _said(
        self, shape: str, component: str, messages: tuple[Text, ...]
    ) -> tuple[tuple[Text, ...], Message]:
        """Return the texts of a result in order, and the message they make."""
        key = (shape, component, messages)
        found = self._messages.get(key)
        if found is None:
            said = tuple(sorted(set(messages), key=text_order))
            said = said or default_messages(self._shapes, shape, component)
            found = self._messages[key] = (said, message_of(said) or Message("", ""))
        return found

    def _path(self, node: str) -> tuple[str, str]:
        """Return a path for people (a bare IRI, or SPARQL syntax) and in Turtle."""
        found = self._paths.get(node)
        if found is None:
            found = self._paths[node] = (path_text(self._shapes, node), path_turtle(self._shapes, node))
        return found


def path_text(shapes: Shapes, node: str) -> str:
    """Return a predicate as a bare IRI, any other path in SPARQL syntax."""
    try:
        path = read_path(shapes, node)
    except IllFormed:
        return plain(node)
    return plain(path.iri) if path.is_predicate else path.sparql()
