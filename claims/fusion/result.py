"""What fusing gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from claims.fusion.choose import Method


@dataclass(frozen=True, eq=False)
class Fusion:
    """Which value holds for each object, how reliable each source is, and how that was found."""

    outcome: pd.DataFrame
    """object, value, probability, tied: by object; the most likely value of each, or several where they tie, with
    their number in `tied`. What probabilities lack to 1 is that of other values, given or not."""
    candidates: pd.DataFrame
    """object, value, probability: every value that was given, by object and value."""
    sources: pd.DataFrame
    """source, reliability, low, high, answers, copies: by source. `low` to `high` holds 90 in 100 of what the
    reliability may be; `copies` names the sources that it shares errors with as only copies do."""
    method: Method
    """How it was found."""
    notes: tuple[str, ...]
    """What was chosen and why, what was learned, and whether the search ended: sentences for people."""
    rounds: int
    """How many rounds the search took."""
    converged: bool
    """Whether the search ended by itself."""
