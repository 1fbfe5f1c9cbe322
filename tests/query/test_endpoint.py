"""SPARQL services: a right answer or a clear error, in bounded time and memory."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from stikg.build import build
from stikg.errors import EndpointError, QueryRejected, UsageError
from stikg.namespaces import ID
from stikg.query import EndpointSource, LocalSource, Rows, Triples, ask, catalogue, parse_question
from stikg.query.endpoint import fetch
from stikg.resources import queries_dir
from tests.query import misbehaving
from tests.query.small_graph import small_graph

RESULTS = "application/sparql-results+json"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _program() -> Path:
    """Return Oxigraph's own program, which PyPI's package puts beside the interpreter."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("oxigraph (PyPI) is not installed beside this Python")
    return program


@contextlib.contextmanager
def _serving(program: Path) -> Iterator[str]:
    """Run an empty service; yield its address."""
    root = f"http://127.0.0.1:{free_port()}"
    command = [str(program), "serve", "--bind", root.removeprefix("http://")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(root)
        yield root
    finally:
        process.kill()
        process.wait()


def _wait_for(root: str) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(root, timeout=1).close()
            return
        time.sleep(0.05)
    raise TimeoutError(root)


def _load(root: str, data: bytes, media_type: str, graph: str = "") -> None:
    request = urllib.request.Request(
        root + "/store" + graph, data, {"Content-Type": media_type}, method="POST"
    )
    urllib.request.urlopen(request, timeout=30).close()


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[str]:
    """A real SPARQL service: every quad in its graph, every triple in the default one."""
    with _serving(_program()) as root:
        graph = small_graph()
        _load(root, b"".join(graph.serialise("nquads")), "application/n-quads")
        _load(root, b"".join(graph.serialise("ntriples")), "application/n-triples", "?default")
        yield root + "/query"


def test_a_real_service_answers_with_rows(oxigraph: str) -> None:
    rows = EndpointSource(oxigraph).answer(
        "SELECT ?l { id:country/th skos:prefLabel ?l } ORDER BY ?l".replace("/", "\\/")
    )
    assert isinstance(rows, Rows)
    assert rows.column("l") == ["Thailand", "タイ"]


def test_a_real_service_resolves_names(oxigraph: str) -> None:
    text = (
        "#+ title: {en: t, ja: t}\n#+ summary: {en: s, ja: s}\n#+ group: A\n"
        "#+ parameters: {programme: {type: entity, kind: programme}}\n"
        "SELECT ?budget WHERE {\n  # @values\n  ?budget stikg:programmeDimension ?programme\n}"
    )
    rows = ask(EndpointSource(oxigraph), parse_question(text, "t", "t.rq"), {"programme": "ＳＩＣＯＲＰ"})
    assert isinstance(rows, Rows)
    assert rows.column("budget") == [ID + "budget/programme/sicorp/2021/draft"]


def test_a_real_service_answers_yes_or_no(oxigraph: str) -> None:
    assert EndpointSource(oxigraph).answer("ASK { ?x a stikg:Agency }") is True
    assert EndpointSource(oxigraph).answer("ASK { ?x a stikg:Nothing }") is False


def test_a_real_service_constructs(oxigraph: str) -> None:
    triples = EndpointSource(oxigraph).answer(
        "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . FILTER(?c = stikg:Agency) }"
    )
    assert isinstance(triples, Triples)
    assert "a stikg:Agency" in triples.to_turtle()


def test_a_real_service_says_what_is_wrong_with_a_query(oxigraph: str) -> None:
    with pytest.raises(QueryRejected) as raised:
        EndpointSource(oxigraph).answer("SELECT ?x WHERE {")
    assert raised.value.exit_status == 3


def test_nobody_listens() -> None:
    with pytest.raises(EndpointError, match="cannot be asked"):
        fetch(f"http://127.0.0.1:{free_port()}/query", "ASK {}", RESULTS, seconds=5)


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        (misbehaving.answer(b"<html>", "text/html; charset=utf-8"), "text/html"),
        (misbehaving.answer(b"{}", RESULTS, "401 Unauthorized"), "401"),
        (misbehaving.answer(b"no", "text/plain", "500 Oops"), "500"),
        (misbehaving.answer(b"", status="302 Found", extra="Location: http://127.0.0.1:1/\r\n"), "elsewhere"),
        (misbehaving.raw(b"SSH-2.0-OpenSSH\r\n"), "cannot be asked"),
        (misbehaving.raw(b""), "cannot be asked"),
        (misbehaving.raw(HEAD + b"Content-Length: 100\r\n\r\n{}"), "cannot be asked"),
        (misbehaving.raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "cannot be asked"),
        (misbehaving.raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000), "cannot be asked"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_said(talk: misbehaving.Talk, said: str) -> None:
    with misbehaving.service(talk) as address, pytest.raises(EndpointError, match=said) as raised:
        fetch(address, "ASK {}", RESULTS, seconds=5)
    assert raised.value.exit_status == 3
    assert raised.value.what.ja


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b"null", b'{"head":{"vars":["x"]}}', b"\xff", b"[" * 100_000,
     b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"odd","value":""}}]}}',
     b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"\\ud800"}}]}}'],
)  # fmt: skip
def test_results_that_cannot_be_read_are_said(body: bytes) -> None:
    with (
        misbehaving.service(misbehaving.answer(body)) as address,
        pytest.raises(EndpointError, match="cannot be read"),
    ):
        EndpointSource(address).answer("SELECT ?x {}")


@pytest.mark.parametrize("body", [b"<html>", b"\xff", b"<a> <b>"])
def test_triples_that_cannot_be_read_are_said(body: bytes) -> None:
    talk = misbehaving.answer(body, "application/n-triples")
    with misbehaving.service(talk) as address, pytest.raises(EndpointError, match="cannot be read"):
        EndpointSource(address).answer("DESCRIBE <http://a>")


@pytest.mark.parametrize(
    "talk",
    [
        misbehaving.hang(3),
        misbehaving.drip(3, b"", b"H"),
        misbehaving.drip(3, b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        misbehaving.drip(3, HEAD + b"\r\n", b" "),
        misbehaving.drip(3, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["silence", "status", "headers", "body", "chunks"],
)
def test_a_service_that_is_not_done_in_time_is_left(talk: misbehaving.Talk) -> None:
    started = time.monotonic()
    with misbehaving.service(talk) as address:
        with pytest.raises(EndpointError, match=r"within 0\.5 s"):
            fetch(address, "ASK {}", RESULTS, seconds=0.5)
        assert time.monotonic() - started < 2


def test_an_endless_answer_is_cut_at_the_limit() -> None:
    with (
        misbehaving.service(misbehaving.endless(HEAD + b"\r\n")) as address,
        pytest.raises(EndpointError, match="larger than 1 MB"),
    ):
        fetch(address, "ASK {}", RESULTS, seconds=20, most_bytes=1024 * 1024)


@pytest.mark.parametrize(
    "address",
    ["", "localhost", "file:///etc/passwd", "ftp://a/b", "http://", "http://a b/", "http://a/\r\nX: y",
     "http://a:99999/", "http://[/"],
)  # fmt: skip
def test_what_is_no_address_of_a_service_is_refused(address: str) -> None:
    with pytest.raises(UsageError):
        fetch(address, "ASK {}", RESULTS)


def test_a_password_goes_to_the_service_and_into_no_message() -> None:

    def talk(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with misbehaving.service(talk) as address:
        secret = address.replace("http://", "http://me:s%65cret@")
        with pytest.raises(EndpointError) as raised:
            fetch(secret, "ASK {}", RESULTS)
    assert "cret" not in raised.value.text("en")
    assert address in raised.value.text("en")


def test_an_empty_answer_is_no_rows() -> None:
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": []}}).encode()
    with misbehaving.service(misbehaving.answer(body)) as address:
        rows = EndpointSource(address).answer("SELECT ?x {}")
    assert isinstance(rows, Rows)
    assert len(rows) == 0


@pytest.mark.foreign
def test_every_prepared_question_has_the_same_rows_from_a_service() -> None:
    program = _program()
    graph = build().graph
    local = LocalSource(graph)
    with _serving(program) as root:
        _load(root, b"".join(graph.serialise("nquads")), "application/n-quads")
        _load(root, b"".join(graph.serialise("ntriples")), "application/n-triples", "?default")
        service = EndpointSource(root + "/query")
        questions = catalogue(queries_dir())
        for question in questions:
            values = {one.name: "sicorp" for one in question.parameters if one.required}
            assert ask(service, question, values) == ask(local, question, values), question.name
    assert len(questions) >= 20
