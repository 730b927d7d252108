"""Real sockets: what is asked, whoever asks it, and what is answered."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from claims.model.errors import BadRequest
from claims.serving import server as module
from claims.serving.server import listening
from claims.serving.states import Current
from tests.serving.serving import Words, get, heard, parsed, serving

if TYPE_CHECKING:
    from claims.serving.server import Server

HOST = b"Host: 127.0.0.1:PORT\r\n"

ADDRESSES = {
    "/": (200, b"first"),
    "/index.html": (200, b"first"),
    "/?q=area&sort=-verdict": (200, b"first"),
    "/claims/area.html": (200, b"area"),
    "/claims%2Farea.html": (200, b"area"),
    "/claims/area.csv": (200, b"a,b"),
    "/claims/%C3%A9.html": (200, b"e"),
    "/claims/": (404, None),
    "/claims": (404, None),
    "/index.html/": (404, None),
    "/..": (404, None),
    "/../../../../etc/passwd": (404, None),
    "/%2e%2e/%2e%2e/etc/passwd": (404, None),
    "/..%5c..%5cwindows": (404, None),
    "/claims/../index.html": (404, None),
    "/case.yaml": (404, None),
    "/index.html%00.html": (404, None),
    "//127.0.0.1/": (400, None),
    "/%ff": (400, None),
    "/#area": (400, None),
    "*": (400, None),
    "http://127.0.0.1:PORT/": (400, None),
    "http://evil.example/": (400, None),
    "index.html": (400, None),
    "/\u00e9": (400, None),
    "/" + "a" * 2000: (414, None),
}


@pytest.mark.parametrize(("target", "expected"), ADDRESSES.items(), ids=lambda value: str(value)[:40])
def test_an_address_is_a_page_of_the_site_or_nothing(
    server: Server, target: str, expected: tuple[int, bytes | None]
) -> None:
    status, body = expected
    found = get(server, target)
    assert found.status == status
    assert body in {None, found.body}
    assert b"evil" not in found.body
    assert int(found.headers["Content-Length"]) == len(found.body)


HOSTS = {
    "127.0.0.1:PORT": 200,
    "localhost:PORT": 200,
    "LOCALHOST:PORT": 200,
    "[::1]:PORT": 200,
    "127.0.0.1": 421,
    "127.0.0.1:1": 421,
    "127.0.0.2:PORT": 421,
    "localhost": 421,
    "localhost.:PORT": 421,
    "evil.example": 421,
    "evil.example:PORT": 421,
    "127.0.0.1:PORT.evil.example": 421,
    "127.0.0.1.evil.example:PORT": 421,
    "user@127.0.0.1:PORT": 421,
    "127.0.0.1:PORT, evil.example": 421,
    "0.0.0.0:PORT": 421,
    "": 421,
}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(("host", "status"), HOSTS.items())
def test_only_our_own_names_are_answered(server: Server, host: str, status: int, method: str) -> None:
    found = get(server, host=host, method=method)
    assert found.status == (405 if status == 200 and method == "POST" else status)
    assert (found.body == b"first") == (status == 200 and method == "GET")


SENDERS = {
    ("Origin: http://127.0.0.1:PORT",): 200,
    ("Origin: http://localhost:PORT",): 403,  # not the name that was asked
    ("Origin: https://127.0.0.1:PORT",): 403,
    ("Origin: http://127.0.0.1",): 403,
    ("Origin: http://evil.example",): 403,
    ("Origin: null",): 403,
    ("Origin: ",): 403,
    ("Origin: http://127.0.0.1:PORT", "Origin: http://evil.example"): 403,
    ("Sec-Fetch-Site: none",): 200,
    ("Sec-Fetch-Site: same-origin",): 200,
    ("Sec-Fetch-Site: same-site",): 403,  # another port of this machine
    ("Sec-Fetch-Site: cross-site",): 403,
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"): 403,
    ("sec-fetch-site: Cross-Site",): 403,
    ("Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"): 403,
}


@pytest.mark.parametrize("target", ["/", "/changes?since=x", "/nowhere"])
@pytest.mark.parametrize(("headers", "status"), SENDERS.items(), ids=str)
def test_no_other_page_is_answered(server: Server, headers: tuple[str, ...], status: int, target: str) -> None:
    found = get(server, target, *(header.replace("PORT", str(server.port)) for header in headers))
    assert found.status == (404 if status == 200 and target == "/nowhere" else status)


@pytest.mark.parametrize("target", ["/", "/nowhere", "/changes?since=x", "/%ff"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_every_answer_keeps_to_itself(server: Server, method: str, target: str) -> None:
    found = get(server, target, method=method)
    assert found.headers["Cache-Control"] == "no-store"
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["X-Frame-Options"] == "DENY"
    assert found.headers["Referrer-Policy"] == "no-referrer"
    assert found.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert found.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert found.headers["Content-Security-Policy"].endswith("; frame-ancestors 'none'")
    assert found.headers["Content-Type"]
    assert not [name for name in found.headers if name.lower().startswith("access-control")]
    assert not {"Server", "Set-Cookie"} & set(found.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "BREW"])
def test_nothing_but_reading_is_done(server: Server, method: str) -> None:
    found = get(server, method=method)
    assert (found.status, found.headers["Allow"]) == (405, "GET, HEAD")


def test_what_is_sent_to_be_written_is_refused_and_the_refusal_arrives(server: Server) -> None:
    request = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 500000\r\n\r\n" + b"x" * 500_000
    found = heard(server, request)
    assert found is not None
    assert found.status == 405


def test_a_head_is_what_a_get_is_without_its_body(server: Server) -> None:
    head, whole = get(server, method="HEAD"), get(server)
    assert (head.status, head.body) == (200, b"")
    assert head.headers | {"Date": ""} == whole.headers | {"Date": ""}


ODD = {
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n", 400),
    "a host of another and ours": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n" + HOST + b"\r\n", 400),
    "old, with a host": (b"GET / HTTP/1.0\r\n" + HOST + b"\r\n", 200),
    "old, without": (b"GET / HTTP/1.0\r\n\r\n", 400),
    "before there were headers": (b"GET /\r\n\r\n", 400),
    "a version to come": (b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", 505),
    "no version": (b"GET / HTTP/x\r\n" + HOST + b"\r\n", 400),
    "too many words": (b"GET / x HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    "noughts": (b"\x00" * 40 + b"\r\n\r\n", 400),
    "too many headers": (b"GET / HTTP/1.1\r\n" + HOST + b"a: b\r\n" * 200 + b"\r\n", 431),
    "too large a header": (b"GET / HTTP/1.1\r\n" + HOST + b"a: " + b"b" * 20_000 + b"\r\n\r\n", 431),
    "too long a line": (b"GET /" + b"a" * 20_000, 414),
    "bare line breaks": (b"GET / HTTP/1.1\n" + HOST.replace(b"\r", b"") + b"\n", 200),
}


@pytest.mark.parametrize(("request_", "status"), ODD.values(), ids=ODD)
def test_an_odd_request_is_answered_and_harms_nothing(server: Server, request_: bytes, status: int) -> None:
    found = heard(server, request_)
    assert found is None or found.status == status
    assert found is not None or status == 400
    assert get(server).status == 200


@pytest.mark.parametrize("request_", [b"", b"GET", b"GET / HTTP/1.1\r\n", b"\r\n"])
def test_who_hangs_up_is_not_answered(server: Server, request_: bytes) -> None:
    assert heard(server, request_, is_over=True) is None
    assert get(server).status == 200


def test_who_sends_slowly_is_left() -> None:
    with serving(Current(Words()), arrival=0.4) as (server, _):
        start = time.monotonic()
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as slow:
            for byte in b"GET / HTTP/1.1\r\nHost: 127.0.0.1"[:20]:
                try:
                    slow.sendall(bytes([byte]))
                except OSError:
                    break
                time.sleep(0.05)
            answer = slow.recv(1000)
        assert b" 408 " in answer
        assert time.monotonic() - start < 5


def test_those_who_say_nothing_keep_nobody_out_for_long() -> None:
    with serving(Current(Words()), arrival=0.5) as (server, _):
        idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(module.MOST_AT_ONCE + 10)]
        try:
            end = time.monotonic() + 10
            while get_status(server) != 200:
                assert time.monotonic() < end
                time.sleep(0.1)
            assert threading.active_count() < module.MOST_AT_ONCE + 10
        finally:
            for connection in idle:
                connection.close()


def get_status(server: Server) -> int | None:
    try:
        found = heard(server, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
    except ConnectionError:
        return None
    return found.status if found else None


def test_a_fault_of_ours_is_told_and_ends_nothing() -> None:
    with serving(Current(Words())) as (server, faults):
        assert get(server, "/broken.html").status == 500
        assert b"ZeroDivision" not in get(server, "/broken.html").body
        assert [type(fault) for fault in faults] == [ZeroDivisionError, ZeroDivisionError]
        assert get(server).status == 200


def test_a_page_is_told_when_the_state_is_another() -> None:
    current = Current(Words("one"))
    with serving(current) as (server, _):
        assert get(server, "/changes?since=other").body == b"one\n"
        threading.Timer(0.3, current.replace, [Words("two")]).start()
        start = time.monotonic()
        assert get(server, "/changes?since=one").body == b"two\n"
        assert 0.2 < time.monotonic() - start < 5


def test_a_page_that_waits_is_told_in_the_end_that_nothing_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT", 0.3)
    with serving(Current(Words("one"))) as (server, _):
        assert get(server, "/changes?since=one").body == b"one\n"


def test_pages_that_wait_leave_room_for_others_and_give_it_back_when_they_go() -> None:
    current = Current(Words("one"))
    with serving(current) as (server, _):
        waiting = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(module.MOST_WAITING)]
        for connection in waiting:
            connection.sendall(f"GET /changes?since=one HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        end = time.monotonic() + 5
        while server.waiting.acquire(blocking=False):
            server.waiting.release()
            assert time.monotonic() < end
            time.sleep(0.02)
        start = time.monotonic()
        assert get(server, "/changes?since=one").body == b"one\n", "one too many is answered at once"
        assert get(server).status == 200
        assert time.monotonic() - start < 5
        for connection in waiting[1:]:
            connection.close()
        end = time.monotonic() + 10
        while server.at_once._value < module.MOST_AT_ONCE - 1:  # noqa: SLF001 - how much room there is
            assert time.monotonic() < end
            time.sleep(0.05)
        current.replace(Words("two"))
        parts = b""
        while part := waiting[0].recv(65_536):
            parts += part
        waiting[0].close()
        answer = parsed(parts)
        assert answer is not None
        assert answer.body == b"two\n"


HOME = ["127.0.0.1", "localhost", "127.0.0.5", "::1"]


@pytest.mark.parametrize("host", HOME)
def test_it_listens_on_this_machine(host: str) -> None:
    if host == "::1" and not has_ipv6():
        pytest.skip("this machine has no IPv6")
    with listening(Current(Words()), host, 0, print) as server:
        assert server.url.startswith("http://[::1]:" if host == "::1" else "http://127.0.0.")


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
    except OSError:
        return False
    return True


AWAY = ["0.0.0.0", "::", "192.168.1.2", "8.8.8.8", "example.org", "", "127.1", "::ffff:1.2.3.4"]  # noqa: S104 - refused


@pytest.mark.parametrize("host", AWAY)
def test_it_listens_nowhere_else(host: str) -> None:
    with pytest.raises(BadRequest, match="not this machine alone"):
        listening(Current(Words()), host, 0, print)


def test_a_port_that_is_taken_is_told_or_the_next_is_had() -> None:
    with listening(Current(Words()), "127.0.0.1", 0, print) as first:
        with pytest.raises(BadRequest, match=f"port {first.port} of 127.0.0.1 cannot be had: name another"):
            listening(Current(Words()), "127.0.0.1", first.port, print)
        with listening(Current(Words()), "127.0.0.1", first.port, print, or_next=True) as second:
            assert first.port < second.port <= first.port + module.FURTHER
