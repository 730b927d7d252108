"""The language that a text is said to be in, as pages mark it up: a code, or nothing where the case writes no code.

>>> language_code(("fa",)), language_code(("en", "fr")), language_code(("Arabic, mostly",))
('fa', None, None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from claims.model.document import Document

CODE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
"""Language, script and country, as in `fa`, `sr-Latn` and `pt-BR` (BCP 47, without what is rarely met)."""
OTHER_SCRIPTS: Final = frozenset((
    "am", "ar", "be", "bg", "bn", "ckb", "el", "fa", "he", "hi", "hy", "ja", "ka", "km", "ko", "lo", "mk", "mr", "my",
    "ne", "pa", "ps", "ru", "si", "ta", "te", "th", "ti", "uk", "ur", "yi", "zh",
))  # fmt: skip
"""Languages that are not written in Latin letters."""
LATIN: Final = ("LATIN ", "MODIFIER ")
"""How the names of letters begin that Latin text and transliteration are written with."""


def language_code(languages: Sequence[str]) -> str | None:
    """The code of the one language of a text; None for several, which no mark-up can tell, and for what is no code."""
    return languages[0] if len(languages) == 1 and CODE.fullmatch(languages[0]) else None


def title_languages(documents: Iterable[Document], languages: Mapping[str, str]) -> Mapping[str, str]:
    """Those of `languages`, by document, that the document's title is in: a title may be told in translation.

    A title in Latin letters alone is not in a language of another script, and would be read out as what it is not.
    """
    titles = {one.id: one.title or "" for one in documents}
    return {id_: code for id_, code in languages.items() if is_spelled(titles.get(id_, ""), code)}


def is_spelled(text: str, code: str) -> bool:
    """Whether the letters of a text may be those of the language; Latin alone are not those of another script."""
    language, *rest = code.split("-")
    if language not in OTHER_SCRIPTS or "Latn" in rest:
        return True
    return any(letter.isalpha() and not name(letter, "").startswith(LATIN) for letter in text)
