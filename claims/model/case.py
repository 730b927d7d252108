"""A case as a whole: every entry of one investigation, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from claims.model.claim import Claim
    from claims.model.document import Document
    from claims.model.finding import Finding
    from claims.model.party import Party
    from claims.model.policy import Policy
    from claims.model.problem import Place, Problem
    from claims.model.source import Source
    from claims.model.speaker import Speaker
    from claims.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Case:
    """Every entry of one investigation, in the order of the ids; nothing in it dangles.

    `texts` maps a document's id to its stored text. `places` maps (section, id) to where the entry stands.
    `digest` is `sha256:` and the digest of all input: the case's files, by name and content. `warnings` are what the
    check found that does not stop a report.
    """

    id: str
    title: str
    about: str | None
    folder: Path
    policy: Policy
    parties: tuple[Party, ...] = ()
    sources: tuple[Source, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    documents: tuple[Document, ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    digest: str = ""
    warnings: tuple[Problem, ...] = ()

    @property
    def origins(self) -> tuple[Source | Speaker, ...]:
        """Whoever can stand at the end of a chain: the sources, then the speakers."""
        return (*self.sources, *self.speakers)

    @property
    def names(self) -> dict[str, str]:
        """How each party, source, speaker and document is called, by id; a document without a title by its id."""
        named = {party.id: party.name for party in self.parties} | {entry.id: entry.name for entry in self.origins}
        return named | {document.id: document.title or document.id for document in self.documents}
