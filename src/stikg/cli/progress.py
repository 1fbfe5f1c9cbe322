"""Progress for a person at a terminal: one line, after one second, gone at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from stikg.cli.session import Session, is_terminal
from stikg.errors import Message
from stikg.terminal import clip, printable

_AFTER: Final = 1.0  # seconds; what is done sooner needs no word
_BETWEEN: Final = 0.1  # seconds between two lines, so that telling never costs more than working

Progress = Callable[[Message, int, int], None]
"""Say which step is being done now, how many are done, and of how many."""


@contextmanager
def progress(session: Session) -> Iterator[Progress]:
    """Give a function that shows what is being done, if stderr is a terminal and nobody asked for quiet."""
    shows = is_terminal(sys.stderr) and not session.quiet
    started = last = time.monotonic()
    shown = False

    def tell(step: Message, done: int, total: int) -> None:
        nonlocal last, shown
        now = time.monotonic()
        if shows and now - started >= _AFTER and now - last >= _BETWEEN:
            said = f"{done}/{total} {step.in_language(session.language)}"
            sys.stderr.write(f"\r\x1b[K{clip(printable(said), session.columns - 1)}")
            sys.stderr.flush()
            last, shown = now, True

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
