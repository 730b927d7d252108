"""Bars, a case over time, the style sheet, and PNG."""

from __future__ import annotations

import re
import struct
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from resvg_py import svg_to_bytes

from claims.flow import assess
from claims.model.errors import BadRequest
from claims.model.track import Fares
from claims.pictures.bars import probability_bar, record_bar
from claims.pictures.chain import chain_picture
from claims.pictures.days import case_picture
from claims.pictures.development import development_picture
from claims.pictures.png import png_of
from claims.pictures.sheet import standalone, stylesheet
from claims.present.view import Bar
from claims.selection import report
from tests.cases import Sections, case_of
from tests.pictures.drawing import is_plain, root_of
from tests.present.audits import plural_audit, plural_case
from tests.strategies import sections

MAGIC = b"\x89PNG\r\n\x1a\n"
ALONE = {"group", "chains", "verdict", "day", "picture"}
"""Classes that tell what a mark is and have no colour."""


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 2000))
def test_a_record_is_as_long_as_its_counts_up_to_the_longest(good: int, bad: int, open_: int) -> None:
    picture = record_bar("r", Fares(good, bad, open_))
    assert is_plain(picture)
    assert picture.width <= 245
    assert picture.title == f"{good} borne out, {bad} contradicted, {open_} undecided"


def test_a_probability_stands_within_its_range() -> None:
    picture = probability_bar("p", Bar(0.4, 0.7, 0.9))
    assert is_plain(picture)
    assert picture.title == "Probability 0.70 (0.40–0.90)"


@given(sections())
def test_every_finding_of_a_case_is_counted_on_its_day(entries: Sections) -> None:
    case = case_of(entries)
    picture = case_picture(report(assess(case)), {one.id: one.published for one in case.documents if one.published})
    assert is_plain(picture)
    counted = sum(int(number) for word in picture.words for number in re.findall(r"(\d+) (?:for|against|set)", word))
    assert counted == len(case.findings)


def test_the_sheet_knows_every_class_that_a_picture_has_a_colour_for() -> None:
    sheet, case = stylesheet(), plural_case()
    days = case_picture(report(assess(case)), {one.id: one.published for one in case.documents if one.published})
    pictures = (chain_picture(plural_audit()), development_picture(plural_audit()), days)
    classes = {name for one in pictures for mark in root_of(one).iter() for name in (mark.get("class") or "").split()}
    assert {name for name in classes - ALONE if f".{name}" not in sheet} == set()


def test_the_sheet_asks_for_nothing() -> None:
    assert not re.search(r"url\(|@import|expression", stylesheet())


def test_alone_it_has_the_sheet_within_and_the_paper_under_its_marks() -> None:
    text = standalone(chain_picture(plural_audit()))
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"')
    assert text.index("<style>") < text.index('class="paper"') < text.index('class="group')
    assert "ns0:" not in text


@pytest.mark.parametrize("width", [300, 900])
def test_png_is_as_wide_as_asked(width: int) -> None:
    picture = development_picture(plural_audit())
    data = png_of(picture, width)
    assert data.startswith(MAGIC)
    wide, high = struct.unpack(">II", data[16:24])
    assert wide == width
    assert high == pytest.approx(width * picture.height / picture.width, abs=1)


def test_png_is_twice_the_size_unless_asked() -> None:
    picture = development_picture(plural_audit())
    assert struct.unpack(">I", png_of(picture)[16:20]) == (2 * picture.width,)


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(BadRequest, match="smaller --width"):
        png_of(chain_picture(plural_audit()), 20_000)


def test_without_a_face_to_write_with_no_picture_without_words_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.pictures.png._renderer", lambda: partial(svg_to_bytes, skip_system_fonts=True))
    with pytest.raises(BadRequest, match="no font is installed"):
        png_of(development_picture(plural_audit()))
