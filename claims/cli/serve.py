"""`claims serve`: the pages of a case, live on this machine while somebody edits it."""

from __future__ import annotations

import argparse
import gc
import threading
from typing import TYPE_CHECKING, Final

from claims.cli.command import Command, Option
from claims.cli.filters import AS_OF, day_of
from claims.cli.opened import policy_of
from claims.cli.options import CASE, POLICY, QUIET
from claims.cli.place import chosen_place
from claims.cli.progress import progress
from claims.cli.saves import saves
from claims.cli.streams import out, tell
from claims.cli.undrawn import tell_if_undrawn

if TYPE_CHECKING:
    from claims.serving.server import Server
    from claims.serving.states import Current

PORT: Final = 8411
HIGHEST: Final = 65_535


def run(args: argparse.Namespace) -> int:
    """Serve the case, and each state of it that is saved, until interrupted."""
    from claims.model.errors import NoCase
    from claims.read.characters import shown
    from claims.serving.following import Follower
    from claims.serving.states import Current

    gc.enable()  # this process lives on, and each state leaves garbage
    folder = chosen_place(args).folder
    follower = Follower(folder, policy=policy_of(args), as_of=day_of(args.as_of, "--as-of"))
    with progress(is_quiet=args.quiet) as say:
        say("reading and judging the case")
        first = follower.looked_at()
    if first is None:
        raise NoCase(shown(str(folder)))
    current = Current(first.state)
    with _server(current, args) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()
        out(f"{server.url}\n")
        tell_if_undrawn(args)
        _say(f"{first.line}; Ctrl-C ends", args)
        if args.open:
            _open(server.url)
        for saved in saves(folder, policy_of(args)):
            shot = follower.looked_at(saved)
            if shot is not None:
                current.replace(shot.state)
                _say(shot.line, args)
    raise NoCase(shown(str(folder)))


def _server(current: Current, args: argparse.Namespace) -> Server:
    from claims.serving.server import listening

    return listening(current, args.host, PORT if args.port is None else args.port, _fault, or_next=args.port is None)


def _say(line: str, args: argparse.Namespace) -> None:
    if not args.quiet:
        tell(f"claims: {line}")


def _fault(error: Exception) -> None:
    from claims.read.characters import shown

    tell(f"claims: this should not happen: {type(error).__name__}: {shown(' '.join(str(error).split())[:300])}")


def _open(url: str) -> None:
    import webbrowser

    if not webbrowser.open(url):
        tell(f"claims: no browser could be opened: open {url} yourself")


def port_of(text: str) -> int:
    """A number of a port. Raises what argparse tells the user."""
    if not (text.isascii() and text.isdecimal()) or int(text[:6]) > HIGHEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 0 (any that is free) to {HIGHEST}")
    return int(text)


COMMAND: Final = Command(
    name="serve",
    about=(
        "Show the pages of a case in a browser while you edit it. A page shows itself anew when a file of the case is\n"
        "saved; a save that breaks the case shows what is wrong, above what could be judged last. Ctrl-C ends it.\n\n"
        "Nothing is written, and only this machine is answered."
    ),
    examples=(
        ("claims serve --open", "the case here, in the browser"),
        ("claims serve --case my-case", "another one; the address is printed"),
        ("claims serve --port 0", "at any port that is free"),
        ("claims serve --as-of 2015-05-20", "what was known that day"),
    ),
    options=(
        CASE,
        AS_OF,
        POLICY,
        Option(("--host",), "the address of this machine to listen at: 127.0.0.1 or ::1", metavar="ADDRESS",
               more={"default": "127.0.0.1"}),
        Option(("--port",), f"the port; without it {PORT}, or the next that is free", metavar="N",
               more={"type": port_of}),
        Option(("--open",), "open the browser", more={"action": "store_true"}),
        QUIET,
    ),
    run=run,
)  # fmt: skip
