"""How reliable the sources of a case are, as its claims tell, beside the grade given by hand; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from claims.model.reliability import Answered, OneAnswer, Reliabilities, SourceReliability
from claims.reliability.bands import bands, met, standing
from claims.reliability.comparison import AGREES, ALONE, COMPARED, DISAGREES, UNDECIDED, comparison
from claims.tables.columns import ids
from claims.track.choice import chosen_of
from claims.weigh.weights import AGAINST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.flow import Assessment
    from claims.model.case import Case
    from claims.model.reliability import Band
    from claims.model.source import Source
    from claims.reliability.comparison import Comparison
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
    sources = chosen_of("source", case.sources, case, chosen, parties=parties, grades=grades, keep_order=sort == "name")
    found = comparison(judged, case.policy)
    told = _Told(case, found, bands(case.policy), {str(one): n for n, one in enumerate(ids(judged.tables.origins))})
    lines = [told.source(source, with_answers=bool(chosen)) for source in sources]
    return Reliabilities(
        case=case.id,
        title=case.title,
        as_of=assessment.as_of.isoformat() if assessment.as_of else None,
        digest=case.digest,
        policy=case.policy.policy,
        bands=told.bands,
        claims=found.claims,
        rounds=found.learned.rounds,
        converged=found.learned.converged,
        sources=tuple(sorted(lines, key=ORDERS[sort])),
    )


class _Told:
    """Reads back what the columns say of a source."""

    def __init__(self, case: Case, found: Comparison, all_bands: tuple[Band, ...], code: dict[str, int]) -> None:
        self.case, self.found, self.bands, self.code = case, found, all_bands, code

    def source(self, source: Source, *, with_answers: bool) -> SourceReliability:
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
            answers=self._answers(n) if with_answers else None,
        )

    def _answered(self, n: int, counts: Ints) -> Answered:
        given = self.found.given
        agrees, disagrees, undecided, alone = counts.tolist()
        return Answered(
            agrees,
            disagrees,
            undecided,
            alone,
            carried=int(self.found.carried[n]),
            interested=int(given.interested[n]),
            relayed=int(given.relayed[n]),
        )

    def _answers(self, n: int) -> tuple[OneAnswer, ...]:
        answers = self.found.given.answers
        return tuple(self._answer(row) for row in np.flatnonzero(answers.origin == n).tolist())

    def _answer(self, row: int) -> OneAnswer:
        answers, compared = self.found.given.answers, int(self.found.compared[row])
        claim = self.case.claims[answers.claim[row]]
        return OneAnswer(
            claim=claim.id,
            text=claim.text,
            side="against" if answers.side[row] == AGAINST else "for",
            share=float(answers.weight[row]),
            carried=bool(answers.carried[row]),
            compared=COMPARED[compared],
            others=None if compared == ALONE else float(self.found.others[row]),
        )
