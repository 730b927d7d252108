"""`claims undo`: the last change that a command made to a case, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.options import CASE, QUIET
from claims.cli.streams import out, tell
from claims.cli.writing import DRY_RUN, folder_of

if TYPE_CHECKING:
    import argparse

    from claims.write.transaction import Undone


def run(args: argparse.Namespace) -> int:
    """Take the last change back, or say what could be."""
    from claims.write.transaction import next_undo, undo, undoable

    folder = folder_of(args)
    if args.list:
        changes = undoable(folder)
        out("".join(_lines("", change) for change in changes))
        if not changes:
            tell("claims: no change of this case can be taken back")
        return exits.FINE if changes else exits.NOTHING
    if args.dry_run:
        out(_lines("would take back: ", next_undo(folder)))
        return exits.FINE
    change = undo(folder, say=tell)
    if not args.quiet:
        out(_lines("taken back: ", change))
    return exits.FINE


def _lines(lead: str, change: Undone) -> str:
    """What a change was, when it was made, and its files."""
    from claims.read.characters import shown

    made = f"{change.when[:10]} {change.when[11:16]} UTC"
    files = "".join(f"  {shown(path)}\n" for path in change.files)
    return f"{lead}{shown(change.what)} ({shown(made)})\n{files}"


COMMAND: Final = Command(
    name="undo",
    about=(
        "Take back the last change that `claims` made to a case: every file of it is again what it was, to the byte.\n"
        "Run it again for the change before; the last 20 are kept, in the case's folder .claims.\n\n"
        "A file that was edited since is not touched: then nothing is taken back, and the file is named."
    ),
    examples=(
        ("claims undo", "take the last change back"),
        ("claims undo --dry-run", "say what that would be, and write nothing"),
        ("claims undo --list", "every change that can be taken back, the last one first"),
    ),
    options=(
        DRY_RUN,
        Option(("--list",), "show the changes that can be taken back", more={"action": "store_true"}),
        CASE, QUIET,
    ),
    run=run,
)  # fmt: skip
