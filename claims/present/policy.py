"""The policy for people, as YAML to change, and as JSON for programs."""

from __future__ import annotations

import json
from math import log
from textwrap import fill
from typing import TYPE_CHECKING, Final

from claims.model.grade import CREDIBILITY, RELIABILITY
from claims.present.escape import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.policy import Policy

DIGITS: Final = (2, 3, 4, 5)
ORIGIN: Final = (
    "The table is a convention of ours: the Admiralty code is ordinal, no standard puts numbers to it, and published "
    "attempts disagree. It keeps the order on both axes, stays far from certainty, and puts E at about even odds. "
    "That is why every verdict shows its range with all letters one step down and one step up."
)


def render(policy: Policy, *, width: int, colour: bool, unicode: bool) -> str:
    """The policy as text of at most `width` columns."""
    bold, off = ("\x1b[1m", "\x1b[0m") if colour else ("", "")
    lines = [f"{bold}Policy {for_terminal(policy.policy)}{off}", ""]
    lines += [fill(text, width) for text in _sentences(policy)]
    lines += ["", f"{bold}The probability that a finding is right, and what it weighs (log-odds){off}", *_table(policy)]
    lines += ["", fill(ORIGIN, width), fill(_assigned(policy), width)]
    text = "\n".join(lines) + "\n"
    return text if unicode else text.encode("ascii", "backslashreplace").decode("ascii")


def _sentences(policy: Policy) -> Iterator[str]:
    yes, no = policy.corroborated, policy.contradicted
    yield f"Before any report is read, a claim has the probability {policy.prior:g}."
    yield f"Corroborated: at least {yes.groups} independent groups for, and probability {yes.probability:g} or more."
    yield f"Contradicted: at least {no.groups} independent groups against, and probability {no.probability:g} or less."
    yield f"Disputed: groups on both sides, the lighter with {policy.disputed_share:g} of all weight or more."
    yield f"A finding that gives no credibility counts as {policy.unstated_credibility}."
    yield f"A finding that supports partly weighs {policy.partly:g} of one that supports."
    yield f"Figures agree within {policy.tolerance:g} of the claim's; 'about' doubles that."
    yield f"Stored texts are copies from a similarity of {policy.near_duplicate:g} on (5-word shingles)."


def _table(policy: Policy) -> Iterator[str]:
    yield "     " + "".join(f"{digit:>14}" for digit in DIGITS)
    for letter in "ABCDE":
        row = policy.probability[letter]  # type: ignore[index]
        cells = "".join(f"{row[digit]:>7.2f} {log(row[digit] / (1 - row[digit])):>6.3f}" for digit in DIGITS)
        yield f"  {letter}  {cells}   {RELIABILITY[letter]}"
    yield f"  F  {'weighs nothing':>21}{'':35}   {RELIABILITY['F']}"
    yield "  " + ", ".join(f"{digit} {CREDIBILITY[digit]}" for digit in DIGITS)
    yield f"  6 ({CREDIBILITY[6]}) weighs nothing; 1 ({CREDIBILITY[1]}) is earned: given by hand, it reads as 2."


def _assigned(policy: Policy) -> str:
    given = policy.credibility
    return (
        f"The report assigns a claim the credibility {given.corroborated} when corroborated; "
        f"{given.single_source.above} or {given.single_source.below} when single-source (from probability "
        f"{given.single_source.at:g}); {given.disputed.above} or {given.disputed.below} when disputed (from "
        f"{given.disputed.at:g}); {given.challenged} when challenged; {given.contradicted} when contradicted; "
        f"{given.other} otherwise."
    )


def render_yaml(policy: Policy) -> str:
    """The policy as YAML, to change and give back with --policy."""
    import yaml  # noqa: PLC0415 - only here

    return str(yaml.safe_dump(_numbered(policy), sort_keys=False, allow_unicode=True, default_flow_style=None))


def render_json(policy: Policy) -> str:
    """The policy as JSON."""
    return json.dumps(policy.as_data(), ensure_ascii=False, indent=2) + "\n"


def _numbered(policy: Policy) -> dict[str, object]:
    """The policy as data whose digits are numbers again."""
    data = policy.as_data()
    data["probability"] = {letter: {int(d): p for d, p in row.items()} for letter, row in data["probability"].items()}
    return data
