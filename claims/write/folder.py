"""A folder of files that we made, replaced as a whole or not at all, and never over what somebody else put there.

The files go into a new folder beside it, which then takes its name. `claims-site.json` says of a folder what we wrote
into it: one that holds anything else is not replaced.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.model.errors import BadRequest
from claims.read.characters import shown
from claims.read.contents import reason_of
from claims.write.disk import remove_folder, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKER: Final = "claims-site.json"
VERSION: Final = "claims/site/1"
HERE: Final = -100
"""Linux's AT_FDCWD: paths are meant from where we are."""
EXCHANGE: Final = 2
"""Linux's RENAME_EXCHANGE."""


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]], *, apart_from: Path, force: bool = False) -> int:
    """Write files, by their paths, as the whole of `folder`; gives their number. What ends it midway changes nothing.

    files: taken one by one, as each is written. apart_from: a folder that this one must neither hold nor be in.
    force: replace the folder whatever is in it, and what a link at its place leads to; but never the root of a disk,
    the home folder, or the one we are in. Raises `BadRequest` where it
    must not or cannot be written.
    """
    name = shown(str(folder))
    target = folder.resolve() if force else folder.parent.resolve() / folder.name
    _refuse(folder, target, apart_from.resolve(), force=force)
    made: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:50]}.new-"))
        number = _fill(made, files)
        made.chmod(0o777 & ~_mask())
        _put(made, target)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error).lower()
        raise BadRequest(f"{name} cannot be written: {reason}") from error
    finally:
        if made is not None and made.exists():
            with suppress(OSError):
                remove_folder(made)
    return number


def _refuse(folder: Path, target: Path, other: Path, *, force: bool) -> None:
    """Raise `BadRequest` where the folder must not be replaced."""
    name = shown(str(folder))
    real = target.resolve()
    if real.is_relative_to(other):
        raise BadRequest(f"{name} is in the folder of the case: name one outside it, as in `-o ../site`")
    kept = _kept(real)
    if kept:
        raise BadRequest(f"{name} {kept}: name a folder for the site alone, as in `-o ../site`")
    if other.is_relative_to(real):
        raise BadRequest(f"{name} has the case in it: name another folder")
    if folder.is_symlink() and not force:
        raise BadRequest(f"{name} is a link: --force replaces what it leads to")
    if not target.exists():
        return
    if not target.is_dir():
        raise BadRequest(f"{name} is a file: name a folder")
    foreign = None if force else foreign_in(target)
    if foreign:
        raise BadRequest(f"{name} holds {shown(foreign)}, which no site of ours put there: --force replaces it all")


def _kept(real: Path) -> str | None:
    """What a folder is that nobody means to lose, whatever is forced; None where it is nothing of that kind."""
    if real == real.parent:
        return "is the root of the file system"
    with suppress(OSError):  # the folder we are in may be gone
        if Path.cwd().is_relative_to(real):
            return "is the folder that you are in, or has it in it"
    with suppress(OSError, RuntimeError):  # not everybody has a home
        if Path.home().resolve().is_relative_to(real):
            return "is your home folder, or has it in it"
    return "is where a disk begins" if real.is_mount() else None


def foreign_in(folder: Path) -> str | None:
    """The first thing in a folder that we did not write, as its marker tells; None where there is none."""
    own: set[str] = {MARKER}
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        said = json.loads((folder / MARKER).read_bytes())
        if said["schema"] == VERSION:
            own.update(said["files"])
    own |= {parent.as_posix() for path in own for parent in Path(path).parents}
    for root, folders, names in os.walk(folder):
        for one in sorted((*folders, *names)):
            path = Path(root, one).relative_to(folder).as_posix()
            if path not in own:
                return path
    return None


def _fill(made: Path, files: Iterable[tuple[str, bytes]]) -> int:
    written: list[str] = []
    folders: set[str] = set()
    for path, data in files:
        parent = path.rpartition("/")[0]
        if parent not in folders:
            (made / parent).mkdir(parents=True, exist_ok=True)
            folders.add(parent)
        with (made / path).open("xb") as stream:
            stream.write(data)
        written.append(path)
    told = {"schema": VERSION, "files": sorted(written)}
    (made / MARKER).write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return len(written)


def _put(made: Path, target: Path) -> None:
    """Give the new folder its name, and remove the one that had it, which until then is as it was."""
    if not target.exists():
        made.rename(target)
    elif not _exchanged(made, target):
        old = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:50]}.old-"))
        target.rename(old / "site")
        try:
            made.rename(target)
        except OSError:
            (old / "site").rename(target)
            old.rmdir()
            raise
        remove_folder(old)
    sync_folder(target.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have changed places in one step; not every system, and not every disk, can do that."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
