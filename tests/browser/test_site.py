"""A site in a real Chromium: every kind of page of the shipped case, and all of one that tries to come alive."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, Literal

import pytest

from claims.cases import open_case, shipped_case
from claims.cli import exits
from claims.cli.main import main
from claims.flow import assess
from tests.browser.pages import alive, axe, overflow, screenshot
from tests.hostile_case import hostile_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Opened

WIDTHS: Final = (360, 820, 1440)
LOOKS: Final[dict[str, tuple[Literal["light", "dark"], bool, bool]]] = {
    "light": ("light", True, False),
    "dark": ("dark", True, False),
    "print": ("light", True, True),
    "no-scripts": ("light", False, False),
}
KINDS: Final = ("busiest", "disputed", "unchecked", "foreign", "source", "speaker", "sources", "speakers")
"""Pages of the shipped site that stand for all of their kind; `foreign`: of a claim that is quoted in Arabic."""

FOCUSED: Final = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const isShown = box.width * box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return [document.querySelector("main, footer").contains(one), getComputedStyle(one).outlineStyle === "solid", isShown,
    one.outerHTML.slice(0, 100)];
}"""
"""Whether what has the focus is content, is outlined, and is in the window."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of KINDS, and the first one."""
    site = tmp_path_factory.mktemp("site") / "site"
    assert main(["site", "--case", str(shipped_case()), "-o", str(site), "--quiet", "--no-cache"]) == exits.FINE
    assessment = assess(open_case(cache=False))
    arabic = {one.id for one in assessment.case.documents if set(one.language) & {"ar", "fa", "he"}}
    claims = assessment.claims
    chosen = {
        "busiest": max(claims, key=lambda claim: sum(len(group.members) for group in claim.groups)).id,
        "disputed": next(claim for claim in claims if claim.verdict == "disputed").id,
        "unchecked": next(claim for claim in claims if claim.verdict in {"unchecked", "not-checkable"}).id,
        "foreign": next(claim for claim in claims if {record.document for record in claim.records} & arabic).id,
    }
    return {
        **{kind: site / "claims" / f"{id_}.html" for kind, id_ in chosen.items()},
        "source": site / "sources" / "reuters.html",
        "speaker": site / "speakers" / "nasrallah.html",
        "sources": site / "sources" / "index.html",
        "speakers": site / "speakers" / "index.html",
        "report": site / "index.html",
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every page of the hostile case."""
    folder = tmp_path_factory.mktemp("hostile")
    case = hostile_case(folder / "case")
    assert main(["site", "--case", str(case), "-o", str(folder / "site"), "--quiet", "--no-cache"]) == exits.FINE
    return sorted((folder / "site").rglob("*.html"))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_quiet_and_fits_every_window(opened: Opened, shipped: dict[str, Path], kind: str, look: str) -> None:
    scheme, javascript, printed = LOOKS[look]
    for width in WIDTHS[printed:] if javascript else WIDTHS[:1]:  # no paper is as narrow as a phone
        page = opened(shipped[kind], width=width, scheme=scheme, javascript=javascript, printed=printed)
        screenshot(page, f"site-{kind}-{look}-{width}")
        assert overflow(page) == (), width
        assert_harmless(alive(page))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible(opened: Opened, shipped: dict[str, Path], kind: str) -> None:
    for width, scheme in ((360, "light"), (1440, "dark")):
        assert axe(opened(shipped[kind], width=width, scheme=scheme)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["busiest", "source", "sources", "report"])
def test_the_keyboard_goes_past_the_navigation_and_is_seen_where_it_goes(
    opened: Opened, shipped: dict[str, Path], kind: str
) -> None:
    page = opened(shipped[kind], width=820)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(10):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        assert found[:3] == [True, True, True], found


def test_no_page_of_a_hostile_case_does_anything(opened: Opened, hostile: list[Path]) -> None:
    assert len(hostile) > len(KINDS)
    for path, width in product(hostile, (360, 1440)):
        page = opened(path, width=width, scheme="dark" if width == WIDTHS[0] else "light")
        assert overflow(page) == (), path
        if width == WIDTHS[0]:
            assert_harmless(alive(page))
            assert axe(page) == (), path


def assert_harmless(found: tuple[str, ...]) -> None:
    """Links that go up to other pages of the site leave the folder of a page, and are no others' for that."""
    assert [one for one in found if 'href="../' not in one] == []


def test_the_sources_are_filtered_and_sorted_and_the_address_keeps_it(opened: Opened, shipped: dict[str, Path]) -> None:
    page = opened(shipped["sources"])
    rows = "table.people tbody tr:visible"
    whole = page.locator(rows).count()
    page.focus("form.filter input[name=q]")
    page.keyboard.type("reut")
    page.wait_for_timeout(400)
    left = page.locator(rows).all_inner_texts()
    assert 0 < len(left) < whole
    assert all("reut" in text.lower() for text in left)
    page.reload()
    assert page.locator(rows).all_inner_texts() == left
    page.click("form.filter button[type=reset]")
    page.wait_for_timeout(400)
    assert page.locator(rows).count() == whole
    page.click("table.people thead button:has-text('Docs')")
    counts = [int(text) for text in page.locator("table.people tbody td:nth-child(3)").all_inner_texts() if text != "–"]
    assert counts == sorted(counts, reverse=True)
    assert "sort=-docs" in page.url


def test_a_picture_leads_from_a_claim_to_a_source_with_the_keyboard(opened: Opened, shipped: dict[str, Path]) -> None:
    page = opened(shipped["report"])
    page.goto(shipped["busiest"].as_uri())
    link = page.locator("figure svg a[href*='sources/']").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/*.html")
    assert page.locator("nav [aria-current=true]").inner_text() == "Sources"
