"""Services that misbehave, each on a free port of this machine."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

Talk = Callable[[socket.socket], None]


@contextlib.contextmanager
def service(talk: Talk) -> Iterator[str]:
    """Answer every connection by `talk`, after its request has been read; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stopped = threading.Event()

        def serve() -> None:
            while not stopped.is_set():
                with contextlib.suppress(TimeoutError, OSError):
                    connection, _ = server.accept()
                    with connection:
                        _read_request(connection)
                        talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/query"
        finally:
            stopped.set()
            thread.join(10)


def _read_request(connection: socket.socket) -> None:
    connection.settimeout(2)
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < length:
        body += connection.recv(65536)


def answer(
    body: bytes, media_type: str = "application/sparql-results+json", status: str = "200 OK", extra: str = ""
) -> Talk:
    """Answer with one body."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return lambda connection: connection.sendall(head.encode() + body)


def raw(data: bytes) -> Talk:
    """Answer with bytes as they are."""
    return lambda connection: connection.sendall(data)


def hang(seconds: float) -> Talk:
    """Answer nothing."""
    return lambda _: time.sleep(seconds)


def drip(seconds: float, head: bytes, piece: bytes) -> Talk:
    """Answer a piece every few milliseconds, so that no single read ever waits long."""

    def talk(connection: socket.socket) -> None:
        end = time.monotonic() + seconds
        with contextlib.suppress(OSError):
            connection.sendall(head)
            while time.monotonic() < end:
                connection.sendall(piece)
                time.sleep(0.02)

    return talk


def endless(head: bytes) -> Talk:
    """Answer as fast as possible, for as long as somebody reads."""

    def talk(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(head)
            while True:
                connection.sendall(b" " * 65536)

    return talk
