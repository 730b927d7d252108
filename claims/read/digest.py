r"""The digest of a case: one line of hexadecimal that changes when any byte of its input does.

It is the SHA-256 of what `sha256sum` prints for the files that were read (YAML, tables and stored texts), sorted by
path, so that anyone can recompute it in the case folder:

    find . -name '*.yaml' ... | sed 's|^./||' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "sha256:"


def digest_of(files: Mapping[str, str]) -> str:
    """The digest of files by path: `files` maps each path, relative to the folder and with `/`, to its SHA-256."""
    lines = sorted((os.fsencode(path), digest) for path, digest in files.items())
    return PREFIX + sha256(b"".join(_line(path, digest) for path, digest in lines)).hexdigest()


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def _line(path: bytes, digest: str) -> bytes:
    """A line of sha256sum, which marks names with a backslash or the end of a line by a backslash in front."""
    escaped = path.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    return (b"\\" if escaped != path else b"") + digest.encode() + b"  " + escaped + b"\n"
