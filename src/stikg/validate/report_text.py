"""The validation report as people read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stikg.namespaces import PREFIXES
from stikg.validate.report import Report, Result

_SEVERITIES: Final = {
    "Violation": ("Violation", "違反"),
    "Warning": ("Warning", "警告"),
    "Info": ("Information", "情報"),
}
_MODES: Final = {
    "stated": ("stated", "明記"),
    "implied": ("implied", "含意"),
    "derived": ("derived", "算出"),
    "reference": ("reference", "参照"),
}
_EVIDENCE: Final = re.compile(r"/id/evidence/(?P<source>[^/]+)/(?P<at>[^/]+)/(?P<mode>[^/]+)$")
_PLACES: Final = (
    (re.compile(r"L(\d+)-(\d+)"), "lines {0}–{1}", "{0}～{1}行"),
    (re.compile(r"L(\d+)"), "line {0}", "{0}行"),
    (re.compile(r"c(\d+)-(\d+)"), "characters {0}–{1}", "{0}～{1}字"),
    (re.compile(r"p(\d+)"), "page {0}", "{0}ページ"),
)
_LABELS: Final = (
    ("record", "path", "found", "says", "evidence", "do"),
    ("記録", "経路", "値", "内容", "根拠", "対処"),
)
_IRI: Final = re.compile(r"[^\s<>\"{}|^`\\()/*+?]+:[^\s<>\"{}|^`\\()*+?]+")
# Evidence lines shown for one result; the JSON and Turtle reports hold all of them.
_EVIDENCE_SHOWN: Final = 3


def report_text(report: Report, language: str) -> str:
    """Return the report in `ja` or English: a summary, then a block of lines for each result."""
    ja = language == "ja"
    blocks = [_summary(report, ja)]
    blocks += ["\n".join(_lines(result, ja)) for result in report.results]
    if report.unmet_targets:
        head = "どのノードにも当たらなかったターゲット：" if ja else "Targets that met no node:"
        blocks.append("\n".join([head, *(f"  {target}" for target in report.unmet_targets)]))
    return "\n\n".join(blocks) + "\n"


def _summary(report: Report, ja: bool) -> str:
    """Return the first line: conforms or not, and how many results of each severity."""
    counts = (len(report.violations), len(report.warnings), len(report.infos))
    if ja:
        head = "適合しています。" if report.conforms else "適合していません。"
        return f"{head}違反 {counts[0]}件、警告 {counts[1]}件、情報 {counts[2]}件"
    head = "Conforms" if report.conforms else "Does not conform"
    return f"{head}: {counts[0]} violations, {counts[1]} warnings, {counts[2]} informations"


def _lines(result: Result, ja: bool, indent: str = "") -> Iterator[str]:
    """Yield the lines of one result."""
    severity = _SEVERITIES.get(result.severity, (shorten(result.severity),) * 2)[ja]
    yield f"{indent}{severity} {_rule(result, ja)}"
    said = (
        shorten(result.focus_node),
        result.path and _short_path(result.path),
        result.value and shorten(result.value),
        result.message[ja],
        _evidence(result, ja),
        result.remedy and result.remedy[ja],
    )
    for label, text in zip(_LABELS[ja], said, strict=True):
        if text:
            yield f"{indent}  {label}{'：' if ja else ': '}{_one_line(text)}"
    for detail in result.details:
        yield from _lines(detail, ja, indent + "    ")


def _rule(result: Result, ja: bool) -> str:
    """Return number and name of the rule, not saying the number twice."""
    if result.title is None:
        return result.rule
    title = result.title[ja]
    return title if title.startswith(result.rule) else f"{result.rule} {title}"


def _evidence(result: Result, ja: bool) -> str | None:
    """Return where the statements stand: document, place, mode."""
    shown = [_place(iri, ja) for iri in result.evidence[:_EVIDENCE_SHOWN]]
    more = len(result.evidence) - len(shown)
    if more > 0:
        shown.append(f"ほか{more}件" if ja else f"{more} more")
    return ("；" if ja else "; ").join(shown) or None


def _place(iri: str, ja: bool) -> str:
    """Return one evidence IRI as words where it has the project's form."""
    match = _EVIDENCE.search(iri)
    if match is None:
        return shorten(iri)
    at = match["at"]
    for pattern, english, japanese in _PLACES:
        found = pattern.fullmatch(at)
        if found:
            at = (japanese if ja else english).format(*found.groups())
            break
    mode = _MODES.get(match["mode"], (match["mode"],) * 2)[ja]
    return f"{match['source']} {at}（{mode}）" if ja else f"{match['source']}, {at} ({mode})"


def shorten(term: str) -> str:
    """Return a prefixed name for an IRI below a known namespace, also in a literal's datatype."""
    if term[:1] == '"' and term[-1] == ">":
        quoted, _, datatype = term.rpartition("^^")
        return f"{quoted}^^{shorten(datatype[1:-1])}"
    if term[:1] in {'"', "_"}:
        return term
    fitting = [(namespace, prefix) for prefix, namespace in PREFIXES.items() if term.startswith(namespace)]
    if not fitting:
        return term
    namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{term[len(namespace) :]}"


def _short_path(path: str) -> str:
    """Return a property path with prefixed names."""
    return _IRI.sub(lambda found: shorten(found[0]), path.replace("<", "").replace(">", ""))


def _one_line(text: str) -> str:
    """Return the text with control characters as visible escapes, so that data cannot steer a terminal."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", _visible, text)


def _visible(match: re.Match[str]) -> str:
    """Return one control character as an escape; a line break as a mark."""
    return " ⏎ " if match[0] == "\n" else f"\\u{ord(match[0]):04X}"
