"""Records of sources and speakers on every face: read the golden files as a reader would."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from claims.present import markdown, people_data, terminal
from claims.present.people_schema import sources_schema, speakers_schema
from claims.present.people_view import sources_view, speakers_view
from claims.track.sources import source_tracks
from claims.track.speakers import speaker_tracks
from tests.hostile import HOSTILE
from tests.present.harmless import assert_nothing_comes_alive, assert_nothing_is_obeyed
from tests.present.people import judged_people
from tests.present.test_hostile import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.track import Tracks
    from claims.present.view import View

POSSIBLE = {what: text for what, text in HOSTILE.items() if "\ud800" not in text}
"""No model takes half a surrogate pair."""
TEXTS = pytest.mark.parametrize("text", POSSIBLE.values(), ids=POSSIBLE)
NAMES = {
    ("sources", 40): "sources-40.txt", ("sources", 80): "sources-80.txt", ("sources", 120): "sources-120.txt",
    ("source", 40): "source-40.txt", ("source", 80): "source-80.txt", ("source", 120): "source-120.txt",
    ("speakers", 40): "speakers-40.txt", ("speakers", 80): "speakers-80.txt", ("speakers", 120): "speakers-120.txt",
    ("speaker", 40): "speaker-40.txt", ("speaker", 80): "speaker-80.txt", ("speaker", 120): "speaker-120.txt",
}  # fmt: skip


@cache
def views(text: str | None = None) -> dict[str, View]:
    assessment = judged_people(text)
    sources, speakers = source_tracks(assessment), speaker_tracks(assessment)
    return {
        "sources": sources_view(sources, cards=False),
        "source": sources_view(source_tracks(assessment, ("sohr", "haaretz", "bbc")), cards=True),
        "speakers": speakers_view(speakers, cards=False),
        "speaker": speakers_view(speaker_tracks(assessment, ("velayati", "quiet", "nasrallah")), cards=True),
    }


@cache
def data(text: str | None = None) -> tuple[Tracks, Tracks]:
    assessment = judged_people(text)
    return source_tracks(assessment), speaker_tracks(assessment)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_records_on_a_terminal(golden: Callable[[str, str], None], width: int) -> None:
    for name, view in views().items():
        golden(NAMES[name, width], terminal.render(view, width=width, colour=False, unicode=True))


def test_records_in_the_other_formats(golden: Callable[[str, str], None]) -> None:
    sources, speakers = data()
    golden("sources.md", "\n".join(map(markdown.render, list(views().values())[:2])))
    golden("speakers.md", "\n".join(map(markdown.render, list(views().values())[2:])))
    golden("sources.json", people_data.sources_json(sources))
    golden("speakers.json", people_data.speakers_json(speakers))
    golden("sources.csv", people_data.sources_csv(sources))
    golden("speakers.csv", people_data.speakers_csv(speakers))


@TEXTS
@pytest.mark.parametrize("width", [120, 40])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_reaches_the_terminal_that_it_would_obey(text: str, width: int, unicode: bool) -> None:
    for view in views(text).values():
        assert_nothing_is_obeyed(view, width=width, unicode=unicode)


@TEXTS
def test_nothing_of_markdown_comes_alive(text: str) -> None:
    for view in views(text).values():
        assert_nothing_comes_alive(view)


@TEXTS
def test_the_json_is_valid_safe_and_gives_the_text_back(text: str) -> None:
    sources, speakers = data(text)
    for shown, schema, key in (
        (people_data.sources_json(sources), sources_schema(), "sources"),
        (people_data.speakers_json(speakers), speakers_schema(), "speakers"),
    ):
        found = json.loads(shown)
        assert not CONTROLS.search(shown)
        assert not list(Draft202012Validator(schema).iter_errors(found))
        assert {one["name"] for one in found[key]} == {text}


@TEXTS
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    sources, speakers = data(text)
    for shown in (people_data.sources_csv(sources), people_data.speakers_csv(speakers)):
        rows = list(csv.reader(io.StringIO(shown, newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
        for cell in (cell for row in rows for cell in row):
            assert not CONTROLS.search(cell.replace("\n", ""))
            assert not re.match(r"[\"\s]*[=+\-@＝＋－＠\t\r]", cell) or re.fullmatch(r"-?[\d.]+", cell)


def test_what_is_not_there_is_said() -> None:
    none = source_tracks(judged_people(), grades=("A",))
    shown = terminal.render(sources_view(none, cards=False), width=80, colour=False, unicode=True)
    assert "No source matches." in shown
    assert "How to read this" not in shown
