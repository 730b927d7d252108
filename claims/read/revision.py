"""A case as it stands in a revision of a git repository, laid out in a folder of its own.

Git is asked for names and bytes and nothing else: nothing is checked out, and no hook, filter or helper of the
repository runs. Files are written before links, so that no file is written through a link; what a link leads to is
judged by whoever reads the folder.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.errors import BadRequest
from claims.read.characters import shown
from claims.read.files import CASE_FILE, LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

FLAGS: Final = ("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
MOST_BYTES: Final = 2**30
FILE_MODES: Final = ("100644", "100755", "100664")
LINK_MODE: Final = "120000"


class Blob(NamedTuple):
    """A file of a revision: its path below the case folder, what it is, and how large."""

    path: str
    mode: str
    name: str
    size: int


def laid_out(folder: Path, revision: str, into: Path) -> str:
    """Write the case of `folder`, as it stands in `revision`, below `into`; gives the short name of the commit.

    Raises `BadRequest` where there is no git, no repository, no such revision, or no such case in it.
    """
    if revision.startswith("-"):
        raise BadRequest(f"{shown(revision)} is no revision: none begins with '-'")
    commit = _text(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", revision)
    prefix = _text(folder, "rev-parse", "--show-prefix").rstrip("/")
    blobs = list(_blobs(folder, commit, prefix, revision))
    if not any(blob.path == CASE_FILE for blob in blobs):
        raise BadRequest(f"there is no case in {prefix or 'the repository'} at {shown(revision)}: no {CASE_FILE}")
    _write(folder, blobs, into)
    return _text(folder, "rev-parse", "--short", commit)


def _blobs(folder: Path, commit: str, prefix: str, revision: str) -> Iterator[Blob]:
    """The files of the case in a commit; hidden ones are passed over. Raises `BadRequest` for what is not read."""
    listed = _asked(folder, "ls-tree", "-r", "-z", "-l", "--full-tree", f"{commit}:{prefix}")
    if listed.returncode:
        raise BadRequest(f"there is no {shown(prefix)} in {shown(revision)}")
    total = 0
    for line in listed.stdout.split(b"\0")[:-1]:
        head, _, raw = line.partition(b"\t")
        mode, _, name, size = head.decode("ascii").split()
        path = os.fsdecode(raw)
        if any(part.startswith(".") and part not in (".", "..") for part in path.split("/")):
            continue
        if mode not in (*FILE_MODES, LINK_MODE):
            raise BadRequest(f"{shown(path)} in {shown(revision)} is another repository, and is not read")
        if not _is_plain(path):
            raise BadRequest(f"{shown(path)} in {shown(revision)} leads out of the case folder, and is not read")
        total += int(size)
        if int(size) > LARGEST_FILE or total > MOST_BYTES:
            raise BadRequest(f"{shown(path)} in {shown(revision)} is too large to be read")
        yield Blob(path, mode, name, int(size))


def _is_plain(path: str) -> bool:
    """Whether a path can only lead to a place below."""
    parts = path.split("/")
    is_odd = "\\" in path or (os.name == "nt" and ":" in path)
    return not is_odd and not PurePosixPath(path).is_absolute() and not {"", ".", ".."} & set(parts)


def _write(folder: Path, blobs: list[Blob], into: Path) -> None:
    ordered = sorted(blobs, key=lambda blob: (blob.mode == LINK_MODE, blob.path))
    for blob, data in zip(ordered, _contents(folder, ordered), strict=True):
        path = into / blob.path
        if blob.mode == LINK_MODE and not _is_through_link(path, into):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(os.fsdecode(data))
        elif blob.mode != LINK_MODE:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _is_through_link(path: Path, into: Path) -> bool:
    """Whether a link would come to lie where another link leads: a reader would not follow it there."""
    return any(parent.is_symlink() for parent in path.parents if parent.is_relative_to(into))


def _contents(folder: Path, blobs: Iterable[Blob]) -> Iterator[bytes]:
    """The bytes of each file, in order."""
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{blob.name}\n" for blob in blobs).encode("ascii"))
        asked.seek(0)
        with subprocess.Popen(  # noqa: S603 - a list of words, and no shell
            _command(folder, "cat-file", "--batch"), stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as running:  # fmt: skip
            if running.stdout is None:
                return
            for blob in blobs:
                yield _content(running.stdout, blob)


def _content(stream: IO[bytes], blob: Blob) -> bytes:
    head = stream.readline().split()
    size = int(head[2]) if len(head) == 3 and head[1] == b"blob" else -1  # noqa: PLR2004 - name, kind, size
    data = stream.read(size + 1)[:-1] if size >= 0 else b""
    if size != blob.size or len(data) != size:
        raise BadRequest(f"git does not have {shown(blob.path)} whole")
    return data


def _text(folder: Path, *words: str) -> str:
    """What git answers in a line. For `rev-parse --verify` the last word is the revision as it was given."""
    is_asked = "--verify" in words
    done = _asked(folder, *(words[:-1] if is_asked else words))
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if is_asked and not said:
            raise BadRequest(f"{shown(words[-1])} is no day, no case folder and no revision in git")
        why = said[0].removeprefix("fatal: ") if said else "git gives no answer"
        raise BadRequest(f"{shown(str(folder))}: {shown(why)}")
    return os.fsdecode(done.stdout.rstrip(b"\n"))


def _asked(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - a list of words, and no shell
            _command(folder, *words), stdin=subprocess.DEVNULL, capture_output=True, env=_environment(), check=False
        )
    except FileNotFoundError as error:
        raise BadRequest("there is no git here, which a revision is read with") from error


def _command(folder: Path, *words: str) -> list[str]:
    return ["git", *FLAGS, "-C", str(folder), *words]


def _environment() -> dict[str, str]:
    """The environment without what points git elsewhere; it takes no lock, asks nothing and fetches nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    return kept | quiet
