"""Exit statuses: one number for one meaning, and words on stderr for each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stikg.errors import Message, MissingExtra
from tests.cli.calling import Called, call

FOUR_GB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }"


def test_0_done(graph: Path) -> None:
    assert call("query", "--graph", graph, "ASK { ?x a stikg:Agency }") == Called(0, "true\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["qurey"], "did you mean `stikg query`"),
        (["query", "--formt", "csv"], "--format"),
        (["query", "--format", "xlsx"], "'xlsx'"),
        (["query", "tirs"], "did you mean tiers"),
        (["query", "tiers", "--param", "colour=red"], "no parameter “colour”"),
        (["query", "tiers", "--param", "colour"], "KEY=VALUE"),
        (["query", "partners-of-programme", "-p", "programme=Nothing"], "nothing in the graph"),
        (["query", "budget-changes", "-p", "from_year=soon"], "does not fit"),
        (["query", "SELECT * {}", "--format", "ttl"], "do not fit the format"),
        (["query", "SELECT * {}", "-o", "x.docx"], "no format has the suffix"),
        (["query", "SELECT * {}", "--endpoint", "ftp://x"], "not the address"),
        (["query", "SELECT * {}", "--timeout", "0"], "--timeout"),
        (
            ["query", "SELECT * {}", "--endpoint", "http://localhost/", "--graph", "x.nq"],
            "exclude each other",
        ),
        (["why"], "TERM is missing"),
        (["why", "Nothing"], "nothing in the graph"),
        (["why", "NUS"], "names 2 things"),
        (["why", "sicorp", "colour"], "has the property"),
        (["why", "a", "b", "c"], "unexpected extra argument"),
        (["validate", "--shapes"], "--shapes"),
        (["--lang", "fr"], "--lang"),
    ],
)
def test_2_the_question_or_the_flags(graph: Path, arguments: list[str], said: str) -> None:
    if arguments[0] in {"query", "why"} and "--endpoint" not in arguments:
        arguments = [*arguments, "--graph", str(graph)]
    done = call(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("stikg: ")
    assert said in done.err
    assert "\n  try: " in done.err
    assert "\n  code: " in done.err
    japanese = call("--lang=ja", *arguments) if "--lang" not in arguments else done
    assert japanese.status == 2
    assert "  対処: " in japanese.err or "--lang" in arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "none.rq"],
        ["query", "tiers", "--graph", "none.nq"],
        ["query", "SELECT * { ?s ?p }"],
        ["query", "INSERT DATA { <a:b> <a:b> <a:b> }"],
        ["query", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"],
        ["query", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"],
        ["query", "SELECT * " + "{" * 3000 + "}" * 3000],
        ["query", "ASK {}", "--endpoint", "http://127.0.0.1:9/"],
        ["query", "ASK {}", "-o", "none/x.json"],
        ["query", FOUR_GB, "--timeout", "0.2"],
        ["why", "sicorp", "--graph", "bad.nq"],
        ["validate"],
        ["validate", "none.ttl"],
        ["validate", "bad.nq"],
        ["build", "--data", "none"],
    ],
    ids=lambda arguments: " ".join(arguments)[:50],
)
def test_3_what_cannot_be_read_or_written(graph: Path, folder: Path, arguments: list[str]) -> None:
    (folder / "bad.nq").write_text("this is no RDF\n")
    if arguments[0] == "query" and not {"--graph", "--endpoint"} & set(arguments):
        arguments = [*arguments, "--graph", str(graph)]
    done = call(*arguments)
    assert (done.status, done.out) == (3, "")
    assert "Traceback" not in done.err
    assert done.err


def test_4_ontology_mapping_shapes_or_query_files(graph: Path, folder: Path) -> None:
    (folder / "shapes.ttl").write_text("this is no Turtle")
    (folder / "q.rq").write_text("#+ titel: x\nASK {}")
    for arguments in (["validate", "small.nq", "--shapes", "shapes.ttl"], ["query", "q.rq"]):
        done = call(*arguments)
        assert (done.status, done.out) == (4, "")
        assert done.err.startswith("stikg: ")


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix stikg: <https://w3id.org/stikg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/shape> a sh:NodeShape ; sh:targetClass stikg:Programme ;
  sh:property [ sh:path skos:prefLabel ; sh:minCount 2 ] .
"""


@pytest.mark.parametrize(
    ("form", "said"), [("text", "satreps"), ("json", '"conforms": false'), ("ttl", "sh:conforms")]
)
def test_5_the_data_broke_a_shape(graph: Path, folder: Path, form: str, said: str) -> None:
    (folder / "shapes.ttl").write_text(SHAPES)
    done = call("validate", graph, "--shapes", "shapes.ttl", "--format", form)
    assert done.status == 5
    assert said in done.out


def test_6_an_extra_is_missing(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = MissingExtra(
        Message("no x", "xなし"), Message('pip install "stikg[x]"', 'pip install "stikg[x]"')
    )
    monkeypatch.setattr("stikg.why.why", _raising(error))
    done = call("why", "sicorp", "--graph", graph)
    assert done.status == 6
    assert 'pip install "stikg[x]"' in done.err


def _raising(error: BaseException) -> object:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_1_our_bug_asks_to_report_and_shows_no_traceback(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stikg.why.why", _raising(KeyError("oops")))
    done = call("why", "sicorp", "--graph", graph)
    assert done.status == 1
    assert "report" in done.err
    assert "Traceback" not in done.err
    assert "Traceback" in call("why", "sicorp", "--graph", graph, "--debug").err
    assert "不具合" in call("why", "sicorp", "--graph", graph, "--lang", "ja").err


def test_130_interrupted(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stikg.why.why", _raising(KeyboardInterrupt()))
    done = call("why", "sicorp", "--graph", graph)
    assert done.status == 130
    assert "interrupted" in done.err


def test_an_error_of_the_family_shows_its_traceback_only_with_debug(graph: Path) -> None:
    assert "Traceback" not in call("why", "Nothing", "--graph", graph).err
    assert "Traceback" in call("why", "Nothing", "--graph", graph, "--debug").err


def test_an_error_is_said_even_when_quiet(graph: Path) -> None:
    assert "nothing in the graph" in call("why", "Nothing", "--graph", graph, "--quiet").err


def test_an_error_that_names_data_steers_no_terminal(graph: Path) -> None:
    done = call("why", "\x1b[31mred", "--graph", graph)
    assert "␛[31mred" in done.err


def _start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "stikg", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_reader_that_has_had_enough_is_no_error(graph: Path) -> None:
    process = _start("query", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 50000", "--graph", graph)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_stdout_is_said(graph: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "stikg", "why", "sicorp", "--graph", str(graph)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_signal_in_the_middle_of_a_query_ends_it_and_its_child(graph: Path) -> None:
    process = _start("query", FOUR_GB, "--graph", graph)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.parent.exists():
        pytest.skip("this system does not tell the children of a process")
    for _ in range(200):
        if found := children.read_text().split():
            break
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"interrupted" in err
    assert not Path(f"/proc/{found[0]}").exists()


def test_the_locale_breaks_no_output(graph: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "stikg", "why", "タイ", "--graph", str(graph)]
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, **plain})
    assert "Thailand" in done.stdout.decode()


def test_a_full_disk_behind_the_help_is_no_bug_of_ours() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "stikg", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert "cannot be written" in done.stderr or "出力できません" in done.stderr


def test_the_root_folder_is_refused_as_output() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stikg", "build", "-o", "/"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
