"""Calls of the command line in this process, and what they write where."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from stikg.cli import main


class Called(NamedTuple):
    """Exit status and both streams of one call."""

    status: int
    out: str
    err: str


class _Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def call(*arguments: str | Path, stdin: bytes = b"", terminal: bool = False) -> Called:
    """Call `stikg` with some arguments."""
    make = _Terminal if terminal else io.TextIOWrapper
    out, err = make(io.BytesIO(), encoding="ascii"), make(io.BytesIO(), encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main([str(one) for one in arguments])
    return Called(status, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
