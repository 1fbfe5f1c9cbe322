"""What a shape says to people: messages, severity, the number and name of the rule, the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stikg.errors import Message
from stikg.namespaces import ONTOLOGY
from stikg.validate.ntriples import SH, is_iri, is_literal, local_name, parse_literal, plain, sh
from stikg.validate.shapes import Shapes

Text = tuple[str, str | None]
"""A text with its language tag."""

_REMEDY_LOCAL: Final = local_name(ONTOLOGY + "remedy")
# The number at the head of a shape's local name: `R105` of `R105-programme-is-of-one-kind`.
_NUMBER: Final = re.compile(r"([A-Z]+\d+)(?=-|_|$)")


@dataclass(frozen=True)
class Annotation:
    """What stands at a shape for the reader of a report."""

    severity: str
    messages: tuple[Text, ...]
    rule: str
    title: Message | None
    remedy: Message | None


def annotate(shapes: Shapes, shape: str) -> Annotation:
    """Collect what the shape itself says, and rule, title and remedy also from the shapes around it."""
    around = _enclosing(shapes, shape)
    severity = shapes.value(shape, sh("severity"))
    return Annotation(
        severity=severity_name(plain(severity)) if severity else "Violation",
        messages=texts(shapes, shape, sh("message")),
        rule=_rule(around),
        title=_nearest(shapes, around, sh("name")),
        remedy=_nearest_remedy(shapes, around),
    )


def severity_name(iri: str) -> str:
    """Return `Violation`, `Warning` or `Info` for SHACL's severities, the IRI itself for any other."""
    return iri.removeprefix(SH) if iri in {SH + "Violation", SH + "Warning", SH + "Info"} else iri


def severity_iri(name: str) -> str:
    """Return the IRI of a severity as `severity_name` gave it."""
    return SH + name if name in {"Violation", "Warning", "Info"} else name


def texts(shapes: Shapes, node: str, predicate: str) -> tuple[Text, ...]:
    """Return the literals of a node's predicate as texts with language tags, sorted."""
    literals = (parse_literal(term) for term in shapes.values(node, predicate) if is_literal(term))
    return tuple(sorted(((part.lexical, part.language) for part in literals), key=text_order))


def text_order(text: Text) -> tuple[str, str]:
    """Order texts by language tag, then by what they say."""
    return (text[1] or "", text[0])


def message_of(found: Iterable[Text]) -> Message | None:
    """Make one message of texts: each language its own, the untagged or the other one where it is missing."""
    spoken: dict[str, list[str]] = {}
    for text, language in sorted(set(found), key=text_order):
        spoken.setdefault((language or "").split("-")[0], []).append(text)
    if not spoken:
        return None
    every = {language: " / ".join(said) for language, said in spoken.items()}
    fallback = every.get("") or next(iter(every.values()))
    english = every.get("en", fallback)
    return Message(en=english, ja=every.get("ja", every.get("", english)))


def _enclosing(shapes: Shapes, shape: str) -> list[str]:
    """Return the shape and the nodes around it, up to the first that has an IRI."""
    chain = [shape]
    while not is_iri(chain[-1]):
        parents = [node for node, _ in shapes.parents(chain[-1]) if node not in chain]
        if not parents:
            break
        chain.append(parents[0])
    return chain


def _rule(around: list[str]) -> str:
    """Return the number of the rule, else the local name of the nearest shape that has an IRI."""
    name = next((local_name(node) for node in around if is_iri(node)), around[0])
    number = _NUMBER.match(name)
    return number[1] if number else name


def _nearest(shapes: Shapes, around: list[str], predicate: str) -> Message | None:
    """Return the message at the nearest node that has one."""
    return next((m for node in around if (m := message_of(texts(shapes, node, predicate)))), None)


def _nearest_remedy(shapes: Shapes, around: list[str]) -> Message | None:
    """Return the nearest `stikg:remedy`, whatever base the ontology was moved to."""
    for node in around:
        for predicate in sorted(shapes.properties(node)):
            if predicate.endswith((f"#{_REMEDY_LOCAL}>", f"/{_REMEDY_LOCAL}>")):
                found = message_of(texts(shapes, node, predicate))
                if found is not None:
                    return found
    return None
