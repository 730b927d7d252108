"""The picture of a case's course: a bar for every day, a lane for every time, and what has no room is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from claims.pictures.course import MOST_LANES, Course, Lasting, course_picture

if TYPE_CHECKING:
    from claims.pictures.svg import Picture

NOTHING: Course = Course("A case", ("2015-05-01", "2015-05-02"), {}, {}, {}, (), ())


def drawn(**more: Any) -> tuple[Picture, ET.Element]:
    made = course_picture(NOTHING._replace(**more), ("One.", "Two."))
    return made, ET.fromstring(made.svg)  # noqa: S314 - our own text


def texts(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]


def test_a_bar_has_a_part_for_each_side() -> None:
    _, root = drawn(findings={"2015-05-01": {"for": 2, "against": 1, "aside": 3}})
    bars = [one for one in root.iter("{http://www.w3.org/2000/svg}rect") if one.get("class", "").startswith("bar ")]
    heights = {one.get("class"): float(one.get("height", "0")) for one in bars}
    assert heights == {"bar for": 40.0, "bar against": 20.0, "bar aside": 60.0}


def test_a_time_is_drawn_from_its_first_day_to_its_last() -> None:
    _, root = drawn(claims=(Lasting("2015-05", 0, 1, 19),))
    (band,) = [one for one in root.iter("{http://www.w3.org/2000/svg}rect") if one.get("class") == "band"]
    assert float(band.get("width", "0")) == pytest.approx(2 * 40 - 2)
    assert "2015-05: 19 claims" in texts(root)


def test_times_that_have_no_room_are_counted() -> None:
    lanes = tuple(Lasting(f"2015-05-{n:02}", 0, 1, 2) for n in range(1, MOST_LANES + 4))
    _, root = drawn(claims=lanes)
    assert "and 6 more, of other times" in texts(root)


def test_verdicts_stand_with_their_sign_and_number() -> None:
    _, root = drawn(turns={"2015-05-02": (("corroborated", 2), ("disputed", 1))})
    assert {"✔2", "⇄"} <= set(texts(root))


def test_everything_has_room_in_the_picture() -> None:
    made, root = drawn(claims=(Lasting("2015-05-01 to 2015-12-31", 0, 1, 1000),))
    for one in root.iter("{http://www.w3.org/2000/svg}text"):
        assert float(one.get("x", "0")) < made.width
        assert float(one.get("y", "0")) < made.height


def test_the_words_are_the_description() -> None:
    made, root = drawn()
    assert made.words == ("One.", "Two.")
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == "One.\nTwo."


def test_a_case_of_no_days_is_drawn() -> None:
    assert drawn(spans=())[0].width > 0
