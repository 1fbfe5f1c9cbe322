"""The page about one thing: what the graph says of it, and where each statement stands."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from stikg.errors import Language, Message, UnknownName
from stikg.names import Select, fold, labels_of, resolve
from stikg.namespaces import ONTOLOGY, PREFIXES, rebase
from stikg.terms import Iri, Literal, Term, is_iri, pick, shorten
from stikg.why.passages import Correction, Passage, parse_passage, read_corrections
from stikg.why.words import with_words

if TYPE_CHECKING:
    from stikg.graph import Graph

_SKOS: Final = PREFIXES["skos"]
NAMES: Final = (_SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "notation", _SKOS + "hiddenLabel")
TYPE: Final = PREFIXES["rdf"] + "type"
_MOST: Final = 5_000  # statements in either direction; a page beyond that is no page
_CHUNK: Final = 500


class Shown(NamedTuple):
    """A term as the page shows it: its labels, and for a node without any, what it is made of."""

    term: Term
    labels: tuple[Literal, ...] = ()
    parts: tuple[tuple[str, Shown], ...] = ()


@dataclass(frozen=True)
class Statement:
    """A property of the thing with one value, and the passages that say so."""

    property: str
    value: Shown
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Mention:
    """Another thing that has this one as the value of a property, and the passages that say so."""

    property: str
    subject: Shown
    passages: tuple[Passage, ...]


@dataclass(frozen=True, repr=False)
class Page:
    """All about one thing: names, types, statements by property, mentions by property, corrections.

    `labels` has the labels of properties, documents and modes; `complete` is false where a direction
    was cut.
    """

    iri: str
    names: tuple[Statement, ...]
    types: tuple[Statement, ...]
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    corrections: tuple[Correction, ...]
    labels: Mapping[str, Sequence[Literal]]
    language: Language = "en"
    complete: bool = True

    def label(self, iri: str) -> str:
        """Return the label of a property, document or mode, or its short IRI."""
        return pick(self.labels.get(iri, ()), self.language) or shorten(iri)

    def to_text(self, *, colour: bool = False, columns: int = 100) -> str:
        """Return the page as text."""
        from stikg.why.text import to_text

        return to_text(self, colour=colour, columns=columns)

    def to_json(self) -> str:
        """Return the page as JSON with stable keys and a `schema`."""
        from stikg.why.text import to_json

        return to_json(self)

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.to_text())}</pre>"


class _Fact(NamedTuple):
    """One statement as it is found: property, the term at the other end, and the passages."""

    property: str
    other: Term
    passages: tuple[Passage, ...]


def why(
    graph: Graph,
    term: str,
    property: str | None = None,  # noqa: A002
    language: Language = "en",
) -> Page:
    """Return the page about the thing that `term` names, or only what concerns one property.

    Args:
        term: an IRI, a key, or a name in either language, an acronym, a code, a misprint.
        property: a property's IRI, local name, or label in either language.

    Raises:
        UnknownName, AmbiguousName: the term names nothing or several things, or the property is not there.
    """

    def select(text: str) -> Iterable[Sequence[Term | None]]:
        return graph.query(text)

    iri = resolve(select, term, language=language, base=graph.base).iri
    about = _facts(select, f"<{iri}> ?property ?other")
    mentions = _facts(select, f"?other ?property <{iri}>")
    complete = len(about) < _MOST and len(mentions) < _MOST
    labels = _all_labels(select, about, mentions)
    if property is not None:
        wanted = _property(property, {fact.property for fact in [*about, *mentions]}, labels)
        about = [fact for fact in about if fact.property == wanted]
        mentions = [fact for fact in mentions if fact.property == wanted]
    return _page(select, iri, about, mentions, labels, language, graph.base, complete=complete)


def _facts(select: Select, pattern: str) -> list[_Fact]:
    """Return the statements that match, each with all its passages, sorted."""
    passages: dict[tuple[str, Term], set[Passage]] = {}
    rows = select(f"SELECT ?property ?other ?graph WHERE {{ GRAPH ?graph {{ {pattern} }} }} LIMIT {_MOST}")
    for named, other, graph in rows:
        if isinstance(named, Iri) and isinstance(graph, Iri) and other is not None:
            passages.setdefault((named.value, other), set()).add(parse_passage(graph.value))
    return [
        _Fact(named, other, tuple(sorted(found, key=_place)))
        for (named, other), found in sorted(passages.items(), key=lambda item: _order(item[0]))
    ]


def _order(key: tuple[str, Term]) -> tuple[str, ...]:
    """Order statements by property, kind of term and text."""
    return (key[0], type(key[1]).__name__, *(part or "" for part in key[1]))


def _place(passage: Passage) -> tuple[str, tuple[int, int], str, str]:
    """Order passages by document, line, mode."""
    return (passage.document, passage.lines or (0, 0), passage.at, passage.mode)


def _all_labels(
    select: Select, about: Iterable[_Fact], mentions: Iterable[_Fact]
) -> dict[str, list[Literal]]:
    """Return the labels of everything that the facts name."""
    iris: set[str] = {TYPE}
    for fact in [*about, *mentions]:
        iris.add(fact.property)
        if isinstance(fact.other, Iri):
            iris.add(fact.other.value)
        for passage in fact.passages:
            iris.update({passage.document, passage.mode_iri})
    return with_words(labels_of(select, iris), iris)


def _property(wanted: str, there: set[str], labels: Mapping[str, Sequence[Literal]]) -> str:
    """Return the property that a person means, among those that are there.

    Raises:
        UnknownName: none is meant; those that are there are listed.
    """
    folded = fold(wanted)
    for iri in sorted(there):
        local = iri.rpartition("#")[2].rpartition("/")[2]
        known = {iri, shorten(iri), local, *(label.value for label in labels.get(iri, ()))}
        if folded in {fold(name) for name in known}:
            return iri
    listed = sorted(there)
    raise UnknownName(
        Message(f"nothing here has the property “{wanted}”", f"「{wanted}」という項目はここにありません"),
        Message(
            "use one of " + ", ".join(pick(labels.get(iri, ()), "en") or shorten(iri) for iri in listed),
            "次のいずれかを使ってください: "
            + "、".join(pick(labels.get(iri, ()), "ja") or shorten(iri) for iri in listed),
        ),
    )


def _page(
    select: Select,
    iri: str,
    about: Sequence[_Fact],
    mentions: Sequence[_Fact],
    labels: dict[str, list[Literal]],
    language: Language,
    base: str,
    *,
    complete: bool,
) -> Page:
    """Put the page together."""
    nameless = {
        fact.other.value
        for fact in [*about, *mentions]
        if isinstance(fact.other, Iri) and fact.other.value not in labels and fact.property != TYPE
    }
    parts = _parts(select, nameless, iri, labels)
    statements = [
        Statement(fact.property, _shown(fact.other, labels, parts), fact.passages) for fact in about
    ]
    names = [one for one in statements if one.property in NAMES]
    passages = [passage for fact in about for passage in fact.passages]
    corrections = [
        one
        for one in read_corrections(select, rebase(ONTOLOGY, base))
        if one.thing == iri or one.touches(passages)
    ]
    page = Page(
        iri,
        tuple(sorted(names, key=lambda one: NAMES.index(one.property))),
        tuple(one for one in statements if one.property == TYPE),
        (),
        (),
        tuple(corrections),
        {**labels, **labels_of(select, [iri, *(one.passage.document for one in corrections)])},
        language,
        complete,
    )
    return _sorted(
        page,
        [one for one in statements if one.property not in (*NAMES, TYPE)],
        [Mention(fact.property, _shown(fact.other, labels, parts), fact.passages) for fact in mentions],
    )


def _sorted(page: Page, statements: Sequence[Statement], mentions: Sequence[Mention]) -> Page:
    """Return the page with its statements and mentions, sorted by the label of the property."""
    return replace(
        page,
        statements=tuple(sorted(statements, key=lambda one: (page.label(one.property), one.property))),
        mentions=tuple(sorted(mentions, key=lambda one: (page.label(one.property), one.property))),
    )


def _shown(
    term: Term, labels: Mapping[str, Sequence[Literal]], parts: Mapping[str, tuple[tuple[str, Shown], ...]]
) -> Shown:
    """Return a term with what the page says of it."""
    if not isinstance(term, Iri):
        return Shown(term)
    return Shown(term, tuple(labels.get(term.value, ())), parts.get(term.value, ()))


def _parts(
    select: Select, nameless: Iterable[str], iri: str, labels: dict[str, list[Literal]]
) -> dict[str, tuple[tuple[str, Shown], ...]]:
    """Say what nodes without a name are made of: their properties but for the type and this thing.

    Labels that this needs are added to `labels`.
    """
    found: dict[str, list[tuple[str, Term]]] = {}
    ordered = sorted(one for one in nameless if is_iri(one))
    for start in range(0, len(ordered), _CHUNK):
        chunk = " ".join(f"<{one}>" for one in ordered[start : start + _CHUNK])
        rows = select(
            f"SELECT ?node ?property ?value WHERE {{ VALUES ?node {{ {chunk} }} ?node ?property ?value }}"
        )
        for node, named, value in rows:
            if isinstance(node, Iri) and isinstance(named, Iri) and value and value != Iri(iri):
                found.setdefault(node.value, []).append((named.value, value))
    iris = {named for pairs in found.values() for named, _ in pairs}
    iris.update(value.value for pairs in found.values() for _, value in pairs if isinstance(value, Iri))
    iris -= labels.keys()
    labels.update(with_words(labels_of(select, iris), iris))
    return {
        node: tuple((named, _shown(value, labels, {})) for named, value in sorted(pairs, key=_order))
        for node, pairs in found.items()
    }
