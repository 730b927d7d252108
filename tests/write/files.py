"""YAML files as people write them, for the laws of editing: every style, with comments, anchors and odd line ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from claims.write.entries import flow
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

SECTIONS = ("sources", "documents", "claims", "findings")
KEYS = ("id", "text", "note", "relies_on", "retracted", "odd key")
WRITABLE = [text for text in HOSTILE.values() if "\ud800" not in text]
TEXTS = st.sampled_from(
    [
        "a", "300 km²", "NO", "~", "", "null", "- a", "a: b", "a #b", "#", "*a", "&a", "%a", "@a", "!a",
        "'", '"', "{", "]", ",",
        "two\nlines", "\nfirst empty", "last\n", "last two\n\n", "  led", "trailed ", "\ttab", "a\rb", "---", "...",
        "? a", ": b", "a word " * 30 + "end", "one  two   " * 20 + "end", "x" * 200, "|", ">-", "=", "<<", "می‌گوید",
        "\u2028", "\x85",
        "\ufeff", "\x07", "2015-05", "12:30", "a\n\nb", "a\n  indented\nb", "  led\nlines",
        "\n", "\n\n", " ", "a \nb", *WRITABLE,
    ]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    st.lists(TEXTS, max_size=3),
    st.dictionaries(st.sampled_from(["date", "reason"]), TEXTS, max_size=2),
    st.lists(st.dictionaries(st.sampled_from(["on", "where"]), TEXTS, min_size=1, max_size=2), max_size=2),
)
ENTRIES = st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=4)
WRITTEN = (
    "plain", "'single'", '"double"', "two\n{i}words", "'two\n{i}words'", "|\n{i}kept\n{i}lines", "|+\n{i}kept\n\n",
    "|-\n{i}kept", ">\n{i}folded\n{i}lines\n\n", ">-\n{i}folded", "|2-\n{i}led", "", "~", "[a, b]",
    "[ a,\n{i}b ]", "{k: v}", "[]", "{}",
    "&anchor one", "!!str two", "plain  # comment", "[a]   # comment",
    "\n{i}- a\n{i}- b  # comment", "\n{i}on: a\n{i}where: b",
    "# comment\n{i}- a",
)  # fmt: skip
IDLE = ("", "# comment", "  # comment", "    # comment", "      # deep")


@st.composite
def files(draw: DrawFn) -> str:
    """The text of a file with some sections; not every one can be read."""
    lines: list[str] = draw(st.sampled_from([[], ["# head", ""], ["---"], ["# head"]]))[:]
    for section in draw(st.lists(st.sampled_from(SECTIONS), unique=True, max_size=3)):
        lines += draw(sections(section))
        lines += draw(st.lists(st.sampled_from(IDLE), max_size=2))
    text = "\n".join(lines) + draw(st.sampled_from(["\n", "\n", "", "\n\n", "\n...\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


@st.composite
def sections(draw: DrawFn, section: str) -> list[str]:
    """The lines of one section."""
    entries = draw(st.lists(ENTRIES, min_size=1, max_size=2))
    items = [flow(entry) for entry in entries]
    flat = [
        "[]  # none", "", "~", "&list [ ]", "# none", f"[{', '.join(items)}]", f"[ {', '.join(items)}, ]",
        "[\n  " + ",\n  ".join(items) + "  # last\n]",
    ]  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        return f"{section}: {draw(st.sampled_from(flat))}".split("\n")
    column, gap = draw(st.sampled_from([0, 2, 2, 4])), draw(st.integers(0, 1))
    lines = [f"{section}:{draw(st.sampled_from(['', '  # comment', ' &list']))}"]
    for n in range(draw(st.integers(1, 3))):
        lines += [""] * (gap if n else 0) + [" " * column + "# about it"] * draw(st.integers(0, 1))
        lines += draw(entry_lines(column))
        lines += draw(st.lists(st.sampled_from(IDLE), max_size=1))
    return lines


@st.composite
def entry_lines(draw: DrawFn, column: int) -> list[str]:
    """The lines of one entry."""
    dash = " " * column + draw(st.sampled_from(["- ", "- ", "- &entry ", "-   "]))
    if draw(st.integers(0, 4)) == 0:
        return [draw(st.sampled_from([dash + flow(draw(ENTRIES)), " " * column + "- *entry", " " * column + "-"]))]
    keys = column + (2 if "&" in dash else len(dash) - column)
    lines = [dash.rstrip()] if "&" in dash else []
    for n, key in enumerate(draw(st.lists(st.sampled_from(KEYS[:4]), unique=True, min_size=1, max_size=4))):
        value = draw(st.sampled_from(WRITTEN)).replace("{i}", " " * (keys + 2))
        start = dash if not n and "&" not in dash else " " * keys
        lines += f"{start}{key}: {value}".rstrip(" ").split("\n")
        lines += draw(st.lists(st.sampled_from(IDLE[:3]), max_size=1)) if draw(st.integers(0, 5)) == 0 else []
    return lines
