"""The page about one thing, as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from stikg.errors import Message
from stikg.namespaces import PREFIXES
from stikg.terminal import printable, wrap
from stikg.terms import Iri, Literal, is_number, pick, shorten
from stikg.terms import to_json as term_to_json
from stikg.why.page import TYPE, Mention, Page, Shown, Statement
from stikg.why.passages import Correction, Passage

SCHEMA_VERSION: Final = 1
_TITLES: Final = {
    "names": Message("Names", "名前"),
    "types": Message("Kind", "種類"),
    "statements": Message("What is said about it", "記述"),
    "mentions": Message("Mentioned by", "言及元"),
    "corrections": Message("Misprints corrected in these passages", "これらの箇所の誤記の補正"),
    "documents": Message("Documents", "文書"),
}
_CUT: Final = Message(
    "… more than fits on a page; name a property", "…1ページに収まりません。項目を指定してください"
)
_PARTS_SHOWN: Final = 8
_SKIPPED_PARTS: Final = frozenset({TYPE, PREFIXES["qb"] + "dataSet"})


def to_text(page: Page, *, colour: bool = False, columns: int = 100) -> str:
    """Return the page as text: names, kind, statements, mentions, corrections, documents."""
    writer = _Writer(page, colour=colour, columns=columns)
    return "\n".join(writer.lines()) + "\n"


class _Writer:
    """Writes one page; numbers the documents in the order in which they are first cited."""

    def __init__(self, page: Page, *, colour: bool, columns: int) -> None:
        self._page = page
        self._colour = colour
        self._columns = max(40, columns)
        self._documents: dict[str, int] = {}

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        page = self._page
        yield self._bold(f"{printable(page.label(page.iri))}  <{printable(page.iri)}>")
        yield from self._section("names", self._plain(page.names))
        yield from self._section("types", self._plain(page.types))
        yield from self._section(
            "statements", self._grouped((one.property, one.value, one.passages) for one in page.statements)
        )
        yield from self._section(
            "mentions", self._grouped((one.property, one.subject, one.passages) for one in page.mentions)
        )
        yield from self._section("corrections", map(self._correction, page.corrections))
        if not page.complete:
            yield _CUT.in_language(page.language)
        yield from self._section("documents", self._sources())

    def _section(self, key: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield a heading and its lines, or nothing where there are none."""
        body = list(lines)
        if body:
            yield ""
            yield self._bold(_TITLES[key].in_language(self._page.language))
            yield from body

    def _plain(self, statements: Sequence[Statement]) -> Iterator[str]:
        """Yield the values without their property."""
        for one in statements:
            yield from self._entry(one.value, one.passages, 2)

    def _grouped(self, items: Iterable[tuple[str, Shown, Sequence[Passage]]]) -> Iterator[str]:
        """Yield the property once, then its values."""
        for named, group in groupby(items, key=lambda item: item[0]):
            yield f"  {printable(self._page.label(named))}"
            for _, shown, passages in group:
                yield from self._entry(shown, passages, 4)

    def _entry(self, shown: Shown, passages: Sequence[Passage], indent: int) -> Iterator[str]:
        """Yield a value and, dimmed, where it stands."""
        for number, line in enumerate(wrap(self._value(shown), self._columns - indent - 2)):
            yield " " * (indent if number == 0 else indent + 2) + line
        for line in wrap(self._passages(passages), self._columns - indent - 4):
            yield self._dim(" " * (indent + 4) + line)

    def _value(self, shown: Shown) -> str:
        """Say a value in one line."""
        term, language = shown.term, self._page.language
        if isinstance(term, Literal):
            tag = f" ({term.language})" if term.language else ""
            return printable(_figure(term)) + tag
        if label := pick(shown.labels, language):
            return printable(f"{label}  [{shorten(term.value)}]")
        parts = [(named, part) for named, part in shown.parts if named not in _SKIPPED_PARTS]
        said = [
            f"{self._page.label(named)}: {_brief(part, language)}"
            for named, part in _one_language(parts, language)
        ]
        more = ["…"] if len(said) > _PARTS_SHOWN else []
        listed = "; ".join([*said[:_PARTS_SHOWN], *more])
        return printable(f"{listed}  [{shorten(term.value)}]" if listed else shorten(term.value))

    def _passages(self, passages: Iterable[Passage]) -> str:
        """Say where a statement stands: number of the document, places, mode."""
        groups: dict[tuple[str, str], list[Passage]] = {}
        for one in passages:
            groups.setdefault((one.document, one.mode), []).append(one)
        return " ".join(self._group(group) for group in groups.values())

    def _group(self, passages: Sequence[Passage]) -> str:
        """Say passages of one document and mode."""
        first, language = passages[0], self._page.language
        number = self._documents.setdefault(first.document, len(self._documents) + 1)
        lines = [one.lines for one in passages if one.lines is not None]
        places = [one.place(language) for one in passages if one.lines is None]
        if lines:
            places.insert(0, _lines(lines, language))
        said = printable((", " if language == "en" else "、").join(places))
        mode = printable(self._page.label(first.mode_iri)) if first.mode else ""
        comma = ("、" if language == "ja" else "; " if len(passages) > 1 else ", ") if mode else ""
        return f"[{number}] {said}{comma}{mode}".rstrip()

    def _correction(self, correction: Correction) -> str:
        """Say one correction."""
        language = self._page.language
        quoted = "「{}」→「{}」" if language == "ja" else "“{}” → “{}”"
        said = quoted.format(printable(correction.written), printable(correction.meant))
        reason = printable(correction.reason(language))
        return f"  {said} ({self._passages([correction.passage])}){': ' if reason else ''}{reason}"

    def _sources(self) -> Iterator[str]:
        """Yield the numbered documents."""
        for iri, number in self._documents.items():
            yield f"  [{number}] {printable(self._page.label(iri))}  [{printable(shorten(iri))}]"

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self._colour else text

    def _dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self._colour else text


def _lines(lines: Sequence[tuple[int, int]], language: str) -> str:
    """Say lines of one document together."""
    dash, comma = ("〜", "・") if language == "ja" else ("–", ", ")
    said = comma.join(f"{first}" if first == last else f"{first}{dash}{last}" for first, last in lines)
    if language == "ja":
        return f"{said}行目"
    return f"line {said}" if len(lines) == 1 and lines[0][0] == lines[0][1] else f"lines {said}"


def _figure(term: Literal) -> str:
    """Return a literal as people read it: digits of large whole numbers grouped."""
    if is_number(term) and term.value.lstrip("-").isdigit() and 5 <= len(term.value) < 60:
        return f"{int(term.value):,}"
    return term.value


def _brief(shown: Shown, language: str) -> str:
    """Say a part of a node without a name."""
    if isinstance(shown.term, Literal):
        return _figure(shown.term)
    return pick(shown.labels, language) or shorten(shown.term.value)


def _one_language(parts: Sequence[tuple[str, Shown]], language: str) -> list[tuple[str, Shown]]:
    """Drop texts in another language where the same property has one in this language."""
    there = {
        named for named, part in parts if isinstance(part.term, Literal) and part.term.language == language
    }
    return [
        (named, part)
        for named, part in parts
        if named not in there or not isinstance(part.term, Literal) or part.term.language in {language, None}
    ]


def to_json(page: Page) -> str:
    """Return the page as JSON."""
    document = {
        "kind": "page",
        "schema_version": SCHEMA_VERSION,
        "iri": page.iri,
        "label": _labels(page.labels.get(page.iri, ())),
        "complete": page.complete,
        "names": [_statement(page, one) for one in page.names],
        "types": [_statement(page, one) for one in page.types],
        "statements": [_statement(page, one) for one in page.statements],
        "mentioned_by": [_mention(page, one) for one in page.mentions],
        "corrections": [_correction(page, one) for one in page.corrections],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _labels(labels: Iterable[Literal]) -> dict[str, str]:
    """Return labels by language, `und` for one without."""
    return {label.language or "und": label.value for label in labels}


def _property(page: Page, iri: str) -> dict[str, object]:
    """Return a property with its labels."""
    return {"iri": iri, "label": _labels(page.labels.get(iri, ()))}


def _term(shown: Shown) -> dict[str, object]:
    """Return a term with its labels and, for a nameless node, its parts."""
    document: dict[str, object] = dict(term_to_json(shown.term))
    if isinstance(shown.term, Iri):
        document["label"] = _labels(shown.labels)
        if shown.parts:
            document["parts"] = [{"property": named, "value": _term(part)} for named, part in shown.parts]
    return document


def _passages(page: Page, passages: Iterable[Passage]) -> list[dict[str, object]]:
    """Return passages: evidence graph, document with title, locator, lines, mode."""
    return [
        {
            "evidence": one.graph,
            "document": one.document,
            "title": _labels(page.labels.get(one.document, ())),
            "at": one.at,
            "lines": list(one.lines) if one.lines else None,
            "mode": one.mode,
        }
        for one in passages
    ]


def _statement(page: Page, one: Statement) -> dict[str, object]:
    """Return one statement."""
    return {
        "property": _property(page, one.property),
        "value": _term(one.value),
        "passages": _passages(page, one.passages),
    }


def _mention(page: Page, one: Mention) -> dict[str, object]:
    """Return one mention."""
    return {
        "property": _property(page, one.property),
        "subject": _term(one.subject),
        "passages": _passages(page, one.passages),
    }


def _correction(page: Page, one: Correction) -> dict[str, object]:
    """Return one correction."""
    return {
        "iri": one.iri,
        "written": one.written,
        "meant": one.meant,
        "reason": _labels(one.reasons),
        "about": one.thing,
        "passages": _passages(page, [one.passage]),
    }
