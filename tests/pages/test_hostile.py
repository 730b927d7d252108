"""Text from a case is hostile until it is escaped: whatever stands in it, a page is made of our elements only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from claims.pages.blocks import drawn
from claims.pages.templating import rendered
from claims.present.escape import BIDI, for_terminal
from claims.present.view import Entry, Paragraph, Span
from tests.hostile import HOSTILE
from tests.pages.markup import read
from tests.pages.reports import page_with

if TYPE_CHECKING:
    from tests.pages.markup import Element

MORE = {
    "an attribute that ends": "\" onmouseover=alert(1) x='",
    "an end of a title": "</title></style></script><script>alert(1)</script>",
    "a template": "{{ 7*7 }} {% raw %} {# note #} ${7*7}",
    "a comment": "<!-- --> <![CDATA[ ]]> <?x ?>",
    "an entity": "&lt;script&gt; &#60; &amp",
    "a drawing": "<svg onload=alert(1)><foreignObject>",
}
TEXTS = pytest.mark.parametrize("text", [*HOSTILE.values(), *MORE.values()], ids=[*HOSTILE, *MORE])
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
HREF = re.compile(r"#[\w-]*|data:(text/csv|application/json|image/svg\+xml)[;,].*")


def shape(element: Element) -> list[object]:
    """Elements and names of attributes, as they are nested, but for what follows the text: what sets it apart from
    what stands beside it, keeps a day in one piece, or stands further in.
    """
    inside: list[object] = []
    for child in element.children:
        names = sorted(child.attributes) if child.name != "li" else []
        is_apart = child.name == "bdi" or child.attributes.get("class") == "whole"
        inside += shape(child) if is_apart else [[child.name, names, *shape(child)]]
    return inside


@TEXTS
def test_no_element_and_no_attribute_comes_from_a_case(text: str) -> None:
    usual, found = read(page_with("plain words")), read(page_with(text))
    main = [shape(page.one("main").one("section", class_="details")) for page in (usual, found)]
    assert [element.name for element in found.all("script")] == ["script"]
    assert main[0] == main[1]
    for element in found.all():
        assert not [name for name in element.attributes if name.startswith("on") or name in {"style", "srcdoc"}]
        assert element.name not in {"img", "iframe", "object", "embed", "base", "foreignobject", "audio", "video"}
        assert HREF.fullmatch(element.attributes.get("href", "#")), element.attributes
    assert found.one("script").text == usual.one("script").text
    assert found.one("style").text == usual.one("style").text


@TEXTS
def test_nothing_on_a_page_is_unseen_or_turns_what_follows(text: str) -> None:
    page = page_with(text)
    assert not CONTROLS.search(page)
    assert not BIDI & set(page)


@TEXTS
def test_no_letter_is_lost_on_a_page(text: str) -> None:
    page = read(page_with(text))
    shown = for_terminal(text)
    assert page.one("h1").text == shown
    assert page.one("title").text == shown
    assert all(article.one("h3").text == f"{shown} #" for article in page.all("article"))
    assert shown.strip() in page.one("footer").text


@TEXTS
def test_an_id_is_escaped_in_addresses_too(text: str) -> None:
    link = read(drawn([Paragraph((Span("x", entry=Entry("claims", text)),))], lambda entry: f"#claim-{entry.id}"))
    assert link.one("a").attributes == {"href": f"#claim-{for_terminal(text)}"}


def test_no_string_passes_for_markup() -> None:
    assert rendered("frame.html", **_frame("<b>body</b>")).count("<b>body") == 0


def _frame(body: str) -> dict[str, object]:
    about = {"case": "c", "title": "t", "digest": "", "policy": "p", "as_of": None}
    page = {"title": None, "links": (), "anchor": None, "has_anchors": False, "body": body}
    return {"page": page, "about": about, "style": "", "scripts": (), "policy": "", "downloads": ()}
