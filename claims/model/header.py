"""What case.yaml says of the case as a whole, besides its entries."""

from __future__ import annotations

from typing import Any

from claims.model.entry import Entry, Id, Text


class Header(Entry):
    """The name of a case, what it is about, and what it changes in the default policy."""

    case: Id
    """The id of the case."""
    title: Text | None = None
    """How it is called in the report; None: as its id."""
    about: Text | None = None
    """What is investigated, in a paragraph."""
    policy: dict[str, Any] | None = None
    """What differs from the default policy, key by key."""
