"""What a picture has in it, read back from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from claims.pictures.svg import Picture

NAME = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "aria-describedby", "aria-labelledby", "class", "cx", "cy", "d", "direction", "fill", "font-family", "font-size",
    "height", "href", "id", "points", "r", "role", "rx", "text-anchor", "transform", "unicode-bidi", "viewBox", "width",
    "x", "y",
}  # fmt: skip
"""Attributes that a picture may have: none of them is a style, and none asks for anything."""
TAGS = {"a", "circle", "desc", "g", "path", "polygon", "rect", "svg", "text", "title"}


def root_of(picture: Picture) -> ET.Element:
    """The picture as a tree, which it is only where it is well formed."""
    return ET.fromstring(picture.svg)  # noqa: S314 - our own text


def texts_of(picture: Picture) -> list[str]:
    """Every line that is drawn."""
    return [line.text or "" for line in root_of(picture).iter(f"{NAME}text")]


def is_plain(picture: Picture) -> bool:
    """Whether it has only marks and attributes that a strict page lets pass."""
    elements = list(root_of(picture).iter())
    return {one.tag.removeprefix(NAME) for one in elements} <= TAGS and {
        name for one in elements for name in one.attrib
    } <= ALLOWED
