"""The report as a page, in a real Chromium: the shipped case, and one in which every text tries to come alive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from claims.cases import shipped_case
from claims.cli import exits
from claims.cli.main import main
from tests.browser.pages import alive, axe, load_time, overflow, screenshot
from tests.hostile_case import hostile_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Opened

WIDTHS = (360, 820, 1440)
LOOKS: dict[str, tuple[Literal["light", "dark"], bool, bool]] = {
    "light": ("light", True, False),
    "dark": ("dark", True, False),
    "print": ("light", True, True),
    "no scripts": ("light", False, False),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports of both cases."""
    folder = tmp_path_factory.mktemp("report")
    cases = {"shipped": shipped_case(), "hostile": hostile_case(folder / "hostile")}
    pages = {}
    for name, case in cases.items():
        pages[name] = folder / name / "report.html"
        pages[name].parent.mkdir(exist_ok=True)
        assert main(["report", "--case", str(case), "-o", str(pages[name]), "--quiet", "--no-cache"]) == exits.FINE
    return pages


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("case", ["shipped", "hostile"])
def test_a_report_is_quiet_and_fits_every_window(
    opened: Opened, pages: dict[str, Path], case: str, look: str, width: int
) -> None:
    scheme, javascript, printed = LOOKS[look]
    page = opened(pages[case], width=width, scheme=scheme, javascript=javascript, printed=printed)
    screenshot(page, f"report-{case}-{look.replace(' ', '-')}-{width}")
    assert overflow(page) == ()
    assert alive(page) == ()


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("light", 1440), ("dark", 1440)])
@pytest.mark.parametrize("case", ["shipped", "hostile"])
def test_a_report_is_accessible(
    opened: Opened, pages: dict[str, Path], case: str, scheme: Literal["light", "dark"], width: int
) -> None:
    assert axe(opened(pages[case], width=width, scheme=scheme)) == ()


def test_payloads_are_read_and_not_run(opened: Opened, pages: dict[str, Path]) -> None:
    body = opened(pages["hostile"]).inner_text("body")
    for payload in ("<script>window.__executed='script'</script>", "{{7*7}}", "[/] [link=https://evil.example]", "]]>"):
        assert payload in body
    assert not set("\x1b\u202e\u202d") & set(body)


def test_a_page_holds_nothing_of_its_own_that_a_text_could_end(pages: dict[str, Path]) -> None:
    html = pages["hostile"].read_text("utf-8")
    assert not set("\x1b\u2028\u2029\u202a\u202b\u202c\u202d\u202e") & set(html)
    assert "<script>window" not in html
    assert "<img src=x" not in html


def test_the_table_is_filtered_and_the_address_keeps_it(opened: Opened, pages: dict[str, Path]) -> None:
    page = opened(pages["shipped"])
    rows = "section.all tbody tr:visible"
    all_rows = page.locator(rows).count()
    page.focus("form.filter input[name=q]")
    page.keyboard.type("qalamoun")
    page.wait_for_timeout(400)
    left = page.locator(rows).all_inner_texts()
    assert 0 < len(left) < all_rows
    assert "qalamoun" in page.url
    page.reload()
    assert page.locator(rows).all_inner_texts() == left
    assert page.input_value("form.filter input[name=q]") == "qalamoun"
    page.focus("form.filter button[type=reset]")
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    assert page.locator(rows).count() == all_rows


def test_the_table_is_sorted_with_the_keyboard_and_the_address_keeps_it(opened: Opened, pages: dict[str, Path]) -> None:
    page = opened(pages["shipped"])
    before = page.locator("section.all tbody tr").all_text_contents()
    page.locator("section.all thead button").nth(1).focus()
    page.keyboard.press("Enter")
    after = page.locator("section.all tbody tr").all_text_contents()
    assert after != before
    assert sorted(after) == sorted(before)
    assert page.locator("section.all thead th[aria-sort]").count() >= 1
    page.reload()
    assert page.locator("section.all tbody tr").all_text_contents() == after


def test_the_keyboard_goes_from_top_to_bottom(opened: Opened, pages: dict[str, Path]) -> None:
    page = opened(pages["shipped"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    places = []
    for _ in range(25):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate(
                "() => { const all = [...document.querySelectorAll('*')]; return all.indexOf(document.activeElement) }"
            )
        )
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_a_report_tells_how_soon_it_is_there(opened: Opened, pages: dict[str, Path]) -> None:
    """The bench says whether that is soon enough; here it is shown: `pytest -s`."""
    page = opened(pages["shipped"])
    print(load_time(page), f"{pages['shipped'].stat().st_size / 1000:.0f} kB")  # noqa: T201 - what the test is for
    assert pages["shipped"].stat().st_size < 270_000
