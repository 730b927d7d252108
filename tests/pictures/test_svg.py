"""Marks of SVG as they are written: as the library would write them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from claims.pictures.lettering import harmless, is_right_to_left
from claims.pictures.svg import Marks, box, group, number, picture, text
from tests.hostile import HOSTILE

MORE = {"quotes": "\"a\" 'b' & <c> ]]>", "an entity": "&amp;lt;", "breaks": "a\r\nb\tc", "Persian": "می‌گوید"}


@pytest.mark.parametrize("words", [*HOSTILE.values(), *MORE.values()], ids=[*HOSTILE, *MORE])
def test_marks_are_written_as_the_library_writes_them(words: str) -> None:
    classes = "".join(one for one in words if one.isprintable() or one in "\r\n\t")
    marks = Marks(classes)
    inside = group(marks, "for", tip=words, href=words)
    box(inside, (0, 0), (10.25, 4))
    text(inside, (3, 2), words)
    group(marks, "empty", at=(1, 2))
    made = picture("a", words, (words, words), (10, 10), marks, linked=True)

    seen = harmless(words)
    expected = ET.Element("g", {"class": classes})
    link = ET.SubElement(expected, "a", {"class": "for", "href": seen})
    ET.SubElement(link, "title").text = seen
    ET.SubElement(link, "rect", {"class": "box", "x": "0", "y": "0", "width": "10.2", "height": "4"})
    turned = {"direction": "rtl", "unicode-bidi": "isolate"} if is_right_to_left(words) else {}
    place = {"x": "3", "y": "6.3", "font-size": "12", **turned, "text-anchor": "middle"}
    ET.SubElement(link, "text", place).text = seen
    ET.SubElement(expected, "g", {"class": "empty", "transform": "translate(1 2)"})
    assert str(marks) == ET.tostring(expected, encoding="unicode")
    assert str(marks) in made.svg

    root = ET.fromstring(made.svg)  # noqa: S314 - our own text
    assert (root[0].text or "") == made.title
    assert (root[1].text or "") == "\n".join(made.words)


def test_zero_has_no_sign_whichever_was_drawn_first() -> None:
    assert [number(-0.0), number(0.0), number(0), number(-1.25), number(3.04)] == ["0", "0", "0", "-1.2", "3"]
