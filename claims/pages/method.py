"""The method in plain words: what a verdict means, how it is reached under the policy of the case, what it cannot tell.

It is written for who opens a report without having made it: an editor, or somebody whom a claim accuses. The words for
verdicts, reasons, letters and digits are those of every other page.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.model.grade import CREDIBILITY, RELIABILITY
from claims.model.policy import JUDGED
from claims.pages.frame import Page
from claims.pages.marks import DOES
from claims.pages.sheet import Sheet
from claims.pages.templating import asset, rendered
from claims.present.policy import DIGITS, ORIGIN, assigned, departures, sentences
from claims.present.wording import ATTRIBUTIONS, ORDER, WHY
from claims.read.policy import default_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.policy import Policy
    from claims.pages.ground import File, Ground

PATH: Final = "method.html"
COLUMNS: Final = ("grade", "probability", "weight")
REASONS: Final = {
    "retracted": "Its publisher took it back, or all that it has its knowledge from was taken back.",
    "later": "The report is of an earlier day, at which this was not yet published.",
    "before": "What was published before a thing is said to have happened cannot report it.",
    "mentions": "It speaks of the matter without saying whether it is so.",
    "repeats": "It says that the speaker said it. That counts for whether he said it, and for nothing else.",
    "mismatch": "It speaks of something else, so it neither supports nor contradicts.",
    "circular": "Each has it from the next, and the last from the first: it comes from nowhere.",
    "speaker": "Whoever makes a claim does not confirm it, in his own voice or through another.",
}
"""Why a finding for each reason says nothing of whether the claim is so."""


class Grades(NamedTuple):
    """A letter, what it means, and for each digit the probability and the weight."""

    letter: str
    meaning: str
    cells: tuple[tuple[float, float], ...]


def method_files(ground: Ground) -> Iterator[File]:
    """The page of the method, and the policy's table as rows."""
    return ground.bound(PATH, method_page(ground))


def method_page(ground: Ground) -> Page:
    """The method, with the policy of the case."""
    policy = ground.case.policy
    table = _table(policy)
    return Page(
        title="How verdicts come about",
        about=ground.about,
        body=rendered(
            "method.html",
            policy=policy,
            order=ORDER,
            attributions=ATTRIBUTIONS,
            reasons=[(WHY[why], REASONS[why]) for why in WHY],
            reliability=RELIABILITY,
            credibility=CREDIBILITY,
            digits=DIGITS,
            table=table,
            origin=ORIGIN,
            sentences=tuple(sentences(policy)),
            assigned=assigned(policy),
            departures=tuple(departures(policy, default_policy())),
            default=default_policy().policy,
            does=DOES,
            kinds={*DOES, "hollow"},
        ),
        sheet=Sheet(f"{ground.case.id}-policy", COLUMNS, tuple(_rows(table))),
        styles=(asset("marks.css"), asset("method.css")),
    )


def _table(policy: Policy) -> tuple[Grades, ...]:
    lines = []
    for letter in JUDGED:
        row = policy.probability[letter]
        cells = tuple((p, log(p / (1 - p))) for digit, p in sorted(row.items()) if digit in DIGITS)
        lines.append(Grades(letter, RELIABILITY[letter], cells))
    return tuple(lines)


def _rows(table: tuple[Grades, ...]) -> Iterator[tuple[str, float, float]]:
    for line in table:
        for digit, (probability, weight) in zip(DIGITS, line.cells, strict=True):
            yield f"{line.letter}{digit}", probability, round(weight, 3)
