"""What a page must never do, each caught as it happens: `Watch.faults` says what was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import (
        BrowserContext,
        ConsoleMessage,
        Dialog,
        Download,
        Request,
        Route,
        WebSocketRoute,
    )

IN_THE_PAGE: Final = """(() => {
  const tell = window.__tell;
  document.addEventListener("securitypolicyviolation",
    event => tell(`policy: ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`), true);
  Object.defineProperty(window, "__executed", {set: value => tell(`payload: ran ${value}`)});
  const title = Object.getOwnPropertyDescriptor(Document.prototype, "title");
  Object.defineProperty(Document.prototype, "title",
    {...title, set(value) { tell(`title: set to ${value}`); title.set.call(this, value); }});
  for (const [holder, name] of [[window, "open"], [window, "print"], [navigator, "sendBeacon"]])
    holder[name] = (...all) => { tell(`${name}: called with ${all}`); return null; };
})()"""
"""Runs before any script of the page, which no policy of the page forbids."""

AHEAD: Final = """() => [...document.querySelectorAll("link")]
  .filter(link => /preconnect|dns-prefetch|prefetch|prerender|modulepreload|preload/.test(link.rel))
  .map(link => `ahead of any click: ${link.rel} ${link.getAttribute("href")}`)"""
"""Chromium under a debugger makes none of these connections; that of a reader would, so they count as made."""

HARMLESS: Final = frozenset({"data", "blob", "about"})
"""Schemes of addresses that hold what they name, so that nobody is asked."""


class Watch:
    """Watches one context and its page, opened from `home`: a file, or an address on the loopback."""

    def __init__(self, context: BrowserContext, home: str, asked: list[str], *, printed: bool, downloads: bool) -> None:
        self._seen: dict[str, None] = {}
        self._home = home
        self._asked, self._before = asked, len(asked)
        context.expose_binding("__tell", lambda _, text: self.caught(text))
        context.add_init_script(IN_THE_PAGE)
        context.route("**/*", self._routed)
        context.route_web_socket("**/*", self._socket)
        self.page = context.new_page()
        context.on("page", lambda page: self.caught(f"popup: {page.url}"))
        context.on("request", self._requested)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.caught(f"error: {error.error}"))
        self.page.on("dialog", self._asked_the_reader)
        self.page.on("crash", lambda _: self.caught("crash"))
        if not downloads:
            self.page.on("download", self._downloaded)
        session = context.new_cdp_session(self.page)
        session.on("Audits.issueAdded", self._reported)
        session.send("Audits.enable")
        if printed:  # by this session: what the page's own one sets, this one undoes at the next load
            session.send("Emulation.setEmulatedMedia", {"media": "print"})

    def caught(self, fault: str) -> None:
        """Keep a fault, once."""
        self._seen.setdefault(fault)

    def faults(self) -> tuple[str, ...]:
        """Everything that was caught up to now, as `kind: what`, in the order it happened."""
        if not self.page.is_closed():
            self.page.wait_for_timeout(50)  # what is under way is told by then: refused requests, policy reports
            for link in self.page.evaluate(AHEAD):
                self.caught(f"network: {link}")
        for line in self._asked[self._before :]:
            self.caught(f"network: {line}")
        return tuple(self._seen)

    def settled(self) -> None:
        """Raise `AssertionError` with everything that was caught."""
        faults = self.faults()
        if faults:
            raise AssertionError(f"{self._home} did what no page may:\n" + "\n".join(faults))

    def _may(self, url: str) -> bool:
        parts, home = urlsplit(url), urlsplit(self._home)
        if parts.scheme in HARMLESS:
            return True
        if parts.scheme == "file" == home.scheme:
            return Path(unquote(parts.path)).is_relative_to(Path(unquote(home.path)).parent)
        return (parts.scheme, parts.netloc) == (home.scheme, home.netloc)

    def _requested(self, request: Request) -> None:
        if not self._may(request.url):
            self.caught(f"network: {request.url}")

    def _routed(self, route: Route) -> None:
        if self._may(route.request.url):
            route.continue_()
        else:
            self.caught(f"network: {route.request.url}")
            route.abort()

    def _socket(self, socket: WebSocketRoute) -> None:
        self.caught(f"network: {socket.url}")
        socket.close()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            self.caught(f"console: {message.type}: {message.text}")

    def _asked_the_reader(self, dialog: Dialog) -> None:
        self.caught(f"dialog: {dialog.type}: {dialog.message}")
        dialog.dismiss()

    def _downloaded(self, download: Download) -> None:
        self.caught(f"download: {download.suggested_filename}")
        download.cancel()

    def _reported(self, event: dict[str, Any]) -> None:
        """Chromium tells of breaches of a policy here even where no script runs."""
        if event["issue"]["code"] == "ContentSecurityPolicyIssue":
            details = event["issue"]["details"]["contentSecurityPolicyIssueDetails"]
            self.caught(f"policy: {details['violatedDirective']} refused {details.get('blockedURL', 'what is inline')}")
