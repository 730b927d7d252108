"""Which texts are web addresses that a page makes a link of: those that lead where they seem to lead, and no others.

>>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("https://аррӏе.example/")
('https://example.org/a', None, None)
"""

from __future__ import annotations

from claims.present.escape import for_terminal
from claims.read.addresses import why_odd

BEGINNINGS = ("https://", "http://")


def web_address(text: str) -> str | None:
    """The text where it is a plain address of the web; None otherwise.

    A site's name must be in Latin letters and undisguised: of any other a reader cannot tell where it leads. The path
    may be in any script, as long as every character of it is seen.
    """
    if not text.lower().startswith(BEGINNINGS) or for_terminal(text) != text or why_odd(text) is not None:
        return None
    site = text.split("/", 3)[2].lower()
    is_plain = site.isascii() and not any(label.startswith("xn--") for label in site.split("."))
    return text if is_plain else None
