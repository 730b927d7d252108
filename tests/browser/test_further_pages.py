"""Matrix, timeline, documents, texts and method in a real Chromium: the shipped case, and a hostile one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from claims.cases import open_case, shipped_case
from claims.flow import assess
from claims.pages.routes import path_of
from claims.pages.site import KINDS, pages_of
from claims.present.view import Entry
from tests.browser.pages import alive, axe, overflow, screenshot
from tests.hostile_case import hostile_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Opened

PAGES = ("matrix", "timeline", "documents", "articles/index", "articles/*", "method")
LOOKS: dict[str, tuple[Literal["light", "dark"], bool, bool]] = {
    "light": ("light", True, False),
    "dark": ("dark", True, False),
    "print": ("light", True, True),
    "no scripts": ("light", False, False),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sites of both cases, without the pages of single claims, sources and speakers."""
    kinds = tuple(kind for kind in KINDS if kind.way.folder in {None, "articles"} and kind.way.path != "index.html")
    folder = tmp_path_factory.mktemp("sites")
    cases = {"shipped": shipped_case(), "hostile": hostile_case(folder / "case")}
    for name, case in cases.items():
        for path, data in pages_of(assess(open_case(case, cache=False)), kinds):
            file = folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return {name: folder / name for name in cases}


def page_of(site: Path, kind: str) -> Path:
    if kind != "articles/*":
        return site / f"{kind}.html"
    return next(path for path in sorted((site / "articles").glob("*.html")) if path.name != "index.html")


def root_of(kind: str) -> str:
    return ".." if "/" in kind else "."


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("case", ["shipped", "hostile"])
def test_a_page_is_quiet_and_fits_every_window(
    opened: Opened, sites: dict[str, Path], case: str, kind: str, width: int
) -> None:
    page = opened(page_of(sites[case], kind), width=width)
    screenshot(page, f"{kind.replace('/', '-').replace('*', 'text')}-{case}-{width}")
    assert overflow(page) == ()
    assert alive(page, root_of(kind)) == ()


@pytest.mark.parametrize("look", ["dark", "print", "no scripts"])
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("case", ["shipped", "hostile"])
def test_a_page_is_quiet_however_it_is_looked_at(
    opened: Opened, sites: dict[str, Path], case: str, kind: str, look: str
) -> None:
    scheme, javascript, printed = LOOKS[look]
    page = opened(page_of(sites[case], kind), scheme=scheme, javascript=javascript, printed=printed)
    screenshot(page, f"{kind.replace('/', '-').replace('*', 'text')}-{case}-{look.replace(' ', '-')}")
    assert overflow(page) == ()
    assert alive(page, root_of(kind)) == ()


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1440)])
@pytest.mark.parametrize("kind", PAGES)
def test_a_hostile_page_is_accessible(
    opened: Opened, sites: dict[str, Path], kind: str, scheme: Literal["light", "dark"], width: int
) -> None:
    """Those of the shipped case are asked in `test_accessible`."""
    assert axe(opened(page_of(sites["hostile"], kind), scheme=scheme, width=width)) == ()


def test_the_matrix_is_walked_with_the_arrows(opened: Opened, sites: dict[str, Path]) -> None:
    page = opened(page_of(sites["shipped"], "matrix"))
    assert page.locator("td a[tabindex='0']").count() == 1
    first = page.locator("td a[tabindex='0']")
    first.focus()
    before = first.get_attribute("title")
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    now = page.evaluate("[document.activeElement.title, document.activeElement.closest('td') !== null]")
    assert now[1]
    assert now[0] != before
    assert page.locator("td a[tabindex='0']").count() == 1


def test_heads_of_the_matrix_stay_in_sight(opened: Opened, sites: dict[str, Path]) -> None:
    page = opened(page_of(sites["shipped"], "matrix"), width=360)
    places = page.evaluate("""() => {
      const region = document.querySelector(".matrix"), box = region.getBoundingClientRect();
      region.scrollTo(900, 900);
      const head = document.querySelector(".matrix .heads th:last-child").getBoundingClientRect();
      const line = document.querySelector(".matrix tbody tr:nth-child(40) th").getBoundingClientRect();
      return [region.scrollLeft, region.scrollTop, head.top - box.top, line.left - box.left, box.width, line.width];
    }""")
    left, top, head, line, width, column = places
    assert left == 900
    assert top == 900
    assert 0 <= head < 60
    assert 0 <= line < 3
    assert column < width / 2


def test_documents_are_found_by_what_they_are(opened: Opened, sites: dict[str, Path]) -> None:
    page = opened(page_of(sites["shipped"], "documents"))
    rows = page.locator("table.documents tbody tr")
    everything = rows.count()
    page.select_option("select[name=language]", "ar")
    assert 0 < rows.count() < everything
    assert set(rows.evaluate_all("rows => rows.map(row => row.dataset.language)")) == {"ar"}
    page.click("button[type=reset]")
    page.fill("input[type=search]", "nasrallah")
    assert 0 < rows.count() < everything


def test_a_mark_of_a_text_leads_to_its_claim_and_back(opened: Opened, sites: dict[str, Path]) -> None:
    page = opened(page_of(sites["shipped"], "articles/*"))
    marks = page.locator(".text mark a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert marks
    assert set(marks) <= {f"../{path_of(Entry('claims', claim.id))}" for claim in open_case(cache=False).claims}
    listed = page.locator(".list .there").evaluate_all("all => all.map(a => a.getAttribute('href').slice(1))")
    assert listed
    assert page.evaluate("ids => ids.filter(id => !document.getElementById(id))", listed) == []
