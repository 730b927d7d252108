"""Marks of SVG: boxes, arrows and lines of text, with classes for colours and never a style.

A large site draws hundreds of thousands of them, so each is written as it is made, as the library of elements would
write it. Whatever is no number is made harmless and escaped here, at the last moment: `_in_text`, `_in_attribute`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pictures.lettering import harmless, is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMESPACE: Final = "http://www.w3.org/2000/svg"
FAMILY: Final = "system-ui, 'Noto Sans', 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"
ASCENT: Final = 0.36
"""How far below its middle a line of text has its base line, as a share of its size."""

IN_TEXT: Final = re.compile("[&<>]")
IN_ATTRIBUTES: Final = re.compile('[&<>"\r\n\t]')
ESCAPED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}

Spot = tuple[float, float]


class Picture(NamedTuple):
    """A picture as an element of SVG, to stand within a page, with what it shows in words.

    Its colours come from the style sheet of `claims.pictures.sheet`; it has none of its own, no style attribute, and
    asks for nothing from outside. The width and height are pixels.
    """

    svg: str
    title: str
    words: tuple[str, ...]
    """All that it shows, and all that it only counts, sentence by sentence, as escaped for a screen."""
    width: int
    height: int


class Marks:
    """Marks in a group, in the order in which they were made; among them groups, which may still grow."""

    __slots__ = ("_opening", "_parts", "_tag")

    def __init__(self, classes: str = "", *, tag: str = "g", more: str = "") -> None:
        """more: attributes as they are written."""
        self._tag, self._opening = tag, f"<{tag}{_class(classes)}{more}"
        self._parts: list[str | Marks] = []

    def add(self, mark: str | Marks) -> None:
        """Add a mark as it is written, or a group of them."""
        self._parts.append(mark)

    def __str__(self) -> str:
        """The group as SVG."""
        inside = "".join([str(part) for part in self._parts])
        return f"{self._opening}>{inside}</{self._tag}>" if inside else f"{self._opening} />"


def picture(  # noqa: PLR0913 - all that a picture is
    name: str, title: str, words: Sequence[str], size: Spot, marks: Marks, *, linked: bool
) -> Picture:
    """The picture with these marks. name: unique on a page; linked: whether there are links among the marks.

    With links it is a group, as an image has nothing in it that could be reached with a keyboard.
    """
    width, height = round(size[0] + 0.5), round(size[1] + 0.5)
    own = _in_attribute(name)
    told = tuple(map(harmless, words))
    root = (
        f'<svg xmlns="{NAMESPACE}" class="picture" role="{"group" if linked else "img"}"'
        f' aria-labelledby="{own}-title" aria-describedby="{own}-words" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{FAMILY}" font-size="12">'
    )
    heading = _element("title", f' id="{own}-title"', harmless(title))
    described = _element("desc", f' id="{own}-words"', "\n".join(told))
    return Picture(f"{root}{heading}{described}{marks}</svg>", harmless(title), told, width, height)


def _element(tag: str, attributes: str, words: str) -> str:
    """An element that holds a text. attributes: as they are written."""
    return f"<{tag}{attributes}>{_in_text(words)}</{tag}>" if words else f"<{tag}{attributes} />"


def _in_text(words: str) -> str:
    """A text as it stands between tags."""
    return IN_TEXT.sub(_escaped, words)


def _in_attribute(words: str) -> str:
    """A text as it stands between the quotes of an attribute."""
    return IN_ATTRIBUTES.sub(_escaped, words)


def _escaped(match: re.Match[str]) -> str:
    return ESCAPED[match[0]]


@lru_cache(maxsize=1024)
def _class(classes: str) -> str:
    return f' class="{_in_attribute(classes)}"' if classes else ""


def group(into: Marks, classes: str, *, tip: str = "", href: str | None = None, at: Spot = (0, 0)) -> Marks:
    """A group of marks; tip: shown where a pointer rests on it. href: an address that it leads to."""
    more, (x, y) = "", at
    if x or y:
        more += f' transform="translate({number(x)} {number(y)})"'
    if href is not None:
        more += f' href="{_in_attribute(harmless(href))}"'
    made = Marks(classes, tag="g" if href is None else "a", more=more)
    into.add(made)
    if tip:
        made.add(_element("title", "", harmless(tip)))
    return made


def box(into: Marks, corner: Spot, size: Spot, *, rounded: float = 0, classes: str = "box") -> None:
    """A box by its upper left corner."""
    round_ = f' rx="{number(rounded)}"' if rounded else ""
    (x, y), (width, height) = corner, size
    into.add(
        f'<rect{_class(classes)} x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        f"{round_} />"
    )


def shape(into: Marks, spots: Iterable[Spot], classes: str) -> None:
    """A closed shape with these corners."""
    points = " ".join([f"{number(x)},{number(y)}" for x, y in spots])
    into.add(f'<polygon{_class(classes)} points="{points}" />')


def sign(into: Marks, stand: str, middle: Spot, *, classes: str = "sign") -> None:
    """The sign of a side: a triangle up, one that is hollow, a triangle down, a bar; a dot for who passes it on."""
    x, y = middle
    if stand in {"for", "partly"}:
        hollow = " half" if stand == "partly" else ""
        shape(into, ((x - 4.5, y + 4), (x + 4.5, y + 4), (x, y - 4)), classes + hollow)
    elif stand == "against":
        shape(into, ((x - 4.5, y - 4), (x + 4.5, y - 4), (x, y + 4)), classes)
    elif stand == "aside":
        box(into, (x - 4, y - 1.2), (8, 2.4), classes=classes)
    else:
        circle(into, middle, 2.2, classes)


def path(into: Marks, drawn: str, classes: str) -> None:
    """A line, as SVG writes paths: letters and numbers, never a text of somebody's."""
    into.add(f'<path{_class(classes)} d="{_in_attribute(drawn)}" fill="none" />')


def circle(into: Marks, middle: Spot, radius: float, classes: str) -> None:
    """A circle."""
    x, y = middle
    into.add(f'<circle{_class(classes)} cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" />')


def text(  # noqa: PLR0913 - how letters can be set
    into: Marks, spot: Spot, line: str, classes: str = "", *, size: float = 12, anchor: str = "middle",
    rtl: bool | None = None,
) -> None:  # fmt: skip
    """A line of text whose middle is at that height. anchor: which part of it stands at `spot`.

    rtl: whether the text that the line is of runs from right to left; None: as the line itself does.
    """
    if not line:
        return
    x, y = spot
    attributes = f' x="{number(x)}" y="{number(y + ASCENT * size)}" font-size="{number(size)}"{_class(classes)}'
    if is_right_to_left(line) if rtl is None else rtl:
        attributes += ' direction="rtl" unicode-bidi="isolate"'
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    if anchor != "start":
        attributes += f' text-anchor="{anchor}"'
    into.add(_element("text", attributes, harmless(line)))


@lru_cache(maxsize=65_536)
def number(value: float) -> str:
    """A number with a decimal at most: enough for a screen, and the same on every machine."""
    return f"{value or 0:.1f}".removesuffix(".0")  # zero has no sign
