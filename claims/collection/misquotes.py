"""Statements of a collection whose quote is not what the stored text says: texts are read one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.collection.cells import encoded, text_column
from claims.read.quotes import Folded, checked, folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.tables.columns import Bools


MADE_OF: Final = ("document", "quote", "wording", "prefix", "suffix")
"""What is looked at of a statement."""


def are_exact(statements: pa.Table, documents: pa.Array) -> Bools:
    """Which statements have a quote that claims to be exact; documents: those with a text to look for it in."""
    quote, wording, document = (text_column(statements, name) for name in ("quote", "wording", "document"))
    if quote.null_count == len(quote):
        return np.zeros(len(statements), dtype=bool)
    is_exact = pc.fill_null(pc.equal(wording, "exact"), True)  # noqa: FBT003 - the value to fill with
    has_text = pc.is_in(document, value_set=documents)
    found: Bools = pc.and_(pc.and_(is_exact, has_text), quote.is_valid()).to_numpy(zero_copy_only=False)
    return found


def misquoted(statements: pa.Table, texts: Mapping[str, str]) -> Bools:
    """Which statements have a quote that claims to be exact, and is not; texts: by the id of their document."""
    result = np.zeros(len(statements), dtype=bool)
    if not len(texts):
        return result
    rows = np.flatnonzero(are_exact(statements, pa.array(list(texts), pa.string())))
    document, quote, prefix, suffix = (
        text_column(statements, name) for name in ("document", "quote", "prefix", "suffix")
    )
    codes, names = encoded(document.take(pa.array(rows)))
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(len(names) + 1))
    for n, name in enumerate(names):
        own = rows[order[edges[n] : edges[n + 1]]]
        said = (column.take(pa.array(own)).to_pylist() for column in (quote, prefix, suffix))
        text = _Text(texts[name])
        result[own] = [not text.has(*words) for words in zip(*said, strict=True)]
    return result


class _Text:
    """A stored text in which quotes are looked for; what is seldom needed of it is made when it is."""

    def __init__(self, text: str) -> None:
        self.text, self.plain = text, folded(text)
        self.ready: Folded | None = None

    def has(self, quote: str, prefix: str | None, suffix: str | None) -> bool:
        """Whether a quote stands in it, in one place or in the one that the words beside it choose."""
        wanted = folded(quote)
        first = self.plain.find(wanted) if wanted else -1
        if first < 0:
            return False
        if self.plain.find(wanted, first + 1) < 0:
            return True
        if not (prefix or suffix):
            return False
        self.ready = self.ready or Folded(self.text)
        return checked(quote, self.ready, prefix, suffix).status == "exact"
