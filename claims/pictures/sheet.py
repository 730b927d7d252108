"""The style sheet of the pictures, and a picture that stands alone with it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from claims.pictures.svg import NAMESPACE

if TYPE_CHECKING:
    from claims.pictures.svg import Picture


@cache
def stylesheet() -> str:
    """The sheet as it is, for light and dark: a page has it once, for all its pictures."""
    return (files("claims.pictures") / "picture.css").read_text("utf-8")


def standalone(picture: Picture) -> str:
    """The picture as a file of its own: with its sheet inside, on paper, light or dark as the reader likes it."""
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own text, made a moment ago
    ET.register_namespace("", NAMESPACE)
    marks = root.find(f"{{{NAMESPACE}}}g")
    place = list(root).index(marks) if marks is not None else len(root)
    sheet = ET.Element(f"{{{NAMESPACE}}}style")
    sheet.text = stylesheet()
    paper = ET.Element(f"{{{NAMESPACE}}}rect", {"class": "paper", "width": "100%", "height": "100%"})
    root[place:place] = [sheet, paper]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
