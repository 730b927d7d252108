"""The page of a claim: what is marked up in each record of who said it."""

from __future__ import annotations

import pytest

from claims.pages.claim import claim_pages
from claims.pages.report import render
from claims.selection import report
from tests.cases import sketch
from tests.pages.grounds import files, ground, pages
from tests.pages.markup import read

ARABIC = "المنار: خسائر في القلمون"


@pytest.mark.parametrize(
    ("title", "quote", "wording", "told"),
    [
        (ARABIC, "سقط المعسكر", "exact", ("ar", "ar")),
        ("Losses in Qalamoun", "سقط المعسكر", "exact", (None, "ar")),
        ("Losses in Qalamoun", "The camp fell", "translated", (None, None)),
        (ARABIC, "The camp fell", "translated", ("ar", None)),
    ],
)
def test_a_record_is_said_to_be_in_the_language_that_it_is_told_in(
    title: str, quote: str, wording: str, told: tuple[str | None, str | None]
) -> None:
    document = {"id": "manar-doc", "source": "manar", "title": title, "language": ("ar",)}
    said = {"claim": "c", "speaker": "he", "document": "manar-doc", "quote": quote, "wording": wording}
    found = ground(
        sketch("manar: supports", documents=[document], speakers=[{"id": "he", "name": "He"}], statements=[said])
    )
    record = pages(files(claim_pages(found)))["claims/c.html"].one("ol", class_="records").one("li")
    assert record.one("cite").attributes.get("lang") == told[0]
    assert record.one("blockquote").attributes.get("lang") == told[1]
    whole = read(render(report(found.assessment), found.case)).one("article", class_="claim")
    texts = {one.text: one.attributes.get("lang") for one in whole.all("bdi") if "lang" in one.attributes}
    assert texts.get(title) == told[0]
    assert texts.get(f"“{quote}”") == told[1]
