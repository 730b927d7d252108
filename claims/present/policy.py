"""The policy for people, as YAML to change, and as JSON for programs."""

from __future__ import annotations

import json
from math import log
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from claims.model.grade import CREDIBILITY, RELIABILITY
from claims.model.policy import JUDGED
from claims.present.escape import for_json, for_terminal, spelled_in_ascii

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claims.model.policy import Policy

DIGITS: Final = (2, 3, 4, 5)
WIDE: Final = 60
"""Columns from which probabilities and weights stand side by side."""
ORIGIN: Final = (
    "The table is a convention of ours: the Admiralty code is ordinal, no standard puts numbers to it, and published "
    "attempts disagree. It keeps the order on both axes, stays far from certainty, and puts E at about even odds. "
    "That is why every verdict shows its range with all letters one step down and one step up."
)


def render(policy: Policy, *, width: int, colour: bool, unicode: bool) -> str:
    """The policy as text of at most `width` columns."""
    bold, off = ("\x1b[1m", "\x1b[0m") if colour else ("", "")

    def title(text: str) -> list[str]:
        return [f"{bold}{line}{off}" for line in wrap(text, width)]

    lines = [*title(f"Policy {for_terminal(policy.policy)}"), "", *_listed(sentences(policy), width), ""]
    lines += title("The probability that a finding is right, and what it weighs (log-odds)")
    lines += _table(policy) if width >= WIDE else _narrow_table(policy)
    lines += ["", *_listed(scales(), width), "", *wrap(ORIGIN, width), "", *wrap(assigned(policy), width)]
    text = "\n".join(lines) + "\n"
    return text if unicode else spelled_in_ascii(text)


def sentences(policy: Policy) -> Iterator[str]:
    """The thresholds, a sentence each."""
    yes, no = policy.corroborated, policy.contradicted
    yield f"Before any report is read, a claim has the probability {policy.prior:g}."
    yield f"Corroborated: at least {yes.groups} independent groups for, and probability {yes.probability:g} or more."
    yield f"Contradicted: at least {no.groups} independent groups against, and probability {no.probability:g} or less."
    yield f"Disputed: groups on both sides, the lighter with {policy.disputed_share:g} of all weight or more."
    yield f"A finding that gives no credibility counts as {policy.unstated_credibility}."
    yield f"A finding that supports partly weighs {policy.partly:g} of one that supports."
    yield f"Figures agree within {policy.tolerance:g} of the claim's; 'about' doubles that."
    yield f"Stored texts are copies from a similarity of {policy.near_duplicate:g} on (5-word shingles)."


def scales() -> Iterator[str]:
    """What the letters and digits mean, a sentence each."""
    letters = "; ".join(f"{letter} {RELIABILITY[letter]}" for letter in (*JUDGED, "F"))
    digits = "; ".join(f"{digit} {CREDIBILITY[digit]}" for digit in (*DIGITS, 6))
    yield f"Letters, of the source: {letters}."
    yield f"Digits, of the piece of information: {digits}."
    yield f"F and 6 weigh nothing. 1 ({CREDIBILITY[1]}) is earned: given by hand, it reads as 2."


def assigned(policy: Policy) -> str:
    """Which credibility the report gives a claim, in a sentence."""
    given = policy.credibility
    return (
        f"The report assigns a claim the credibility {given.corroborated} when corroborated; "
        f"{given.single_source.above} or {given.single_source.below} when single-source (from probability "
        f"{given.single_source.at:g}); {given.disputed.above} or {given.disputed.below} when disputed (from "
        f"{given.disputed.at:g}); {given.challenged} when challenged; {given.contradicted} when contradicted; "
        f"{given.other} otherwise."
    )


def departures(policy: Policy, default: Policy) -> Iterator[tuple[str, str, str]]:
    """What a policy has otherwise than the default one: the key, what it is there, and what it is here.

    Keys are told from the outermost inwards, with full stops between: `corroborated.groups`.
    """
    there, here = (dict(_flat(one.as_data(), "")) for one in (default, policy))
    for key, value in here.items():
        if value != there.get(key):
            yield key, there.get(key, ""), value


def _flat(data: Mapping[str, object], above: str) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict):
            yield from _flat(value, name)
        else:
            yield name, f"{value:g}" if isinstance(value, float) else str(value)


def _listed(sentences: Iterable[str], width: int) -> Iterator[str]:
    for sentence in sentences:
        yield from wrap(sentence, width, initial_indent="· ", subsequent_indent="  ")


def _table(policy: Policy) -> Iterator[str]:
    """Probability and weight side by side, as grades are printed: B2 in row B, column 2."""
    yield "   " + "".join(f"{digit:>14}" for digit in DIGITS)
    for letter in JUDGED:
        row = policy.probability[letter]
        yield f"  {letter}" + "".join(f"{row[digit]:>8.2f} {_weight(row[digit]):>5.3f}" for digit in DIGITS)


def _narrow_table(policy: Policy) -> Iterator[str]:
    """The same, one below the other."""
    yield from ("", "Probability", "   " + "".join(f"{digit:>7}" for digit in DIGITS))
    for letter in JUDGED:
        yield f"  {letter}" + "".join(f"{policy.probability[letter][digit]:>7.2f}" for digit in DIGITS)
    yield from ("", "Weight")
    for letter in JUDGED:
        yield f"  {letter}" + "".join(f"{_weight(policy.probability[letter][digit]):>7.3f}" for digit in DIGITS)


def _weight(probability: float) -> float:
    return log(probability / (1 - probability))


def render_yaml(policy: Policy) -> str:
    """The policy as YAML, to change and give back with --policy."""
    import yaml  # noqa: PLC0415 - only here

    return str(yaml.safe_dump(_numbered(policy), sort_keys=False, allow_unicode=True, default_flow_style=None))


def render_json(policy: Policy) -> str:
    """The policy as JSON."""
    return for_json(json.dumps(policy.as_data(), ensure_ascii=False, indent=2)) + "\n"


def _numbered(policy: Policy) -> dict[str, object]:
    """The policy as data whose digits are numbers again."""
    data = policy.as_data()
    data["probability"] = {letter: {int(d): p for d, p in row.items()} for letter, row in data["probability"].items()}
    return data
