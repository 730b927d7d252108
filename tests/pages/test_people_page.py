"""The page of a source: what it is told to be, in which words."""

from __future__ import annotations

from claims.pages.claim import claim_pages
from claims.pages.people import source_pages
from tests.cases import sketch
from tests.pages.grounds import files, ground

REASON = "خبرگزاری رسمی"


def test_a_colon_or_a_dash_stays_with_what_it_stands_behind() -> None:
    sections = sketch("fars: supports 2", sources=[{"id": "fars", "reason": REASON}])
    sections["findings"][0]["note"] = REASON
    made = ground(sections)
    (page,) = [data.decode() for path, data in files(source_pages(made)) if path == "sources/fars.html"]
    assert f", usually reliable: <bdi>{REASON}</bdi></p>" in page
    (page,) = [data.decode() for path, data in files(claim_pages(made)) if path.endswith(".html")]
    assert f" — <bdi>{REASON}</bdi></i>" in page
