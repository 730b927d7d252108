"""Which requests are answered: those of a person at this machine who opened a page of ours, and no others.

Any page of the web may make a browser ask an address of the loopback, and a name may be made to lead there once its
page is loaded (DNS rebinding). A browser says in `Host` which name it asked, in `Origin` and `Sec-Fetch-Site` on whose
behalf: all three must be ours.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote_to_bytes

from claims.serving.answers import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.serving.answers import Answer

METHODS: Final = ("GET", "HEAD")
OURS: Final = ("same-origin", "none")
"""What `Sec-Fetch-Site` says of a page of ours, and of an address that a person typed."""
LONGEST: Final = 2000
"""Characters of what is asked for; the longest address of ours, with a filter, is far below."""
HTTP: Final = 80
"""The port that a browser does not name."""


class Request(NamedTuple):
    """What is asked, as far as it matters here; a header that was sent twice stands twice."""

    method: str
    target: str
    hosts: tuple[str, ...]
    origins: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    """What `Sec-Fetch-Site` said."""

    @property
    def path(self) -> str | None:
        """The file that is asked for, as pages are called: relative, a folder by its index; None for what is none."""
        asked = self.target.partition("?")[0]
        try:
            path = unquote_to_bytes(asked).decode("utf-8")
        except UnicodeDecodeError:
            return None
        return f"{path[1:]}index.html" if path.endswith("/") else path[1:]

    @property
    def query(self) -> str:
        """What stands after the question mark."""
        return self.target.partition("?")[2]


def names_of(address: str, port: int) -> frozenset[str]:
    """What `Host` may say to a server that listens there.

    >>> sorted(names_of("127.0.0.1", 8411))
    ['127.0.0.1:8411', '[::1]:8411', 'localhost:8411']
    """
    own = f"[{address}]" if ":" in address else address
    hosts = {own, "127.0.0.1", "localhost", "[::1]"}
    bare = hosts if port == HTTP else set()
    return frozenset({f"{host}:{port}" for host in hosts} | bare)


def refusal(request: Request, names: frozenset[str]) -> Answer | None:
    """Why the request is not answered; None where it is. names: what `Host` may say."""
    return next(filter(None, (check(request, names) for check in CHECKS)), None)


def _of_a_page_of_ours(request: Request, names: frozenset[str]) -> Answer | None:
    if len(request.hosts) != 1:
        return told(HTTPStatus.BAD_REQUEST, "a request names one host")
    host = request.hosts[0].strip().lower()
    if host not in names:
        way_out = f"open http://{min(names)}/ instead"
        return told(HTTPStatus.MISDIRECTED_REQUEST, f"these pages are for this machine alone: {way_out}")
    if any(origin.strip().lower() != f"http://{host}" for origin in request.origins):
        return told(HTTPStatus.FORBIDDEN, "these pages answer no page of another site")
    if not _are_ours(request.sites):
        return told(HTTPStatus.FORBIDDEN, "another site led here: type the address, or open it from the terminal")
    return None


def _are_ours(sites: Iterable[str]) -> bool:
    return all(site.strip().lower() in OURS for site in sites)


def _for_reading(request: Request, _names: frozenset[str]) -> Answer | None:
    if request.method in METHODS:
        return None
    return told(HTTPStatus.METHOD_NOT_ALLOWED, "nothing is written here", ("Allow", ", ".join(METHODS)))


def _for_an_address(request: Request, _names: frozenset[str]) -> Answer | None:
    target = request.target
    if len(target) > LONGEST:
        return told(HTTPStatus.REQUEST_URI_TOO_LONG, "no address here is as long")
    is_plain = target.startswith("/") and not target.startswith("//") and target.isascii() and "#" not in target
    if not is_plain or not target.isprintable() or request.path is None:
        return told(HTTPStatus.BAD_REQUEST, "what is asked for is no address here")
    return None


CHECKS: Final = (_of_a_page_of_ours, _for_reading, _for_an_address)
"""Each gives an answer where it refuses; the first that does is sent."""
