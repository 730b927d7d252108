"""Characters in a value that nobody can see: a warning where people copy a text, an error in what is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.read.characters import CONTROL, SURROGATE
from claims.read.drafts import Draft, warning

if TYPE_CHECKING:
    from claims.read.drafts import Spot


def hidden_character(key: str, spot: Spot, character: str, *, is_text: bool) -> Draft:
    """That the value of `key` has `character` in it; `is_text` where it is free text."""
    if SURROGATE.match(character):
        return Draft("lone-surrogate", f"'{key}' has half a character in it", spot, "delete it")
    is_control = CONTROL.match(character) is not None
    code = "control-character" if is_control else "hidden-direction"
    name = "a control character" if is_control else "a character that turns the direction of writing"
    message = f"'{key}' has {name} in it, U+{ord(character):04X}, that nobody can see"
    if is_text:
        return warning(code, message, spot, "delete it, unless the original has it")
    return Draft(code, message, spot, "delete it")
