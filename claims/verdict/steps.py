"""The steps to a verdict, in sentences with their figures: enough to redo it on paper.

| rule | what its step says |
| --- | --- |
| looked | how many findings and searches there are |
| set-aside | which findings never count, and why |
| for, against | the groups of a side: how many at least, how many at most, and what each weighs |
| interest | who gains from a side and is therefore not counted there |
| probability | prior, weights, log-odds, and the range with every letter one step off |
| a verdict | the rule that matched |
| credibility | the Admiralty digit that follows |
| attribution | whether he said it |
"""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from claims.model.assessment import VERDICTS, Step
from claims.model.grade import CREDIBILITY
from claims.model.share import share_text
from claims.tables.from_case import today_of
from claims.tables.values import is_later
from claims.verdict.content import lighter_share
from claims.weigh.weights import AGAINST, FOR, NAT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from claims.model.assessment import Group, SetAside
    from claims.model.case import Case
    from claims.model.claim import Claim
    from claims.verdict.attribution import Attributed
    from claims.verdict.judgement import Judged

REASONS = {
    "retracted": ("was withdrawn", "were withdrawn"),
    "later": ("appeared after the report's date", "appeared after the report's date"),
    "before": ("appeared before the event", "appeared before the event"),
    "mentions": ("takes no side", "take no side"),
    "repeats": ("only repeats the speaker", "only repeat the speaker"),
    "mismatch": ("speaks of another unit, time or place", "speak of another unit, time or place"),
    "circular": ("runs in a circle", "run in circles"),
    "speaker": ("rests on the speaker's own word", "rest on the speaker's own word"),
}
"""What is said of one finding that is set aside, and of several."""


def steps_of(  # noqa: PLR0913, PLR0917 - what a step may speak of, and no more
    case: Case,
    judged: Judged,
    n: int,
    groups: Sequence[Group],
    set_aside: Sequence[SetAside],
    attributed: Attributed,
    as_of: dt.date | None,
) -> tuple[Step, ...]:
    """All steps to the verdict on the claim at position `n`."""
    claim = case.claims[n]
    verdict = VERDICTS[judged.verdict[n]]
    steps = [_looked(claim, groups, set_aside, as_of), *_aside(set_aside)]
    for side, name in ((FOR, "for"), (AGAINST, "against")):
        steps += _side(name, side, groups, judged, n)
    steps += _interest(groups)
    steps.append(_probability(case, judged, n))
    steps.append(Step(verdict, _matched(verdict, case, judged, n, as_of)))
    digit = int(judged.credibility[n])
    steps.append(Step("credibility", f"Admiralty credibility {digit}: {CREDIBILITY[digit]}."))
    text = f"{attributed.attribution.replace('-', ' ').capitalize()}: {attributed.reason}."
    steps.append(Step("attribution", text, attributed.records))
    return tuple(steps)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _looked(claim: Claim, groups: Sequence[Group], aside: Sequence[SetAside], as_of: dt.date | None) -> Step:
    found = {member.finding for group in groups for member in group.members}
    known = found | {entry.finding for entry in aside if entry.why != "later"}
    searches = sum(not is_later(search.date, as_of) for search in claim.searches)
    looked = "1 search" if searches == 1 else f"{searches} searches"
    return Step("looked", f"{_count(len(known), 'finding')} and {looked} on record.", tuple(sorted(known)))


def _aside(aside: Sequence[SetAside]) -> Iterator[Step]:
    if aside:
        counts = Counter(entry.why for entry in aside)
        parts = [f"{number} {REASONS[why][number > 1]}" for why, number in sorted(counts.items())]
        yield Step("set-aside", f"Set aside, never counted: {'; '.join(parts)}.", tuple(a.finding for a in aside))


def _side(name: str, side: int, groups: Sequence[Group], judged: Judged, n: int) -> Iterator[Step]:
    counted = [
        (group, weight)
        for group in groups
        if (weight := (group.weight_for, group.weight_against)[side]) > 0 and not group.interested
    ]
    if not counted:
        return
    sides = judged.sides
    low, high = sides.bounds(side, n)
    number = f"{low}" if low == high else f"at least {low}, at most {high}"
    parts = "; ".join(_weighed(group, weight, name) for group, weight in counted)
    total = sides.weight_of(side, n) / NAT
    noun = "group" if high == 1 else "groups"
    together = f"Together they weigh {total:.3f}{_together(counted)}."
    text = f"{name.capitalize()}: {number} independent {noun}: {parts}. {together}"
    findings = tuple(sorted({m.finding for group, _ in counted for m in group.members if _is_on(m.stance, name)}))
    yield Step(name, text, findings)


def _is_on(stance: str, name: str) -> bool:
    return (stance == "contradicts") == (name == "against")


def _weighed(group: Group, weight: float, name: str) -> str:
    best = max((m for m in group.members if _is_on(m.stance, name)), key=lambda m: (m.weight, m.finding))
    marks = [best.grade]
    marks += ["half"] if best.stance == "partly-supports" else []
    marks += ["against interest"] if group.against_interest else []
    marks += [] if group.established else ["not established"]
    return f"{group.id} {weight:.3f} ({', '.join(marks)})"


def _together(counted: Sequence[tuple[Group, float]]) -> str:
    unsure = [weight for group, weight in counted if not group.established]
    sure = [weight for group, weight in counted if group.established]
    if not unsure or len(counted) == 1:
        return ""
    if sum(sure) >= max(unsure):
        return ", the established ones alone: the others may be copies of them"
    return ", the heaviest alone: the others may be copies of it"


def _interest(groups: Sequence[Group]) -> Iterator[Step]:
    for group in groups:
        if group.interested:
            text = f"Interested {group.side} the claim, never counted: {', '.join(group.origins)}."
            yield Step("interest", text, tuple(sorted({member.finding for member in group.members})))


def _probability(case: Case, judged: Judged, n: int) -> Step:
    prior = case.policy.prior
    start = log(prior / (1 - prior))
    weight = [judged.sides.weight_of(side, n) / NAT for side in (FOR, AGAINST)]
    p, down, up = (float(value) for value in judged.probability[:, n])
    odds = start + weight[FOR] - weight[AGAINST]
    text = (
        f"Prior {prior:g} is log-odds {start:.3f}; plus {weight[FOR]:.3f} for, minus {weight[AGAINST]:.3f} against, "
        f"makes {odds:.3f}: probability {share_text(p, 3)}. With every letter one step down "
        f"{share_text(down, 3)}, one step up {share_text(up, 3)}."
    )
    return Step("probability", text)


def _matched(verdict: str, case: Case, judged: Judged, n: int, as_of: dt.date | None) -> str:
    state, policy, claim = judged.state, case.policy, case.claims[n]
    p = float(judged.probability[0, n])
    if verdict == "not-checkable":
        return _not_checkable(claim, today_of(case, as_of))
    if verdict == "disputed":
        if not state.n_for[n]:
            return "No group counts on either side, and interested ones stand on both."
        share = float(lighter_share(state)[n])
        needed_share = f"{policy.disputed_share:g} makes a dispute"
        return f"Groups count on both sides, and the lighter has {share:.3f} of all weight ({needed_share})."
    if verdict == "corroborated":
        needed = policy.corroborated
        return (
            f"At least {state.n_for[n]} independent groups for ({needed.groups} needed) and probability "
            f"{share_text(p, 3)} ({needed.probability:g} needed)."
        )
    if verdict == "contradicted":
        needed = policy.contradicted
        return (
            f"At least {state.n_against[n]} independent groups against ({needed.groups} needed) and probability "
            f"{share_text(p, 3)} (at most {needed.probability:g})."
        )
    return PLAIN[verdict]


PLAIN = {
    "single-source": "Counting support outweighs what counts against, short of corroborated.",
    "challenged": "Counting contradiction outweighs what counts for, short of contradicted.",
    "unverified": "Looked for or reported on, and nothing that counts either way.",
    "unchecked": "Nobody has looked: no finding, no search.",
}


def _not_checkable(claim: Claim, today: dt.date | None) -> str:
    if claim.kind == "opinion":
        return "An opinion: it cannot be true or false."
    if claim.due is None:
        return f"A {claim.kind} without a due date: there is no day on which it can be judged."
    known = f"the date judged at is {today}" if today else "no date is known to judge it at"
    return f"A {claim.kind} due {claim.due}, and {known}."
