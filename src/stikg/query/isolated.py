"""Foreign queries in a process of their own, ended when its time or its memory is up."""

from __future__ import annotations

import json
import os
import select
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn

from stikg import errors
from stikg.errors import Message, QueryRejected, StikgError, Where

# Two gigabytes above what the graph already takes: a sort of ten million rows fits, a runaway does not.
MOST_MEMORY: Final = 2 * 1024**3
MOST_BYTES: Final = 256 * 1024 * 1024
_CHUNK: Final = 1 << 20


def run_isolated(work: Callable[[], bytes], seconds: float) -> bytes:
    """Run `work` in a copy of this process and return its bytes.

    Where a process cannot be copied (Windows), the work runs here, without limits.

    Raises:
        QueryRejected: the time or the memory is up, or the engine broke down; or what `work` raised.
    """
    if not hasattr(os, "fork"):
        return work()
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of threads; the copy runs the engine only and never comes back.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reading)
        _work_and_exit(work, writing, seconds)
    os.close(writing)
    try:
        answer = _read(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if answer is None:
        raise _slow(seconds)
    if not answer:
        raise _broken_down(status)
    return _unpacked(answer)


def _work_and_exit(work: Callable[[], bytes], writing: int, seconds: float) -> NoReturn:
    """Do the work in the child; nothing of the parent (buffers, handlers, exit hooks) is touched."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + 1)  # ends it even where the parent was killed first
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the parent says how it ended, and in what words
        _limit_memory()
        try:
            answer = b"+" + work()
        except StikgError as error:
            answer = b"-" + _packed(error)
        except MemoryError:
            answer = b""
        for start in range(0, len(answer), _CHUNK):
            view = memoryview(answer)[start : start + _CHUNK]
            while view:
                view = view[os.write(writing, view) :]
    finally:
        os._exit(0)


def _limit_memory() -> None:
    """Bound the address space of this process, where the system tells how much it takes already."""
    import resource

    taken = Path("/proc/self/statm")  # Linux; elsewhere only the time is bounded
    if taken.exists():
        limit = int(taken.read_text(encoding="ascii").split()[0]) * resource.getpagesize() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _read(reading: int, deadline: float) -> bytes | None:
    """Return all that comes through the pipe, or None when the time is up first.

    Raises:
        QueryRejected: the answer is too large.
    """
    parts: list[bytes] = []
    size = 0
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([reading], [], [], left)
        if not ready:
            return None
        chunk = os.read(reading, _CHUNK)
        if not chunk:
            return b"".join(parts)
        size += len(chunk)
        if size > MOST_BYTES:
            raise _too_large()
        parts.append(chunk)
    return None


def _packed(error: StikgError) -> bytes:
    """Return an error as bytes."""
    fields = [error.what, error.remedy, error.where, error.why]
    return json.dumps([type(error).__name__, *fields]).encode()


def _unpacked(answer: bytes) -> bytes:
    """Return the bytes of the work, or raise the error that it ended in."""
    if answer[:1] == b"+":
        return answer[1:]
    name, what, remedy, where, why = json.loads(answer[1:])
    kind = getattr(errors, name, QueryRejected)
    raise kind(Message(*what), Message(*remedy), where and Where(*where), why and Message(*why))


def _slow(seconds: float) -> QueryRejected:
    """Draw the error for a query that is not done in time."""
    return QueryRejected(
        Message(
            f"the query was not done within {seconds:g} s", f"クエリが{seconds:g}秒以内に終わりませんでした"
        ),
        Message(
            "make it narrower, or give it longer with --timeout",
            "範囲を狭めるか、--timeout で待ち時間を延ばしてください",
        ),
    )


def _too_large() -> QueryRejected:
    """Draw the error for an answer beyond the limit."""
    megabytes = MOST_BYTES // (1024 * 1024)
    return QueryRejected(
        Message(f"the answer is larger than {megabytes} MB", f"答えが{megabytes}MBを超えています"),
        Message("ask for less: add LIMIT", "LIMIT を付けて減らしてください"),
    )


def _broken_down(status: int) -> QueryRejected:
    """Draw the error for a query that the engine did not survive."""
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    reason = f"signal {number}" if number else "out of memory"
    return QueryRejected(
        Message(
            f"the query broke the engine down ({reason})", f"クエリの実行中にエンジンが停止しました({reason})"
        ),
        Message("make it smaller or narrower", "クエリを小さくするか、範囲を狭めてください"),
    )
