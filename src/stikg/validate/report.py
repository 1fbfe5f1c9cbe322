"""The SHACL validation report: results for programs (JSON, Turtle) and for people (text)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from stikg.errors import Message
from stikg.validate.annotations import Text, severity_iri
from stikg.validate.ntriples import literal

SCHEMA_VERSION: Final = 1
_SHACL: Final = "http://www.w3.org/ns/shacl#"
_PROV: Final = "http://www.w3.org/ns/prov#"


@dataclass(frozen=True)
class Result:
    """One validation result.

    IRIs stand bare, blank nodes as `_:label`, literals as N-Triples text. `path` is an IRI or a SPARQL
    property path. `messages` are the texts of `sh:message` with their language tags; `message` is the same
    for people. `rule` is the number (`R105`) or the local name of the nearest shape with an IRI,
    `title` its `sh:name`.
    `details` are the results inside an `sh:node`.
    """

    focus_node: str
    path: str | None
    value: str | None
    component: str
    source_shape: str
    severity: str
    message: Message
    evidence: tuple[str, ...] = ()
    rule: str = ""
    title: Message | None = None
    remedy: Message | None = None
    messages: tuple[Text, ...] = ()
    source_constraint: str | None = None
    details: tuple[Result, ...] = ()
    path_turtle: str | None = field(default=None, repr=False, compare=False)

    def sort_key(self) -> tuple[Any, ...]:
        """Order results by what they are about, then by rule and value."""
        return (
            self.focus_node,
            self.path or "",
            self.source_shape,
            self.component,
            self.value or "",
            self.source_constraint or "",
            [(text, language or "") for text, language in self.messages],
            [detail.sort_key() for detail in self.details],
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the result with the keys of the JSON report."""
        described: dict[str, Any] = {
            "focus_node": self.focus_node,
            "path": self.path,
            "value": self.value,
            "component": self.component,
            "source_shape": self.source_shape,
            "severity": self.severity,
            "message": self.message._asdict(),
            "evidence": list(self.evidence),
            "rule": self.rule,
            "title": None if self.title is None else self.title._asdict(),
            "remedy": None if self.remedy is None else self.remedy._asdict(),
        }
        if self.source_constraint is not None:
            described["source_constraint"] = self.source_constraint
        if self.details:
            described["details"] = [detail.to_dict() for detail in self.details]
        return described


@dataclass(frozen=True)
class Report:
    """A validation report: whether the data conform, and every result in a stable order.

    `unmet_targets` are the targets that met no node, where the caller asked to be warned of them only.
    `engines` tells which engine judged how many shapes with targets.
    """

    conforms: bool
    results: tuple[Result, ...]
    unmet_targets: tuple[str, ...] = ()
    engines: tuple[tuple[str, int], ...] = field(default=(), compare=False)

    @staticmethod
    def of(results: Iterable[Result], unmet_targets: Iterable[str] = ()) -> Report:
        """Make a report of results: it conforms when there is none, whatever their severity.

        Source: SHACL 3.6.1.1.
        """
        ordered = tuple(sorted(results, key=Result.sort_key))
        return Report(not ordered, ordered, tuple(sorted(unmet_targets)))

    @property
    def violations(self) -> tuple[Result, ...]:
        """Return the results that are neither warnings nor information."""
        return tuple(result for result in self.results if result.severity not in {"Warning", "Info"})

    @property
    def warnings(self) -> tuple[Result, ...]:
        """Return the results of severity `Warning`."""
        return tuple(result for result in self.results if result.severity == "Warning")

    @property
    def infos(self) -> tuple[Result, ...]:
        """Return the results of severity `Info`."""
        return tuple(result for result in self.results if result.severity == "Info")

    def to_dict(self) -> dict[str, Any]:
        """Return the report with the keys of the JSON report."""
        return {
            "schema_version": SCHEMA_VERSION,
            "conforms": self.conforms,
            "counts": {
                "violations": len(self.violations),
                "warnings": len(self.warnings),
                "infos": len(self.infos),
            },
            "unmet_targets": list(self.unmet_targets),
            "results": [result.to_dict() for result in self.results],
        }

    def to_json(self) -> str:
        """Return the report as one JSON document that ends with a newline."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    def to_turtle(self) -> str:
        """Return the report as a SHACL validation report in Turtle; equal reports give equal bytes."""
        lines = [
            f"@prefix prov: <{_PROV}> .",
            f"@prefix sh: <{_SHACL}> .",
            "",
            "_:report a sh:ValidationReport ;",
        ]
        names = [f"_:result-{n}" for n in range(1, len(self.results) + 1)]
        listed = f" ;\n    sh:result {', '.join(names)}" if names else ""
        lines.append(f"    sh:conforms {'true' if self.conforms else 'false'}{listed} .")
        for name, result in zip(names, self.results, strict=True):
            lines += ["", *_result_turtle(name, result)]
        return "\n".join(lines) + "\n"

    def to_text(self, language: str = "en") -> str:
        """Return the report for people, in `ja` or English."""
        from stikg.validate.report_text import report_text

        return report_text(self, language)


def _result_turtle(name: str, result: Result) -> list[str]:
    """Return the lines that describe one result and the results inside it."""
    details = [f"{name}.{n}" for n in range(1, len(result.details) + 1)]
    pairs = [("sh:focusNode", _term(result.focus_node))]
    if result.path is not None:
        pairs.append(("sh:resultPath", result.path_turtle or _term(result.path)))
    if result.value is not None:
        pairs.append(("sh:value", _term(result.value)))
    pairs += [
        ("sh:resultSeverity", _term(severity_iri(result.severity))),
        ("sh:sourceConstraintComponent", _term(result.component)),
        ("sh:sourceShape", _term(result.source_shape)),
    ]
    if result.source_constraint is not None:
        pairs.append(("sh:sourceConstraint", _term(result.source_constraint)))
    pairs += [("sh:resultMessage", literal(text, language=tag)) for text, tag in result.messages]
    pairs += [("sh:detail", detail) for detail in details]
    pairs += [("prov:wasDerivedFrom", _term(evidence)) for evidence in result.evidence]
    described = " ;\n".join(f"    {predicate} {value}" for predicate, value in pairs)
    lines = [f"{name} a sh:ValidationResult ;", f"{described} ."]
    for detail, inner in zip(details, result.details, strict=True):
        lines += ["", *_result_turtle(detail, inner)]
    return lines


def _term(shown: str) -> str:
    """Return a term of a result as Turtle."""
    return shown if shown[0] == '"' or shown.startswith("_:") else f"<{shown}>"
