"""How reliable the sources of a case are, as its claims tell, beside the grade given by hand; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np

from claims.model.reliability import Answered, OneAnswer, Reliabilities, SourceReliability
from claims.reliability.answers import given
from claims.reliability.bands import bands, met, standing
from claims.reliability.comparison import AGREES, ALONE, COMPARED, DISAGREES, UNDECIDED, beside, comparison
from claims.track.choice import chosen_of
from claims.weigh.weights import AGAINST

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from claims.flow import Assessment
    from claims.model.case import Case
    from claims.model.policy import Policy
    from claims.model.reliability import Band
    from claims.model.source import Source
    from claims.reliability.answers import Answers
    from claims.reliability.comparison import Beside, Comparison
    from claims.tables.columns import Ints

ReliabilitySort = Literal["name", "grade", "reliability", "answers"]
RELIABILITY_SORTS: Final[tuple[ReliabilitySort, ...]] = ("name", "grade", "reliability", "answers")
ORDERS: Final[dict[ReliabilitySort, Callable[[SourceReliability], tuple[object, ...]]]] = {
    "name": lambda _: (),
    "grade": lambda source: (source.grade,),
    "reliability": lambda source: (-source.reliability,),
    "answers": lambda source: (-source.answered.all,),
}


def reliabilities(
    assessment: Assessment,
    chosen: Sequence[str] = (),
    *,
    parties: Sequence[str] = (),
    grades: Sequence[str] = (),
    sort: ReliabilitySort = "name",
) -> Reliabilities:
    """What is learned of the sources with these ids, or of all; of a party and a grade of those given, where any are.

    All sources are learned of together, whichever are shown. Those named by id come with their answers, and keep their
    order where `sort` is `name`; `reliability` and `answers` put the most first. Raises `NotFound` with near ids.
    """
    case, judged = assessment.case, assessment.judged
    asked = Asked(tuple(chosen), tuple(parties), tuple(grades), sort)
    sources = chosen_from(case, asked)
    found = comparison(judged, case.policy)
    shown = shown_of(given(judged, case.policy).answers, found, case.policy) if chosen else None
    return listed(case, assessment.as_of, sources, found, shown, sort)


class Asked(NamedTuple):
    """Which sources are shown, and in what order; as for `reliabilities`."""

    chosen: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    sort: ReliabilitySort = "name"


class Shown(NamedTuple):
    """All answers, each beside all others."""

    answers: Answers
    beside: Beside


def shown_of(answers: Answers, found: Comparison, policy: Policy) -> Shown:
    """All answers, beside what was learned from them."""
    return Shown(answers, beside(answers, found.learned.voice, policy))


def chosen_from(case: Case, asked: Asked) -> list[Source]:
    """The sources that are asked for, in the order of `name`. Raises `NotFound` with near ids."""
    keep_order = asked.sort == "name"
    return chosen_of(
        "source", case.sources, case, asked.chosen, parties=asked.parties, grades=asked.grades, keep_order=keep_order
    )


def listed(  # noqa: PLR0913, PLR0917 - a collection, when, who, and what is said of them
    case: Case,
    as_of: dt.date | None,
    sources: Sequence[Source],
    found: Comparison,
    shown: Shown | None,
    sort: ReliabilitySort,
) -> Reliabilities:
    """What was found of these sources, told source by source. shown: their answers, where these are to be told."""
    told = _Told(case, found, bands(case.policy), shown)
    return Reliabilities(
        case=case.id,
        title=case.title,
        as_of=as_of.isoformat() if as_of else None,
        digest=case.digest,
        policy=case.policy.policy,
        bands=told.bands,
        claims=found.claims,
        rounds=found.learned.rounds,
        converged=found.learned.converged,
        sources=tuple(sorted(map(told.source, sources), key=ORDERS[sort])),
    )


class _Told:
    """Reads back what the columns say of a source."""

    def __init__(self, case: Case, found: Comparison, all_bands: tuple[Band, ...], shown: Shown | None) -> None:
        self.case, self.found, self.bands, self.shown = case, found, all_bands, shown
        self.code = {origin.id: n for n, origin in enumerate(case.origins)}

    def source(self, source: Source) -> SourceReliability:
        """What is known of one source."""
        n, learned = self.code[source.id], self.found.learned
        low, high = float(learned.low[n]), float(learned.high[n])
        weight, counts = float(learned.told[n]), self.found.counts[:, n]
        letters = met(low, high, self.bands)
        can_compare = bool(counts[[AGREES, DISAGREES, UNDECIDED]].any())
        return SourceReliability(
            id=source.id,
            name=source.name,
            party=source.party,
            grade=source.reliability,
            reason=source.reason,
            before=float(learned.before[n]),
            reliability=float(learned.accuracy[n]),
            low=low,
            high=high,
            weight=weight,
            answered=self._answered(n, counts),
            letters=letters,
            standing=standing(source.reliability, letters, weight=weight, can_compare=can_compare),
            answers=self._answers(n, self.shown) if self.shown else None,
        )

    def _answered(self, n: int, counts: Ints) -> Answered:
        agrees, disagrees, undecided, alone = counts.tolist()
        return Answered(
            agrees,
            disagrees,
            undecided,
            alone,
            carried=int(self.found.carried[n]),
            interested=int(self.found.interested[n]),
            relayed=int(self.found.relayed[n]),
        )

    def _answers(self, n: int, shown: Shown) -> tuple[OneAnswer, ...]:
        return tuple(self._answer(row, shown) for row in np.flatnonzero(shown.answers.origin == n).tolist())

    def _answer(self, row: int, shown: Shown) -> OneAnswer:
        answers, compared = shown.answers, int(shown.beside.compared[row])
        claim = self.case.claims[answers.claim[row]]
        return OneAnswer(
            claim=claim.id,
            text=claim.text,
            side="against" if answers.side[row] == AGAINST else "for",
            share=float(answers.weight[row]),
            carried=bool(answers.carried[row]),
            compared=COMPARED[compared],
            others=None if compared == ALONE else float(shown.beside.others[row]),
        )
