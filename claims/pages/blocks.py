"""A view as HTML: every block by its macro in `blocks.html`, and what is in it by `spans`.

What a span names leads to that entry's place where `places` knows one; a text that is a web address and nothing else
leads there, in full, without telling where the reader comes from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from claims.pages.templating import macro
from claims.present.view import Heading, Listing, Paragraph, Table, Tally, Tree, Verdicts, Versus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.pages.routes import Places
    from claims.present.view import Block, Entry

MACROS: Final = {
    Heading: "heading",
    Paragraph: "paragraph",
    Tally: "tally",
    Verdicts: "verdicts",
    Versus: "versus",
    Listing: "listing",
    Table: "table",
    Tree: "tree",
}
"""The macro that writes each block."""
NOT_IN_ANCHORS: Final = re.compile(r"[^a-z0-9]+")


def nowhere(entry: Entry) -> str | None:  # noqa: ARG001 - the shape of every `Places`
    """No place for any entry: names stay text."""
    return None


def claim_anchor(claim: str) -> str:
    """The anchor of a claim, the same on every page that shows it, for good."""
    return f"claim-{claim}"


def on_this_page(entry: Entry) -> str | None:
    """Claims by their anchors, on a page that has all of them."""
    return f"#{claim_anchor(entry.id)}" if entry.section == "claims" else None


def drawn(blocks: Iterable[Block], places: Places = nowhere) -> Markup:
    """The blocks as markup, in order. A heading of level 2 has an anchor, made of its words."""
    return Markup("\n").join(_drawn(block, places) for block in blocks)


def _drawn(block: Block, places: Places) -> Markup:
    made = macro("blocks.html", MACROS[type(block)])
    markup: Markup = made(block, places, anchor_of(block)) if isinstance(block, Heading) else made(block, places)
    return markup


def anchor_of(heading: Heading) -> str:
    """The anchor of a heading that is ours: its words, without counts; empty for one that is not of level 2."""
    if heading.level != 2:  # noqa: PLR2004 - the level at which a page is divided
        return ""
    return NOT_IN_ANCHORS.sub("-", "".join(span.text for span in heading.text).split(" (")[0].lower()).strip("-")
