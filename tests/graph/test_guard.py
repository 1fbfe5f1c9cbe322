"""What a query may be: nothing that ends the process, reaches outside or changes data gets to the engine."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from stikg.errors import QueryRejected
from stikg.graph import Graph, check_query
from stikg.graph.guard import MOST_CHARACTERS
from stikg.resources import ontology_dir, queries_dir

OUTSIDE = (
    "<http://127.0.0.1:9/>"  # the port of "discard": the engine refuses it, after it has decided to call
)
PREFIXES = "PREFIX : <http://127.0.0.1:9/> PREFIX ex: <http://127.0.0.1:9/e> "


@pytest.mark.parametrize(
    "path", [*queries_dir().glob("*.rq"), *(ontology_dir() / "checks").glob("*.rq")], ids=lambda p: p.stem
)
def test_every_query_of_the_project_passes(path: Path) -> None:
    check_query(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service WHERE { ?service ?p 'SERVICE' }",
        "SELECT * { ?s <http://e/SERVICE> 'it\\'s', \"a # b\" } # SERVICE <http://e/>",
        "PREFIX x: <http://e/> SELECT * { ?s x:service x:a\\#b, 1.5e3, -2 ; x:p/x:q* ?o FILTER(?o<3&&?s>2) }",
        'ASK { ?s ?p \'\'\'SERVICE { \' } \'\'\', """\n"x" { """ }',
        "BASE <http://e/> DESCRIBE <a>",
        "SELECT * { VALUES ?x { " + "<http://e/long/iri> " * 5_000 + "} ?x ?p ?o }",
        "SELECT * { VALUES (?x ?y) { " + "(1 UNDEF) " * 5_000 + "} ?x ?p ?o }",
    ],
)
def test_what_only_looks_dangerous_passes(text: str) -> None:
    check_query(text)


@pytest.mark.parametrize(
    "body",
    [
        f"SERVICE {OUTSIDE} {{}}",
        f"service silent {OUTSIDE} {{}}",
        f"SERVICE{OUTSIDE}{{}}",
        "SERVICE:x {}",
        "SERVICE ?s {}",
        f"?s ?p true.SERVICE{OUTSIDE}{{}}",
        f"?s ?p trueSERVICE {OUTSIDE} {{}}",
        f"?s ?p ex:a.ex:b.SERVICE {OUTSIDE} {{}}",
        f"?s ?p ex:a\\#.1e5.SERVICE {OUTSIDE} {{}}",
        f"FILTER(?s<ex:a)SERVICE{OUTSIDE}{{}} FILTER(?s>1)",
        f"FILTER(?x<'a')SERVICE{OUTSIDE}{{}} FILTER(?y>'b')",
        f"?s <http://e/\\u00e9#> ?o . SERVICE {OUTSIDE} {{}}",
        f"# \r SERVICE {OUTSIDE} {{}}",
    ],
)
def test_service_is_refused_in_every_disguise(body: str) -> None:
    with pytest.raises(QueryRejected, match="SERVICE would call another computer"):
        check_query(f"{PREFIXES}ASK {{ {body} }}")


def test_a_query_that_passes_never_calls_out() -> None:
    """Random queries around SERVICE: whatever the engine would call out for is refused before."""
    store = Store()
    store.add(Quad(NamedNode("http://e/a"), NamedNode("http://e/b"), Literal("x")))
    chance = random.Random(2026)
    reached = 0
    for _ in range(20_000):
        text = _around_service(chance)
        try:
            store.query(text)
        except SyntaxError:
            continue
        except (OSError, RuntimeError):  # refused port, unbound service name: the engine was about to call
            reached += 1
            with pytest.raises(QueryRejected):
                check_query(text)
    assert reached > 500


def _around_service(chance: random.Random) -> str:
    calls = [
        f"SERVICE {OUTSIDE} {{}}",
        f"SERVICE{OUTSIDE}{{}}",
        "SERVICE:x{}",
        "service ex:a{}",
        "seRvice ?s{}",
    ]
    patterns = [
        "?s ?p ?o",
        '?s ?p "a"',
        "?s ?p true",
        "?s ?p 1",
        "?s ?p ex:a",
        "FILTER(1=1)",
        "FILTER(?s<ex:a)",
    ]
    patterns += ["?s ?p []", "?s ?p ()", "{}", '?s ?p "a"@en', "?s ?p ex:a\\#", "?s ex:a/ex:b ?o"]
    junk = [
        "'",
        '"',
        "\\",
        "#",
        "\n",
        ".",
        "<",
        ">",
        ":x",
        "true",
        "1e5",
        "\\u0053",
        "%41",
        "UNION",
        "a",
        "あ",
    ]
    pieces = [chance.choice(patterns) for _ in range(chance.randint(0, 3))]
    pieces += [chance.choice(junk) for _ in range(chance.randint(0, 3))]
    chance.shuffle(pieces)
    pieces.insert(chance.randint(0, len(pieces)), chance.choice(calls))
    return f"{PREFIXES}ASK {{{chance.choice(['', ' ', '.', chr(10), '. ']).join(pieces)}}}"


def test_no_query_reaches_a_listening_server() -> None:
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)

        do_POST = do_GET  # noqa: N815

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/"
        graph = Graph.from_nquads(["<http://e/a> <http://e/b> 'x' <http://e/g> .\n".replace("'", '"')])
        for text in (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"LOAD <{address}>",
        ):
            with pytest.raises(QueryRejected):
                graph.query(text)
    finally:
        server.shutdown()
        server.server_close()
    assert seen == []


@pytest.mark.parametrize("iri", ["file:///etc/passwd", "http://e/other", "https://e/"])
@pytest.mark.parametrize("named", ["", "NAMED "])
def test_from_a_graph_that_is_not_here_is_refused(iri: str, named: str) -> None:
    graph = Graph.from_nquads(['<http://e/a> <http://e/b> "x" <http://e/g> .\n'])
    with pytest.raises(QueryRejected, match=f"FROM names {iri}"):
        graph.query(f"SELECT * FROM {named}<{iri}> {{ ?s ?p ?o }}")


def test_from_a_graph_that_is_here_is_allowed() -> None:
    graph = Graph.from_nquads(['<http://e/a> <http://e/b> "x" <http://e/g> .\n'])
    assert graph.ask("ASK FROM <http://e/g> { ?s ?p ?o }")
    assert graph.ask("PREFIX e: <http://e/> ASK FROM NAMED e:g { GRAPH ?g { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "CLEAR ALL",
        "load <file:///etc/passwd>",
        "WITH <a:g> DELETE {} WHERE {}",
    ],
)
def test_an_update_is_refused(text: str) -> None:
    with pytest.raises(QueryRejected, match="changes data"):
        check_query("PREFIX ex: <http://e/> " + text)


@pytest.mark.parametrize("text", ["", " \n", "# only a comment"])
def test_an_empty_query_is_refused(text: str) -> None:
    with pytest.raises(QueryRejected, match="empty"):
        check_query(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT * {\n ?s ?p 'open }", "line 2, column 8"),
        ("SELECT * { ?s ?p '''open\n\n }", "line 1, column 18"),
        ("SELECT *\n\n{ SERVICE <http://e/> {} }", "line 3, column 3"),
    ],
)
def test_the_place_is_named(text: str, place: str) -> None:
    with pytest.raises(QueryRejected, match=place):
        check_query(text)


@pytest.mark.parametrize("escape", ["\\u0053ERVICE", "\\U00000022", "\\u007b"])
def test_an_escaped_plain_character_is_refused(escape: str) -> None:
    with pytest.raises(QueryRejected, match="stands for a plain character"):
        check_query(f"SELECT * {{ {escape} }}")


DEEP: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "ASK " + "{" * n + "}" * n,
    "brackets": lambda n: "SELECT (" + "(" * n + "1" + ")" * n + " AS ?x) {}",
    "exists": lambda n: "ASK {" + "FILTER EXISTS{" * n + "}" * n + "}",
    "if": lambda n: "ASK {FILTER(" + "IF(1,1," * n + "1" + ")" * n + ")}",
    "blank nodes": lambda n: "ASK {?s ?p " + "[?p " * n + "1" + "]" * n + "}",
    "triple terms": lambda n: "ASK {?s ?p " + "<<( ?s ?p " * n + "1" + " )>> " * n + "}",
    "triple terms in data": lambda n: "ASK {VALUES ?x {" + "<<( <a:a> <a:b> " * n + "1" + " )>>" * n + "}}",
    "not": lambda n: "SELECT (" + "!" * n + "1 AS ?x) {}",
    "sum": lambda n: "SELECT (1" + "+?y" * n + " AS ?x) {}",
    "signs": lambda n: "SELECT (true" + "-1" * n + " AS ?x) {}",
    "words": lambda n: "SELECT (true" + "-true" * n + " AS ?x) {}",
    "union": lambda n: "ASK {" + "{} UNION " * n + "{}}",
    "optional": lambda n: "ASK {" + "OPTIONAL{}" * n + "}",
    "minus": lambda n: "ASK {" + "MINUS{}" * n + "}",
    "bind": lambda n: "ASK {" + "".join(f"BIND(1 AS ?v{i})" for i in range(n)) + "}",
    "select": lambda n: "SELECT " + "".join(f"(1 AS ?v{i})" for i in range(n)) + "{}",
    "path": lambda n: "ASK {?s " + "<a:b>/" * n + "<a:b> ?o}",
    "list": lambda n: "ASK {?s ?p (" + "1 " * n + ")}",
}  # fmt: skip


@pytest.mark.parametrize("kind", DEEP)
def test_what_would_end_the_process_is_refused(kind: str) -> None:
    with pytest.raises(QueryRejected, match="more than"):
        check_query(DEEP[kind](8_000))


def test_a_long_query_is_refused_at_once() -> None:
    with pytest.raises(QueryRejected, match="limit is"):
        check_query("SELECT * {}" + " " * MOST_CHARACTERS)


def test_what_passes_runs_on_a_stack_of_two_mebibytes() -> None:
    """The largest query of each kind that passes, run where the stack is a quarter of the usual."""
    kinds = {
        kind: make for kind, make in DEEP.items() if kind not in {"path", "list", "blank nodes"}
    }  # slow to plan
    largest = [make(max(n for n in range(20, 1_000, 20) if _passes(make(n)))) for make in kinds.values()]
    code = (
        "import sys, threading, pyoxigraph\n"
        "threading.stack_size(2 << 20)\n"
        "def run():\n"
        "    store = pyoxigraph.Store()\n"
        "    for text in sys.stdin.read().split('\\0'):\n"
        "        try:\n"
        "            answer = store.query(text)\n"
        "            isinstance(answer, pyoxigraph.QuerySolutions) and list(answer)\n"
        "        except SyntaxError:\n"
        "            pass\n"
        "    print('alive')\n"
        "thread = threading.Thread(target=run); thread.start(); thread.join()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="\0".join(largest), capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr


def _passes(text: str) -> bool:
    try:
        check_query(text)
    except QueryRejected:
        return False
    return True


@pytest.mark.parametrize(
    "hostile",
    ['"\\' * 100_000, "a." * 100_000, "<a" * 100_000, "'''\\" * 60_000, "?" * 200_000, "ex:a\\" * 50_000],
)
def test_the_guard_is_quick_whatever_it_reads(hostile: str) -> None:
    with pytest.raises(QueryRejected):
        check_query(f"SELECT * {{ {hostile} ")


@pytest.mark.parametrize(
    ("text", "english", "japanese"),
    [
        ("SELECT ?x { ?x ?p }", "lacks its subject, predicate or object", "1行20文字目"),
        ("SELECT *\n{ ?s foo:p ?o }", "the prefix foo: is not declared", "接頭辞 foo: が宣言されていません"),
        ("SELECT *\n{ ?s ?p { ?o }", "line 2, column 1: this { is never closed", "2行1文字目"),
        ("SELECT * { ?s ?p ?o ) }", "line 1, column 21: this ) closes nothing", "この ) に対応する"),
        ("SELEKT * {}", "column 1: SELEKT begins no query", "SELEKT で始まる"),
        (
            "SELECT ?x ?y { ?x ?y ?z } GROUP BY ?x",
            "The SELECT contains a variable that is unbound",
            "unbound",
        ),
    ],
)
def test_a_query_that_cannot_be_parsed_says_where_and_why(text: str, english: str, japanese: str) -> None:
    with pytest.raises(QueryRejected) as caught:
        Graph.from_nquads([]).query(text)
    assert english in caught.value.text("en")
    assert japanese in caught.value.text("ja")
    assert "\\u{" not in caught.value.text("en")
