"""What datatypes admit: what the calendar and XML Schema allow, in the one spelling Oxigraph keeps."""

from __future__ import annotations

import re

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stikg.mapping.lexical import DATATYPES, FAST_IRI, XSD, LexicalForm, is_iri, is_language_tag

GOOD = {
    "boolean": ["true", "false"],
    "integer": ["0", "-1", "7368", "99999999999999999999"],
    "nonNegativeInteger": ["0", "14"],
    "positiveInteger": ["1", "14"],
    "decimal": ["0", "8.1", "-0.5", "100", "-12.05", "0.000001"],
    "date": ["2020-07-16", "2020-02-29", "2000-02-29", "1999-12-31", "2021-04-30"],
    "dateTime": ["2020-07-16T09:30:00Z", "2020-02-29T23:59:59.5+09:00", "2020-01-01T00:00:00"],
    "gYear": ["2021", "0001"],
    "gYearMonth": ["2020-07", "1999-12"],
    "gMonthDay": ["--04-01", "--02-29"],
    "gMonth": ["--04"],
    "gDay": ["---31"],
    "anyURI": ["https://example.org", "http://例え.jp/日本?x=1#y", "urn:isbn:4000000000", "mailto:a@b.jp"],
    "duration": ["P3Y", "P1Y6M", "P11M", "P365D", "PT0S", "PT23H59M59.5S", "-P1Y", "P1Y2M3DT4H5M6S"],
    "language": ["ja", "en-GB", "ja-Hrkt"],
}
BAD = {
    "boolean": ["1", "TRUE", "yes", " true"],
    "integer": ["+1", "007", "-0", "1,000", "1.0", "１", "1e3", "", " 1", "1\n"],
    "nonNegativeInteger": ["-1", "00"],
    "positiveInteger": ["0", "-1"],
    "decimal": ["8.10", "8.0", ".5", "5.", "-0", "-0.0", "1e3", "00.5", "+1.5", "NaN", "8,1"],
    "date": ["2021-02-29", "1900-02-29", "2020-13-01", "2020-00-10", "2020-04-31", "2020-7-1", "0000-01-01",
             "20200716", "2020-07-16Z", "令和2年", "2020-07"],
    "dateTime": ["2020-07-16 09:30:00Z", "2020-07-16T24:00:00", "2020-07-16T09:30:00.50Z",
                 "2020-07-16T09:30:00+00:00", "2021-02-29T00:00:00", "2020-07-16T09:60:00"],
    "gYear": ["0000", "21", "12021", "2021Z", "２０２１"],
    "gYearMonth": ["2020-13", "2020-00", "2020-7", "0000-01", "2020-07-01"],
    "gMonthDay": ["--02-30", "--13-01", "04-01"],
    "gMonth": ["--13", "04"],
    "gDay": ["---32", "---00"],
    "anyURI": ["", "example.org", "/a", "https://", "https:///a", "http:/example.org", "https://a b",
               "https://a/<b>",
               "https://a/%zz", "https://a:port/", "https://a/{b}", "https://a/\\", "https://a/`", "https://a/\n",
               'https://a/"', "https://a#b#c", "https://a/\ud800", "https://a/\ufffe",
               "https://[::1]/", "1a:b"],
    "duration": ["P", "P12M", "PT24H", "PT60S", "PT", "P1YT", "P0Y", "P1Y0M", "P7W", "P1.5Y", "1Y", "PT00S",
                 "PT1.50S"],
    "language": ["", "j", "日本", "en_GB", "ja-"],
}  # fmt: skip
CASES = [(name, value) for name, values in GOOD.items() for value in values]


def test_every_datatype_has_good_and_bad_cases() -> None:
    names = {form.name for form in DATATYPES.values()}
    assert names == set(GOOD) == set(BAD)


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_right_form_is_admitted(name: str, value: str) -> None:
    assert DATATYPES[XSD + name].accepts(value)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD.items() for value in values]
)
def test_a_wrong_form_is_refused_by_the_full_and_the_fast_check(name: str, value: str) -> None:
    form = DATATYPES[XSD + name]
    assert not form.accepts(value)
    assert not re.fullmatch(form.fast, value)


@pytest.mark.parametrize(("name", "value"), CASES)
def test_oxigraph_keeps_every_admitted_form_as_it_is_written(name: str, value: str) -> None:
    store = pyoxigraph.Store()
    place = pyoxigraph.NamedNode("https://example.org/")
    written = pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(XSD + name))
    store.add(pyoxigraph.Quad(place, place, written))
    (kept,) = [quad.object for quad in store]
    assert isinstance(kept, pyoxigraph.Literal)
    assert kept.value == value
    if name not in {"nonNegativeInteger", "positiveInteger"}:  # it stores both as xsd:integer
        assert kept == written


@pytest.mark.parametrize("form", DATATYPES.values(), ids=lambda form: form.name)
@given(data=st.data())
def test_the_fast_pattern_admits_nothing_that_the_full_check_refuses(
    form: LexicalForm, data: st.DataObject
) -> None:
    value = data.draw(st.from_regex(form.fast, fullmatch=True).filter(lambda text: not text.endswith("\n")))
    if re.fullmatch(form.fast, value):
        assert form.accepts(value)


@given(st.text(max_size=40).map(lambda rest: f"https://example.org/{rest}"))
@example("https://example.org/\ue000")
@example("https://example.org/?\ue000")
@example("https://example.org/\U000e0fff")
def test_an_admitted_iri_is_one_for_oxigraph_too(iri: str) -> None:
    if is_iri(iri):
        quads = list(pyoxigraph.parse(f"<{iri}> <{iri}> <{iri}> .", format=pyoxigraph.RdfFormat.N_QUADS))
        assert quads[0].subject == pyoxigraph.NamedNode(iri)


@given(st.from_regex(FAST_IRI, fullmatch=True))
def test_the_fast_iri_pattern_admits_legal_iris_only(iri: str) -> None:
    pyoxigraph.NamedNode(iri)
    assert list(pyoxigraph.parse(f"<{iri}> <{iri}> <{iri}> .", format=pyoxigraph.RdfFormat.N_QUADS))


@pytest.mark.parametrize("tag", ["ja", "en", "ja-Hrkt", "zh-Hant-TW", "es-419", "sl-rozaj"])
def test_language_tags_in_use_are_admitted_and_legal_for_oxigraph(tag: str) -> None:
    assert is_language_tag(tag)
    assert pyoxigraph.Literal("x", language=tag).language == tag.lower()
