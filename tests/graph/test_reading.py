"""Reading RDF of any origin: what is not what it claims is refused with its place; nothing is fetched."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stikg.errors import UnreadableFile
from stikg.graph import Graph, reading

TRIPLE = b'<http://e/a> <http://e/b> "x" .\n'
QUAD = b'<http://e/a> <http://e/b> "x" <http://e/g> .\n'


def read(tmp_path: Path, name: str, data: bytes) -> Graph:
    path = tmp_path / name
    path.write_bytes(data)
    return Graph.read(path)


def refused(tmp_path: Path, name: str, data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path, name, data)
    assert str(tmp_path / name) in str(caught.value.where)
    assert re.search("[ぁ-ん]", caught.value.text("ja"))
    return caught.value.text("en")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.nq", QUAD),
        ("x.nq", QUAD.rstrip()),
        ("x.NQ", QUAD),
        ("x.nq", b"\xef\xbb\xbf" + QUAD),
        ("x.nq", QUAD.replace(b"\n", b"\r\n")),
        ("x.trig", b"<http://e/g> { <http://e/a> <http://e/b> 'x' }"),
        ("x.jsonld", b'{"@id":"http://e/g","@graph":{"@id":"http://e/a","http://e/b":"x"}}'),
        ("x.nq.gz", gzip.compress(QUAD)),
    ],
)
def test_every_form_gives_the_same_quad(tmp_path: Path, name: str, data: bytes) -> None:
    assert b"".join(read(tmp_path, name, data).lines()) == QUAD


@pytest.mark.parametrize(
    ("name", "data"), [("x.nt", TRIPLE), ("x.ttl", b"@prefix e: <http://e/> . e:a e:b 'x' .")]
)
def test_triples_stand_in_the_default_graph(tmp_path: Path, name: str, data: bytes) -> None:
    assert b"".join(read(tmp_path, name, data).lines()) == TRIPLE


def test_blank_nodes_are_named_in_their_order(tmp_path: Path) -> None:
    data = b"<http://e/a> <http://e/b> [ <http://e/c> [] ] ; <http://e/d> _:x . _:x <http://e/d> 1 ."
    first, second = (b"".join(read(tmp_path, "x.ttl", data).lines()) for _ in range(2))
    assert first == second
    assert first.count(b"_:b0") == 2


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"no file .*x\.nq") as caught:
        Graph.read(tmp_path / "x.nq")
    assert "stikg build" in caught.value.text("en")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.nq").mkdir()
    with pytest.raises(UnreadableFile, match="Is a directory"):
        Graph.read(tmp_path / "x.nq")


@pytest.mark.parametrize("name", ["x.rdf", "x.xml", "x", "x.csv", "x.gz", "x.nq.bz2"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    assert ".nq .nt .trig .ttl .jsonld" in refused(tmp_path, name, QUAD)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.nq", TRIPLE + b"<http://e/a> <http://e b> 'x' .\n", ":2: Invalid IRI"),
        ("x.nq", TRIPLE * 19_999 + b"<http://e/a>\n", ":20000: "),
        ("x.ttl", TRIPLE + b"<http://e/a> <http://e/b> [", ":2: "),
        ("x.ttl", b"<http://e/a> <http://e/b> 'x'", ":1: "),
        ("x.ttl", b"e:a e:b 1 .", ":1: The prefix e: has not been declared"),
        ("x.ttl", TRIPLE + b'<http://e/a> <http://e/b> "\xff" .', ":2: Invalid UTF-8"),
        ("x.ttl", '<http://e/a> <http://e/b> "日本" .'.encode("cp932"), ":1: Invalid UTF-8"),
        ("x.ttl", '<http://e/a> <http://e/b> "x" .'.encode("utf-16"), ":1: the file is UTF-16"),
        ("x.nq", TRIPLE + b'<http://e/a> <http://e/b> "\0" .', ":2: there is a NUL byte"),
        ("x.nq", b'<http://e/a> <http://e/b> "\\uD800" .', ":1: "),
        ("x.ttl", b'<http://e/a\\u0020b> <http://e/b> "x" .', ":1: "),
        ("x.ttl", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML or HTML"),
        ("x.jsonld", b"\n <!doctype html><html></html>", "XML or HTML"),
        ("x.jsonld", b'{"@id": "http://e/a", "http://e/b": NaN}', ":1: "),
        ("x.jsonld", b'{"@id": "http://e/a",\n "http://e/b": "x"', ":2: "),
        ("x.nq.gz", QUAD, "Not a gzipped file"),
        ("x.nq.gz", gzip.compress(QUAD)[:-9], "ended before"),
        ("x.nt", b'<http://e/a> <http://e/b> <<( <http://e/a> <http://e/b> "x" )>> .', "triple terms"),
    ],
)  # fmt: skip
def test_bytes_that_are_not_what_they_claim_are_refused(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    assert said in refused(tmp_path, name, data)


def test_a_literal_of_thirty_megabytes_is_refused(tmp_path: Path) -> None:
    assert "longer than 16 MiB" in refused(
        tmp_path, "x.ttl", b'<http://e/a> <http://e/b> "' + b"x" * 30_000_000 + b'" .'
    )


@pytest.mark.parametrize(
    "context",
    ['"http://127.0.0.1:9/c"', '"file:///etc/passwd"', '"c.jsonld"', '{"@import": "http://127.0.0.1:9/c"}'],
)
def test_a_context_elsewhere_is_refused(tmp_path: Path, context: str) -> None:
    (tmp_path / "c.jsonld").write_text('{"@context": {"p": "http://e/b"}}', encoding="utf-8")
    data = f'{{"@context": {context}, "@id": "http://e/a", "p": "x"}}'
    assert "fetches nothing" in refused(tmp_path, "x.jsonld", data.encode())


@pytest.mark.parametrize(
    ("name", "opening", "inner", "closing"),
    [
        ("x.jsonld", b'{"http://e/p":', b"1", b"}"),
        ("x.jsonld", b'{"@context":', b"{}", b"}"),
        ("x.jsonld", b"[", b"", b"]"),
        ("x.ttl", b"<< <http://e/a> <http://e/b> ", b"1", b" >>"),
        ("x.nq", b"<<( <http://e/a> <http://e/b> ", b'"x"', b" )>>"),
    ],
)
def test_nesting_that_would_end_the_process_is_refused(
    tmp_path: Path, name: str, opening: bytes, inner: bytes, closing: bytes
) -> None:
    head = b"" if name == "x.jsonld" else b"<http://e/a> <http://e/b> "
    tail = b"" if name == "x.jsonld" else b" ."
    data = head + opening * 100_000 + inner + closing * 100_000 + tail
    assert "nesting is too deep" in refused(tmp_path, name, data)


def test_what_only_looks_nested_is_read(tmp_path: Path) -> None:
    data = (
        b'<http://e/a> <http://e/b> "'
        + b"<<" * 1_000
        + b'" . # '
        + b"<<" * 1_000
        + b"\n<http://e/a> <http://e/c> '<<' ."
    )
    assert len(read(tmp_path, "x.ttl", data)) == 2
    data = b'{"@id":"http://e/a","http://e/b":"' + b"[{" * 1_000 + b'\\""}'
    assert len(read(tmp_path, "x.jsonld", data)) == 1


@pytest.mark.parametrize("levels", [500, 100_000])
def test_legal_turtle_may_nest(tmp_path: Path, levels: int) -> None:
    data = b"<http://e/a> <http://e/b> " + b"[ <http://e/p> " * levels + b"1" + b"]" * levels + b"."
    assert len(read(tmp_path, "x.ttl", data)) == levels + 1


def test_what_the_limits_pass_survives_a_small_stack(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonld"
    path.write_bytes(b'{"http://e/p":' * 256 + b"1" + b"}" * 256)
    code = (
        "import sys, threading; from pathlib import Path; from stikg.graph import Graph\n"
        "threading.stack_size(2 << 20)\n"
        "thread = threading.Thread(target=lambda: print(len(Graph.read(Path(sys.argv[1])))))\n"
        "thread.start(); thread.join()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "256\n"), done.stderr


def test_a_gzip_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_SMALL", 1 << 20)
    assert "unpacks to" in refused(tmp_path, "x.nq.gz", gzip.compress(b"#" * (8 << 20)))


def test_a_file_beyond_the_limit_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1 << 20)
    assert "GiB" in refused(tmp_path, "x.nq", b"#" * (2 << 20))


def test_a_hundred_thousand_graphs_are_read(tmp_path: Path) -> None:
    data = b"".join(b'<http://e/a> <http://e/b> "x" <http://e/g%d> .\n' % n for n in range(100_000))
    graph = read(tmp_path, "x.nq", data)
    assert (len(graph), len(graph.graphs())) == (1, 100_000)
    assert graph.ask("ASK { GRAPH <http://e/g99999> { ?s ?p ?o } }")
