"""What a report says where a shape has no message of its own."""

from __future__ import annotations

from typing import Final

from stikg.errors import Message
from stikg.validate.annotations import Text
from stikg.validate.ntriples import SH, is_blank, plain, sh
from stikg.validate.shapes import Shapes

# component → (parameter whose value replaces {0}, English, Japanese)
_WORDING: Final[dict[str, tuple[str, str, str]]] = {
    "And": (
        "and",
        "does not conform to all of the shapes in sh:and",
        "sh:and のすべてには適合していません",
    ),
    "Class": ("class", "is not an instance of {0}", "{0} のインスタンスではありません"),
    "Closed": (
        "closed",
        "has a property this closed shape does not allow",
        "許されないプロパティがあります",
    ),
    "Datatype": (
        "datatype",
        "is no literal of datatype {0}",
        "データ型が {0} ではありません",
    ),
    "Disjoint": ("disjoint", "is also a value of {0}", "{0} の値でもあります"),
    "Equals": ("equals", "does not stand at both this path and {0}", "このパスと {0} の値が一致しません"),
    "HasValue": ("hasValue", "the value {0} is missing", "値 {0} がありません"),
    "In": ("in", "is not one of the allowed values", "許された値のどれでもありません"),
    "LanguageIn": ("languageIn", "has none of the allowed language tags", "許された言語タグがありません"),
    "LessThan": ("lessThan", "is not less than the values of {0}", "{0} の値より小さくありません"),
    "LessThanOrEquals": (
        "lessThanOrEquals",
        "is not less than or equal to the values of {0}",
        "{0} の値以下ではありません",
    ),
    "MaxCount": ("maxCount", "has more than {0} value(s)", "値が{0}個より多くあります"),
    "MaxExclusive": ("maxExclusive", "is not less than {0}", "{0} より小さくありません"),
    "MaxInclusive": ("maxInclusive", "is not less than or equal to {0}", "{0} 以下ではありません"),
    "MaxLength": ("maxLength", "is longer than {0} characters", "{0}文字より長いです"),
    "MinCount": ("minCount", "has fewer than {0} value(s)", "値が{0}個より少ないです"),
    "MinExclusive": ("minExclusive", "is not greater than {0}", "{0} より大きくありません"),
    "MinInclusive": ("minInclusive", "is not greater than or equal to {0}", "{0} 以上ではありません"),
    "MinLength": ("minLength", "is shorter than {0} characters", "{0}文字より短いです"),
    "Node": ("node", "does not conform to the shape {0}", "シェイプ {0} に適合していません"),
    "NodeKind": ("nodeKind", "is not of the node kind {0}", "ノードの種類が {0} ではありません"),
    "Not": (
        "not",
        "conforms to a shape it must not conform to",
        "適合してはならないものに適合しています",
    ),
    "Or": ("or", "conforms to none of the shapes in sh:or", "sh:or のどのシェイプにも適合していません"),
    "Pattern": ("pattern", "does not match the pattern {0}", "パターン {0} に一致しません"),
    "QualifiedMaxCount": (
        "qualifiedMaxCount",
        "has more than {0} value(s) of the qualified shape",
        "限定されたシェイプの値が{0}個より多くあります",
    ),
    "QualifiedMinCount": (
        "qualifiedMinCount",
        "has fewer than {0} value(s) of the qualified shape",
        "限定されたシェイプの値が{0}個より少ないです",
    ),
    "SPARQL": ("sparql", "breaks a rule written in SPARQL", "SPARQLで書かれた規則に反しています"),
    "UniqueLang": ("uniqueLang", "has several values in one language", "同じ言語の値が複数あります"),
    "Xone": (
        "xone",
        "does not conform to exactly one shape of sh:xone",
        "sh:xone のちょうど一つに適合しません",
    ),
}
_ENDING: Final = "ConstraintComponent"


def default_messages(shapes: Shapes, shape: str, component: str) -> tuple[Text, ...]:
    """Return the project's own wording for a result of this component, in English and Japanese.

    Args:
        component: the full IRI of the constraint component.
    """
    kind = component.removeprefix(SH).removesuffix(_ENDING)
    parameter, english, japanese = _WORDING.get(kind, ("", f"breaks the constraint {component}", ""))
    values = [_shown(term) for term in shapes.values(shape, sh(parameter))] if parameter else []
    shown = ", ".join(values)
    message = Message(english, japanese or f"制約 {component} に反しています")
    return ((message.en.replace("{0}", shown), "en"), (message.ja.replace("{0}", shown), "ja"))


def _shown(term: str) -> str:
    """Return a parameter as it stands in a sentence: numbers and texts bare, IRIs in full."""
    if is_blank(term):
        return "[…]"
    if term[0] == '"':
        return term[1 : term.rindex('"')]
    return plain(term)
