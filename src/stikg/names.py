"""What a name means in a graph: names in either language, acronyms, codes and misprints find their thing."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from stikg.errors import AmbiguousName, Message, UnknownName
from stikg.namespaces import BASE, PREFIXES, rebase
from stikg.terms import Iri, Literal, Term, expand, is_iri, pick, shorten, to_sparql

Select = Callable[[str], Iterable[Sequence[Term | None]]]
"""Answer a SELECT: one tuple of terms per solution, in the order of the variables."""

_SKOS: Final = PREFIXES["skos"]
# A key, a preferred name and a code are equally good; another name is weaker, a misprint weakest.
_STRENGTH: Final = {
    _SKOS + "prefLabel": 0,
    _SKOS + "notation": 0,
    _SKOS + "altLabel": 1,
    _SKOS + "hiddenLabel": 2,
}
_SUGGESTED: Final = frozenset({_SKOS + "prefLabel", _SKOS + "altLabel"})  # no misprints, no bare codes
_PROPERTIES: Final = " ".join(f"<{name}>" for name in _STRENGTH)
_BLANK_BESIDE_JAPANESE: Final = re.compile("(?<=[ぁ-ヿ㐀-鿿々]) | (?=[ぁ-ヿ㐀-鿿々])")
_MOST_LABELS: Final = 200_000  # a scan for near names stays within some 50 MB
_MOST_COMPARED: Final = 20_000  # difflib compares about 50,000 short texts per second
_NEAREST: Final = 5
_CHUNK: Final = 500  # IRIs in one VALUES clause; keeps a query below 64 kB


class Found(NamedTuple):
    """The thing that a name means: its IRI, a label to show, and the property that carried the name."""

    iri: str
    label: str
    via: str


class _Label(NamedTuple):
    """One name of one thing."""

    thing: str
    property: str
    text: Literal


def fold(text: str) -> str:
    """Return the text as names are compared.

    NFKC, case folded, hyphens and blanks of all kinds made one, no blanks beside Japanese letters
    (葭村 雄二 = 葭村雄二).
    """
    flat = unicodedata.normalize("NFKC", text).casefold()
    flat = "".join("-" if unicodedata.category(letter) == "Pd" else letter for letter in flat)
    return _BLANK_BESIDE_JAPANESE.sub("", " ".join(unicodedata.normalize("NFKC", flat).split()))


def resolve(
    select: Select,
    text: str,
    *,
    kinds: Sequence[str] = (),
    language: str = "en",
    base: str = BASE,
) -> Found:
    """Find the one thing that `text` names: an IRI, a key, a label, an acronym, a code or a misprint.

    Args:
        select: answers SELECT queries over the default graph.
        kinds: namespaces below `base` that the thing must stand in (`id/programme/`); empty for any.

    Raises:
        UnknownName: nothing carries the name; the nearest names are in the message.
        AmbiguousName: several things carry it equally well.
    """
    spaces = [base + kind for kind in kinds]
    wanted = rebase(expand(text.strip()), base)
    if is_iri(wanted) and ("//" in wanted or wanted.startswith("urn:")):
        return _resolve_iri(select, wanted, spaces, language)
    found = _strongest(_candidates(select, text, spaces), text, base)
    if not found:
        everything = _labels(select, spaces, "")
        found = _strongest(everything, text, base)
        if not found:
            raise _unknown(text, everything, language)
    things = sorted({label.thing for label in found})
    names = labels_of(select, things)
    if len(things) > 1:
        raise _ambiguous(text, [(thing, pick(names.get(thing, ()), language)) for thing in things])
    label = pick(names.get(things[0], ()), language) or shorten(things[0])
    return Found(things[0], label, found[0].property)


def labels_of(select: Select, iris: Iterable[str]) -> dict[str, list[Literal]]:
    """Return the preferred labels (`skos:prefLabel`, else `rdfs:label`) of each IRI that has any."""
    return {
        iri: [text for _, text in sorted(found)]
        for iri, found in _first_kind(_label_rows(select, sorted(set(iris)))).items()
    }


def _label_rows(select: Select, iris: Sequence[str]) -> Iterable[Sequence[Term | None]]:
    """Ask for the labels of many IRIs, some hundred at a time."""
    for start in range(0, len(iris), _CHUNK):
        chunk = " ".join(f"<{iri}>" for iri in iris[start : start + _CHUNK] if is_iri(iri))
        yield from select(
            "SELECT DISTINCT ?thing ?property ?label WHERE { "
            f"VALUES ?property {{ <{_SKOS}prefLabel> <{PREFIXES['rdfs']}label> }} "
            f"VALUES ?thing {{ {chunk} }} ?thing ?property ?label }}"
        )


def _first_kind(rows: Iterable[Sequence[Term | None]]) -> dict[str, list[tuple[int, Literal]]]:
    """Keep for each thing only labels of the strongest property it has."""
    kept: dict[str, list[tuple[int, Literal]]] = {}
    for thing, named, text in rows:
        if not (isinstance(thing, Iri) and isinstance(named, Iri) and isinstance(text, Literal)):
            continue
        strength = 0 if named.value.startswith(_SKOS) else 1
        before = kept.get(thing.value, [])
        if not before or strength < before[0][0]:
            kept[thing.value] = [(strength, text)]
        elif strength == before[0][0]:
            before.append((strength, text))
    return kept


def _candidates(select: Select, text: str, spaces: Sequence[str]) -> list[_Label]:
    """Ask for the names equal to `text` but for case, and the names of things whose key it is."""
    wanted = to_sparql(Literal(text.strip().lower()))
    key = to_sparql(Literal("/" + fold(text).replace(" ", "-")))
    return _labels(
        select, spaces, f"FILTER(LCASE(STR(?label)) = {wanted} || STRENDS(LCASE(STR(?thing)), {key}))"
    )


def _labels(select: Select, spaces: Sequence[str], condition: str) -> list[_Label]:
    """Ask for names of things in the namespaces, at most a stated number, sorted."""
    where = " || ".join(f"STRSTARTS(STR(?thing), {to_sparql(Literal(space))})" for space in spaces)
    rows = select(
        "SELECT DISTINCT ?thing ?property ?label WHERE { "
        f"VALUES ?property {{ {_PROPERTIES} }} ?thing ?property ?label . "
        f"{f'FILTER({where})' if where else ''} {condition} }} LIMIT {_MOST_LABELS}"
    )
    return sorted(
        _Label(thing.value, named.value, label)
        for thing, named, label in rows
        if isinstance(thing, Iri) and isinstance(named, Iri) and isinstance(label, Literal)
    )


def _strongest(labels: Iterable[_Label], text: str, base: str) -> list[_Label]:
    """Return the labels that match best: data before concepts before terms, then by property."""
    wanted = fold(text)
    key = wanted.replace(" ", "-")
    ranked: dict[tuple[int, int], list[_Label]] = {}
    for label in labels:
        if fold(label.thing).endswith("/" + key):
            strength = 0
        elif fold(label.text.value) == wanted:
            strength = _STRENGTH[label.property]
        else:
            continue
        ranked.setdefault((_distance(label.thing, base), strength), []).append(label)
    return ranked[min(ranked)] if ranked else []


def _distance(iri: str, base: str) -> int:
    """Rank things of the data before concepts, concepts before all else."""
    spaces = (base + "id/", base + "scheme/")
    return next((rank for rank, space in enumerate(spaces) if iri.startswith(space)), len(spaces))


def _resolve_iri(select: Select, iri: str, spaces: Sequence[str], language: str) -> Found:
    """Take an IRI that the graph says something about and that stands in the right namespace."""
    inside = not spaces or any(iri.startswith(space) for space in spaces)
    known = inside and any(
        True for _ in select(f"SELECT ?p WHERE {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }} LIMIT 1")
    )
    if not known:
        raise _unknown(iri, _labels(select, spaces, ""), language)
    return Found(iri, pick(labels_of(select, [iri]).get(iri, ()), language) or shorten(iri), "iri")


def _nearest(text: str, labels: Iterable[_Label]) -> list[str]:
    """Return up to five names near `text`: those that contain it, then those spelt alike."""
    names: dict[str, str] = {}
    for label in labels:
        if label.property in _SUGGESTED:
            names.setdefault(fold(label.text.value), label.text.value)
    wanted = fold(text)
    inside = sorted((name for name in names if wanted and wanted in name), key=lambda name: (len(name), name))
    alike = difflib.get_close_matches(wanted, sorted(names)[:_MOST_COMPARED], n=_NEAREST, cutoff=0.55)
    return [names[name] for name in dict.fromkeys([*inside, *alike])][:_NEAREST]


def _unknown(text: str, labels: Iterable[_Label], language: str) -> UnknownName:
    """Draw the error for a name that nothing carries."""
    everything = list(labels)
    spoken = [label for label in everything if label.text.language in {language, None}]
    nearest = _nearest(text, spoken) or _nearest(text, everything)
    if not nearest:
        remedy = Message(
            "give a name in Japanese or English, an acronym, an ISO code or an IRI",
            "日本語名・英語名・略称・ISOコード・IRIのいずれかで指定してください",
        )
    else:
        remedy = Message(
            "did you mean " + ", ".join(f"“{name}”" for name in nearest) + "?",
            "もしかして: " + "、".join(f"「{name}」" for name in nearest),
        )
    return UnknownName(
        Message(
            f"nothing in the graph is called “{text}”", f"「{text}」という名前のものはグラフにありません"
        ),
        remedy,
    )


def _ambiguous(text: str, things: Sequence[tuple[str, str | None]]) -> AmbiguousName:
    """Draw the error for a name that several things carry."""
    listed = [f"{shorten(iri)} ({label})" if label else shorten(iri) for iri, label in things]
    return AmbiguousName(
        Message(
            f"“{text}” names {len(things)} things: {', '.join(listed)}",
            f"「{text}」に当てはまるものが{len(things)}件あります: {'、'.join(listed)}",
        ),
        Message("give one of these IRIs instead", "上のIRIのいずれかで指定してください"),
    )
