"""Networks of the bundled graph: edges, weights, files, and the page that lets nothing run or call out."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from stikg.errors import OutputRefused, UsageError
from stikg.network import BETWEEN, Filters, Network, network
from stikg.network.edges import Name
from stikg.network.page import page
from stikg.network.picture import layout
from stikg.network.writing import FORMATS, render
from stikg.query import LocalSource
from tests.cli.calling import call
from tests.queries.asking import answer, graph, text

HOSTILE = "</script><script>alert(1)</script>{{data}}\"'&\u2028"


@pytest.fixture(scope="module")
def net() -> Network:
    """Return agencies and countries."""
    return network(LocalSource(graph()))


def ends(found: Network) -> set[tuple[str, str]]:
    return {(one.source.iri.rsplit("/", 1)[1], one.target.iri.rsplit("/", 1)[1]) for one in found.edges}


def hostile(found: Network) -> Network:
    """Return the network with a label that tries to run."""
    first = found.edges[0]
    edge = replace(first, source=Name(first.source.iri, HOSTILE, HOSTILE))
    return replace(found, edges=(edge,), short={edge.source.iri: HOSTILE})


@pytest.mark.parametrize("between", BETWEEN)
def test_every_network_has_edges_and_each_edge_a_passage_in_a_document(between: str) -> None:
    found = network(LocalSource(graph()), between)
    assert found.edges
    assert all(one.document.iri and one.locator for edge in found.edges for one in edge.passages)


def test_edges_are_those_of_the_older_question_and_more(net: Network) -> None:
    rows = answer(text("agency-country", {}))
    older = {(str(row["agency"]).rsplit("/", 1)[1], str(row["country"]).rsplit("/", 1)[1]) for row in rows}
    assert older <= ends(net)


def test_filters_leave_only_passages_that_fit() -> None:
    planned = network(LocalSource(graph()), filters=Filters(statuses=frozenset({"planned"})))
    assert ("jst", "za") in ends(planned)
    assert ("jica", "th") not in ends(planned)
    assert not network(LocalSource(graph()), filters=Filters(years=frozenset({1900}))).edges


def test_weight_by_budget_is_refused_with_the_reason() -> None:
    with pytest.raises(UsageError, match="invent"):
        network(LocalSource(graph()), weight="budget")


def test_a_weight_counts_different_things_not_rows(net: Network) -> None:
    thailand = next(
        edge for edge in net.edges if edge.target.iri.endswith("/th") and "jica" in edge.source.iri
    )
    assert thailand.weight("programmes") == 1
    assert thailand.weight("evidence") == len({one.evidence for one in thailand.passages})


def test_the_sides_of_a_two_mode_network_are_marked(net: Network) -> None:
    made = net.to_networkx()
    assert {made.nodes[one.source.iri]["bipartite"] for one in net.edges} == {0}
    assert {made.nodes[one.target.iri]["bipartite"] for one in net.edges} == {1}
    assert "number of programmes" in made.graph["weight_counts"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_network_gives_the_same_bytes(net: Network, form: str) -> None:
    assert render(net, form) == render(network(LocalSource(graph())), form)


def test_files_hold_the_edges_and_weights_of_the_network(net: Network, tmp_path: Path) -> None:
    import networkx

    expected = {frozenset((one.source.iri, one.target.iri)): one.weight("programmes") for one in net.edges}
    for read, form in ((networkx.read_graphml, "graphml"), (networkx.read_gexf, "gexf")):
        found: list[tuple[str, str, int]] = list(
            read(net.save(tmp_path / f"net.{form}")).edges(data="weight")
        )
        assert {frozenset((a, b)): int(w) for a, b, w in found} == expected
    document = json.loads(render(net, "json"))
    assert {frozenset((one["source"], one["target"])): one["weight"] for one in document["edges"]} == expected
    rows = list(csv.DictReader(io.StringIO(render(net, "csv"))))
    assert {frozenset((row["source"], row["target"])): int(row["weight"]) for row in rows} == expected


def test_gexf_has_no_date_of_today_and_no_name_on_its_graph(net: Network) -> None:
    found = render(net, "gexf")
    assert 'lastmodifieddate="1970-01-01"' in found
    assert not re.search(r"<graph\b[^>]* name=", found)


def test_a_file_of_another_maker_is_left(net: Network, tmp_path: Path) -> None:
    path = tmp_path / "net.html"
    net.save(path)
    net.save(path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefused):
        net.save(path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("form", ["html", "svg"])
def test_a_label_is_shown_and_never_run(net: Network, form: str) -> None:
    found = render(hostile(net), form)
    assert "<script>alert" not in found
    assert "&lt;script&gt;alert" in found


def test_the_data_of_the_page_survive_hostile_labels(net: Network) -> None:
    data = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', page(hostile(net)), re.DOTALL
    )
    assert data
    assert json.loads(data[1])["edges"][0]["s"][1] == HOSTILE


def test_the_page_calls_nothing_outside(net: Network) -> None:
    found = page(net)
    assert "default-src &#x27;none&#x27;" in found
    assert not re.search(r"(?:src|href)=[\"'](?!data:)", found)


def test_things_on_the_circle_stand_apart(net: Network) -> None:
    places = [one for one in layout(net).values() if one.outside]
    gaps = [abs(a.x - b.x) + abs(a.y - b.y) for n, a in enumerate(places) for b in places[:n]]
    assert min(gaps) > 15


def test_the_command_writes_files_and_says_so(folder: Path) -> None:
    done = call("network", "-o", folder / "net.html", "-o", folder / "net.gexf")
    assert done.status == 0, done.err
    assert " links" in done.err
    assert {one.name for one in folder.iterdir()} >= {"net.html", "net.gexf"}


def test_the_command_refuses_what_it_cannot_draw(folder: Path) -> None:
    assert call("network", "--weight", "budget").status == 2
    assert call("network", "--between", "cats-dogs").status == 2
    assert call("network", "--mode", "guessed").status == 2
    assert call("network", "-o", folder / "net.xls").status == 2


def test_the_command_without_a_file_writes_csv(folder: Path) -> None:
    del folder
    done = call("network", "--status", "planned")
    assert done.status == 0, done.err
    assert done.out.startswith("source,source_ja,")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
