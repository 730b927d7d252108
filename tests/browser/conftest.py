"""A page opened in a real Chromium, and the test failed for whatever the page did that none may."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypedDict, Unpack

import pytest

from tests.browser.chromium import chromium
from tests.browser.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page

    from tests.browser.chromium import Refusals


class Manner(TypedDict, total=False):
    """How a page is looked at."""

    width: int
    """Of the window, in pixels; else 1440."""
    scheme: Literal["light", "dark"]
    """The colours that the reader prefers; else light."""
    javascript: bool
    """Whether scripts run; else they do."""
    printed: bool
    """Whether it is laid out for paper; else for a screen."""
    downloads: bool
    """Whether a download is no fault, as the test asks for one; else it is."""


class Opened(Protocol):
    """What the fixture `opened` is."""

    def __call__(self, page: Path | str, /, **manner: Unpack[Manner]) -> Page:
        """A page: a file, a loopback address that begins with `http`, or HTML. It is watched until the test ends."""
        ...


class Watched(Protocol):
    """What the fixture `watched` is: as `opened`, and the test itself asks what was caught."""

    def __call__(self, page: Path | str, /, **manner: Unpack[Manner]) -> AbstractContextManager[Watch]: ...


@pytest.fixture(scope="package")
def browser() -> Iterator[tuple[Browser, Refusals]]:
    """One Chromium for this folder's tests; it ends with them, as its event loop would be in the way of others."""
    with chromium() as both:
        yield both


@pytest.fixture
def watched(browser: tuple[Browser, Refusals], tmp_path: Path) -> Watched:
    """Open a page; whoever opened it asks the watch."""
    chrome, refusals = browser

    @contextmanager
    def open_one(page: Path | str, /, **manner: Unpack[Manner]) -> Iterator[Watch]:
        home = _address(page, tmp_path)
        printed, downloads = manner.get("printed", False), manner.get("downloads", False)
        context = chrome.new_context(
            viewport={"width": manner.get("width", 1440), "height": 900}, color_scheme=manner.get("scheme", "light"),
            java_script_enabled=manner.get("javascript", True), accept_downloads=downloads, reduced_motion="reduce",
            locale="en-GB", timezone_id="UTC", service_workers="block",
        )  # fmt: skip
        context.set_default_timeout(10_000)
        try:
            watch = Watch(context, home, refusals.asked, printed=printed, downloads=downloads)
            watch.page.goto(home)
            yield watch
        finally:
            context.close()

    return open_one


@pytest.fixture
def opened(watched: Watched) -> Iterator[Opened]:
    """Open any number of pages; the test fails at its end for whatever one of them did that no page may."""
    with ExitStack() as stack:
        watches: list[Watch] = []

        def open_one(page: Path | str, /, **manner: Unpack[Manner]) -> Page:
            watches.append(stack.enter_context(watched(page, **manner)))
            return watches[-1].page

        yield open_one
        for watch in watches:
            watch.settled()


def _address(page: Path | str, folder: Path) -> str:
    """Where Chromium finds it; HTML is written to a file of its own, as a person would open it."""
    if isinstance(page, str) and page.startswith("http://127.0.0.1"):
        return page
    if isinstance(page, str) and "<" in page:
        number = len(list(folder.glob("page-*")))
        path = folder / f"page-{number}" / "index.html"
        path.parent.mkdir()
        path.write_text(page, "utf-8")
        return path.as_uri()
    return Path(page).resolve().as_uri()
