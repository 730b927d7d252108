"""A real Chromium that reaches nothing: whatever it asks for beyond the page under test is recorded and refused."""

from __future__ import annotations

import os
import shutil
import socketserver
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = (
    "--no-sandbox",  # the sandbox needs rights that a container does not give
    "--disable-gpu",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--gcm-checkin-url=http://127.0.0.1:9",  # what Chromium asks its maker on its own account goes to nobody
    "--gaia-url=http://127.0.0.1:9",
    "--autofill-server-url=http://127.0.0.1:9",
    "--component-updater=url-source=http://127.0.0.1:9/",
)


def executable() -> str:
    """The path of an installed Chromium. Without one the test is skipped, and fails where `CI` is `true`."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("no chromium: .ci/run installs it", pytrace=False)
    return found or pytest.skip("no chromium is installed")


class Refusals(socketserver.ThreadingTCPServer):
    """The only way out that Chromium knows: a proxy that notes what was asked for, and hangs up."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Refusal)
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        """What Chromium is told."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Refusal(socketserver.StreamRequestHandler):
    server: Refusals

    def handle(self) -> None:
        line = self.rfile.readline(2000).decode("latin-1").strip()
        if line:
            self.server.asked.append(line)


@contextmanager
def chromium() -> Iterator[tuple[Browser, Refusals]]:
    """A Chromium, and what it was refused, until the block ends."""
    path = executable()
    with Refusals() as refusals:
        threading.Thread(target=refusals.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=path,
                args=list(ARGUMENTS),
                proxy={"server": refusals.address, "bypass": "127.0.0.1"},
            )
            yield browser, refusals
            browser.close()
        refusals.shutdown()
