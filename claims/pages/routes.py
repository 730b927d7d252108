"""Where the page of each entry stands in a site, and how one page leads to another: always by relative addresses.

>>> from claims.present.view import Entry
>>> path_of(Entry("claims", "camp"))
'claims/camp.html'
>>> Route("claims/camp.html").to("sources/sana.html#record")
'../sources/sana.html#record'
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.present.view import Entry

    Places = Callable[[Entry], str | None]
    """Where an entry is found, as an address relative to the page; None where it has no place."""

PATHS: Final = {
    "claims": "claims/{}.html",
    "sources": "sources/{}.html",
    "speakers": "speakers/{}.html",
}
"""The page of an entry, by its section; sections that are not here have no page for each entry."""
PLAIN: Final = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
RESERVED: Final = re.compile(r"(con|prn|aux|nul|index|com[0-9]|lpt[0-9])(\..*)?")
"""Names of devices, which Windows takes no file by, whatever follows a full stop; and of the indexes themselves."""


@lru_cache(65_536)
def file_name(id: str) -> str:  # noqa: A002 - the word of the field
    """A file's name for an id, without its ending: safe on every system, and never that of another id.

    An id in other letters, whose bytes differ from system to system, and one that is a device's name get a name made
    of their digest; no id has a `_` in it.
    """
    if PLAIN.fullmatch(id) and not RESERVED.fullmatch(id):
        return id
    return f"_{hashlib.sha256(id.encode()).hexdigest()[:20]}"


def path_of(entry: Entry) -> str | None:
    """The page of an entry, from the root of the site; None where it has none."""
    form = PATHS.get(entry.section)
    return form.format(file_name(entry.id)) if form else None


class Route(NamedTuple):
    """The page at a path of the site, as that from which others are reached."""

    path: str

    def to(self, path: str) -> str:
        """The address of a page or file, relative to this one; its anchor, where it has one, is kept."""
        file, mark, anchor = path.partition("#")
        if file == self.path:
            return f"#{quote(anchor)}" if mark else quote(file.rpartition("/")[2])
        return _upward(path, self.path.count("/"))

    def places(self, known: frozenset[Entry]) -> Places:
        """Where entries are found from this page; None for those that are not known to have a page."""

        def place(entry: Entry) -> str | None:
            path = path_of(entry) if entry in known else None
            return None if path is None or path == self.path else self.to(path)

        return place


@lru_cache(65_536)
def _upward(path: str, steps: int) -> str:
    """The address of a path from so many folders below the root: the same for all pages there."""
    file, mark, anchor = path.partition("#")
    return f"{'../' * steps}{quote(file)}{mark}{quote(anchor)}"
