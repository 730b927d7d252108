"""Edits keep the layout that a person gave a file: what they add looks like what stands beside it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.model.errors import CannotEdit
from claims.read.yaml import tree_of
from claims.write.layout import Drop, Edit, Insert, Put, Remove, Reword, as_edited, edited, new_file
from tests.write.files import ENTRIES, KEYS, SECTIONS, TEXTS, VALUES, files

NEW = Insert("claims", {"text": "It rained", "id": "rain"})


def change(text: str, *edits: Edit) -> str:
    return edited(text.encode(), edits).decode()


BELOW, BESIDE = "  - id: rain\n    text: It rained\n", "{id: rain, text: It rained}"
"""What stands for `%` and `§` below."""
INSERTED: list[tuple[str, str, str]] = [
    ("an indented list", "claims:\n  - id: a\n    text: A\n", "claims:\n  - id: a\n    text: A\n%"),
    (
        "a list at the edge",
        "claims:\n- id: a\n  text: A\n",
        "claims:\n- id: a\n  text: A\n- id: rain\n  text: It rained\n",
    ),
    (
        "wide dashes",
        "claims:\n  -   id: a\n      text: A\n",
        "claims:\n  -   id: a\n      text: A\n  -   id: rain\n      text: It rained\n",
    ),
    ("entries in braces", "claims:\n  - {id: a, text: A}\n", "claims:\n  - {id: a, text: A}\n  - §\n"),
    ("a list in brackets", "claims: [{id: a}]\n", "claims: [{id: a}, §]\n"),
    ("brackets with a last comma", "claims: [{id: a}, ]\n", "claims: [{id: a}, §, ]\n"),
    ("brackets over lines", "claims: [\n  {id: a},  # one\n]\n", "claims: [\n  {id: a},  # one\n  §,\n]\n"),
    (
        "brackets over lines without a last comma",
        "claims: [\n  {id: a}  # one\n]\n",
        "claims: [\n  {id: a},  # one\n  §\n]\n",
    ),
    ("an empty list", "claims: []  # none\n", "claims:  # none\n%"),
    ("a key alone", "claims:\n", "claims:\n%"),
    ("a key and a null", "claims: ~\n", "claims:\n%"),
    ("a file in braces", "{claims: [{id: a}]}", "{claims: [{id: a}, §]}"),
    ("a file in braces without the section", "{case: x}", "{case: x, claims: [§]}"),
    ("nothing", "", "claims:\n%"),
    ("a comment alone", "# later\n", "# later\n\nclaims:\n%"),
    ("the mark of a document", "---\n", "---\n\nclaims:\n%"),
    ("the end of a document", "case: x\n...\n# end\n", "case: x\n\nclaims:\n%...\n# end\n"),
    (
        "another section, at the edge",
        "sources:\n- id: a\n",
        "sources:\n- id: a\n\nclaims:\n- id: rain\n  text: It rained\n",
    ),
    ("sections without lines between", "case: x\nabout: y\n", "case: x\nabout: y\nclaims:\n%"),
    (
        "a line between entries",
        "claims:\n  - id: a\n\n  - id: b\n\nsources: []\n",
        "claims:\n  - id: a\n\n  - id: b\n\n%\nsources: []\n",
    ),
    (
        "a comment below the last entry",
        "claims:\n  - id: a\n    # text: later\n  # - id: b\n# the end\n",
        "claims:\n  - id: a\n    # text: later\n%  # - id: b\n# the end\n",
    ),
    ("no last line break", "claims:\n  - id: a", "claims:\n  - id: a\n  - id: rain\n    text: It rained"),
    ("Windows lines", "claims:\r\n  - id: a\r\n", "claims:\r\n  - id: a\r\n  - id: rain\r\n    text: It rained\r\n"),
    (
        "mixed lines",
        "case: x\nclaims:\r\n  - id: a\r\nsources: []\n",
        "case: x\nclaims:\r\n  - id: a\r\n  - id: rain\r\n    text: It rained\r\nsources: []\n",
    ),
    ("an entry with an anchor", "claims:\n  - &a\n    id: a\n", "claims:\n  - &a\n    id: a\n%"),
    (
        "a text in lines",
        "claims:\n  - id: a\n    text: |\n      A\n\n      B\n\nsources: []\n",
        "claims:\n  - id: a\n    text: |\n      A\n\n      B\n%\nsources: []\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in INSERTED], ids=[row[0] for row in INSERTED])
def test_a_new_entry_looks_like_the_others(before: str, after: str) -> None:
    assert change(before, NEW) == after.replace("%", BELOW).replace("§", BESIDE)


WRITTEN: list[tuple[str, Any, str]] = [
    ("a text", "about 300 km²", " about 300 km²"),
    ("NO", "NO", " NO"),
    ("a time", "12:30", " 12:30"),
    ("an address", "https://bbc.example/a?b=c#d", " https://bbc.example/a?b=c#d"),
    ("a null in words", "null", " 'null'"),
    ("nothing", "", " ''"),
    ("a colon", "He said: go", " 'He said: go'"),
    ("a comment sign", "300 km #1", " '300 km #1'"),
    ("a star", "*the missiles*", " '*the missiles*'"),
    ("a quote", "'300 km'", " '''300 km'''"),
    ("a quote within", "don't", " don't"),
    ("spaces around", " a ", " ' a '"),
    ("lines", "one\ntwo", " |-\n      one\n      two"),
    ("a last line break", "one\ntwo\n", " |\n      one\n      two"),
    ("an indented first line", "  one\ntwo", " |2-\n        one\n      two"),
    ("a control character", "a\x07b", ' "a\\u0007b"'),
    ("a return", "a\rb", ' "a\\rb"'),
    ("a truth", True, " true"),
    ("a number", 3, " 3"),
    ("ids", ["sohr", "bbc"], " [sohr, bbc]"),
    ("no ids", [], " []"),
    ("a text with a comma in a list", ["a, b"], " ['a, b']"),
    ("a long list", ["x" * 60, "y" * 60], f"\n      - {'x' * 60}\n      - {'y' * 60}"),
    ("a mapping", {"date": "2015-06", "reason": "wrong"}, " {date: 2015-06, reason: wrong}"),
    ("a list of mappings", [{"where": "archives", "on": "2015"}], "\n      - where: archives\n        on: 2015"),
    ("a long text", "word " * 30 + "end", " >-\n      " + "word " * 19 + "word\n      " + "word " * 10 + "end"),
]


@pytest.mark.parametrize(("value", "written"), [row[1:] for row in WRITTEN], ids=[row[0] for row in WRITTEN])
def test_values_are_written_as_a_person_would(value: Any, written: str) -> None:
    assert (
        change("claims: []\n", Insert("claims", {"id": "x", "note": value}))
        == f"claims:\n  - id: x\n    note:{written}\n"
    )


def test_keys_stand_in_the_order_of_the_model_and_unknown_ones_last() -> None:
    entry = {"odd": "1", "stance": "supports", "document": "d", "claim": "c", "note": None}
    assert new_file({"findings": [entry]}).decode() == (
        "findings:\n  - claim: c\n    document: d\n    stance: supports\n    odd: 1\n"
    )


def test_a_new_file_parts_its_sections_and_has_the_lines_that_are_wanted() -> None:
    made = new_file({"sources": [{"id": "a"}, {"id": "b"}], "claims": [{"id": "c"}]}, newline="\r\n")
    assert made == b"sources:\r\n  - id: a\r\n  - id: b\r\n\r\nclaims:\r\n  - id: c\r\n"


TEXT = """\
# head
findings:
  # About one.
  - claim: one    # first
    document: a
    relies_on:  # why
      - x
      - y       # second

  # An older remark.

  # About two.
  - {claim: two, document: b}
    # deeper

  - claim: three
    note: "quoted"
    retracted: |
      lines
# foot
"""
CHANGED: list[tuple[str, Edit, str, str]] = [
    (
        "a key between others",
        Put("findings", 0, "stance", "supports"),
        "    document: a\n",
        "    document: a\n    stance: supports\n",
    ),
    ("a key in braces", Put("findings", 1, "stance", "supports"), "document: b}", "document: b, stance: supports}"),
    ("a value", Put("findings", 0, "claim", "four"), "claim: one    #", "claim: four    #"),
    (
        "a value in place of a list",
        Put("findings", 0, "relies_on", ["z"]),
        "relies_on:  # why\n      - x\n      - y       # second\n",
        "relies_on: [z]  # why\n",
    ),
    (
        "lines in place of a value",
        Put("findings", 0, "claim", "1\n2"),
        "claim: one    # first\n",
        "claim: |-    # first\n      1\n      2\n",
    ),
    (
        "a value in place of lines",
        Put("findings", 2, "retracted", "no"),
        "retracted: |\n      lines\n",
        "retracted: no\n",
    ),
    ("a value in place of one in quotes", Put("findings", 2, "note", "a: b"), '"quoted"', "'a: b'"),
    ("a key out", Drop("findings", 0, "document"), "    document: a\n", ""),
    ("the first key out", Drop("findings", 0, "claim"), "claim: one    # first\n    document", "document"),
    ("the last key out", Drop("findings", 2, "retracted"), "    retracted: |\n      lines\n", ""),
    ("a key out of braces", Drop("findings", 1, "document"), ", document: b", ""),
    ("the first key out of braces", Drop("findings", 1, "claim"), "claim: two, ", ""),
    ("an item of a list", Reword("findings", 0, ("relies_on", 1), "z"), "- y       #", "- z       #"),
    ("a text in quotes", Reword("findings", 2, ("note",), "plain"), '"quoted"', '"plain"'),
    (
        "a text in lines",
        Reword("findings", 2, ("retracted",), "other\nlines\n"),
        "      lines\n",
        "      other\n      lines\n",
    ),
    ("a text in braces", Reword("findings", 1, ("claim",), "a, b"), "claim: two", "claim: 'a, b'"),
    ("the first entry", Remove("findings", 0), TEXT[TEXT.index("  # About one") : TEXT.index("  # An older")], ""),
    (
        "an entry in the middle",
        Remove("findings", 1),
        "\n  # About two.\n  - {claim: two, document: b}\n    # deeper\n",
        "",
    ),
    ("the last entry", Remove("findings", 2), TEXT[TEXT.index("\n  - claim: three") : TEXT.index("# foot")], ""),
]


@pytest.mark.parametrize(("edit", "old", "new"), [row[1:] for row in CHANGED], ids=[row[0] for row in CHANGED])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_only_what_is_changed_changes(edit: Edit, old: str, new: str, line: str) -> None:
    assert TEXT.count(old) == 1
    assert change(TEXT.replace("\n", line), edit) == TEXT.replace(old, new).replace("\n", line)


def test_a_comment_below_a_key_does_not_become_a_part_of_its_text() -> None:
    assert change("claims:\n  - id: a\n      # b\n", Put("claims", 0, "id", "a\n\nb")) == (
        'claims:\n  - id: "a\\n\\nb"\n      # b\n'
    )


def test_the_last_entry_leaves_an_empty_list_and_the_comments_of_the_section() -> None:
    before = "claims:  # mine\n  # of old\n\n  # about a\n  - id: a\n\nsources: []\n"
    assert change(before, Remove("claims", 0)) == "claims: []  # mine\n  # of old\n\n\nsources: []\n"


def test_many_edits_count_the_entries_as_they_were() -> None:
    before = "claims:\n  - id: a\n  - id: b\n  - id: c\n  - id: d\n"
    edits: list[Edit] = [
        Remove("claims", 0),
        NEW,
        Put("claims", 3, "text", "D"),
        Remove("claims", 2),
        Reword("claims", 1, ("id",), "bb"),
    ]
    assert change(before, *edits) == "claims:\n  - id: bb\n  - id: d\n    text: D\n  - id: rain\n    text: It rained\n"


REFUSED: list[tuple[str, str, Edit, str]] = [
    ("an entry that others stand for", "claims:\n  - &a {id: a}\n  - *a\n", Remove("claims", 0), "by an anchor"),
    ("an alias", "claims:\n  - &a {id: a}\n  - *a\n", Put("claims", 1, "id", "b"), "by an anchor"),
    (
        "a value that others stand for",
        "claims:\n  - {id: &a a}\n  - {id: *a}\n",
        Put("claims", 0, "id", "b"),
        "by an anchor",
    ),
    ("a list that others stand for", "claims: &c\n  - {id: a}\nsources: *c\n", NEW, "by an anchor"),
    ("a section that is an alias", "sources: &c\n  - {id: a}\nclaims: *c\n", NEW, "by an anchor"),
    ("a section that is no list", "claims: none\n", NEW, "is not a list"),
    ("a file that is no mapping", "- a\n", NEW, "is not made of sections"),
    ("a broken file", "claims:\n  - id: a\n   text: b\n", NEW, "line 3"),
    ("a doubled key", "claims:\n  - {id: a, id: b}\n", NEW, "'id' stands twice"),
    ("bytes of another encoding", "claims: \udcff", NEW, "not UTF-8"),
    ("an entry that is not there", "claims: []\n", Remove("claims", 0), "has no entry 0"),
    ("a section that is not there", "case: x\n", Drop("claims", 0, "id"), "has no entry 0"),
    ("a key that is not there", "claims:\n  - id: a\n", Drop("claims", 0, "text"), "has no key 'text'"),
    ("a text that is not there", "claims:\n  - id: a\n", Reword("claims", 0, ("text",), "b"), "has nothing at 'text'"),
    ("no text", "claims:\n  - id: [a]\n", Reword("claims", 0, ("id",), "b"), "is not one text"),
    ("an entry without keys", "claims: [a]\n", Put("claims", 0, "id", "b"), "has no keys"),
    ("nothing to put", "claims:\n  - id: a\n", Put("claims", 0, "id", None), "has no value"),
    ("half a character", "claims: []\n", Insert("claims", {"text": "a\ud800"}), "half a character"),
    ("what is no text", "claims: []\n", Insert("claims", {"text": object()}), "of the kind object"),
    ("a file that ends in a text", "claims:\n  - id: |\n      a", NEW, "end its last line with a line break"),
    (
        "an entry between a text and an empty line",
        "claims:\n  - id: |+\n      a\n\n  - id: b\n\n",
        Remove("claims", 1),
        "an empty line below it would become a part of the text",
    ),
    (
        "a key between a text and a comment",
        "claims:\n  - note: |\n      a\n    id: b\n      # c\n",
        Drop("claims", 0, "id"),
        "a comment below it would become a part of the text",
    ),
    ("a key with a question mark", "? claims\n: []\n", NEW, "has no colon in its line"),
]


@pytest.mark.parametrize(("text", "edit", "why"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_done_safely_is_refused_with_the_way_out(text: str, edit: Edit, why: str) -> None:
    with pytest.raises(CannotEdit, match=why) as caught:
        edited(text.encode(errors="surrogateescape"), [edit])
    assert caught.value.why
    assert caught.value.way_out


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be")
BOMS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def encoded(text: str, encoding: str) -> bytes:
    return BOMS.get(encoding, b"") + text.encode(encoding)


@st.composite
def edits(draw: st.DrawFn, value: dict[str, Any]) -> list[Edit]:
    """Edits of a file that says `value`: one an entry, so that each makes sense whatever the others do."""
    found: list[Edit] = [Insert(draw(st.sampled_from(SECTIONS)), draw(ENTRIES)) for _ in range(draw(st.integers(0, 2)))]
    places = [(section, n) for section, items in value.items() if isinstance(items, list) for n in range(len(items))]
    for section, n in draw(st.lists(st.sampled_from(places), unique=True, max_size=3)) if places else []:
        entry = value[section][n]
        kinds: list[Edit] = [Remove(section, n)]
        if isinstance(entry, dict) and entry:
            key = draw(st.sampled_from(sorted(entry)))
            kinds += [Put(section, n, draw(st.sampled_from(KEYS)), draw(VALUES)), Drop(section, n, key)]
            if isinstance(entry[key], str):
                kinds.append(Reword(section, n, (key,), draw(TEXTS)))
            if isinstance(entry[key], list) and entry[key] and isinstance(entry[key][0], str):
                kinds.append(Reword(section, n, (key, 0), draw(TEXTS)))
        found.append(draw(st.sampled_from(kinds)))
    return draw(st.permutations(found))


SAID_PLAINLY = ("by an anchor", "end its last line with a line break", "below it would become a part of")
"""Why an edit of a sound file may be refused."""


@given(text=files(), encoding=st.sampled_from(ENCODINGS), data=st.data())
def test_a_file_says_what_it_said_with_the_edits_made(text: str, encoding: str, data: st.DataObject) -> None:
    before = encoded(text, encoding)
    tree = tree_of(before, "f.yaml")
    if not tree.is_whole or any(draft.severity == "error" for draft in tree.drafts):
        return
    made = data.draw(edits(tree.value or {}))
    try:
        after = edited(before, made)
    except CannotEdit as error:
        assert any(words in str(error) for words in SAID_PLAINLY)  # noqa: PT017 - most examples do not raise
        return
    assert (tree_of(after, "f.yaml").value or {}) == as_edited(tree.value or {}, made)
    assert kept_lines(before.decode(encoding), after.decode(encoding), made)


def kept_lines(before: str, after: str, made: list[Edit]) -> bool:
    """Whether every character is still there in its order, where entries are only added: all but empty lists."""
    if not all(isinstance(edit, Insert) for edit in made):
        return True
    rest = iter(after)
    return all(any(other == character for other in rest) for character in re.sub(r" *(\[ *\]|~)", "", before))


@given(text=files(), encoding=st.sampled_from(ENCODINGS), entry=ENTRIES, section=st.sampled_from(SECTIONS))
@example(text="claims:\n  - id: a", encoding="utf-8", entry={"id": "b"}, section="claims")
def test_to_remove_what_was_inserted_gives_back_the_same_bytes(
    text: str, encoding: str, entry: dict[str, Any], section: str
) -> None:
    before = encoded(text, encoding)
    tree = tree_of(before, "f.yaml")
    entries = tree.value.get(section) if isinstance(tree.value, dict) else None
    if any(draft.severity == "error" for draft in tree.drafts) or not entries:
        return
    try:
        inserted = edited(before, [Insert(section, entry)])
    except CannotEdit:
        return
    assert edited(inserted, [Remove(section, len(entries))]) == before


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("sources:\n- {id: a}\n- {id: b}", "sources: []"),
        ("sources:\n- {id: a}\n# of neither\n\n- {id: b}", "sources: []\n# of neither\n"),
    ],
)
def test_of_a_file_without_a_last_line_break_all_entries_can_be_taken(text: str, left: str) -> None:
    assert edited(text.encode(), [Remove("sources", 0), Remove("sources", 1)]).decode() == left


@given(text=files())
def test_no_edits_change_no_byte(text: str) -> None:
    assert edited(text.encode(), []) == text.encode()


@given(text=files(), entry=ENTRIES, section=st.sampled_from(SECTIONS))
@example(text="claims: []\r\ndocuments:\r\n- {id: a}", entry={"id": "b"}, section="documents")
def test_what_is_known_of_the_last_entry_changes_no_result(text: str, entry: dict[str, Any], section: str) -> None:
    data = text.encode()
    tree = tree_of(data, "f.yaml")
    if any(draft.severity == "error" for draft in tree.drafts):
        return
    starts = {name: (start[-1] >> 32) + 1 for name, start in tree.starts.items()}
    columns = {name: (start[-1] & 0xFFFFFFFF) + 1 for name, start in tree.starts.items()}
    hints = {name: (starts[name], columns[name]) for name in starts}
    wrong = {name: (line + 1, columns[name]) for name, line in starts.items()}
    try:
        expected = edited(data, [Insert(section, entry)])
    except CannotEdit:
        return
    assert edited(data, [Insert(section, entry)], hints or {"none": (1, 1)}) == expected
    assert edited(data, [Insert(section, entry)], wrong or {"none": (1, 1)}) == expected


def test_an_entry_is_added_to_a_large_file_at_once() -> None:
    entry = "  - claim: claim-{n}\n    document: d\n    note: >-\n      حسن " + "word " * 60 + "\n"
    head = "case: x\nfindings:\n" + "".join(entry.replace("{n}", str(n)) for n in range(100_000))
    data = (head + "\n# the end\nsources:\n  - id: a\n").encode()
    start = time.perf_counter()
    after = edited(data, [Insert("findings", {"claim": "rain", "document": "d"})])
    assert time.perf_counter() - start < 1
    assert after == (head + "  - claim: rain\n    document: d\n\n# the end\nsources:\n  - id: a\n").encode()
