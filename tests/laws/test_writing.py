"""What must hold for any change of a case, whatever the case and however its files are written."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.changes import changes
from claims.flow import assess
from claims.model.errors import CaseProblems
from claims.read.case import read_case, read_over, reading_of
from claims.write.addition import addition
from claims.write.plan import Bench
from claims.write.removal import removal
from claims.write.renaming import renaming
from claims.write.transaction import commit, undo
from tests.read.writing import sections_as_yaml
from tests.strategies import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.write.plan import Prepared
    from tests.cases import Sections

Bytes = dict[str, bytes]
WORDS = st.sampled_from(
    ["plain", "a: b", "- no", "'quoted'", '"x"', "#hash", " x ", "é ٣", "line\nbreak", "null", "1", "\u202e?"]
)
LAYOUTS = st.sampled_from(["json", "lines", "crlf", "bom", "unended"])


EMPTY_SECTIONS = re.compile(r"(\s*(sources|statements|findings): \[\])+\s*")
"""What is left of sections that a file had not before."""
FEWER = settings(max_examples=settings().max_examples // 5)
"""A case on disk is written, read and judged several times for each example."""


def in_lines(entries: Mapping[str, list[dict[str, Any]]]) -> str:
    """The sections in lines of their own, with comments, blank lines and quotes."""
    parts = ["# what is known\n"]
    for name, rows in entries.items():
        parts.append(f"\n{name}:   # as of today\n" if rows else f"{name}: []\n")
        for row in rows:
            keys = [(key, value) for key, value in row.items() if value not in (None, ())]
            for n, (key, value) in enumerate(keys):
                text = f"[{', '.join(value)}]" if isinstance(value, tuple) else f'"{value}"' if n % 2 else str(value)
                parts.append(f"  {' ' if n else '-'} {key}: {text}{'  # so' if n == 1 else ''}\n")
            parts.append("\n")
    return "".join(parts)


def laid(layout: str, entries: Mapping[str, list[dict[str, Any]]]) -> bytes:
    text = sections_as_yaml(entries) if layout == "json" else in_lines(entries)
    if layout == "unended":
        text = text.rstrip("\n")
    if layout == "crlf":
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if layout == "bom" else b"") + text.encode()


@contextmanager
def on_disk(files: Mapping[str, bytes], *, is_judged: bool = False) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        if not is_judged:
            patch.setattr("claims.write.plan.changes", lambda *_, **__: ())
        patch.setattr("os.fsync", lambda _: None)  # nobody pulls the plug here
        folder = Path(name)
        (folder / "case.yaml").write_bytes(b"case: c\ntitle: T\n")
        for path, data in files.items():
            (folder / path).write_bytes(data)
        yield folder


def contents(folder: Path) -> Bytes:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def verdicts(folder: Path) -> list[Any]:
    case, problems = read_case(folder, cache=False)
    assert case is not None, problems
    return [(claim.id, claim.verdict, claim.attribution, claim.range) for claim in assess(case).claims]


def done(folder: Path, prepared: Prepared) -> Prepared:
    if not prepared.plan.is_idle:
        commit(folder, prepared.before, prepared.after, prepared.plan.what)
    return prepared


def added(folder: Path, text: str, **options: Any) -> Prepared:
    return done(folder, addition(reading_of(folder, cache=False), {"new": text.encode()}, cache=False, **options))


@st.composite
def split(draw: st.DrawFn) -> tuple[dict[str, bytes], list[Sections]]:
    """A case in files, and what is brought into it: the rest of a valid case, in several parts that stand alone."""
    whole = _sound(draw(sections()))
    fates = {name: [draw(st.integers(0, 2)) for _ in whole[name]] for name in ("statements", "findings")}
    base: Sections = {name: list(rows) for name, rows in whole.items()}
    parts: list[Sections] = [{}, {}]
    for name, fate in fates.items():
        for part in (0, 1):
            parts[part][name] = [
                {**row, "note": draw(WORDS)} for row, n in zip(whole[name], fate, strict=True) if n == part
            ]
        base[name] = [row for row, n in zip(whole[name], fate, strict=True) if n not in (0, 1)]
    parts[0]["sources"] = [{"id": "extra", "name": draw(WORDS), "owner": "An Owner"}]
    parts[1]["claims"] = [{"id": "wider", "text": draw(WORDS), "topic": draw(WORDS)}]
    keyed = {name: base.pop(name) for name in ("statements", "findings")}
    return {"a.yaml": laid(draw(LAYOUTS), base), "b.yaml": laid(draw(LAYOUTS), keyed)}, parts


def _sound(entries: Sections) -> Sections:
    """The case without what the reader refuses."""
    for document in entries["documents"]:
        original = document["same_text_as"]
        document["same_text_as"] = original if original and original < document["id"] else None
    for finding in entries["findings"]:
        finding["basis"] = None if finding["basis"] == "relayed" else finding["basis"]
        finding["relies_on"] = tuple(one for one in finding["relies_on"] or () if one != finding["document"])
    said = {(row["document"], row["claim"], row["speaker"]): row for row in entries["statements"]}
    return {**entries, "statements": list(said.values())}


@FEWER
@given(split())
def test_what_is_added_and_taken_back_leaves_every_byte_as_it_was(given_: tuple[Bytes, list[Sections]]) -> None:
    files, parts = given_
    with on_disk(files) as folder:
        before = contents(folder)
        done_ = [added(folder, sections_as_yaml(part)) for part in parts]
        assert contents(folder) != before
        for _ in done_:
            undo(folder)
        assert contents(folder) == before


@FEWER
@given(split())
def test_adding_twice_is_adding_once(given_: tuple[Bytes, list[Sections]]) -> None:
    files, parts = given_
    with on_disk(files) as folder:
        added(folder, sections_as_yaml(parts[0]))
        once = contents(folder)
        assert added(folder, sections_as_yaml(parts[0])).plan.is_idle
        assert contents(folder) == once


@FEWER
@given(split())
def test_the_order_of_adding_never_changes_a_verdict(given_: tuple[Bytes, list[Sections]]) -> None:
    files, parts = given_
    results = []
    for order in (parts, parts[::-1]):
        with on_disk(files) as folder:
            for part in order:
                added(folder, sections_as_yaml(part))
            results.append(verdicts(folder))
    assert results[0] == results[1]


@FEWER
@given(split())
def test_what_stood_there_stands_there_in_the_same_bytes(given_: tuple[Bytes, list[Sections]]) -> None:
    files, parts = given_
    with on_disk(files) as folder:
        before = contents(folder)
        added(folder, sections_as_yaml(parts[0]))
        after = contents(folder)
    for name, data in before.items():
        rest = iter(after[name])
        assert all(byte in rest for byte in data.replace(b": []", b":")), name  # an empty list gets its first entry


@FEWER
@given(split())
def test_removing_what_was_added_leaves_every_byte_as_it_was(given_: tuple[Bytes, list[Sections]]) -> None:
    files, parts = given_
    with on_disk(files) as folder:
        before = contents(folder)
        prepared = added(folder, sections_as_yaml(parts[0]))
        for effect in reversed(prepared.plan.effects):
            done(folder, removal(reading_of(folder, cache=False), f"{effect.section}/{effect.id}", cache=False))
        after = contents(folder)
    assert after.keys() == before.keys()
    for name, data in after.items():
        left = data.removeprefix(before[name].rstrip()).decode("utf-8-sig")
        assert data == before[name] or EMPTY_SECTIONS.fullmatch(left), name


@FEWER
@given(split(), st.randoms(use_true_random=False))
def test_renaming_there_and_back_leaves_every_byte_and_every_verdict_as_it_was(
    given_: tuple[Bytes, list[Sections]], random: Any
) -> None:
    files, _ = given_
    with on_disk(files) as folder:
        before = contents(folder)
        case = reading_of(folder, cache=False).case
        assert case is not None
        ids = [(name, row.id) for name in ("sources", "documents", "claims", "parties") for row in getattr(case, name)]
        section, old = random.choice(ids)
        judged = verdicts(folder)
        done(folder, renaming(reading_of(folder, cache=False), old, "anew", section=section, cache=False))
        assert contents(folder) != before
        renamed = [
            (old if (section, claim) == ("claims", "anew") else claim, *rest) for claim, *rest in verdicts(folder)
        ]
        assert sorted(renamed) == sorted(judged)
        done(folder, renaming(reading_of(folder, cache=False), "anew", old, section=section, cache=False))
        assert contents(folder) == before


@FEWER
@given(split())
def test_what_fails_changes_nothing(given_: tuple[Bytes, list[Sections]]) -> None:
    files, parts = given_
    wrong = {**parts[0], "documents": [{"id": "x", "source": "nobody"}]}
    with on_disk(files) as folder:
        before = contents(folder)
        with pytest.raises(CaseProblems) as caught:
            added(folder, sections_as_yaml(wrong))
        errors = [problem.code for problem in caught.value.problems if problem.severity == "error"]
        assert errors == ["unknown-source"]
        assert contents(folder) == before


@FEWER
@given(split(), st.booleans())
def test_what_an_addition_changes_is_told_whole_however_little_was_looked_at(
    given_: tuple[Bytes, list[Sections]], is_large: bool
) -> None:
    """Only claims that it can bear on are judged, and of a large case only the new entries are read."""
    files, parts = given_
    with on_disk(files, is_judged=True) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Bench, "is_large", is_large)
        before = reading_of(folder, cache=False)
        prepared = addition(before, {"new": sections_as_yaml(parts[0]).encode()}, cache=False)
        after = read_over(folder, before, prepared.after, cache=False)
        assert before.case is not None
        assert after.case is not None
        assert prepared.plan.changes == changes(before.case, after.case)
