"""A case as it stood on a day, as a case: what had not appeared is not in it. Versions of it can be made and judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claims.tables.values import is_checkable, is_later

if TYPE_CHECKING:
    import datetime as dt

    from claims.model.case import Case
    from claims.model.claim import Claim


def stood(case: Case, as_of: dt.date | None) -> Case:
    """The case without what was published, withdrawn or looked for later; None: the case itself.

    Links to documents that had not appeared stay: they lead somewhere as soon as the document is there.
    """
    if as_of is None:
        return case
    unseen = unseen_in(case, as_of)
    return replace(
        case,
        documents=tuple(
            d.model_copy(update={"retracted": None}) if d.retracted and is_later(d.retracted.date, as_of) else d
            for d in case.documents
            if d.id not in unseen
        ),
        claims=tuple(_looked_for(claim, as_of) for claim in case.claims),
        statements=tuple(statement for statement in case.statements if statement.document not in unseen),
        findings=tuple(finding for finding in case.findings if finding.document not in unseen),
        texts={name: text for name, text in case.texts.items() if name not in unseen},
    )


def unseen_in(case: Case, as_of: dt.date | None) -> frozenset[str]:
    """The documents that appeared later."""
    if as_of is None:
        return frozenset()
    return frozenset(document.id for document in case.documents if is_later(document.published, as_of))


def _looked_for(claim: Claim, as_of: dt.date) -> Claim:
    known = tuple(search for search in claim.searches if not is_later(search.date, as_of))
    return claim if len(known) == len(claim.searches) else claim.model_copy(update={"searches": known})


def settled(claim: Claim, today: dt.date | None) -> Claim:
    """A prediction or a promise as it is judged: as a fact once it is due, and before that as an opinion."""
    if claim.kind in ("fact", "opinion"):
        return claim
    return claim.model_copy(update={"kind": "fact" if is_checkable(claim, today) else "opinion"})
