"""The account of one claim: the kernel's columns, read back into ids, names and sentences."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from claims.independence.links import finding_links, publications
from claims.independence.loops import loop_of
from claims.independence.set_aside import COUNTS
from claims.model.assessment import (
    VERDICTS,
    WHYS,
    Bounds,
    ClaimAssessment,
    SetAside,
    WouldChange,
)
from claims.model.grade import grade
from claims.tables.columns import OTHER_UNIT, ints
from claims.verdict.conflicts import conflicts_between
from claims.verdict.disputes import dispute_of
from claims.verdict.grouping import Grouping
from claims.verdict.reasons import reason_of
from claims.verdict.records import Records
from claims.verdict.remedies import GRADE
from claims.verdict.steps import steps_of
from claims.weigh.weights import AGAINST, FOR

if TYPE_CHECKING:
    import datetime as dt

    from claims.independence.links import Links
    from claims.model.assessment import Conflict, Dispute, Group
    from claims.model.case import Case
    from claims.model.claim import Claim
    from claims.verdict.attribution import Utterance
    from claims.verdict.judgement import Judged

SIDES = ("for", "against")


class Accounts:
    """Writes the accounts of a judged case, one claim at a time."""

    def __init__(self, case: Case, judged: Judged, as_of: dt.date | None) -> None:
        self.case, self.judged, self.as_of = case, judged, as_of
        self.grouping = Grouping(case, judged)
        self.records = Records(case, judged, as_of)
        claim = ints(judged.tables.findings, "claim")
        self.by_claim = np.argsort(claim, kind="stable")
        self.starts = np.searchsorted(claim[self.by_claim], np.arange(len(case.claims) + 1))

    def of(self, n: int) -> ClaimAssessment:
        """The account of the claim at position `n`."""
        judged, claim = self.judged, self.case.claims[n]
        groups = self.grouping.of(n)
        set_aside = self._set_aside(n)
        utterances = self.records.utterances(n)
        attributed = self.records.of(n, utterances)
        spread = [float(p) for p in judged.probability[:, n]]
        sides = judged.sides
        bounds = [Bounds(*sides.bounds(s, n)) for s in (FOR, AGAINST)]
        verdict = VERDICTS[judged.verdict[n]]
        return ClaimAssessment(
            id=claim.id,
            text=claim.text,
            kind=claim.kind,
            topic=claim.topic,
            date=self.records.date_of(n),
            speakers=self.records.speakers_of(n),
            verdict=verdict,
            attribution=attributed.attribution,
            probability=spread[0],
            range=(min(spread), max(spread)),
            credibility=int(judged.credibility[n]),
            independent_for=bounds[FOR],
            independent_against=bounds[AGAINST],
            interested_for=int(sides.interested[FOR, n]),
            interested_against=int(sides.interested[AGAINST, n]),
            groups=groups,
            set_aside=set_aside,
            hinges_on=self.grouping.hinges_of(n),
            would_change=self._would_change(n),
            steps=steps_of(self.case, judged, n, groups, set_aside, attributed, self.as_of),
            records=self.records.shown(n, utterances),
            conflicts=self._conflicts(n, claim, utterances),
            dispute=self._dispute(n, claim, groups) if verdict == "disputed" else None,
        )

    def _dispute(self, n: int, claim: Claim, groups: tuple[Group, ...]) -> Dispute:
        return dispute_of(claim, groups, [self.case.findings[f] for f in self.findings_of(n)])

    def findings_of(self, n: int) -> list[int]:
        """Positions of the findings on a claim, by id."""
        return [int(f) for f in self.by_claim[self.starts[n] : self.starts[n + 1]]]

    def _set_aside(self, n: int) -> tuple[SetAside, ...]:
        return tuple(self._aside(f) for f in self.findings_of(n) if self.judged.why[f] != COUNTS)

    def _aside(self, f: int) -> SetAside:
        finding, why = self.case.findings[f], WHYS[self.judged.why[f]]
        loop: tuple[str, ...] = ()
        if why == "circular":
            tables = self.judged.tables
            path = loop_of(tables, *self._links, f)
            loop = tuple(self.case.documents[document].id for document in path)
        text = reason_of(why, self.case, self.judged, f, loop)
        return SetAside(finding.key, finding.document, why, text, loop)

    @cached_property
    def _links(self) -> tuple[Links, Links]:
        known = publications(self.judged.tables)
        return finding_links(self.judged.tables, known).every, known.links

    def _would_change(self, n: int) -> tuple[WouldChange, ...]:
        found = self.judged.remedies
        return tuple(
            WouldChange(VERDICTS[found.to[side, n]], SIDES[side], grade(*GRADE), int(found.findings[side, n]))  # type: ignore[arg-type]
            for side in (FOR, AGAINST)
            if found.findings[side, n]
        )

    def _conflicts(self, n: int, claim: Claim, utterances: list[Utterance]) -> tuple[Conflict, ...]:
        """Figures on the claim that exclude each other: its own, those of its records and of its findings."""
        if not claim.quantity:
            return ()
        figures = [(claim.quantity, claim.id)]
        figures += [(record.figure, record.id) for record in utterances if record.figure]
        found = [self.case.findings[f] for f in self.findings_of(n) if self._speaks_of_it(f)]
        figures += [(finding.value, finding.key) for finding in found if finding.value]
        return conflicts_between(figures, self.case.policy.tolerance, claim.quantity)

    def _speaks_of_it(self, f: int) -> bool:
        """Whether a finding's figure is meant for this claim: it counts, or only its unit is another."""
        other = int(ints(self.judged.tables.findings, "mismatch")[f])
        why = self.judged.why[f]
        return bool(why == COUNTS or (why == WHYS.index("mismatch") and other == OTHER_UNIT))
