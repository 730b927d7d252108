"""Which claims, as of which day, and in which order: options that several commands share, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.cli.command import Option, words

if TYPE_CHECKING:
    import argparse
    import datetime as dt

    from claims.model.case import Case
    from claims.selection import Filter

VERDICT_WORDS: Final = (
    "not-checkable", "disputed", "corroborated", "contradicted", "single-source", "challenged", "unverified",
    "unchecked",
)  # fmt: skip
SORT_WORDS: Final = ("case", "id", "date", "probability", "verdict", "speaker")

FILTERS: Final = (
    Option(("--speaker",), "claims of this speaker", metavar="ID", completes="speaker", is_listed=True),
    Option(("--topic",), "claims on this topic", metavar="TOPIC", completes="topic", is_listed=True),
    Option(("--verdict",), f"claims with this verdict: {', '.join(VERDICT_WORDS)}", metavar="VERDICT",
           choices=VERDICT_WORDS, is_listed=True),
    Option(("--party",), "claims in which this party has a part or a stake", metavar="ID", completes="party",
           is_listed=True),
    Option(("--source",), "claims on which this source reports", metavar="ID", completes="source", is_listed=True),
)  # fmt: skip
AS_OF: Final = Option(
    ("--as-of",), "leave out what was published later than this day (2015-05 is its last day)", metavar="DATE"
)
SORT: Final = Option(
    ("--sort",),
    "the order of the claims: as in the case, or by this",
    choices=SORT_WORDS,
    more={"default": "case"},
)


def filter_of(args: argparse.Namespace, case: Case) -> Filter | None:
    """What the options of `FILTERS` ask for; None where they ask for nothing. Raises `BadRequest`."""
    from claims.selection import Filter

    topics = {claim.topic for claim in case.claims}
    chosen = Filter(
        speakers=words(args.speaker),
        topics=tuple(one for value in args.topic for one in ((value,) if value in topics else words([value]))),
        verdicts=verdicts_of(args.verdict, "--verdict"),
        parties=words(args.party),
        sources=words(args.source),
    )
    return None if chosen == Filter() else chosen


def verdicts_of(values: list[str], option: str) -> tuple[str, ...]:
    """The verdicts that an option names. Raises `BadRequest` for what is none."""
    found = words(values)
    for word in found:
        if word not in VERDICT_WORDS:
            from claims.model.errors import BadRequest, NotFound

            raise BadRequest(f"{option}: {NotFound.among('verdict', word, VERDICT_WORDS)}; verdicts are "
                             f"{', '.join(VERDICT_WORDS)}")  # fmt: skip
    return found


def day_of(text: str | None, option: str) -> dt.date | None:
    """The last day that a date may mean; None where none is given. Raises `BadRequest`."""
    if text is None:
        return None
    from claims.model.errors import BadRequest
    from claims.model.when import WhenError, parse_when

    try:
        return parse_when(text).end
    except WhenError as error:
        raise BadRequest(f"{option}: {error}") from error
