"""The words for verdicts, reasons and bounds: the same in every view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.present.view import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.model.assessment import Bounds, Verdict
    from claims.model.problem import Place
    from claims.present.view import Line

ORDER: Final = (
    "corroborated", "single-source", "disputed", "challenged", "contradicted", "unverified", "unchecked",
    "not-checkable",
)  # fmt: skip

SYMBOLS: Final = {
    "corroborated": "✔",
    "single-source": "◔",
    "disputed": "⇄",
    "challenged": "◑",
    "contradicted": "✘",
    "unverified": "?",
    "unchecked": "○",
    "not-checkable": "–",
}

MEANINGS: Final = {
    "corroborated": "Independent groups support it, and what speaks against it is light.",
    "single-source": "Something counts for it, but not enough that is independent. This is no confirmation.",
    "disputed": "Reports of weight stand on both sides, or only interested ones, on both.",
    "challenged": "What counts against it outweighs what counts for it, short of contradicted.",
    "contradicted": "Independent groups speak against it, and what supports it is light.",
    "unverified": "Looked for or reported on, and nothing that counts either way.",
    "unchecked": "Nobody has looked: no finding, no search.",
    "not-checkable": "An opinion, or a prediction or promise that is not yet due.",
}

WHY: Final = {
    "retracted": "Withdrawn",
    "later": "Published after the report's date",
    "before": "Published before it happened",
    "mentions": "Takes no side",
    "repeats": "Only repeats the speaker",
    "mismatch": "Speaks of another unit, time or place",
    "circular": "Runs in a circle",
    "speaker": "Rests on the speaker's own word",
}

ATTRIBUTIONS: Final = {
    "denied": "denied by the speaker",
    "unrecorded": "no record that it was said",
    "wording-varies": "on record in wordings that differ",
    "confirmed": "on record in the speaker's own voice, or twice",
    "single-record": "on record once",
}


def plain(text: str) -> Line:
    """A line in one piece, without a role."""
    return (Span(text),)


def verdict_line(verdict: Verdict) -> Line:
    """A verdict with its sign, in its colour."""
    return (Span(f"{SYMBOLS[verdict]} {verdict}", "verdict", verdict),)


def bounds_text(bounds: Bounds, interested: int) -> str:
    """How many independent groups: `2–4 +int.` is two at least, four at most, and interested ones besides."""
    low, high = bounds.at_least, bounds.at_most
    counted = str(low) if low == high else f"{low}–{high}"
    return f"{counted} +int." if interested else counted


def group_name(group: str, names: Mapping[str, str]) -> str:
    """How a group is called: as its origin, or `those interested for`."""
    if group.startswith("interested-"):
        return f"those interested {group.removeprefix('interested-')}"
    return names.get(group, group)


def path_text(path: Sequence[str], names: Mapping[str, str]) -> str:
    """The sources of a path by name, from the finding's own to the origin."""
    if len(path) == 1:
        return "in its own name"
    return " → ".join(names.get(source, source) for source in path)


def circle_line(loop: Sequence[str], publishers: Mapping[str, str], names: Mapping[str, str]) -> Line:
    """A circle source by source, as paths are told, with the documents to find them by."""
    sources = (publishers.get(document, document) for document in loop)
    path = " → ".join(names.get(source, source) for source in sources)
    return (Span(path, "name"), Span(f" ({' → '.join(loop)})", "muted"))


def place_text(place: Place) -> str:
    """Where an entry stands, as editors open it: `reports/june.yaml:14`."""
    return f"{place.file}:{place.line}"
