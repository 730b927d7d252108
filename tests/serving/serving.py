"""A server with pages made of a few words, and a socket to ask it with, byte by byte."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from claims.serving.answers import Answer, kind_of, told
from claims.serving.server import ARRIVAL, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.serving.states import Current

SITE = {"index.html": b"first", "claims/area.html": b"area", "claims/area.csv": b"a,b", "claims/\u00e9.html": b"e"}


class Words(NamedTuple):
    """A state whose pages are a few words each; one page of it cannot be made."""

    key: str = "one"
    site: dict[str, bytes] = SITE

    def answer(self, path: str) -> Answer:
        if path == "broken.html":
            raise ZeroDivisionError("of ours")
        if path in self.site:
            return Answer(HTTPStatus.OK, self.site[path], kind_of(path), "default-src 'none'; img-src data:")
        return told(HTTPStatus.NOT_FOUND, "no such page")


class Heard(NamedTuple):
    """An answer as it was heard."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def serving(current: Current, *, arrival: float = ARRIVAL) -> Iterator[tuple[Server, list[Exception]]]:
    """The server until the block ends, and the faults that it told of."""
    faults: list[Exception] = []
    with Server(current, "127.0.0.1", 0, faults.append, arrival) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server, faults
        finally:
            current.end()
            server.shutdown()
            thread.join()


def heard(server: Server, request: bytes, *, is_over: bool = False) -> Heard | None:
    """What is answered to these bytes, `PORT` in them being the server's; None where it hangs up.

    is_over: whether nothing follows these bytes, and the server knows.
    """
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(request.replace(b"PORT", str(server.port).encode()))
        if is_over:
            connection.shutdown(socket.SHUT_WR)
        parts = []
        while part := connection.recv(65_536):
            parts.append(part)
    return parsed(b"".join(parts))


def parsed(data: bytes) -> Heard | None:
    """An answer, told from its bytes."""
    if not data:
        return None
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert len(headers) == len(lines), "a header stands twice"
    return Heard(int(first.split()[1]), headers, body)


def get(server: Server, target: str = "/", *more: str, host: str = "127.0.0.1:PORT", method: str = "GET") -> Heard:
    """What is answered to a request as a browser makes it, with more headers."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *more]
    found = heard(server, ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8"))
    assert found is not None
    return found
