"""Foreign queries in a process of their own: an answer or an error, in bounded time and memory."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from stikg.errors import Message, QueryRejected, UnreadableFile, Where
from stikg.query import LocalSource, Rows, Triples
from stikg.query.isolated import MOST_MEMORY, run_isolated
from tests.query.small_graph import small_graph

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied here")


def sleep() -> bytes:
    time.sleep(60)
    return b""


def test_bytes_come_back_whole() -> None:
    data = os.urandom(3_000_000)
    assert run_isolated(lambda: data, 20) == data
    assert run_isolated(lambda: b"", 20) == b""


def test_an_error_of_ours_comes_back_as_it_is() -> None:
    def work() -> bytes:
        raise UnreadableFile(Message("a", "あ"), Message("b", "い"), Where("x.nq", 3), Message("c", "う"))

    with pytest.raises(UnreadableFile) as raised:
        run_isolated(work, 20)
    assert raised.value.text("ja") == "あ\n  場所: x.nq:3\n  おそらく: う\n  対処: い"


def test_work_that_is_not_done_in_time_is_ended() -> None:
    started = time.monotonic()
    with pytest.raises(QueryRejected, match=r"within 0\.3 s"):
        run_isolated(sleep, 0.3)
    assert time.monotonic() - started < 2


def test_work_that_ends_its_process_is_said() -> None:
    def work() -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    with pytest.raises(QueryRejected, match="signal 9"):
        run_isolated(work, 20)


def test_work_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(QueryRejected, match="broke the engine down"):
        run_isolated(lambda: bytes(2 * MOST_MEMORY), 20)


def test_no_process_is_left_behind() -> None:
    with pytest.raises(QueryRejected):
        run_isolated(sleep, 0.1)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_every_form_of_query_gives_the_same_answer_as_without() -> None:
    graph = small_graph()
    for text in (
        "SELECT ?l ?n { ?x skos:prefLabel ?l OPTIONAL { ?x skos:notation ?n } } ORDER BY ?l",
        "ASK { ?x a stikg:Agency }",
        "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }",
        "DESCRIBE <https://w3id.org/stikg/id/country/th>",
    ):
        answer = LocalSource(graph, seconds=20).answer(text)
        assert answer == LocalSource(graph).answer(text)
        assert answer is True or (isinstance(answer, Rows | Triples) and len(answer) > 1)


def test_a_query_that_never_ends_is_ended() -> None:
    cross = " ".join(f"?s{number} ?p{number} ?o{number} ." for number in range(9))
    with pytest.raises(QueryRejected, match="within 1 s"):
        LocalSource(small_graph(), seconds=1).answer(f"SELECT (COUNT(*) AS ?n) {{ {cross} }}")


def test_a_child_ends_even_where_its_parent_was_killed() -> None:
    parent = os.fork()
    if parent == 0:
        run_isolated(sleep, 0.2)
    children = Path(f"/proc/{parent}/task/{parent}/children")
    if not children.parent.exists():
        os.kill(parent, signal.SIGKILL)
        os.waitpid(parent, 0)
        pytest.skip("this system does not tell the children of a process")
    child = _first_child(children)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    time.sleep(1.6)
    status = Path(f"/proc/{child}/status")
    assert not status.exists() or "State:\tZ" in status.read_text()


def _first_child(children: Path) -> str:
    for _ in range(200):
        if found := children.read_text().split():
            return found[0]
        time.sleep(0.005)
    raise TimeoutError(str(children))
