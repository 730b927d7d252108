"""Findings with figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.policy import Policy
    from claims.read.drafts import Draft
    from claims.read.ledger import Ledger


def figures(ledger: Ledger, policy: Policy) -> Iterator[Draft]:
    """Figures that decide nothing, or something else than what is said."""
    return iter(())
