"""`claims add`: entries brought into a case, from files, from flags, or question by question."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.entry_keys import KEYS, SECTIONS, flag, given, key_options
from claims.cli.streams import tell
from claims.cli.writing import UNASKED, WRITING, carried_out, folder_of

if TYPE_CHECKING:
    import argparse

STDIN: Final = "-"
FORMATS: Final = ("rich", "json")


def run(args: argparse.Namespace) -> int:
    """Read what shall be added, show what it does, and write it."""
    from claims.model.errors import BadRequest
    from claims.read.characters import shown

    flags = given(args)
    if args.what[0] in SECTIONS:
        if args.what[1:]:
            raise BadRequest(f"one kind at a time: claims add {args.what[0]} (a file of that name is ./{args.what[0]})")
        return _one(args, args.what[0], flags)
    if flags:
        raise BadRequest(f"{flag(next(iter(flags)))} is a key of an entry: say which, as in claims add source --id x")
    contents = {("<stdin>" if name == STDIN else name): _content(name) for name in args.what}
    for name in args.what:
        if _is_in_case(args, name):
            tell(f"claims: {shown(name)} lies in the folder of the case: what it says counts without being added")
    return _written(args, contents)


def _one(args: argparse.Namespace, kind: str, flags: dict[str, str | list[str]]) -> int:
    """One entry, from flags or by questions."""
    from claims.model.errors import BadRequest
    from claims.write.layout import new_file

    wrong = next((key for key in flags if key not in KEYS[kind]), None)
    if wrong is not None:
        raise BadRequest(f"a {kind} has no {flag(wrong)}: known are {', '.join(map(flag, KEYS[kind]))}")
    if flags:
        return _written(args, {"<flags>": new_file({SECTIONS[kind]: [flags]})})
    if not (sys.stdin is not None and sys.stdin.isatty()):
        raise BadRequest(f"without a terminal nothing is asked: give the keys as flags, as in claims add {kind} --id x")
    from claims.cli.opened import opened
    from claims.cli.prompts import asked, terminal_ask

    args.case = str(folder_of(args))
    case = opened(args)
    if case is None:
        return exits.FOUND
    entry = asked(SECTIONS[kind], case, terminal_ask)
    if entry is None:
        tell(f"\n{UNASKED}")
        return exits.FINE
    return _written(args, {"<answers>": new_file({SECTIONS[kind]: [entry]})})


def _written(args: argparse.Namespace, files: dict[str, bytes]) -> int:
    from claims.write.addition import addition

    return carried_out(
        args,
        lambda reading: addition(reading, files, into=_below(args), is_update=args.update, cache=not args.no_cache),
    )


def _below(args: argparse.Namespace) -> str | None:
    """The file to add into, by its path from the case; a path that leads there from the root is cut."""
    if args.into is None:
        return None
    path, root = Path(args.into), folder_of(args).resolve()
    is_inside = path.is_absolute() and path.resolve().is_relative_to(root)
    return path.resolve().relative_to(root).as_posix() if is_inside else args.into


def _is_in_case(args: argparse.Namespace, name: str) -> bool:
    """Whether an added file is one of those that the case is made of."""
    from claims.read.forms import is_read

    path, root = Path(name).resolve(), folder_of(args).resolve()
    if not path.is_relative_to(root) or not is_read(path.relative_to(root).as_posix()):
        return False
    return not any(part.startswith(".") for part in path.relative_to(root).parts)


def _content(name: str) -> bytes:
    """What a file or the standard input says. Raises `BadRequest`."""
    from claims.model.errors import BadRequest
    from claims.read.characters import shown
    from claims.read.files import LARGEST_FILE
    from claims.read.near import did_you_mean

    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(LARGEST_FILE + 1) if sys.stdin is not None else b""
        else:
            with Path(name).open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        near = did_you_mean(name, SECTIONS) if "/" not in name and "." not in name else None
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise BadRequest(f"{shown(name)}: {reason}" + (f" ({near})" if near else "")) from error
    if len(data) > LARGEST_FILE:
        raise BadRequest(f"{shown(name)} is larger than {LARGEST_FILE // 2**20} MB: add it in parts")
    return data


COMMAND: Final = Command(
    name="add",
    about=(
        "Bring entries into a case: sources, speakers, parties, documents, claims, statements and findings, from YAML\n"
        "files laid out like those of a case, or one entry by flags or questions.\n\n"
        "All of it is checked first, as `claims check` does; what would change is shown, verdicts too, and nothing\n"
        "is written unless all is well. What the case says already is left alone; what it says otherwise is told key\n"
        "by key, and written over with --update. Entries go beside what they belong to; files keep their layout.\n\n"
        f"KIND is {', '.join(SECTIONS)}. A file that is called like one is named ./{next(iter(SECTIONS))}."
    ),
    examples=(
        ("claims add new.yaml", "check it, show what it changes, ask, and write it"),
        ("claims add new.yaml --dry-run", "only show"),
        ("claims add source", "question by question, with completion"),
        ("claims add source --id lantern --name 'The Lantern' --reliability B", "by flags"),
        ("claims add finding --claim bridge --document lantern-1 --stance supports --basis witnessed", "likewise"),
        ("curl -s https://desk.example/new.yaml | claims add - --yes --format json", "for a script"),
    ),
    options=(
        Option(("what",), "YAML files, - for the standard input, or the kind of one entry", metavar="FILE|KIND",
               completes="file", more={"nargs": "+"}),
        Option(("--into",), "the file of the case that new entries go to, by its path from the case",
               metavar="FILE"),
        Option(("--update",), "write over what the case says otherwise, under the keys that are given",
               more={"action": "store_true"}),
        Option(("--format",), "for people, or for machines", choices=FORMATS, more={"default": "rich"}),
        *WRITING,
        *key_options(),
    ),
    run=run,
)  # fmt: skip
