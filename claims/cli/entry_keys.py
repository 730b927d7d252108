"""The keys of each kind of entry as flags: `--reliability B`. They are those of the models; a test compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli.command import Option, words

if TYPE_CHECKING:
    import argparse

SECTIONS: Final = {
    "party": "parties", "source": "sources", "speaker": "speakers", "document": "documents", "claim": "claims",
    "statement": "statements", "finding": "findings",
}  # fmt: skip
"""The kinds of entry, each with its section."""
KEYS: Final = {
    "party": ("id", "name", "about", "allies", "opponents", "note"),
    "source": (
        "id", "name", "kind", "owner", "party", "country", "language", "homepage", "reliability", "reason", "aliases",
        "note",
    ),
    "speaker": ("id", "name", "role", "party", "aliases", "voice", "reliability", "reason", "note"),
    "document": (
        "id", "source", "title", "url", "archive", "published", "retrieved", "language", "text", "sha256", "relies_on",
        "same_text_as", "inferred", "origin", "retracted", "note",
    ),
    "claim": (
        "id", "text", "kind", "due", "quantity", "place", "when", "topic", "part_of", "favours", "harms", "searches",
        "note",
    ),
    "statement": (
        "id", "claim", "speaker", "document", "quote", "wording", "where", "prefix", "suffix", "date", "stance",
        "value", "note",
    ),
    "finding": (
        "id", "claim", "document", "stance", "basis", "credibility", "value", "when", "place", "relies_on", "inferred",
        "note",
    ),
}  # fmt: skip
LISTS: Final = frozenset({
    "allies", "opponents", "language", "aliases", "relies_on", "favours", "harms", "searches",
})  # fmt: skip
"""Keys that take several values, with commas between them."""
TRUTHS: Final = frozenset({"inferred"})
"""Keys that are true or left out."""
COMPLETED: Final = {"party": "party", "source": "source", "speaker": "speaker", "voice": "source"}
"""Keys whose values a shell offers."""


def flag(key: str) -> str:
    """`--relies-on`."""
    return f"--{key.replace('_', '-')}"


def key_options() -> tuple[Option, ...]:
    """An option for each key, said once even where several kinds have it."""
    kinds: dict[str, list[str]] = {}
    for kind, keys in KEYS.items():
        for key in keys:
            kinds.setdefault(key, []).append(kind)
    return tuple(_option(key, kinds[key]) for key in sorted(kinds))


def _option(key: str, kinds: list[str]) -> Option:
    told = f"of a {', '.join(kinds)}"
    more = {"dest": _dest(key)}
    if key in TRUTHS:
        return Option((flag(key),), told, more={**more, "action": "store_const", "const": "true"})
    completes = COMPLETED.get(key, "")
    if key in LISTS:
        return Option((flag(key),), f"{told}; several with commas", metavar="LIST", is_listed=True, more=more)
    return Option((flag(key),), told, metavar="TEXT", completes=completes, more=more)  # type: ignore[arg-type]


def _dest(key: str) -> str:
    return f"key_{key}"


def given(args: argparse.Namespace) -> dict[str, str | list[str]]:
    """The keys that were given as flags, with their values, in the order of the models."""
    found: dict[str, str | list[str]] = {}
    for key in dict.fromkeys(key for keys in KEYS.values() for key in keys):
        value = getattr(args, _dest(key))
        if value:
            found[key] = list(words(value)) if key in LISTS else value
        elif value == "":
            found[key] = ""
    return found
