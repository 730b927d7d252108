"""What is answered, and the headers that go with every answer: it is for this reader, now, and for no other page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from http import HTTPStatus

NOTHING_ALLOWED: Final = "default-src 'none'"
"""The policy of an answer that is no page."""
HEADERS: Final = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Connection", "close"),
)
"""Sent with every answer. None of them lets another origin read anything: that is what is there without any."""
KINDS: Final = {
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}
"""The media type of a file, by its ending."""
UNKNOWN: Final = "application/octet-stream"


class Answer(NamedTuple):
    """An answer before it is sent."""

    status: HTTPStatus
    body: bytes
    kind: str = KINDS["txt"]
    policy: str = NOTHING_ALLOWED
    """Its Content-Security-Policy, without who may frame it: nobody may."""
    more: tuple[tuple[str, str], ...] = ()

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Every header that goes with it, in order."""
        return (
            ("Content-Type", self.kind),
            ("Content-Length", str(len(self.body))),
            ("Content-Security-Policy", f"{self.policy}; frame-ancestors 'none'"),
            *HEADERS,
            *self.more,
        )


def told(status: HTTPStatus, text: str, *more: tuple[str, str]) -> Answer:
    """A line of text as an answer."""
    return Answer(status, f"{text}\n".encode(), more=more)


def kind_of(path: str) -> str:
    """The media type of a file of that name.

    >>> kind_of("claims/area.html"), kind_of("area")
    ('text/html; charset=utf-8', 'application/octet-stream')
    """
    return KINDS.get(path.rpartition(".")[2], UNKNOWN)
