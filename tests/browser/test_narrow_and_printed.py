"""Tables and pictures where there is little room, and on paper: nothing is cut off, and nothing is lost to the ear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from claims.cli import exits
from claims.cli.main import main
from claims.write.init import write_example
from tests.browser.pages import overflow, screenshot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Opened

PAGES: Final = ("claims/qalamoun-300km", "claims/mastouma-captured", "sources/reuters", "sources/index", "timeline",
                "method")  # fmt: skip
WIDTHS: Final = (360, 448, 600, 768, 820, 864, 900, 960, 1024, 1440)
SCROLLED: Final = """() => [...document.querySelectorAll(".scrolled")].map(box =>
  [box.querySelector("table") !== null, box.scrollWidth > box.clientWidth + 1,
   getComputedStyle(box.parentElement.querySelector(":scope > .hint") ?? box).display !== "none"
     && box.parentElement.querySelector(":scope > .hint") !== null])"""
"""Of each box that scrolls if need be: whether it has a table, whether it does scroll, and whether a line says so."""
CONTROLS: Final = """() => [...document.querySelectorAll("button, input, select, output, nav, summary, .skip, .take")]
  .filter(one => !one.closest("thead") && one.checkVisibility({checkVisibilityCSS: true}))
  .map(one => one.outerHTML.slice(0, 100))"""
ARROWS: Final = """() => [...document.querySelectorAll("thead button")].map(one => getComputedStyle(one, "::after"))
  .filter(style => style.display !== "none" && style.content !== "none").map(style => style.content)"""
"""What says on a head that the column can be sorted by."""
TALLEST: Final = """() => [...document.querySelectorAll(".picture")].map(one =>
  [one.closest(".tall") !== null, one.getBoundingClientRect().height])"""
CM: Final = 96 / 2.54


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case, and in `example` the one that `claims init` writes."""
    folder = tmp_path_factory.mktemp("narrow")
    write_example(folder / "case")
    assert main(["site", "-o", str(folder / "site"), "--quiet", "--no-cache"]) == exits.FINE
    example = ["site", "--case", str(folder / "case"), "-o", str(folder / "site" / "example")]
    assert main([*example, "--quiet", "--no-cache"]) == exits.FINE
    return folder / "site"


def heard(page: Page) -> dict[str, int]:
    """How many tables, rows and cells there are for those who hear the page."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    return {role: roles.count(role) for role in ("table", "row", "cell", "rowheader", "columnheader")}


@pytest.mark.parametrize("name", [*PAGES, "example/claims/crane-fell", "example/sources/coast-wire"])
def test_rows_are_stacked_on_a_phone_and_stay_rows_of_a_table(opened: Opened, site: Path, name: str) -> None:
    narrow, wide = (opened(site / f"{name}.html", width=width) for width in (360, 1440))
    screenshot(narrow, f"narrow-{name.replace('/', '-')}")
    assert overflow(narrow) == ()
    assert [box for box in narrow.evaluate(SCROLLED) if box[0] and box[1]] == []
    here, there = heard(narrow), heard(wide)
    heads = wide.locator("table.stacks thead tr").count()
    assert here["table"] == there["table"]
    assert here["row"] == there["row"] - heads
    for role in ("cell", "rowheader"):
        hidden = narrow.locator("table.stacks td:empty, table.stacks thead td").count() if role == "cell" else 0
        assert here[role] == there[role] - hidden, role
    for cell in narrow.locator("table.stacks td[data-label]:not(:empty)").all()[:20]:
        shown = cell.evaluate("one => getComputedStyle(one, '::before').content")
        assert cell.get_attribute("data-label") in shown or "attr(data-label)" in shown


@pytest.mark.parametrize("name", ["claims/qalamoun-300km", "claims/mastouma-captured", "timeline"])
def test_a_picture_says_that_it_goes_on_only_where_it_does(opened: Opened, site: Path, name: str) -> None:
    page = opened(site / f"{name}.html", width=WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for is_table, goes_on, is_told in page.evaluate(SCROLLED):
            if not is_table:
                assert goes_on or not is_told, width
                assert is_told or not goes_on or width > WIDTHS[1], width


@pytest.mark.parametrize("name", [*PAGES, "index", "documents", "matrix", "claims/qalamoun-all-expelled"])
def test_nothing_on_paper_can_be_pressed_and_every_picture_is_on_one_sheet(
    opened: Opened, site: Path, name: str
) -> None:
    page = opened(site / f"{name}.html", width=695, printed=True)
    assert page.evaluate(CONTROLS) == []
    assert page.evaluate(ARROWS) == []
    assert page.locator(".scrolled").evaluate_all("all => all.filter(b => b.scrollWidth > b.clientWidth + 1)") == []
    for is_tall, height in page.evaluate(TALLEST):
        assert height <= (37 if is_tall else 23) * CM + 1
