"""The language that a text is said to be in, as pages mark it up: a code, or nothing where the case writes no code.

>>> language_code(("fa",)), language_code(("en", "fr")), language_code(("Arabic, mostly",))
('fa', None, None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
"""Language, script and country, as in `fa`, `sr-Latn` and `pt-BR` (BCP 47, without what is rarely met)."""


def language_code(languages: Sequence[str]) -> str | None:
    """The code of the one language of a text; None for several, which no mark-up can tell, and for what is no code."""
    return languages[0] if len(languages) == 1 and CODE.fullmatch(languages[0]) else None
