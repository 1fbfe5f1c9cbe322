"""Questions over HTTP: a SPARQL 1.1 service, asked in bounded time and memory."""

from __future__ import annotations

import base64
import contextlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, quote, unquote, urlencode, urlsplit

from stikg._version import __version__
from stikg.errors import EndpointError, Message, QueryRejected, UsageError, Where

if TYPE_CHECKING:
    import http.client
    import socket

SECONDS: Final = 60.0  # a person waits a minute, hardly longer; public services cut off at 60 s as well
MOST_BYTES: Final = 64 * 1024 * 1024  # about a million rows; ten times that no longer fits beside its terms
_CHUNK: Final = 1 << 16
_IN_PATH: Final = "/%:@!$&'()*+,;=~"
_IN_QUERY: Final = _IN_PATH + "?"
RESULTS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"


@dataclass(frozen=True)
class Reply:
    """A complete answer: its media type without parameters, and its bytes."""

    media_type: str
    data: bytes


def fetch(
    address: str, sparql: str, accept: str, *, seconds: float = SECONDS, most_bytes: int = MOST_BYTES
) -> Reply:
    """Ask a SPARQL service by an HTTP POST and return its whole answer.

    No redirect is followed and no proxy is used; name and password of the address go as Basic credentials.

    Raises:
        UsageError: the address is not one of HTTP.
        EndpointError: the service refuses, is not done in `seconds`, sends more than `most_bytes`,
            or anything else than `accept`.
        QueryRejected: the service finds the query wrong.

    Source: SPARQL 1.1 Protocol, 2.1.2 (query via POST with URL-encoded parameters).
    """
    import http.client  # 20 ms with all it needs, and only services need it

    parts = _split(address)
    where = Where(_public(parts))
    connection = _connection(parts, seconds)
    expired = threading.Event()
    try:
        connection.connect()
        with _deadline(connection.sock, seconds, expired):
            connection.request("POST", _path(parts), urlencode({"query": sparql}), _headers(parts, accept))
            reply = _read(connection.getresponse(), accept, most_bytes, where)
    except (OSError, http.client.HTTPException, EndpointError) as error:
        if expired.is_set() or isinstance(error, TimeoutError):
            raise _slow(seconds, where) from error
        if isinstance(error, EndpointError):
            raise
        raise _unreachable(error, where) from error
    finally:
        connection.close()
    if expired.is_set():  # a connection that is cut looks like one that has ended
        raise _slow(seconds, where)
    return reply


def _split(address: str) -> SplitResult:
    """Take an address apart.

    Raises:
        UsageError: it is not one of HTTP, or holds what no request may hold.
    """
    with contextlib.suppress(ValueError):
        parts = urlsplit(address)
        clean = not re.search(r"[\x00-\x20\x7f]", address)
        if clean and parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0:
            return parts
    raise UsageError(
        Message(
            f"“{address}” is not the address of a SPARQL service",
            f"「{address}」はSPARQLサービスのURLではありません",
        ),
        Message(
            "give one such as http://localhost:7878/query",
            "http://localhost:7878/query のように指定してください",
        ),
    )


def _public(parts: SplitResult) -> str:
    """Return the address without name and password."""
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _connection(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    """Prepare a connection; nothing is sent yet."""
    import http.client

    host = parts.hostname or ""
    if parts.scheme == "https":
        import ssl

        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=seconds)


def _path(parts: SplitResult) -> str:
    """Return what stands after the host, as ASCII."""
    path = quote(parts.path or "/", safe=_IN_PATH)
    return f"{path}?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else path


def _headers(parts: SplitResult, accept: str) -> dict[str, str]:
    """Return the headers of the request."""
    headers = {
        "Accept": accept,
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": f"stikg/{__version__}",
    }
    if parts.username is not None:
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(credentials.encode()).decode()}"
    return headers


@contextlib.contextmanager
def _deadline(connected: socket.socket, seconds: float, expired: threading.Event) -> Iterator[None]:
    """Cut the connection after `seconds`, whatever it is doing; a timeout per read would never end a drip."""

    import socket

    def cut() -> None:
        expired.set()
        with contextlib.suppress(OSError):
            # Of the plain socket: the one of TLS would forget its state under the reader.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _read(response: http.client.HTTPResponse, accept: str, most_bytes: int, where: Where) -> Reply:
    """Read the answer up to the limit, after its status and its media type."""
    media_type = response.headers.get_content_type()
    if response.status != HTTPStatus.OK:
        raise _refused(response, media_type, where)
    if media_type not in {accept, "application/json" if accept == RESULTS else accept}:
        raise _nonsense(media_type, accept, where)
    parts, size = [], 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > most_bytes:
            raise _too_large(most_bytes, where)
        parts.append(chunk)
    if response.length:  # fewer bytes than announced
        raise OSError("the answer breaks off")
    return Reply(media_type, b"".join(parts))


def _refused(
    response: http.client.HTTPResponse, media_type: str, where: Where
) -> EndpointError | QueryRejected:
    """Draw the error for a status other than 200; a 400 in plain text says what is wrong with the query."""
    status = f"{response.status} {response.reason}"
    if response.status == HTTPStatus.BAD_REQUEST:
        said = response.read1(2000).decode("utf-8", "replace").strip() if media_type == "text/plain" else ""
        return QueryRejected(
            Message(f"the service finds the query wrong: {said or status}",
                    f"サービスがクエリを誤りと判定しました: {said or status}"),
            Message("correct the query, or try it without --endpoint",
                    "クエリを直すか、--endpoint なしで試してください"),
            where,
        )  # fmt: skip
    if location := response.headers.get("Location"):
        return EndpointError(
            Message(
                f"the service points elsewhere ({status})", f"サービスは別の場所を示しています({status})"
            ),
            Message(
                f"if you trust it, give --endpoint {location}",
                f"信頼できるなら --endpoint {location} を指定してください",
            ),
            where,
        )
    return EndpointError(
        Message(f"the service refuses ({status})", f"サービスが拒否しました({status})"),
        Message("check the address (often …/query or …/sparql) and your rights",
                "アドレス(多くは …/query や …/sparql)と権限を確かめてください"),
        where,
    )  # fmt: skip


def _nonsense(media_type: str, accept: str, where: Where) -> EndpointError:
    """Draw the error for an answer of another kind."""
    return EndpointError(
        Message(f"the service answers {media_type} instead of {accept}",
                f"サービスの応答が {accept} ではなく {media_type} です"),
        Message("give the address of the query service itself, not of its web page",
                "ウェブページではなく、クエリを受けるアドレスを指定してください"),
        where,
    )  # fmt: skip


def broken(reason: str, address: str) -> EndpointError:
    """Draw the error for an answer that claims to be results and cannot be read."""
    return EndpointError(
        Message("the service answers something that cannot be read as results",
                "サービスの応答を結果として読めません"),
        Message("try the query again, then tell who runs the service",
                "もう一度試し、それでもだめならサービスの運営者に伝えてください"),
        Where(_public(urlsplit(address))),
        Message(reason, reason),
    )  # fmt: skip


def _too_large(most_bytes: int, where: Where) -> EndpointError:
    """Draw the error for an answer beyond the limit."""
    megabytes = most_bytes // (1024 * 1024)
    return EndpointError(
        Message(f"the answer is larger than {megabytes} MB", f"応答が{megabytes}MBを超えています"),
        Message("ask for less: add LIMIT, or narrower parameters",
                "LIMIT を付けるか、引数で範囲を狭めてください"),
        where,
    )  # fmt: skip


def _slow(seconds: float, where: Where) -> EndpointError:
    """Draw the error for a service that is not done in time."""
    return EndpointError(
        Message(
            f"the service did not answer within {seconds:g} s",
            f"サービスが{seconds:g}秒以内に応答しません",
        ),
        Message("ask for less, or give it longer with --timeout",
                "範囲を狭めるか、--timeout で待ち時間を延ばしてください"),
        where,
    )  # fmt: skip


def _unreachable(error: Exception, where: Where) -> EndpointError:
    """Draw the error for a service that cannot be reached, or breaks off."""
    reason = (getattr(error, "strerror", None) or str(error) or type(error).__name__).strip()
    return EndpointError(
        Message(f"the service cannot be asked ({reason})", f"サービスに接続できません({reason})"),
        Message("check that it runs and that the address is right",
                "サービスが動いているか、アドレスが正しいかを確かめてください"),
        where,
    )  # fmt: skip
