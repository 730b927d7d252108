"""Marks of SVG: boxes, arrows and lines of text, with classes for colours and never a style.

Text is made harmless here, at the last moment; the writer of the tree escapes it once more for XML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

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


def picture(  # noqa: PLR0913 - all that a picture is
    name: str, title: str, words: Sequence[str], size: Spot, marks: ET.Element, *, linked: bool
) -> Picture:
    """The picture with these marks. name: unique on a page; linked: whether there are links among the marks.

    With links it is a group, as an image has nothing in it that could be reached with a keyboard.
    """
    width, height = round(size[0] + 0.5), round(size[1] + 0.5)
    root = ET.Element(
        "svg",
        {
            "xmlns": NAMESPACE,
            "class": "picture",
            "role": "group" if linked else "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-words",
            "width": str(width),
            "height": str(height),
            "viewBox": f"0 0 {width} {height}",
            "font-family": FAMILY,
            "font-size": "12",
        },
    )
    told = tuple(map(harmless, words))
    ET.SubElement(root, "title", {"id": f"{name}-title"}).text = harmless(title)
    ET.SubElement(root, "desc", {"id": f"{name}-words"}).text = "\n".join(told)
    root.append(marks)
    pieces: list[str] = []
    _write(root, pieces)
    return Picture("".join(pieces), harmless(title), told, width, height)


def _write(element: ET.Element, into: list[str]) -> None:
    """The element as XML, as the library writes it, but thrice as fast: no mark has name spaces or tails."""
    tag, text = element.tag, element.text
    attributes = "".join([f' {name}="{IN_ATTRIBUTES.sub(_escaped, value)}"' for name, value in element.items()])
    if not text and not len(element):
        into.append(f"<{tag}{attributes} />")
        return
    into.append(f"<{tag}{attributes}>{IN_TEXT.sub(_escaped, text) if text else ''}")
    for child in element:
        _write(child, into)
    into.append(f"</{tag}>")


def _escaped(match: re.Match[str]) -> str:
    return ESCAPED[match[0]]


def group(into: ET.Element, classes: str, *, tip: str = "", href: str | None = None, at: Spot = (0, 0)) -> ET.Element:
    """A group of marks; tip: shown where a pointer rests on it. href: an address that it leads to."""
    attributes = {"class": classes}
    if at != (0, 0):
        attributes["transform"] = f"translate({number(at[0])} {number(at[1])})"
    if href is not None:
        attributes["href"] = harmless(href)
    made = ET.SubElement(into, "g" if href is None else "a", attributes)
    if tip:
        ET.SubElement(made, "title").text = harmless(tip)
    return made


def box(into: ET.Element, corner: Spot, size: Spot, *, rounded: float = 0, classes: str = "box") -> None:
    """A box by its upper left corner."""
    attributes = {
        "class": classes,
        "x": number(corner[0]),
        "y": number(corner[1]),
        "width": number(size[0]),
        "height": number(size[1]),
    }
    if rounded:
        attributes["rx"] = number(rounded)
    ET.SubElement(into, "rect", attributes)


def shape(into: ET.Element, spots: Iterable[Spot], classes: str) -> None:
    """A closed shape with these corners."""
    points = " ".join(f"{number(x)},{number(y)}" for x, y in spots)
    ET.SubElement(into, "polygon", {"class": classes, "points": points})


def sign(into: ET.Element, stand: str, middle: Spot, *, classes: str = "sign") -> None:
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


def path(into: ET.Element, drawn: str, classes: str) -> None:
    """A line, as SVG writes paths: letters and numbers, never a text of somebody's."""
    ET.SubElement(into, "path", {"class": classes, "d": drawn, "fill": "none"})


def circle(into: ET.Element, middle: Spot, radius: float, classes: str) -> None:
    """A circle."""
    places = {"cx": number(middle[0]), "cy": number(middle[1]), "r": number(radius)}
    ET.SubElement(into, "circle", {"class": classes, **places})


def text(  # noqa: PLR0913 - how letters can be set
    into: ET.Element, spot: Spot, line: str, classes: str = "", *, size: float = 12, anchor: str = "middle",
    rtl: bool | None = None,
) -> None:  # fmt: skip
    """A line of text whose middle is at that height. anchor: which part of it stands at `spot`.

    rtl: whether the text that the line is of runs from right to left; None: as the line itself does.
    """
    if not line:
        return
    attributes = {"x": number(spot[0]), "y": number(spot[1] + ASCENT * size), "font-size": number(size)}
    if classes:
        attributes["class"] = classes
    if is_right_to_left(line) if rtl is None else rtl:
        attributes |= {"direction": "rtl", "unicode-bidi": "isolate"}
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    if anchor != "start":
        attributes["text-anchor"] = anchor
    ET.SubElement(into, "text", attributes).text = harmless(line)


def number(value: float) -> str:
    """A number with a decimal at most: enough for a screen, and the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
