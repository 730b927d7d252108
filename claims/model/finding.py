"""What one document says about one claim."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from claims.model.entry import ClaimId, DocumentId, Entry, Id, Ref, Text, listed
from claims.model.grade import Credibility
from claims.model.quantity import Quantity
from claims.model.when import Interval

Stance = Literal["supports", "partly-supports", "contradicts", "repeats", "mentions"]
Basis = Literal["witnessed", "imagery", "record", "own-sources", "relayed", "analysis"]


def _digit(value: object) -> object:
    return int(value) if isinstance(value, str) and value in {"1", "2", "3", "4", "5", "6"} else value


class Finding(Entry):
    """What one document says about one claim."""

    id: Id | None = None
    """Its own id; without one it is called `document/claim`."""
    claim: ClaimId
    """The claim that the document says something about."""
    document: DocumentId
    """The document that says it."""
    stance: Stance | None = None
    """May be left out where the claim has a `quantity` and the finding a `value`: the figures decide."""
    basis: Basis | None = None
    """How the document knows. None: it does not say."""
    credibility: Annotated[Credibility, BeforeValidator(_digit)] | None = None
    """Admiralty digit of this piece of information. None: the policy's `unstated_credibility`."""
    value: Quantity | None = None
    """The figure that the document gives."""
    when: Interval | None = None
    """The time that the document speaks of, where it is not the claim's."""
    place: Text | None = None
    """The place that the document speaks of, from the narrow to the wide."""
    relies_on: Annotated[tuple[Ref, ...], BeforeValidator(listed)] | None = None
    """What this finding has its knowledge from. None: what its document relies on. Empty: nothing is named."""
    inferred: bool = False
    """Whether `relies_on` is our judgement and not the document's own word."""
    note: Text | None = None
    """What the document says, in own words."""

    @property
    def key(self) -> str:
        """The finding's id: its own, else `document/claim`."""
        return self.id or f"{self.document}/{self.claim}"
