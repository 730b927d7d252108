"""Words written from right to left, on the pages of a site: they run so, and turn nothing beside them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

import pytest

from claims.cases import open_case, shipped_case
from claims.flow import assess
from claims.pages.site import pages_of
from tests.hostile_case import hostile_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Opened

KINDS: Final = ("claims/", "speakers/", "sources/", "documents", "articles/", "timeline", "matrix", "index")

NATIVE: Final = {
    "ar": ("سقوط المعسكر", "سقط المعسكر يوم الثلاثاء"),
    "fa": ("سقوط اردوگاه", "اردوگاه روز سه‌شنبه سقوط کرد"),
    "he": ("נפילת המחנה", "המחנה נפל ביום שלישי"),
}
"""A title and a quote in each language."""

TURNING: Final = r"""() => {
  const turning = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/, found = [];
  const alone = new Set(["isolate", "isolate-override", "plaintext"]);
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    if (!turning.test(text.data) || parent.closest("script, style, svg, option")) continue;
    const blocks = ["block", "list-item", "table-cell", "grid", "flex"];
    let isolated = false, language = null;
    for (let one = parent; one && one.localName !== "main"; one = one.parentElement) {
      const style = getComputedStyle(one);
      isolated ||= alone.has(style.unicodeBidi);
      language ||= one.getAttribute("lang");
      if (blocks.includes(style.display) || blocks.includes(style.display.replace("inline-", ""))) {
        isolated ||= one.textContent.trim() === text.data.trim();
        break;
      }
    }
    found.push([text.data.trim().slice(0, 60), isolated, language || "", parent.outerHTML.slice(0, 160)]);
  }
  return found;
}"""
"""Each text with letters of that kind: whether it is kept from turning others, the language told, and its element."""

BEGINS: Final = r"""() => [...document.querySelectorAll("main [lang]")].flatMap(one => {
  if (!["ar", "fa", "he"].includes(one.lang.slice(0, 2)) || !/^\s*[\u0590-\u08ff]/.test(one.textContent)) return [];
  const inner = one.querySelector("bdi") ?? one;
  const style = getComputedStyle(inner);
  return [[one.lang, inner.matches(":dir(rtl)") ? "rtl" : style.direction, style.unicodeBidi, one.outerHTML]];
})"""
"""Each element in such a language that begins with letters of it: its language and its direction as computed."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The pages of both cases on which something is written from right to left."""
    folder = tmp_path_factory.mktemp("sites")
    found: dict[str, list[Path]] = {}
    for name, case in (("shipped", shipped_case()), ("hostile", hostile_case(folder / "case"))):
        for path, data in pages_of(assess(open_case(case, cache=False))):
            if path.endswith(".html") and any("\u0590" <= letter <= "\u08ff" for letter in data.decode()):
                file = folder / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
                found.setdefault(name, []).append(file)
    return found


@pytest.mark.parametrize("case", ["shipped", "hostile"])
def test_what_is_written_from_right_to_left_stands_apart_from_what_is_beside_it(
    opened: Opened, sites: dict[str, list[Path]], case: str
) -> None:
    kinds = set()
    for path in sites[case]:
        told = opened(path).evaluate(TURNING)
        assert [one for one in told if not one[1]] == [], path
        kinds |= {kind for kind in KINDS if kind in path.as_uri() and told}
    assert kinds >= (
        {"claims/", "speakers/", "documents", "articles/"} if case == "hostile" else {"claims/", "documents"}
    )


def test_titles_and_quotes_say_their_language_and_run_from_right_to_left(opened: Opened, tmp_path: Path) -> None:
    said: dict[str, set[str]] = {}
    for path, data in pages_of(assess(open_case(native_case(tmp_path / "case"), cache=False))):
        if path.endswith(".html") and any(f'lang="{language}"' in data.decode() for language in NATIVE):
            file = tmp_path / "site" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            for language, direction, isolation, element in opened(file).evaluate(BEGINS):
                assert (direction, isolation != "normal") == ("rtl", True), (path, element)
                said.setdefault(path.partition("/")[0], set()).add(language)
    assert said["claims"] == said["documents.html"] == said["articles"] == set(NATIVE)


def native_case(folder: Path) -> Path:
    """A case with one claim, said in a stored text of each language."""
    (folder / "texts").mkdir(parents=True)
    for language, (_, quote) in NATIVE.items():
        (folder / "texts" / f"{language}.txt").write_text(f"{quote}\n", "utf-8")
    sections = {
        "sources": [{"id": "paper", "name": "The Paper", "reliability": "C", "reason": "a paper"}],
        "speakers": [{"id": "minister", "name": "The Minister", "reason": "a minister"}],
        "documents": [
            {
                "id": f"doc-{language}", "source": "paper", "title": title, "language": [language],
                "published": "2015-05-20", "text": f"texts/{language}.txt",
                "sha256": hashlib.sha256(f"{quote}\n".encode()).hexdigest(),
            }
            for language, (title, quote) in NATIVE.items()
        ],
        "claims": [{"id": "camp", "text": "The camp fell."}],
        "statements": [
            {"claim": "camp", "speaker": "minister", "document": f"doc-{language}", "quote": quote}
            for language, (_, quote) in NATIVE.items()
        ],
    }  # fmt: skip
    (folder / "case.yaml").write_text(json.dumps({"case": "native", "title": "Native"}), "utf-8")
    (folder / "all.yaml").write_text(json.dumps(sections, ensure_ascii=False), "utf-8")
    return folder
