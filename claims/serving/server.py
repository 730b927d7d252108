"""A server on the loopback: it reads requests whole, refuses those that are not ours, and answers from one state.

One request a connection, a bounded number at once, and a time for each step: who sends slowly, or never reads, is left.
Nothing is looked up on the disk.
"""

from __future__ import annotations

import errno
import os
import re
import select
import socket
import socketserver
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from claims.model.errors import BadRequest
from claims.serving.admission import METHODS, Request, names_of, refusal
from claims.serving.answers import Answer, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.serving.states import Current

CHANGES: Final = "changes"
"""The path that answers with the key of the state, once it is not the one that `since` names."""
MOST_AT_ONCE: Final = 48
"""Requests that are answered at the same time."""
MOST_WAITING: Final = 24
"""Of these, pages that wait for the next state; any more are answered at once."""
LARGEST_HEAD: Final = 16_384
"""Bytes of a request that are read; its content is none of them, but what came with the rest."""
END_OF_HEAD: Final = re.compile(rb"\r?\n\r?\n")


ARRIVAL: Final = 10.0
"""Seconds within which a request must arrive whole."""
DEPARTURE: Final = 30.0
"""Seconds within which an answer must be taken."""
WAIT: Final = 25.0
"""Seconds after which a page that waits is told that nothing has changed."""
FURTHER: Final = 50
"""Ports that are tried, one after the other."""
PORTS: Final = 65_536
LOOK: Final = 0.5
"""Seconds between two looks at whether a page that waits is still there."""


class Server(socketserver.ThreadingTCPServer):
    """Serves the current state at `address`, an address of the loopback, and `port`, where 0 is any that is free.

    fault: told of an error of our own, which is answered as such. Raises `OSError` where the port is taken.
    """

    allow_reuse_address = os.name != "nt"
    """A port is free again as soon as its server ended; elsewhere that would let another server take it over."""
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self, current: Current, address: str, port: int, fault: Callable[[Exception], None], arrival: float = ARRIVAL
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        super().__init__((address, port), Handler)
        self.current, self.fault, self.arrival = current, fault, arrival
        self.names = names_of(address, self.port)
        self.at_once = threading.BoundedSemaphore(MOST_AT_ONCE)
        self.waiting = threading.BoundedSemaphore(MOST_WAITING)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Where the pages are."""
        host = str(self.server_address[0])
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, where there is room."""
        if not self.at_once.acquire(blocking=False):
            _turn_away(request)
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            self.at_once.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room again."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.at_once.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: who asked went away."""


def listening(
    current: Current, host: str, port: int, fault: Callable[[Exception], None], *, or_next: bool = False
) -> Server:
    """A server at an address of the loopback, `localhost` among them, not yet serving.

    or_next: whether a later port will do where this one is taken. Raises `BadRequest` where that is no address of the
    loopback, or no port is free.
    """
    address = _loopback(host)
    for number in range(port, min(port + (FURTHER if or_next else 1), PORTS)):
        try:
            return Server(current, address, number, fault)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise BadRequest(f"--host {host}: {(error.strerror or str(error)).lower()}") from error
    raise BadRequest(f"port {port} of {address} cannot be had: name another with --port, or 0 for any that is free")


def _loopback(host: str) -> str:
    if host == "localhost":
        return "127.0.0.1"
    try:
        address = ip_address(host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise BadRequest(f"--host {host!r} is not this machine alone: it is 127.0.0.1 or ::1")
    return str(address)


def _turn_away(connection: socket.socket) -> None:
    """Say that there are too many at once, if that can be said without waiting."""
    connection.settimeout(0.2)
    try:
        connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n")
    except OSError:
        return


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: Server

    def handle(self) -> None:
        """Read the request, and answer it."""
        self.close_connection = True
        self.command, self.request_version, self.requestline = "", self.protocol_version, ""
        head = self._head()
        if isinstance(head, Answer):
            self._send(head)
        elif head is not None:
            self.rfile = BytesIO(head)
            self.raw_requestline = self.rfile.readline()
            if self.parse_request():
                self._respond()

    def _head(self) -> bytes | Answer | None:
        """The request up to its content, or why it is refused; None where nobody asks anything after all."""
        end, head = time.monotonic() + self.server.arrival, bytearray()
        while not END_OF_HEAD.search(head):
            left = end - time.monotonic()
            if left <= 0:
                return told(HTTPStatus.REQUEST_TIMEOUT, "the request took too long") if head else None
            self.connection.settimeout(left)
            try:
                part = self.connection.recv(4096)
            except TimeoutError:
                continue
            if not part:
                return None
            head += part
            if len(head) > LARGEST_HEAD:
                is_long = b"\n" not in head
                status = HTTPStatus.REQUEST_URI_TOO_LONG if is_long else HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                return told(status, "no request here is as long")
        return bytes(head)

    def _respond(self) -> None:
        """Answer a request that could be read."""
        target = self.requestline.split()[1]  # as it was sent: `path` has had slashes taken off
        request = Request(self.command, target, *map(self._all, ("Host", "Origin", "Sec-Fetch-Site")))
        refused = refusal(request, self.server.names)
        if refused is not None:
            self._send(refused)
            return
        try:
            answer = self._answer(request)
        except Exception as error:  # noqa: BLE001 - one page that cannot be made must not end the others
            self.server.fault(error)
            answer = told(HTTPStatus.INTERNAL_SERVER_ERROR, "this should not happen: see the terminal")
        if answer is not None:
            self._send(answer)

    def _all(self, name: str) -> tuple[str, ...]:
        return tuple(map(str, self.headers.get_all(name, ())))

    def _answer(self, request: Request) -> Answer | None:
        path = request.path or ""
        return self._changes(request) if path == CHANGES else self.server.current.state.answer(path)

    def _changes(self, request: Request) -> Answer | None:
        """The key of the state once it is another than the page's; None where the page is gone."""
        current = self.server.current
        since = parse_qs(request.query).get("since", [""])[0]
        if self.server.waiting.acquire(blocking=False):
            try:
                end = time.monotonic() + WAIT
                while current.after(since, LOOK) == since and not current.is_over and time.monotonic() < end:
                    if self._is_alone():
                        return None
            finally:
                self.server.waiting.release()
        return told(HTTPStatus.OK, current.state.key)

    def _is_alone(self) -> bool:
        """Whether who asked has hung up."""
        try:
            ready, _, _ = select.select([self.connection], [], [], 0)
            return bool(ready) and self.connection.recv(1, socket.MSG_PEEK) == b""
        except (OSError, ValueError):
            return True

    def _send(self, answer: Answer) -> None:
        self.connection.settimeout(DEPARTURE)
        lines = [f"{self.protocol_version} {answer.status.value} {answer.status.phrase}"]
        lines += [f"{name}: {value}" for name, value in (("Date", self.date_time_string()), *answer.headers)]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        self.connection.sendall(head if self.command == "HEAD" else head + answer.body)
        if self.command not in METHODS:
            self._leave()

    def _leave(self) -> None:
        """Let the rest of what was sent arrive, a little of it: a connection that is cut takes the answer with it."""
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(LOOK)
        for _ in range(16):
            if not self.connection.recv(65_536):
                break

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What cannot be read as a request is refused with a line of ours, which repeats nothing of it."""
        self.command = ""
        self._send(told(HTTPStatus(code), "this cannot be read as a request"))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that Python gave it
        """Nothing is logged."""
