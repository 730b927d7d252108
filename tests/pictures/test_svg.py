"""Marks of SVG as they are written: as the library would write them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from claims.pictures.svg import box, group, picture, text
from tests.hostile import HOSTILE

MORE = {"quotes": "\"a\" 'b' & <c> ]]>", "an entity": "&amp;lt;", "breaks": "a\r\nb\tc", "Persian": "می‌گوید"}


@pytest.mark.parametrize("words", [*HOSTILE.values(), *MORE.values()], ids=[*HOSTILE, *MORE])
def test_marks_are_written_as_the_library_writes_them(words: str) -> None:
    marks = ET.Element("g", {"class": "".join(one for one in words if one.isprintable() or one in "\r\n\t")})
    inside = group(marks, "for", tip=words, href=words)
    box(inside, (0, 0), (10.25, 4))
    text(inside, (3, 2), words)
    ET.SubElement(marks, "desc").text = ""
    made = picture("a", words, (words, words), (10, 10), marks, linked=True)
    assert ET.tostring(marks, encoding="unicode") in made.svg
    root = ET.fromstring(made.svg)  # noqa: S314 - our own text
    assert root[0].text == made.title
    assert root[1].text == "\n".join(made.words)
