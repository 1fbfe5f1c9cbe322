"""Progress: only at a terminal, only after a second, and gone at the end."""

from __future__ import annotations

import io
import sys
import time

import pytest

from stikg.cli import progress as module
from stikg.cli.progress import progress
from stikg.cli.session import Session
from stikg.errors import Message


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def work(session: Session, seconds: float) -> None:
    """Do something that takes a while."""
    with progress(session) as tell:
        tell(Message("sorting", "並べ替え"), 1, 3)
        time.sleep(seconds)


def watch(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> None:
    """Let the stream stand for stderr, and the first second pass quickly."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(module, "_AFTER", 0.05)
    monkeypatch.setattr(module, "_BETWEEN", 0.05)


def test_a_long_step_is_shown_and_then_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    watch(monkeypatch, stderr)
    work(Session("ja"), 0.3)
    assert "2/3 並べ替え (0 s)" in stderr.getvalue()
    assert stderr.getvalue().endswith("\r\x1b[K")


def test_what_is_done_soon_needs_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    watch(monkeypatch, stderr)
    work(Session(), 0)
    assert stderr.getvalue() == ""


@pytest.mark.parametrize(
    ("stream", "quiet"), [(Terminal(), True), (io.StringIO(), False)], ids=["quiet", "pipe"]
)
def test_nothing_is_shown_in_a_pipe_or_when_quiet(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, quiet: bool
) -> None:
    watch(monkeypatch, stream)
    work(Session(quiet=quiet), 0.2)
    assert stream.getvalue() == ""
