"""The frame of every page: what surrounds its content, and what it may do.

A page is one file and asks for nothing: its style and its script stand in it, and its policy allows these two by their
hashes and nothing else; so it works the same from a folder, a mail, any host. To add a page:

1. make its content as markup: `blocks.drawn(view.blocks, places)` for what a view says, `templating.rendered(NAME,
   ...)` for a template of its own in `templates/`; never from a string;
2. say what it is: `Page(title, about, body)`, with `links` to its neighbours and a `sheet` of what it shows;
3. `page(...)` gives the file's text, the same for the same input.

A look belongs into `style.css` as a class; an attribute `style` would be refused by the policy, in SVG as well.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pages.sheet import downloads
from claims.pages.templating import asset, rendered

if TYPE_CHECKING:
    from markupsafe import Markup

    from claims.model.assessment import Report
    from claims.pages.sheet import Download, Sheet

POLICY: Final = (
    "default-src 'none'",
    "style-src {style}",
    "script-src {scripts}",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
)
"""What a page may do: draw itself, run its own script and show its own icon."""


class About(NamedTuple):
    """What a page is made from, told at its foot."""

    case: str
    title: str
    digest: str
    policy: str
    as_of: str | None


class Link(NamedTuple):
    """A way to another page; `is_here` for the page itself."""

    text: str
    address: str
    is_here: bool = False
    is_within: bool = False
    """Whether the page is one of those below that other one."""


class Page(NamedTuple):
    """A page before it is written. title: without the case's; None for the page that is the case's own."""

    title: str | None
    about: About
    body: Markup
    links: tuple[Link, ...] = ()
    sheet: Sheet | None = None
    anchor: str | None = None
    """The permanent anchor to cite it by, where that is of a part of it."""
    has_anchors: bool = False
    """Whether it tells of several entries, each with an anchor of its own that is shown beside it as #."""
    scripts: tuple[str, ...] = ()
    """Scripts it runs besides its own."""
    styles: tuple[str, ...] = ()
    """Style sheets that it carries besides its own."""
    files: tuple[Download, ...] = ()
    """Files that lie beside it and hold what it shows."""
    is_filtered: bool = False
    """Whether it has a table that can be filtered, so that its script and its rows are within it."""
    allows: tuple[str, ...] = ()
    """What its policy allows besides, as directives: `connect-src 'self'`."""


def about(report: Report) -> About:
    """What a page of this report is made from."""
    return About(report.case, report.title, report.digest, report.policy, report.as_of)


def page(made: Page) -> str:
    """The page as the text of an HTML file, ending with a line break."""
    scripts = (*((_code("page.js"),) if made.is_filtered else ()), *made.scripts)
    style = "".join((_code("style.css"), *made.styles))
    markup = rendered(
        "frame.html",
        page=made,
        about=made.about,
        style=_markup(style),
        scripts=tuple(map(_markup, scripts)),
        policy=_policy(style, scripts, made.allows),
        downloads=(*(downloads(made.sheet) if made.sheet else ()), *made.files),
    )
    return f"{markup!s}\n"


def _policy(style: str, scripts: tuple[str, ...], more: tuple[str, ...]) -> Markup:
    """The page's Content-Security-Policy."""
    told = "; ".join((*POLICY, *more))
    hashed = " ".join(map(_hashed, scripts)) or "'none'"
    return _markup(told.format(style=_hashed(style), scripts=hashed))


@cache
def _hashed(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


@cache
def _code(name: str) -> str:
    """A file of ours as it stands in a page, and as it is hashed."""
    return f"\n{asset(name)}"


def _markup(ours: str) -> Markup:
    """Style and script of ours: they are not text, and nothing of a case is in them."""
    from markupsafe import Markup  # noqa: PLC0415 - named here only, where text becomes markup

    return Markup(ours)  # noqa: S704 - a file of ours
