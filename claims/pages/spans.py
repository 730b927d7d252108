"""The smallest pieces of a page: texts, names, links, lines and cells, each written once for all that repeat it.

A large site has hundreds of them on every page, so they are written here and not by a template; whatever a case says is
escaped in one place, `spelled`. The tests of pages hold both to the same rules.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from claims.pages.addresses import web_address
from claims.present.escape import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims.pages.routes import Places
    from claims.present.view import Item, Line, Node, Span, Title

OURS: Final = "en"
"""The language of what is ours, which is not told."""
DAY: Final = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
"""A day, a month or a year as machines read it."""
DAY_LENGTH: Final = 30
"""What is longer than this, behind a comma, is no date."""
KEPT: Final = 32_768
"""Pieces that are remembered, as names and grades come back from page to page."""
TURNING: Final = re.compile(
    "[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""What is written from right to left, and the marks that go with it: it may turn what stands beside it."""
DATED: Final = re.compile(r"(.+)(, \d{4}(?:-\d\d){0,2})")
"""What is called by a name and a day; behind a name from right to left the parts of the day would change places."""
ELEMENTS: Final = {"strong": "strong", "name": "b", "muted": "i"}
"""The element of a role that has one of its own."""


def is_turning(text: str) -> bool:
    """Whether a text may turn the direction of what stands beside it."""
    return not text.isascii() and TURNING.search(text) is not None


@lru_cache(KEPT)
def spelled(text: str) -> str:
    """A text as it stands in markup, in attributes too: escaped, with whatever cannot be seen spelled out."""
    return str(escape(for_terminal(str(text))))


def apart(text: str) -> Markup:
    """A text of a case by itself: what is written from right to left is kept from turning what stands beside it."""
    return _markup(_isolated(text, None))


def said(text: str) -> Markup:
    """Who said it, and when; a date is not broken at its hyphens."""
    who, comma, day = text.rpartition(", ")
    if not day[:1].isdigit() or len(day) >= DAY_LENGTH:
        return apart(text)
    if DAY.fullmatch(day):
        return _markup(f"{_isolated(who, None)}{comma}<time>{day}</time>")
    return _markup(f'{_isolated(who, None)}{comma}<span class="whole">{_isolated(day, None)}</span>')


def line(spans: Line, places: Places) -> Markup:
    """Spans in a row, each by its role; one that names an entry leads to its place."""
    return _markup(_line(spans, places))


def item(one: Item, places: Places) -> Markup:
    """What stands in an item of a list, with what belongs under it."""
    return _markup(_item(one, places))


def node(one: Node, places: Places) -> Markup:
    """A line of a tree as an item, with what hangs from it."""
    return _markup(_node(one, places))


def cells(row: Sequence[Line], titles: Sequence[Title], places: Places) -> Markup:
    """The cells of a row of a table, each set as the title of its column is, with that title for narrow windows."""
    return _markup("".join(_cells(row, titles, places)))


def _cells(row: Sequence[Line], titles: Sequence[Title], places: Places) -> Iterable[str]:
    for cell, title in zip(row, titles, strict=True):
        yield f"{_opened(title)}{_line(cell, places)}</td>"


@lru_cache(KEPT)
def _opened(title: Title) -> str:
    """The beginning of a cell; the role keeps it one where rows are stacked."""
    label = f' data-label="{spelled(title.text)}"' if title.text else ""
    aligned = ' class="right"' if title.align == "right" else ""
    return f'<td role="cell"{label}{aligned}>'


def _item(one: Item, places: Places) -> str:
    text = _line(one.text, places)
    if not one.under:
        return text
    under = "".join(
        f'<li class="in">{_line(own, places)}</li>' if own[0].text[:1] == " " else f"<li>{_line(own, places)}</li>"
        for own in one.under
    )
    return f"{text}<ul>{under}</ul>"


def _node(one: Node, places: Places) -> str:
    under = f"<ul>{''.join(_node(child, places) for child in one.under)}</ul>" if one.under else ""
    return f"<li>{_line(one.text, places)}{under}</li>"


def _line(spans: Line, places: Places) -> str:
    return "".join([_span(one, places(one.entry) if one.entry else None) for one in spans]).replace("</i><i>", "")


def _span(one: Span, place: str | None) -> str:
    if not one.text:
        return ""
    return _leading(one, place) if place else _standing(one)


def _leading(one: Span, place: str) -> str:
    """A span as a link."""
    classes = f' class="{_classes(one)}"' if one.role != "plain" else ""
    return f'<a{classes} href="{spelled(place)}">{_isolated(one.text, one.language)}</a>'


@lru_cache(KEPT)
def _standing(one: Span) -> str:
    """A span that leads nowhere of ours: a web address by itself leads there."""
    url = web_address(one.text)
    if url:
        shown = spelled(url)
        return f'<a class="url" href="{shown}" rel="noreferrer noopener external"><bdi dir="ltr">{shown}</bdi></a>'
    text = _isolated(one.text, one.language)
    if one.role == "plain":
        return text
    element = ELEMENTS.get(one.role)
    return f"<{element}>{text}</{element}>" if element else f'<span class="{_classes(one)}">{text}</span>'


def _classes(one: Span) -> str:
    return spelled(f"v v-{one.verdict}" if one.role == "verdict" else one.role)


@lru_cache(KEPT)
def _isolated(text: str, language: str | None) -> str:
    """A text with its direction and its language kept to it, where it has any of its own."""
    shown = spelled(text)
    if language and language != OURS:
        return f'<bdi lang="{spelled(language)}">{shown}</bdi>'
    if not is_turning(text):
        return shown
    dated = DATED.fullmatch(shown)
    return f"<bdi>{dated[1]}</bdi>{dated[2]}" if dated else f"<bdi>{shown}</bdi>"


def _markup(written: str) -> Markup:
    """Elements of ours, with what is spelled between them."""
    return Markup(written)  # noqa: S704 - every text in it has gone through `spelled`
