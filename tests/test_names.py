"""Names: in either language, by acronym, code, key, IRI or misprint they find their one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from stikg.errors import AmbiguousName, UnknownName
from stikg.names import fold, labels_of, resolve
from stikg.namespaces import ID
from stikg.terms import Term
from tests.query.small_graph import small_graph

GRAPH = small_graph()


def select(text: str) -> Iterable[Sequence[Term | None]]:
    return GRAPH.query(text)


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("sicorp", "programme/sicorp"),
        ("SICORP", "programme/sicorp"),
        ("ＳＩＣＯＲＰ", "programme/sicorp"),
        ("戦略的国際共同研究プログラム", "programme/sicorp"),
        ("strategic international  collaborative research program", "programme/sicorp"),
        ("id:programme/sicorp", "programme/sicorp"),
        (ID + "programme/sicorp", "programme/sicorp"),
        (f"<{ID}programme/sicorp>", "programme/sicorp"),
        ("タイ", "country/th"),
        ("ﾀｲ", "country/th"),
        ("Thailand", "country/th"),
        ("TH", "country/th"),
        ("Timor‐Leste", "country/tl"),
        ("米国的", "country/us"),
        ("JST", "organisation/jst"),
        ("科学技術 振興機構", "organisation/jst"),
    ],
)
def test_a_name_finds_its_thing(name: str, thing: str) -> None:
    assert resolve(select, name).iri == ID + thing


def test_a_decomposed_name_finds_the_composed_one() -> None:
    decomposed = "戦略的国際共同研究フ\u309aロク\u3099ラム"
    assert fold(decomposed) == fold("戦略的国際共同研究プログラム")
    assert resolve(select, decomposed).iri == ID + "programme/sicorp"


def test_the_label_that_is_shown_is_in_the_wanted_language() -> None:
    assert resolve(select, "TH", language="ja").label == "タイ"
    assert resolve(select, "TH").label == "Thailand"


def test_a_name_of_nothing_lists_the_nearest() -> None:
    with pytest.raises(UnknownName) as raised:
        resolve(select, "Thialand")
    assert "Thailand" in raised.value.remedy.en


def test_a_misprint_is_never_suggested() -> None:
    with pytest.raises(UnknownName) as raised:
        resolve(select, "米国目", language="ja")
    assert "「米国」" in raised.value.remedy.ja
    assert "米国的" not in raised.value.remedy.ja


def test_a_name_of_several_things_lists_them() -> None:
    with pytest.raises(AmbiguousName) as raised:
        resolve(select, "NUS")
    assert "id:organisation/nus-a" in raised.value.what.en
    assert "id:organisation/nus-b" in raised.value.what.en


def test_a_thing_of_another_kind_is_not_meant() -> None:
    with pytest.raises(UnknownName):
        resolve(select, "SICORP", kinds=["id/country/"])
    with pytest.raises(UnknownName):
        resolve(select, "id:programme/sicorp", kinds=["id/country/"])


def test_an_iri_that_nothing_is_said_about_is_unknown() -> None:
    with pytest.raises(UnknownName):
        resolve(select, "https://example.org/nothing")


@pytest.mark.parametrize("name", ['"', "x\" } # '", "\\", "a\nb", "?x", "> <", "", "\x00", "𝒳" * 300])
def test_no_name_can_break_out_of_the_query(name: str) -> None:
    with pytest.raises(UnknownName):
        resolve(select, name)


def test_labels_are_found_for_many_things_at_once() -> None:
    found = labels_of(select, [ID + "country/th", *(f"{ID}country/none-{number}" for number in range(1200))])
    assert {label.value for label in found[ID + "country/th"]} == {"タイ", "Thailand"}
    assert len(found) == 1


def test_a_term_of_the_ontology_goes_by_its_rdfs_label() -> None:
    amount = "https://w3id.org/stikg/ontology#amount"
    assert {label.value for label in labels_of(select, [amount])[amount]} == {"amount", "金額"}
