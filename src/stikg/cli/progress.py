"""Progress for a person at a terminal: one line, after one second, gone at the end."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from stikg.cli.session import Session, is_terminal
from stikg.errors import Message
from stikg.terminal import clip, printable

_AFTER: Final = 1.0  # seconds; what is done sooner needs no word
_BETWEEN: Final = 0.25  # seconds between two lines

Progress = Callable[[Message, int, int], None]
"""Say which step is being done now, how many are done, and of how many."""


@contextmanager
def progress(session: Session) -> Iterator[Progress]:
    """Give a function that shows what is being done, if stderr is a terminal and nobody asked for quiet."""
    if session.quiet or not is_terminal(sys.stderr):
        yield lambda step, done, total: None
        return
    board = _Board(session)
    thread = threading.Thread(target=board.show, daemon=True)
    thread.start()
    try:
        yield board.tell
    finally:
        board.stopped.set()
        thread.join()
        board.clear()


class _Board:
    """The line with the step at hand and the time it has taken."""

    def __init__(self, session: Session) -> None:
        self.stopped = threading.Event()
        self._session = session
        self._started = time.monotonic()
        self._said = ""
        self._shown = False

    def tell(self, step: Message, done: int, total: int) -> None:
        """Take note of the step at hand."""
        counted = f"{done + 1}/{total} " if total > 1 else ""
        self._said = printable(counted + step.in_language(self._session.language))

    def show(self) -> None:
        """Show the line again and again until stopped."""
        if self.stopped.wait(_AFTER):
            return
        while True:
            seconds = int(time.monotonic() - self._started)
            line = clip(f"{self._said} ({seconds} s)", self._session.columns - 1)
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            self._shown = True
            if self.stopped.wait(_BETWEEN):
                return

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
