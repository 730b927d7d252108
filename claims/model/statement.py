"""A speaker's utterance of a claim in a document."""

from typing import Literal

from claims.model.entry import ClaimId, DocumentId, Entry, Id, SpeakerId, Text
from claims.model.quantity import Quantity
from claims.model.when import Interval

Wording = Literal["exact", "paraphrased", "translated"]
Polarity = Literal["asserts", "denies", "hedges", "acknowledges"]


class Statement(Entry):
    """A speaker's utterance of a claim in a document."""

    id: Id | None = None
    """Its own id; without one it is called `document/claim/speaker`."""
    claim: ClaimId
    """The claim that was uttered."""
    speaker: SpeakerId
    """Who uttered it."""
    document: DocumentId
    """Where the utterance is recorded."""
    quote: Text | None = None
    """The words, in the document's language."""
    wording: Wording = "exact"
    """Whether `quote` gives the document's words, a paraphrase or a translation of them."""
    where: Text | None = None
    """Where in the document: `paragraph 6`, `12:30`."""
    prefix: Text | None = None
    """Words right before the quote, where the quote alone stands in several places."""
    suffix: Text | None = None
    """Words right after it."""
    date: Interval | None = None
    """When it was said, where that differs from the document's date."""
    stance: Polarity = "asserts"
    """Whether the speaker asserts the claim, denies it, hedges it or acknowledges it."""
    value: Quantity | None = None
    """The figure as this record gives it; None: the figure in `quote`, where the claim has one."""
    note: Text | None = None
    """Anything else worth keeping."""

    @property
    def key(self) -> str:
        """The statement's id: its own, else `document/claim/speaker`."""
        return self.id or f"{self.document}/{self.claim}/{self.speaker}"
