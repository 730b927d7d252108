"""The rules once more, as a person would apply them on paper: one claim at a time, every path walked, plain floats.

Slow and simple on purpose: it shares no code with the kernel, and the kernel must agree with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from claims.model.case import Case
    from claims.model.claim import Claim
    from claims.model.document import Document
    from claims.model.finding import Finding
    from claims.model.source import Source
    from claims.model.speaker import Speaker

    Reached = list[tuple[str, bool, list[str]]]
    Members = list[tuple[Finding, Reached]]

LETTERS = "ABCDEF"
SIDE = {"supports": "for", "partly-supports": "for", "contradicts": "against"}
KNOWING = {"witnessed", "imagery", "record", "own-sources"}


@dataclass
class Answer:
    """What the oracle says of one claim."""

    verdict: str = ""
    probability: float = 0.5
    low: float = 0.5
    high: float = 0.5
    credibility: int = 6
    at_least: dict[str, int] = field(default_factory=dict)
    at_most: dict[str, int] = field(default_factory=dict)
    interested: dict[str, int] = field(default_factory=dict)
    set_aside: dict[str, str] = field(default_factory=dict)


class Oracle:
    """Answers for a case at a date."""

    def __init__(self, case: Case, as_of: dt.date | None = None) -> None:
        self.case, self.as_of = case, as_of
        self.origins: dict[str, Source | Speaker] = {entry.id: entry for entry in case.origins}
        self.documents = {document.id: document for document in case.documents}
        self.later = {d.id for d in case.documents if as_of and d.published and d.published.start > as_of}

    def findings(self, claim: Claim) -> list[Finding]:
        return [f for f in self.case.findings if f.claim == claim.id and f.document not in self.later]

    # Chains

    def links(self, document: Document, finding: Finding | None) -> list[tuple[str, bool]]:
        """(what it has its knowledge from, whether that is said) of a finding, or of a document without one."""
        if document.same_text_as and document.same_text_as not in self.later:
            return [(document.same_text_as, True)]
        refs = document.relies_on
        if finding is not None and finding.relies_on is not None:
            refs = finding.relies_on
        result: list[tuple[str, bool]] = [(ref, True) for ref in refs if ref not in self.later]
        if finding is not None and finding.basis in KNOWING:
            result.append((document.source, True))
        return result or [(document.source, False)]

    def walk(
        self,
        claim: Claim,
        document: Document,
        finding: Finding | None,
        path: list[str],
        met: set[str],
        stance: str | None,
    ) -> list[tuple[str, bool, list[str]]]:
        """Every (origin, established, path of documents) that can be reached."""
        found = []
        for target, said in self.links(document, finding):
            if target in self.origins:
                found.append((target, said, path))
                continue
            onward = self.documents[target]
            if target in path:
                continue
            if self.is_retracted(onward):
                met.add("retracted")
            elif self.is_before(onward, claim):
                met.add("before")
            else:
                own = [f for f in self.findings(claim) if f.document == target]
                agreed = [f for f in own if SIDE.get(f.stance or "") == SIDE.get(stance or "", "none")]
                handing: list[Finding | None] = [*(agreed or own)] or [None]
                for handed in handing:
                    found += self.walk(claim, onward, handed, [*path, target], met, stance)
        return found

    def is_retracted(self, document: Document) -> bool:
        if document.retracted is None:
            return False
        return not (self.as_of and document.retracted.date.start > self.as_of)

    def is_before(self, document: Document, claim: Claim) -> bool:
        return bool(claim.when and document.published and document.published.end < claim.when.start)

    # Who is one, who gains

    def owner(self, origin: str) -> str:
        """The last owner up the line; a speaker is one with the source that is his own voice."""
        seen = [origin]
        while True:
            entry = self.origins.get(seen[-1])
            above = getattr(entry, "voice", None) or getattr(entry, "owner", None)
            if above is None:
                return " ".join(seen[-1].casefold().split())
            if above in seen:
                return min(seen[seen.index(above) :])
            seen.append(above)

    def friends(self, party: str, kind: str) -> set[str]:
        own = next(p for p in self.case.parties if p.id == party)
        return set(getattr(own, kind)) | {p.id for p in self.case.parties if party in getattr(p, kind)}

    def interests(self, claim: Claim) -> tuple[set[str], set[str]]:
        party = {s.id: s.party for s in self.case.speakers}
        asserted = [
            party[s.speaker]
            for s in self.case.statements
            if s.claim == claim.id and s.stance == "asserts" and s.document not in self.later
        ]
        own: set[str] = {one for one in asserted if one}
        gains: set[str] = own.union(*(self.friends(p, "allies") for p in own))
        loses: set[str] = set().union(*(self.friends(p, "opponents") for p in own))
        if claim.favours is not None:
            gains = {str(party) for party in claim.favours}
        if claim.harms is not None:
            loses = {str(party) for party in claim.harms}
        return gains - loses, loses - gains

    def own_word(self, claim: Claim) -> set[str]:
        voice = {s.id: s.voice for s in self.case.speakers}
        said = {
            s.speaker
            for s in self.case.statements
            if s.claim == claim.id and s.document not in self.later and s.stance != "denies"
        }
        return said | {v for s, v in voice.items() if s in said and v}

    # The answer

    def answer(self, claim: Claim) -> Answer:
        answer = Answer()
        active: Members = []
        for finding in (f for f in self.case.findings if f.claim == claim.id):
            document = self.documents[finding.document]
            met: set[str] = set()
            reached = (
                []
                if document.id in self.later
                else self.walk(claim, document, finding, [finding.document], met, finding.stance)
            )
            why = self.why(claim, finding, document, reached, met)
            if why:
                answer.set_aside[finding.key] = why
            else:
                active.append((finding, reached))
        self.judge(claim, active, answer)
        return answer

    def why(  # noqa: PLR0911 - one reason a line
        self, claim: Claim, finding: Finding, document: Document, reached: Reached, met: set[str]
    ) -> str | None:
        origins = {origin for origin, _, _ in reached}
        if self.is_retracted(document) or (not origins and "retracted" in met):
            return "retracted"
        if document.id in self.later:
            return "later"
        if self.is_before(document, claim) or (not origins and "before" in met):
            return "before"
        if finding.stance in {"mentions", "repeats"}:
            return finding.stance
        if claim.when and finding.when and not claim.when.overlaps(finding.when):
            return "mismatch"
        if not origins:
            return "circular"
        return "speaker" if origins <= self.own_word(claim) else None

    def judge(self, claim: Claim, active: Members, answer: Answer) -> None:
        policy = self.case.policy
        gains, loses = self.interests(claim)
        groups: dict[str, Members] = {}
        for finding, reached in active:
            for owner in {self.owner(origin) for origin, _, _ in reached}:
                groups.setdefault(owner, []).append((finding, [r for r in reached if self.owner(r[0]) == owner]))
        results = [self.totals(groups, gains, loses, shift, answer if shift == 0 else None) for shift in (0, 1, -1)]
        prior = log(policy.prior / (1 - policy.prior))
        chances = [1 / (1 + exp(-(prior + f - a))) for f, a in results]
        answer.probability, answer.low, answer.high = chances[0], min(chances), max(chances)
        self.conclude(claim, answer, *results[0])

    def totals(
        self,
        groups: dict[str, Members],
        gains: set[str],
        loses: set[str],
        shift: int,
        answer: Answer | None,
    ) -> tuple[float, float]:
        weights = []
        for side in ("for", "against"):
            sure: list[float] = []
            unsure: list[float] = []
            interested = 0
            for members in groups.values():
                on_side = [m for m in members if (m[0].stance == "contradicts") == (side == "against")]
                if not on_side:
                    continue
                parties = {self.origins[o].party for _, reached in members for o, _, _ in reached}
                winners, losers = (gains, loses) if side == "for" else (loses, gains)
                if parties & winners:
                    interested = 1
                    continue
                against = bool(parties & losers)
                weight = max(self.weight(m[0], m[1], against, shift) for m in on_side)
                established = any(said for _, reached in members for _, said, _ in reached)
                if weight > 0:
                    (sure if established else unsure).append(weight)
            weights.append(max(sum(sure), max(unsure, default=0.0)))
            if answer is not None:
                answer.at_least[side] = len(sure) or min(len(unsure), 1)
                answer.at_most[side] = len(sure) + len(unsure)
                answer.interested[side] = interested
        return weights[0], weights[1]

    def weight(self, finding: Finding, reached: Reached, against: bool, shift: int) -> float:
        best = min(self.letter(origin, path) for origin, _, path in reached)
        digit = finding.credibility or self.case.policy.unstated_credibility
        if digit == 6 or best == 5:
            return 0.0
        digit = max(digit - 1, 2) if against else max(digit, 2)
        letter = LETTERS[min(max(best + shift, 0), 4)]
        p = self.case.policy.probability[letter][digit]  # type: ignore[index]
        share = self.case.policy.partly if finding.stance == "partly-supports" else 1.0
        return log(p / (1 - p)) * share

    def letter(self, origin: str, path: list[str]) -> int:
        letters = [self.origins[self.documents[document].source].reliability for document in path]
        return max(LETTERS.index(letter) for letter in [*letters, self.origins[origin].reliability])

    def conclude(self, claim: Claim, answer: Answer, w_for: float, w_against: float) -> None:
        policy, p, close = self.case.policy, answer.probability, 1e-9
        n_for, n_against = answer.at_least["for"], answer.at_least["against"]
        total = w_for + w_against
        looked = bool(self.findings(claim) or claim.searches)
        both = n_for and n_against and min(w_for, w_against) >= policy.disputed_share * total - close
        only_interested = not n_for and not n_against and answer.interested["for"] and answer.interested["against"]
        if claim.kind == "opinion":
            answer.verdict = "not-checkable"
        elif both or only_interested:
            answer.verdict = "disputed"
        elif n_for >= policy.corroborated.groups and p >= policy.corroborated.probability - close:
            answer.verdict = "corroborated"
        elif n_against >= policy.contradicted.groups and p <= policy.contradicted.probability + close:
            answer.verdict = "contradicted"
        elif n_for and w_for > w_against + close:
            answer.verdict = "single-source"
        elif n_against and w_against > w_for + close:
            answer.verdict = "challenged"
        else:
            answer.verdict = "unverified" if looked else "unchecked"
        answer.credibility = {
            "corroborated": 1,
            "single-source": 2 if p >= 0.75 - close else 3,
            "disputed": 3 if p >= 0.5 - close else 4,
            "challenged": 4,
            "contradicted": 5,
        }.get(answer.verdict, 6)
