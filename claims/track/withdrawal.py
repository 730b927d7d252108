"""A case as if a source had never been heard: what is left of it when all that it published is withdrawn.

Its documents become retracted ones, so that no chain goes on through them; and whoever names the source itself, or what
is one with it, as where his knowledge comes from, names such a document instead. What rests on it alone is then set
aside; nothing that only copied it begins to count in a name of its own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from claims.model.document import Document, Retraction
from claims.model.when import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.model.case import Case

GHOST: Final = "*"
"""The id of the document that stands for the source itself; no entry of a case can be called so."""
RETRACTION: Final = Retraction(date=Interval(dt.date.min, dt.date.min, "ever"), reason="as if it had not been heard")


def withdrawn(case: Case, family: set[str]) -> Case:
    """The case with all documents of these sources withdrawn; `family` may name speakers whose voice they are.

    The case must hold at least one source. Statements stay: who spoke, and whose interest that is, does not change.
    """
    ghost = Document(id="x", source=case.sources[0].id, retracted=RETRACTION).model_copy(update={"id": GHOST})

    def seen(refs: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(GHOST if ref in family else ref for ref in refs))

    def heard(document: Document) -> Document:
        changes: dict[str, object] = {"retracted": RETRACTION} if document.source in family else {}
        if not family.isdisjoint(document.relies_on):
            changes["relies_on"] = seen(document.relies_on)
        return document.model_copy(update=changes) if changes else document

    documents = map(heard, case.documents)
    findings = (
        finding.model_copy(update={"relies_on": seen(finding.relies_on)})
        if finding.relies_on and not family.isdisjoint(finding.relies_on)
        else finding
        for finding in case.findings
    )
    return replace(case, documents=(*documents, ghost), findings=tuple(findings))
