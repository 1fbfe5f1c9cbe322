"""A real SPARQL service in a process of its own."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

WAITED = 20.0  # seconds


@contextlib.contextmanager
def served(program: Path, nquads: bytes) -> Iterator[str]:
    """Serve a data set by `oxigraph serve`; give the address of its SPARQL endpoint."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
    process = subprocess.Popen(
        [program, "serve", "--bind", place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await(f"http://{place}")
        load = urllib.request.Request(
            f"http://{place}/store", nquads, {"Content-Type": "application/n-quads"}, method="POST"
        )
        urllib.request.urlopen(load, timeout=WAITED).close()
        yield f"http://{place}/query"
    finally:
        process.kill()
        process.wait()


def _await(address: str) -> None:
    end = time.monotonic() + WAITED
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=1).close()
            return
        time.sleep(0.05)
    raise TimeoutError(address)
