"""What a test asks an open page: is it accessible, does it overflow, how fast was it, how does it look."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

SCREENSHOTS: Final = "CLAIMS_SCREENSHOTS"
"""The variable that names a folder for pictures; without it none is taken."""

PAINTED: Final = """() => document.querySelectorAll("*").forEach(element => {
  if (getComputedStyle(element).contentVisibility === "auto") element.style.contentVisibility = "visible";
})"""
"""What a page leaves undrawn until it is scrolled to would be blank on a picture."""

TALLEST: Final = 16_000
"""Pixels: of a taller page Chromium takes no picture."""

AXE: Final = """axe.run(document, {preload: false, resultTypes: ["violations"]}).then(
  found => found.violations.flatMap(v => v.nodes.map(
    node => `${v.id} (${v.impact}): ${node.target.join(" ")}: ${node.failureSummary}`)))"""

ALIVE: Final = r"""root => {
  const harmless = new Set(["http:", "https:", "file:"]), found = [];
  const here = new URL(root, document.baseURI).href;
  for (const element of document.querySelectorAll("*")) {
    const tell = why => found.push(`${why}: ${element.outerHTML.slice(0, 200)}`);
    for (const {name, value} of element.attributes) {
      if (name.startsWith("on")) tell(`${name} runs`);
      if (name === "srcdoc" || name === "ping") tell(`an attribute ${name}`);
      if (["href", "xlink:href", "src", "action", "formaction", "data", "poster", "srcset"].includes(name)
          && value.trim() && !value.startsWith("#")) {
        let url;
        try { url = new URL(value, document.baseURI); } catch { tell(`no address`); continue; }
        const saved = element.hasAttribute("download") && /^data:(text\/csv|application\/json)[;,]/.test(url.href);
        const inside = url.href.startsWith(here) || saved || (url.protocol === "data:" && element.localName !== "a");
        const link = element.localName === "a" && ["http:", "https:"].includes(url.protocol);
        if (!inside && !link) tell(`${name} leads to ${url.protocol}`);
        if (url.username || url.password) tell(`a name and password in ${name}`);
        const rel = element.relList;
        if (link && !inside && !(rel.contains("noreferrer") && rel.contains("noopener")))
          tell("a link that says where it was followed from");
      }
    }
    if (["iframe", "object", "embed", "frame", "applet", "base", "portal"].includes(element.localName))
      tell("an element that no page of ours has");
    if (element.localName === "meta" && /refresh/i.test(element.httpEquiv)) tell("a page that leaves by itself");
    if (element.localName === "link" && /preconnect|prefetch|preload|prerender/.test(element.rel))
      tell("a request before it is asked for");
  }
  return found;
}"""

OVERFLOW: Final = """() => {
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth;
  if (wide <= width) return [];
  const found = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > width + 1);
  return [`the page is ${wide} px wide, and ${width} are there`,
          ...found.slice(0, 5).map(e => `${e.localName}.${e.className}: ${(e.textContent || "").slice(0, 60)}`)];
}"""

TIMES: Final = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return [page.domContentLoadedEventEnd, page.loadEventEnd];
}"""


class LoadTime(NamedTuple):
    """Milliseconds from the start of navigation."""

    interactive: float
    """Until the page is read and its scripts have run."""
    loaded: float
    """Until everything that it carries is there."""


def axe(page: Page) -> tuple[str, ...]:
    """What axe-core finds wrong, one text a place: rule, impact, selector and how to mend it.

    It runs through the debugger, past the policy of the page; a page opened with `javascript=False` cannot run it.
    """
    session = page.context.new_cdp_session(page)
    source = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    session.send("Runtime.evaluate", {"expression": source})
    answer = session.send("Runtime.evaluate", {"expression": AXE, "awaitPromise": True, "returnByValue": True})
    session.detach()
    if "exceptionDetails" in answer:
        raise RuntimeError(f"axe-core did not run: {answer['exceptionDetails']}")
    return tuple(answer["result"]["value"])


def alive(page: Page, root: str = ".") -> tuple[str, ...]:
    """What could act or lead astray if touched: handlers, odd addresses, frames, requests before a click.

    root: the folder of the page's own site, as an address that is relative to the page.
    """
    return tuple(page.evaluate(ALIVE, root))


def overflow(page: Page) -> tuple[str, ...]:
    """How far the page is wider than the window, and what sticks out; empty where it fits."""
    return tuple(page.evaluate(OVERFLOW))


def load_time(page: Page) -> LoadTime:
    """How long the last load took."""
    return LoadTime(*page.evaluate(TIMES))


def screenshot(page: Page, name: str) -> Path | None:
    """A picture, `NAME.png` in the folder that `CLAIMS_SCREENSHOTS` names; None without it. A long page is cut off."""
    folder = os.environ.get(SCREENSHOTS)
    if not folder:
        return None
    path = Path(folder) / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate(PAINTED)
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    whole: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
    page.screenshot(path=path, full_page=True, clip=whole, animations="disabled")
    return path
