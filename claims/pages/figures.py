"""A picture within a page: the drawing, its heading's words for those who do not see it, and its own style sheet.

Where it cannot be drawn, the page says so, and has its words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from claims.pages.templating import asset, rendered
from claims.pictures.sheet import stylesheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from claims.pictures.svg import Picture


WIDE: Final = {"wide-60": 902, "wide-54": 812, "wide-48": 722}
"""Pixels that a picture is wider than, by the class that says so: the room in a window of so many rem."""
TALL: Final = 1500
"""Pixels: what is higher could not be read on a page of A4."""


@cache
def picture_style() -> str:
    """The style sheet that a page with pictures carries, once for all of them: of the drawings, and of their frames."""
    return f"\n{stylesheet()}\n{asset('figure.css')}"


def figure(picture: Picture) -> Markup:
    """The picture as an element of a page; one that is wider than the window is scrolled within itself."""
    width = next((f" {name}" for name, room in WIDE.items() if picture.width > room), "")
    height = " tall" if picture.height > TALL else ""
    return rendered("figure.html", title=picture.title, drawing=_markup(picture), size=width + height)


def undrawn(title: str, words: Sequence[str]) -> Markup:
    """In place of a picture that needs Graphviz, where that is missing: what to do, and what it would show."""
    return rendered("undrawn.html", title=title, words=words)


def _markup(picture: Picture) -> Markup:
    """Its drawing: a tree of elements, written out by a library that escapes every text in it."""
    from markupsafe import Markup  # noqa: PLC0415 - named here only, where text becomes markup

    return Markup(picture.svg)  # noqa: S704 - made of elements, never of strings
