"""SHACL-SPARQL: constraints written as queries, run on Oxigraph for many focus nodes at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from stikg.validate.annotations import Text, text_order, texts
from stikg.validate.ntriples import OWL, RDF, RDFS, is_literal, parse_literal, sh, string_of
from stikg.validate.paths import read_path
from stikg.validate.shapes import Shapes
from stikg.validate.sparql_predicates import predicates_read
from stikg.validate.sparql_query import THIS, Query, UnknownForm, read_query
from stikg.validate.sparql_text import tokens

if TYPE_CHECKING:
    from stikg.validate.store import QueryStore

# Focus nodes bound in one run. More make longer queries, fewer make more runs over the same data.
MOST_AT_ONCE: Final = 20_000
_RESULT_NAMES: Final = ("path", "value", THIS)
_KNOWN_PREFIXES: Final = {"rdf": RDF, "rdfs": RDFS, "owl": OWL}
_PATH: Final = re.compile(r"(?<=[\s{}()])[$?]PATH\b")
_IMPORTS: Final = f"<{OWL}imports>"
_ONTOLOGY: Final = f"<{OWL}Ontology>"


class NotRunnable(Exception):
    """The constraint cannot be run on Oxigraph; the reference has to."""


@dataclass(frozen=True)
class SparqlConstraint:
    """A constraint whose query is ready to be bound to focus nodes."""

    node: str
    path_node: str | None
    query: Query
    messages: tuple[Text, ...]
    predicates: frozenset[str] | None


@dataclass(frozen=True)
class Row:
    """One solution: what a result is made of, and every variable by name."""

    focus: str
    path: str | None
    value: str | None
    variables: Mapping[str, str]


def read_sparql_constraint(shapes: Shapes, shape: str, node: str) -> SparqlConstraint | None:
    """Read what stands at `sh:sparql`; None where it is deactivated.

    Raises:
        NotRunnable: the query is missing, is not plain, or uses a prefix that nobody declared.
        IllFormed: the path of the shape is ill-formed.
    """
    if shapes.is_deactivated(node):
        return None
    selects = shapes.values(node, sh("select"))
    if len(selects) != 1 or not is_literal(selects[0]):
        raise NotRunnable(f"{node} has {len(selects)} queries")
    path_node = shapes.value(shape, sh("path"))
    text = parse_literal(selects[0]).lexical
    if path_node is not None:
        path = read_path(shapes, path_node).sparql()
        text = _PATH.sub(lambda _: path, text)
    elif _PATH.search(text):
        raise NotRunnable(f"{node} uses $PATH at a node shape")
    prefixes = _prefixes(shapes, node, text)
    header = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(prefixes.items()))
    try:
        query = read_query(header + text)
    except UnknownForm as error:
        raise NotRunnable(f"{node}: {error}") from error
    if "failure" in query.top.names or query.top.selects_all:
        raise NotRunnable(f"{node} selects ?failure or *")
    own = texts(shapes, shape, sh("message"))
    messages = tuple(sorted({*texts(shapes, node, sh("message")), *own}, key=text_order))
    return SparqlConstraint(node, path_node, query, messages, predicates_read(text, prefixes))


def _prefixes(shapes: Shapes, node: str, text: str) -> dict[str, str]:
    """Return the prefixes that the query uses and does not declare.

    Source: SHACL 5.2.1 (`sh:prefixes/owl:imports*/sh:declare`); prefixes declared elsewhere in the graph
        are taken where these have none, as pySHACL does.
    """
    near, waiting = set(shapes.values(node, sh("prefixes"))), shapes.values(node, sh("prefixes"))
    while waiting:
        imported = [o for o in shapes.values(waiting.pop(), _IMPORTS) if o not in near]
        near.update(imported)
        waiting += imported
    declared = _declared(shapes, near)
    elsewhere = _declared(shapes, set(shapes.subjects(sh("declare"))))
    chosen = {}
    for prefix in sorted(_used_prefixes(text)):
        found = declared.get(prefix) or (
            {_KNOWN_PREFIXES[prefix]} if prefix in _KNOWN_PREFIXES else elsewhere.get(prefix)
        )
        if not found or len(found) > 1:
            raise NotRunnable(f"{node}: prefix {prefix!r} has {len(found or ())} namespaces")
        chosen[prefix] = next(iter(found))
    return chosen


def _declared(shapes: Shapes, nodes: set[str]) -> dict[str, set[str]]:
    """Return prefix → namespaces that these nodes declare."""
    found: dict[str, set[str]] = {}
    for declaration in (d for node in sorted(nodes) for d in shapes.values(node, sh("declare"))):
        prefixes = shapes.values(declaration, sh("prefix"))
        namespaces = shapes.values(declaration, sh("namespace"))
        if prefixes and namespaces:
            found.setdefault(string_of(prefixes[0]), set()).update(map(string_of, namespaces))
    return found


def _used_prefixes(text: str) -> set[str]:
    """Return the prefixes of a query's names, without those it declares itself."""
    listed = list(tokens(text))
    own = {
        name.text[:-1]
        for word, name in pairwise(listed)
        if word.kind == "word" and word.text.upper() == "PREFIX"
    }
    used = {t.text.partition(":")[0] for t in listed if t.kind == "name" and not t.text.startswith("_:")}
    return used - own


def rows(constraint: SparqlConstraint, focus: Sequence[str], store: QueryStore) -> Iterator[Row]:
    """Yield the distinct solutions that are results, for all focus nodes.

    Source: SHACL 5.3.1; a solution without `$this`, `?path` and `?value` is none, as in pySHACL.
    """
    query = constraint.query
    names = list(dict.fromkeys(query.top.names))
    step = MOST_AT_ONCE if query.takes_many else 1
    for start in range(0, len(focus), step):
        chunk = focus[start : start + step]
        alone = chunk[0] if step == 1 else None
        seen = set()
        for solution in store.select(query.bound_to(chunk)):
            found = {name: term for name in names if (term := solution(name)) is not None}
            node = alone or solution(THIS)
            key = (node, tuple(found.items()))
            if node is None or key in seen or not any(name in found for name in _RESULT_NAMES):
                continue
            seen.add(key)
            yield Row(node, found.get("path"), found.get("value"), found)


def fill_in(messages: tuple[Text, ...], variables: Mapping[str, str]) -> tuple[Text, ...]:
    """Return the messages with `{?name}` and `{$name}` replaced by the values found. Source: SHACL 5.3.2."""
    filled = []
    for text, language in messages:
        for name, term in variables.items():
            shown = string_of(term)
            text = text.replace(f"{{?{name}}}", shown).replace(f"{{${name}}}", shown)
        filled.append((text, language))
    return tuple(filled)
