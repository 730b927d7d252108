"""The thresholds and tables behind every verdict: plain YAML, typed, named in every report."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from claims.model.grade import LETTERS, UNJUDGED_DIGIT

Share = Annotated[float, Field(ge=0, le=1)]
Odds = Annotated[float, Field(gt=0, lt=1)]
JudgedLetter = Literal["A", "B", "C", "D", "E"]
JudgedDigit = Literal[2, 3, 4, 5]
Assigned = Annotated[int, Field(ge=1, le=6)]
JUDGED: Final[tuple[JudgedLetter, ...]] = ("A", "B", "C", "D", "E")


class Rules(BaseModel):
    """A part of the policy: frozen, strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Threshold(Rules):
    """What a verdict takes."""

    groups: Annotated[int, Field(ge=1)]
    """Independent groups, at least."""
    probability: Odds
    """From which probability on; for contradicted, up to which."""


class Split(Rules):
    """A credibility that depends on the probability: `above` from `at` on, `below` under it."""

    at: Share
    """The probability that divides."""
    above: Assigned
    """The digit from there on."""
    below: Assigned
    """The digit under it."""


class AssignedCredibility(Rules):
    """The Admiralty digit that the report gives a claim, by its verdict."""

    corroborated: Assigned
    """Confirmed by independent sources: 1."""
    single_source: Split = Field(alias="single-source")
    """By its probability."""
    disputed: Split
    """By its probability."""
    challenged: Assigned
    """For more against than for."""
    contradicted: Assigned
    """For what independent sources contradict."""
    other: Assigned
    """For what cannot be judged."""


class Policy(Rules):
    """The thresholds and tables behind every verdict."""

    policy: Annotated[str, Field(min_length=1, max_length=100)]
    """Its name, printed in every report."""
    prior: Odds
    """The probability before any report is read."""
    probability: Mapping[JudgedLetter, Mapping[JudgedDigit, Annotated[float, Field(ge=0.5, lt=1)]]]
    """That a finding of a letter and a digit is right: from 0.5, never 1, falling along both axes."""
    unstated_credibility: Annotated[int, Field(ge=2, le=6)]
    """The digit of a finding that gives none."""
    partly: Share
    """What a finding that partly supports weighs, as a share of a full one."""
    corroborated: Threshold
    """What it takes to call a claim corroborated."""
    contradicted: Threshold
    """What it takes to call a claim contradicted."""
    disputed_share: Annotated[float, Field(gt=0, le=0.5)]
    """The share of all weight from which the lighter side makes a dispute."""
    tolerance: Annotated[float, Field(ge=0, lt=1)]
    """How far a figure may be off, as a share of the claim's; "about" doubles it."""
    near_duplicate: Annotated[float, Field(gt=0, le=1)]
    """The Jaccard similarity of 5-word shingles from which one stored text is a copy of another."""
    credibility: AssignedCredibility
    """The Admiralty digit that the report assigns to a claim."""

    @field_validator("probability", mode="before")
    @classmethod
    def _digits(cls, table: object) -> object:
        """Digits are text when they come from YAML or JSON."""
        if not isinstance(table, Mapping):
            return table
        return {
            letter: {int(d) if str(d).isdecimal() else d: p for d, p in row.items()}
            if isinstance(row, Mapping)
            else row
            for letter, row in table.items()
        }

    @model_validator(mode="after")
    def _ordered(self) -> Policy:
        table = self.probability
        missing = [
            f"{letter}{digit}" for letter in JUDGED for digit in (2, 3, 4, 5) if digit not in table.get(letter, {})
        ]
        if missing:
            raise ValueError(f"the probability table lacks {', '.join(missing)}")
        cells: dict[tuple[str, int], float] = {
            (letter, digit): table[letter][digit] for letter in JUDGED for digit in (2, 3, 4, 5)
        }
        for (letter, digit), p in cells.items():
            worse = [cells.get((chr(ord(letter) + 1), digit), 0.5), cells.get((letter, digit + 1), 0.5)]
            if p < max(worse):
                raise ValueError(f"the probability of {letter}{digit} must not be below that of a worse grade")
        return self

    def weight(self, letter: int, digit: int) -> float:
        """The log-odds that a finding adds; 0 for F and 6. `letter` is its position in A to F, 1 reads as 2."""
        if letter >= len(JUDGED) or digit >= UNJUDGED_DIGIT:
            return 0.0
        p = self.probability[LETTERS[letter]][max(digit, 2)]  # type: ignore[index,arg-type]
        return log(p / (1 - p))

    def as_data(self) -> dict[str, Any]:
        """The policy as plain data, with the keys of its YAML form."""
        return self.model_dump(mode="json", by_alias=True)


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with `changes` laid over it, mapping by mapping; neither is changed."""
    result = dict(base)
    for key, value in changes.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result
