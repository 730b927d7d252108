"""What the processes of the crash tests do to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.write.layout import Insert, edited
from claims.write.transaction import commit, transaction, undo

if TYPE_CHECKING:
    from pathlib import Path

CASE: Final[dict[str, bytes | None]] = {
    "case.yaml": b"case: test\ntitle: A test\n",
    "base.yaml": b"sources:\n  - {id: bbc, name: BBC}\n",
    "old.yaml": b"claims:\n  - {id: old, text: An old claim}\n",
    "new/claims.yaml": None,
}
CHANGED: Final[dict[str, bytes | None]] = {
    "base.yaml": b"sources:\n  - {id: bbc, name: BBC}\n  - {id: cnn, name: CNN}\n",
    "old.yaml": None,
    "new/claims.yaml": b"claims:\n  - {id: new, text: A new claim}\n",
}


def lay_out(folder: Path) -> None:
    """Write the case as it is before the change."""
    for path, data in CASE.items():
        if data is not None:
            (folder / path).write_bytes(data)


def change(folder: Path) -> None:
    """Change one file, take another out, and make a third."""
    commit(folder, CASE, CHANGED, "a change")


def take_back(folder: Path) -> None:
    """Take the change back."""
    undo(folder)


def settle(folder: Path) -> None:
    """Open a transaction and do nothing."""
    with transaction(folder):
        pass


def add_source(folder: Path, name: str) -> None:
    """Add a source, as a command does that reads the file under the lock."""
    with transaction(folder):
        before = (folder / "base.yaml").read_bytes()
        after = edited(before, [Insert("sources", {"id": name, "name": name.upper()})])
        commit(folder, {"base.yaml": before}, {"base.yaml": after}, f"add {name}")
