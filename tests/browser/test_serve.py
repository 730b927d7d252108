"""Pages that follow a case, in a real Chromium: what is saved is seen at once, and where the reader was looking."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest

from claims.serving.following import Follower
from claims.serving.server import Server
from claims.serving.states import Current
from tests.browser.pages import alive, axe, overflow, screenshot
from tests.hostile_case import hostile_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import Opened

LONG = "".join(
    f"  - {{id: claim-{n:03}, text: The bridge number {n} was closed, topic: {'roads' if n % 2 else 'water'}}}\n"
    for n in range(400)
)
BROKEN = 'claims:\n  - {id: new-one, text: "<script>window.__executed=\'problem\'</script>", topik: "</pre><b>"}\n'
LIVE = "Live: this page follows the case as it is saved."


class Edited:
    """A case that is served, and each save of it told, without a watch on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.follower = Follower(folder)
        first = self.follower.looked_at()
        assert first is not None
        self.current = Current(first.state)
        self.faults: list[Exception] = []
        self.server = Server(self.current, "127.0.0.1", 0, self.faults.append)

    def save(self, name: str, text: str | None) -> None:
        """Save a file, or remove it, and serve what the case is then."""
        path = self.folder / name
        if text is None:
            path.unlink()
        else:
            path.write_text(text, "utf-8")
        shot = self.follower.looked_at((name,))
        assert shot is not None
        self.current.replace(shot.state)


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Edited]:
    """A hostile case with many claims."""
    folder = hostile_case(tmp_path / "case")
    (folder / "many.yaml").write_text(f"claims:\n{LONG}", "utf-8")
    one = Edited(folder)
    with one.server:
        thread = threading.Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield one
        finally:
            one.current.end()
            one.server.shutdown()
            thread.join()
    assert one.faults == []


def test_a_save_is_seen_where_the_reader_looks_with_what_was_typed(edited: Edited, opened: Opened) -> None:
    page = opened(edited.server.url)
    assert page.inner_text("[data-following]") == LIVE
    page.fill("input[name=q]", "bridge")
    page.select_option("select[name=topic]", "roads")
    assert page.inner_text(".filter output").startswith("200 of ")
    row = page.locator("tr[data-id=claim-151]")
    row.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('tr[data-id=claim-151]').scrollIntoView()")
    page.focus("input[name=q]", timeout=1000)
    page.evaluate("document.querySelector('tr[data-id=claim-151]').scrollIntoView()")
    page.wait_for_timeout(300)
    before = row.bounding_box()
    more = "  - {id: claim-0-new, text: The bridge that is new, topic: roads}\n" + LONG
    edited.save("many.yaml", f"claims:\n{more.replace('number 151 was', 'number 151 was not')}")
    page.wait_for_selector("text=The bridge number 151 was not closed")
    page.wait_for_function("document.activeElement.name === 'q'")
    assert page.input_value("input[name=q]") == "bridge"
    assert page.input_value("select[name=topic]") == "roads"
    assert page.inner_text(".filter output").startswith("201 of ")
    page.wait_for_timeout(300)
    after = row.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 3, (before, after)
    assert alive(page) == ()


def test_what_is_typed_at_the_moment_of_a_save_is_not_lost(edited: Edited, opened: Opened) -> None:
    page = opened(edited.server.url)
    page.wait_for_function("document.querySelector('[data-following]')")
    page.type("input[name=q]", "bridge number 7")  # not yet in the address
    edited.save("many.yaml", f"claims:\n{LONG.replace('number 7 was', 'number 7 was never')}")
    page.wait_for_selector("text=The bridge number 7 was never closed")
    assert page.input_value("input[name=q]") == "bridge number 7"
    page.keyboard.type("7")
    assert page.input_value("input[name=q]") == "bridge number 77"


@pytest.mark.parametrize("width", [360, 1440])
def test_a_broken_save_is_told_on_the_page_and_mended_by_the_next(edited: Edited, opened: Opened, width: int) -> None:
    page = opened(edited.server.url, width=width)
    edited.save("more.yaml", BROKEN)
    page.wait_for_selector("text=The case has 1 error")
    screenshot(page, f"serve-broken-{width}")
    assert page.inner_text("mark") == "topik"
    assert "</pre><b>" in page.inner_text(".problems pre")
    assert "more.yaml:2:" in page.inner_text(".problems")
    assert page.locator("tr[data-id=claim-001]").count() == 1, "what was right is still there"
    assert overflow(page) == ()
    assert alive(page) == ()
    assert axe(page) == ()
    edited.save("more.yaml", None)
    page.wait_for_selector("text=The case has 1 error", state="detached")
    assert page.inner_text("[data-following]") == LIVE
    screenshot(page, f"serve-{width}")


def test_each_page_of_a_site_follows(edited: Edited, opened: Opened) -> None:
    page = opened(f"{edited.server.url}claims/claim-007.html")
    edited.save("many.yaml", f"claims:\n{LONG.replace('number 7 was', 'number 7 was never')}")
    page.wait_for_selector("text=The bridge number 7 was never closed")
    page.click("nav >> text=Sources")
    page.wait_for_url(re.compile("sources/index.html$"))
    page.go_back()
    page.wait_for_selector("text=The bridge number 7 was never closed")


def test_a_window_that_is_not_seen_asks_nothing(edited: Edited, opened: Opened) -> None:
    page = opened(edited.server.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {get: () => window.isHidden ?? true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.wait_for_timeout(200)
    asked.clear()
    edited.save("many.yaml", f"claims:\n{LONG.replace('number 7 was', 'number 7 was never')}")
    page.wait_for_timeout(1500)
    assert asked == []
    page.evaluate("window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("text=The bridge number 7 was never closed")
