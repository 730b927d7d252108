"""A process may be killed at any moment: the case then reads as before the change or as after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claims.read.case import read_case
from tests.write import actions
from tests.write.crashes import failed_at, killed_at

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = ({"bbc"}, {"old"})
AFTER = ({"bbc", "cnn"}, {"new"})
MOST_CALLS = 200


def said(folder: Path) -> tuple[set[str], set[str]]:
    """The sources and claims that a reader finds."""
    case, problems = read_case(folder, cache=False)
    assert case is not None, problems
    return {source.id for source in case.sources}, {claim.id for claim in case.claims}


def bare(folder: Path) -> tuple[set[str], set[str]]:
    """The same, read by somebody who knows nothing of changes on their way."""
    text = "".join(path.read_text() for path in folder.glob("**/*.yaml") if ".claims" not in path.parts)
    return {name for name in ("bbc", "cnn") if f"id: {name}" in text}, {
        name for name in ("old", "new") if f"id: {name}" in text
    }


def left(folder: Path) -> list[str]:
    """What lies in the folder of ours, but for the records of changes that can be taken back."""
    return sorted(path.name for path in (folder / ".claims").iterdir()) if (folder / ".claims").exists() else []


@pytest.mark.parametrize("action", ["change", "take_back", "settle"])
def test_wherever_it_is_killed_the_case_reads_as_before_or_as_after(action: str, tmp_path: Path) -> None:
    expected = {"change": (BEFORE, AFTER), "take_back": (AFTER, BEFORE), "settle": (AFTER, AFTER)}[action]
    found = []
    for stop in range(1, MOST_CALLS):
        folder = tmp_path / f"{action}-{stop}"
        folder.mkdir()
        actions.lay_out(folder)
        if action == "take_back":
            actions.change(folder)
        if action == "settle":
            interrupted_after_the_commit(folder)
        was_killed = killed_at(stop, getattr(actions, action), folder)
        found.append(said(folder))
        assert found[-1] in expected
        actions.settle(folder)
        assert said(folder) == bare(folder) == found[-1]
        assert set(left(folder)) <= {".gitignore", "lock", "undo"}
        assert (folder / "new").exists() == (found[-1] == AFTER)
        if not was_killed:
            break
    assert found[-1] == expected[1]
    assert found[0] == expected[0]
    assert len(found) > (3 if action == "settle" else 15)


def interrupted_after_the_commit(folder: Path) -> None:
    """Kill a change at the first call after which it reads as made."""
    for stop in range(1, MOST_CALLS):
        assert killed_at(stop, actions.change, folder)
        if said(folder) == AFTER:
            assert bare(folder) != AFTER
            return
        actions.settle(folder)


FAILURES = {
    "a full disk": (("open", "write", "fsync", "mkdir", "link"), True),
    "a file that cannot be put": (("replace", "unlink"), False),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("action", ["change", "take_back"])
def test_what_fails_changes_nothing_and_is_told_in_a_line(action: str, failure: str, tmp_path: Path) -> None:
    names, lasts = FAILURES[failure]
    for stop in range(1, MOST_CALLS):
        folder = tmp_path / str(stop)
        folder.mkdir()
        actions.lay_out(folder)
        if action == "take_back":
            actions.change(folder)
        before = said(folder)
        has_failed = failed_at(stop, getattr(actions, action), folder, names, lasts=lasts)
        if not has_failed and said(folder) != before:
            assert said(folder) == bare(folder)
            if lasts:
                assert stop > 5
                break
        else:
            assert said(folder) == bare(folder) == before
            assert set(left(folder)) <= {".gitignore", "lock", "undo"}
        actions.settle(folder)
        assert said(folder) == bare(folder)
        assert set(left(folder)) <= {".gitignore", "lock", "undo"}
        assert (folder / "new").exists() == (said(folder) == AFTER)
        if not has_failed and stop > 20:
            break
