"""A picture within a page: the drawing, its heading's words for those who do not see it, and its own style sheet.

Where it cannot be drawn, the page says so, and has its words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from claims.pages.templating import rendered
from claims.pictures.sheet import stylesheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from claims.pictures.svg import Picture


WIDE: Final = 700
"""Pixels: a picture that is wider does not fit into half a screen, and says so there; on a phone all do."""


@cache
def picture_style() -> str:
    """The style sheet that a page with pictures carries, once for all of them."""
    return f"\n{stylesheet()}"


def figure(picture: Picture) -> Markup:
    """The picture as an element of a page; one that is wider than the window is scrolled within itself."""
    return rendered("figure.html", title=picture.title, drawing=_markup(picture), is_wide=picture.width > WIDE)


def undrawn(title: str, words: Sequence[str]) -> Markup:
    """In place of a picture that needs Graphviz, where that is missing: what to do, and what it would show."""
    return rendered("undrawn.html", title=title, words=words)


def _markup(picture: Picture) -> Markup:
    """Its drawing: a tree of elements, written out by a library that escapes every text in it."""
    from markupsafe import Markup  # noqa: PLC0415 - named here only, where text becomes markup

    return Markup(picture.svg)  # noqa: S704 - made of elements, never of strings
